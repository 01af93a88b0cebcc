/* Lets a process that is ready to work be copied, so that what is killed thousands of times need not start thousands of times. */
#define _GNU_SOURCE
#define NAPI_VERSION 8
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <node_api.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#include <uv.h>

#ifndef __x86_64__
#error "calls are cut off on x86-64"
#endif

/* V8 asks the system to leave its memory out of copies, since those usually run another program at once. */
static void keep_all_memory(void) {
  char line[512];
  unsigned long from, to;
  FILE *maps = fopen("/proc/self/maps", "r");
  if (maps == NULL) return;
  while (fgets(line, sizeof line, maps) != NULL) {
    if (sscanf(line, "%lx-%lx", &from, &to) == 2) madvise((void *)from, to - from, MADV_DOFORK);
  }
  fclose(maps);
}

/* The pid of the copy, and 0 in it. Only the calling thread is copied: run node with --single-threaded. */
static napi_value Fork(napi_env env, napi_callback_info info) {
  uv_loop_t *loop;
  napi_value result;
  sigset_t go;
  napi_get_uv_event_loop(env, &loop);
  sigemptyset(&go);
  sigaddset(&go, SIGUSR2);
  sigprocmask(SIG_BLOCK, &go, NULL);
  signal(SIGCHLD, SIG_IGN);
  keep_all_memory();
  pid_t pid = fork();
  if (pid == 0) uv_loop_fork(loop);
  napi_create_int32(env, pid, &result);
  return result;
}

/* Sleeps until SIGUSR2 comes, without a call that touches files. */
static napi_value AwaitGo(napi_env env, napi_callback_info info) {
  sigset_t go;
  int signal;
  sigemptyset(&go);
  sigaddset(&go, SIGUSR2);
  sigwait(&go, &signal);
  return NULL;
}

/* Ends the process at once: a copy has no threads that could be waited for. */
static napi_value Leave(napi_env env, napi_callback_info info) {
  _exit(0);
}

/* Which call is cut off: the how-manyth of its kind by the main thread, and by what error in place of a kill. */
static struct { long number, ordinal, error; int told; } cut;
static long seen;

/* Makes a call from the one place from which the filter lets it through. */
__asm__(
    ".text\n"
    "pass_on:\n"
    "  mov %rdi, %rax\n"
    "  mov %rsi, %rdi\n"
    "  mov %rdx, %rsi\n"
    "  mov %rcx, %rdx\n"
    "  mov %r8, %r10\n"
    "  mov %r9, %r8\n"
    "  mov 8(%rsp), %r9\n"
    "  syscall\n"
    "passed_on:\n"
    "  ret\n");
extern long pass_on(long number, long a, long b, long c, long d, long e, long f);
extern char passed_on[];

/* The wake-ups that a program sends itself come when they come, and are no calls that count. */
static int is_of_files(long number, long descriptor) {
  struct stat about;
  if (number != SYS_write && number != SYS_read && number != SYS_close && number != SYS_fcntl && number != SYS_fstat) return 1;
  return pass_on(SYS_fstat, descriptor, (long)&about, 0, 0, 0, 0) != 0 || S_ISREG(about.st_mode) || S_ISDIR(about.st_mode);
}

static void on_call(int signal, siginfo_t *info, void *context) {
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  long self = pass_on(SYS_getpid, 0, 0, 0, 0, 0, 0);
  if (pass_on(SYS_gettid, 0, 0, 0, 0, 0, 0) == self && is_of_files(info->si_syscall, registers[REG_RDI]) && ++seen == cut.ordinal) {
    pass_on(SYS_write, cut.told, (long)"met\n", 4, 0, 0, 0);
    if (cut.error == 0) pass_on(SYS_kill, self, SIGKILL, 0, 0, 0, 0);
    registers[REG_RAX] = -cut.error;
    return;
  }
  registers[REG_RAX] = pass_on(info->si_syscall, registers[REG_RDI], registers[REG_RSI], registers[REG_RDX], registers[REG_R10], registers[REG_R8], registers[REG_R9]);
}

#define NAMED(name) {#name, SYS_##name}
static const struct { const char *name; long number; } calls[] = {
    NAMED(access), NAMED(chmod), NAMED(chown), NAMED(close), NAMED(dup), NAMED(faccessat), NAMED(faccessat2), NAMED(fallocate), NAMED(fchmod), NAMED(fchmodat),
    NAMED(fchown), NAMED(fcntl), NAMED(fdatasync), NAMED(flock), NAMED(fstat), NAMED(fstatfs), NAMED(fsync), NAMED(ftruncate), NAMED(getdents64), NAMED(ioctl),
    NAMED(lchown), NAMED(link), NAMED(linkat), NAMED(lseek), NAMED(lstat), NAMED(mkdir), NAMED(mkdirat), NAMED(mmap), NAMED(newfstatat), NAMED(open),
    NAMED(openat), NAMED(pread64), NAMED(preadv), NAMED(pwrite64), NAMED(pwritev), NAMED(read), NAMED(readlink), NAMED(readlinkat), NAMED(readv), NAMED(rename),
    NAMED(renameat), NAMED(renameat2), NAMED(rmdir), NAMED(stat), NAMED(statfs), NAMED(statx), NAMED(symlink), NAMED(symlinkat), NAMED(truncate), NAMED(unlink),
    NAMED(unlinkat), NAMED(utimensat), NAMED(write), NAMED(writev),
};

/* cutOff(name, ordinal, error, descriptor): from now on. The descriptor is told when it happens; an error of 0 kills. */
static napi_value CutOff(napi_env env, napi_callback_info info) {
  napi_value given[4], result;
  size_t count = 4;
  char name[40] = "";
  int64_t numbers[3];
  napi_get_cb_info(env, info, &count, given, NULL, NULL);
  napi_get_value_string_utf8(env, given[0], name, sizeof name, NULL);
  for (int at = 0; at < 3; at++) napi_get_value_int64(env, given[at + 1], &numbers[at]);
  cut.number = -1;
  for (size_t at = 0; at < sizeof calls / sizeof *calls; at++) if (strcmp(calls[at].name, name) == 0) cut.number = calls[at].number;
  cut.ordinal = numbers[0];
  cut.error = numbers[1];
  cut.told = (int)numbers[2];
  uint64_t through = (uint64_t)(uintptr_t)passed_on;
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)cut.number, 0, 5),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)through, 0, 2),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(through >> 32), 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  struct sigaction action = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_RESTART};
  int done = cut.number >= 0 && sigaction(SIGSYS, &action, NULL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  napi_get_boolean(env, done, &result);
  return result;
}

NAPI_MODULE_INIT() {
  napi_property_descriptor all[] = {
    {"fork", NULL, Fork, NULL, NULL, NULL, napi_default, NULL},
    {"awaitGo", NULL, AwaitGo, NULL, NULL, NULL, napi_default, NULL},
    {"leave", NULL, Leave, NULL, NULL, NULL, napi_default, NULL},
    {"cutOff", NULL, CutOff, NULL, NULL, NULL, napi_default, NULL},
  };
  napi_define_properties(env, exports, sizeof all / sizeof *all, all);
  return exports;
}
