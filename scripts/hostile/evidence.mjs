/**
 * Commands that documents name as evidence, and what they try once they run. Each prints `tried` before its attack and `reached` after
 * it, and the document expects both: so a command that was not even started does not pass for one that was stopped.
 */
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { release } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const documentFile = 'docs/INV-001.md'
const row = (text, source) => `| ${text} | ${source} | H1 | |\n`
const document = (rows) =>
  `---\ntemplate: investigation\nstatus: active\ndate: 2026-03-02\nbacklog_id: INV-001\ntitle: What is run\nlifecycle_phase: explore\nversion: '2.0'\n---\n# Investigation\n\n## Evidence Collection\n\n### Codebase Evidence\n\n| Finding | Source (file:line) | Supports Hypothesis | Notes |\n|---|---|---|---|\n${rows}`

/** A program for Node that says whether it got as far as its end. */
const js = (code) => [process.execPath, '-e', `console.log('tried'); (async () => { ${code}; console.log('reached') })().catch((error) => console.log(error.code ?? error.message))`]
const shell = (code) => ['sh', '-c', `echo tried; ${code}`]

/** What the command is and may do; committed to the main branch, so that it is agreed to. */
function configure(sandbox, command, { evidence = {}, rows = row('It was tried', '`run: attack` prints `tried`') + row('It was reached', '`run: attack` prints `reached`') } = {}) {
  sandbox.write('inquest.yaml', `evidence: ${JSON.stringify({ timeout: 30, ...evidence, commands: { attack: command } })}\n`)
  sandbox.write(documentFile, document(rows))
  sandbox.commit('Change the commands')
}

function verify(sandbox, args = [], { cwd = sandbox.root, env = {}, prefix = [] } = {}) {
  const started = performance.now()
  const [program, ...rest] = [...prefix, process.execPath, sandbox.cli, 'verify', '--run', '--json', ...args]
  const { status, stdout, stderr } = sandbox.run(program, rest, { cwd, env: { ...sandbox.env, ...env }, timeout: 120_000 })
  let runs = []
  try {
    ;({ runs = [] } = JSON.parse(stdout))
  } catch {
    // What was refused prints no runs.
  }
  return { label: `inquest verify --run ${args.join(' ')}`, text: `${stdout}${stderr}`, status, milliseconds: performance.now() - started, runs }
}

/** Without anything that could protect: what the attack does where nothing stops it. */
const openly = (sandbox, options) => verify(sandbox, ['--open'], { env: { PATH: `${without(sandbox, ['unshare'])}:${sandbox.env.PATH}` }, ...options })
const reaches = ({ runs }) => runs[0]?.outcome === 'supports' && runs[1]?.outcome === 'supports'

/** A folder to put in front of PATH, in which some programs do nothing but fail. */
function without(sandbox, programs) {
  const folder = path.join(sandbox.base, 'failing')
  for (const program of programs) sandbox.write(path.join(folder, program), '#!/bin/sh\nexit 1\n', 0o755)
  chmodSync(folder, 0o755)
  return folder
}

/** @param {readonly string[]} outcomes how the command may end where it does not get through */
const stopped = (answers, outcomes = ['refutes']) =>
  answers.flatMap(({ label, text, runs }) => {
    const [tried, reached] = runs
    if (tried === undefined) return [`${label}: ran nothing: ${text.slice(0, 500)}`]
    if (!['supports', ...outcomes].includes(tried.outcome)) return [`${label}: was not tried: ${JSON.stringify(tried)}`]
    return outcomes.includes(reached?.outcome) ? [] : [`${label}: it was reached: ${JSON.stringify(reached)}`]
  })

/** An attack that consists of one command. `command` may depend on the sandbox. */
const attack = (name, command, { outcomes, armed = (sandbox) => reaches(openly(sandbox)), before = () => undefined, ...more } = {}) => ({
  name,
  build(sandbox) {
    before(sandbox)
    configure(sandbox, { run: typeof command === 'function' ? command(sandbox) : command, ...more.settings })
  },
  armed,
  meet: (sandbox) => [verify(sandbox)],
  reached: (_sandbox, answers) => stopped(answers, outcomes),
  ...more,
})

/** Since Linux 5.14 the kernel itself counts the processes of a namespace; before, inquest does. */
const [major = 0, minor = 0] = release().split('.').map((part) => Number.parseInt(part, 10))
const byNamespace = major > 5 || (major === 5 && minor >= 14)

/** An attack on a limit: with a higher one it gets through, with a lower one it does not. */
const glutton = (name, command, limits, outcomes) => {
  const set = (sandbox, to) => configure(sandbox, { run: shell(command) }, { evidence: { limits: to } })
  return attack(name, shell(command), {
    outcomes,
    armed(sandbox) {
      set(sandbox, { memory: 8192, processes: 4096, output: 64, disk: 4096 })
      const through = reaches(verify(sandbox))
      set(sandbox, limits)
      return through
    },
  })
}

/** Ids of processes whose command line contains a text. */
function running(text) {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/u.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

const mark = (sandbox) => `linger-${path.basename(sandbox.base)}`
/** A program that leaves its session, its parent and its environment, and stays. */
const survivor = (sandbox) => `setsid sh -c 'env -i ${process.execPath} -e "setTimeout(() => undefined, 40000)" ${mark(sandbox)} <&- >/dev/null 2>&1 &' </dev/null >/dev/null 2>&1 &\nwait; sleep 0.3; echo reached`

const survives = (network) =>
  attack(`a process that leaves its session and its parent${network ? ', with network' : ''}`, (sandbox) => shell(survivor(sandbox)), {
    settings: { network },
    armed(sandbox) {
      sandbox.run('sh', ['-c', survivor(sandbox)])
      const left = running(mark(sandbox))
      for (const id of left) process.kill(Number(id), 'SIGKILL')
      return left.length > 0
    },
    reached: (sandbox, answers) => [...(reaches(answers[0]) ? [] : [`it was not started: ${answers[0].text}`]), ...running(mark(sandbox)).map((id) => `process ${id} is left`)],
  })

/** A server that answers nobody; that the kernel lets somebody connect is enough. */
async function listening(sandbox, ...address) {
  const server = createServer((socket) => socket.destroy())
  server.listen(...address)
  server.unref()
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject))
  sandbox.server = server
  return server
}

const connects = (name, where, target) => ({
  ...attack(name, undefined),
  async build(sandbox) {
    const server = await listening(sandbox, ...where(sandbox))
    if (where(sandbox)[0].startsWith?.('/')) chmodSync(where(sandbox)[0], 0o777)
    const to = JSON.stringify(target(sandbox, server))
    configure(sandbox, { run: js(`await new Promise((done, fail) => require('net').connect(${to}).on('connect', done).on('error', fail)); setTimeout(() => process.exit(), 300)`) })
  },
  reached(sandbox, answers) {
    sandbox.server.close()
    return stopped(answers)
  },
})

const abstractName = (sandbox) => `\0${path.basename(sandbox.base)}`
/** An expression that is made where it is run, because no file may contain what it is made of. */
const read = (file) => `require('fs').readFileSync(${JSON.stringify(file)})`

/** Somebody's pull request as a workflow checks it out: one commit, and no branch beside it. */
function pullRequest(sandbox, command) {
  configure(sandbox, { run: js('') })
  sandbox.git('checkout', '-q', '-b', 'stranger')
  configure(sandbox, { run: command })
  const clone = path.join(sandbox.base, 'clone')
  sandbox.run('git', ['init', '-q', clone])
  for (const args of [['remote', 'add', 'origin', `file://${sandbox.root}`], ['fetch', '-q', '--depth=1', 'origin', '+stranger:refs/remotes/pull/1/merge'], ['checkout', '-q', '--detach', 'refs/remotes/pull/1/merge']]) {
    const done = sandbox.run('git', ['-C', clone, ...args])
    if (done.status !== 0) throw new Error(done.stderr)
  }
  sandbox.clone = clone
}

const refused = (answers, status) => answers.flatMap(({ label, text, runs, status: is }) => (runs.length === 0 && is === status ? [] : [`${label}: ends with ${is}, not ${status}: ${text.slice(0, 500)}`]))
const touches = (sandbox) => js(`require('fs').writeFileSync(${JSON.stringify(path.join(sandbox.outside, 'written'))}, 'x')`)
const worldWritable = (sandbox) => chmodSync(sandbox.outside, 0o777)
const hasWritten = (sandbox) => {
  const there = existsSync(path.join(sandbox.outside, 'written'))
  rmSync(path.join(sandbox.outside, 'written'), { force: true })
  return there
}

const mountsAnew = "mount -o remount,rw,bind /usr; unshare -Urm mount -o remount,rw,bind /usr; awk '$5 == \"/usr\" && $6 ~ /^rw/ { print \"reached\" }' /proc/self/mountinfo; exit 0"

export const attacks = [
  attack('write a setting of the kernel', js("const file = '/proc/sys/kernel/core_pattern'; const fs = require('fs'); fs.writeFileSync(file, fs.readFileSync(file))"), { users: ['root'] }),
  attack('find settings of the kernel that are not mounted for reading only', js("if (!/ \\/proc\\/sys ro/.test(require('fs').readFileSync('/proc/self/mountinfo', 'utf8'))) return; throw new Error('read-only')").map((part) => part.replace('return;', '{ console.log("reached"); return }'))),
  attack('make a folder of the system writable again', shell(mountsAnew), {
    armed: (sandbox) => sandbox.run('unshare', ['-Urm', 'sh', '-c', 'mount --bind /usr /usr && mount -o remount,ro,bind /usr && mount -o remount,rw,bind /usr && grep -q " /usr rw" /proc/self/mountinfo']).status === 0,
  }),
  attack('have rights of root', js("const status = require('fs').readFileSync('/proc/self/status', 'utf8'); if (process.getuid() !== 0 && /CapEff:\\s*0+$/m.test(status) && /CapPrm:\\s*0+$/m.test(status) && /NoNewPrivs:\\s*1/.test(status)) throw new Error('none')"), { users: ['root'] }),
  attack('read a key from the home of the user', (sandbox) => js(read(path.join(sandbox.home, '.ssh/id_ed25519'))), { before: (sandbox) => sandbox.write(path.join(sandbox.home, '.ssh/id_ed25519'), 'a key\n') }),
  attack('read the configuration of git, with the password in it', (sandbox) => js(read(sandbox.at('.git/config')))),
  attack('read a file of the repository that is not in the copy', (sandbox) => js(read(sandbox.at('ignored.env'))), {
    before(sandbox) {
      sandbox.write('.git/info/exclude', 'ignored.env\n')
      sandbox.write('ignored.env', 'PASSWORD=x\n')
    },
  }),
  {
    ...attack('read a repository that lies among the programs of the system', undefined),
    users: ['root'],
    build: (sandbox) => void configure(sandbox, { run: js('') }),
    armed: () => existsSync('/opt'),
    meet(sandbox) {
      const place = mkdtempSync('/opt/inquest-hostile-')
      try {
        cpSync(sandbox.root, place, { recursive: true })
        chmodSync(place, 0o755)
        sandbox.run('git', ['-C', place, 'config', 'user.name', 'x'])
        const moved = { ...sandbox, root: place, write: (file, text, mode) => sandbox.write(path.resolve(place, file), text, mode), commit: () => void [['add', '-A'], ['commit', '-q', '-m', 'x']].map((args) => sandbox.run('git', ['-C', place, ...args])), run: (...run) => sandbox.run(...run) }
        configure(moved, { run: js(`if (require('fs').readdirSync(${JSON.stringify(place)}).length === 0) throw new Error('empty')`) })
        const open = openly(sandbox, { cwd: place })
        return [{ ...verify(sandbox, [], { cwd: place }), open: reaches(open) }]
      } finally {
        rmSync(place, { recursive: true })
      }
    },
    reached: (_sandbox, answers) => [...stopped(answers), ...(answers[0].open ? [] : ['the attack itself does not work'])],
  },
  {
    ...attack('have the history copied by an include', undefined),
    build(sandbox) {
      mkdirSync(sandbox.at('vendor/.git'), { recursive: true })
      writeFileSync(sandbox.at('vendor/.git/config'), 'a password\n')
      writeFileSync(sandbox.at('vendor/code'), 'x\n')
      sandbox.write('.git/info/exclude', 'vendor\n')
      configure(sandbox, { run: js("const fs = require('fs'); fs.statSync('vendor/code'); if (!['.git', 'vendor/.git', '.GIT'].some((one) => fs.existsSync(one))) throw new Error('none')") }, { evidence: { include: ['.git', '.git/config', 'vendor', 'vendor/.git', 'vendor/.git/config'] } })
    },
    armed: (sandbox) => existsSync(sandbox.at('vendor/.git/config')),
  },
  attack('read the environment of whoever runs inquest', js("if (!['SSH_AUTH_SOCK', 'GITHUB_TOKEN', 'CANARY'].some((name) => name in process.env)) throw new Error('none')"), {
    before: (sandbox) => (sandbox.env = { ...sandbox.env, SSH_AUTH_SOCK: '/nowhere', GITHUB_TOKEN: 'x' }),
    armed: (sandbox) => sandbox.run(process.execPath, ['-p', 'process.env.GITHUB_TOKEN']).stdout === 'x\n',
  }),
  connects('connect to a server of this machine', () => [0, '127.0.0.1'], (_sandbox, server) => ({ port: server.address().port, host: '127.0.0.1' })),
  connects('connect to a socket in the file system', (sandbox) => [path.join(sandbox.outside, 'server.sock')], (sandbox) => ({ path: path.join(sandbox.outside, 'server.sock') })),
  connects('connect to a socket without a file', (sandbox) => [abstractName(sandbox)], (sandbox) => ({ path: abstractName(sandbox) })),
  attack('look into the run folder of the machine', js("if (require('fs').readdirSync('/run').length === 0) throw new Error('empty')")),
  attack('find files in the folder for temporary ones', js("if (require('fs').readdirSync('/tmp').length === 0) throw new Error('empty')")),
  attack('find a device of the machine', js("const usual = /^(core|fd|full|mqueue|null|ptmx|pts|random|shm|std(in|out|err)|tty|urandom|zero|console)$/; if (require('fs').readdirSync('/dev').every((name) => usual.test(name)) && require('fs').readdirSync('/dev/shm').length === 0) throw new Error('none')")),
  attack('see a process of the machine', () => js(`try { process.kill(${process.pid}, 0) } catch (error) { if (error.code !== 'EPERM') throw error }`)),
  attack('write outside of the copy', touches, { before: worldWritable, armed: (sandbox) => reaches(openly(sandbox)) && hasWritten(sandbox), reached: (sandbox, answers) => [...stopped(answers), ...(hasWritten(sandbox) ? ['it was written'] : [])] }),
  attack('write into a folder that the sandbox made', js("const fs = require('fs'); for (const folder of ['/', '/work', '/run', '/var', '/dev', '/home']) { try { fs.writeFileSync(folder + '/written', 'x'); return console.log('reached') } catch {} } throw new Error('none')"), {
    // As root the command runs as a user to whom these folders do not belong.
    users: ['user'],
    armed: (sandbox) => sandbox.run('bwrap', ['--unshare-user', '--ro-bind', '/usr', '/usr', ...['bin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]), 'touch', '/written']).status === 0,
  }),
  glutton('start processes without end', 'i=0; while [ $i -lt 300 ]; do sleep 20 & i=$((i+1)); done; echo reached', { processes: 60 }, byNamespace ? ['refutes'] : ['over-limit']),
  glutton('take much memory at once', 'dd if=/dev/zero of=/dev/null bs=700M count=1 2>/dev/null && echo reached', { memory: 300 }, ['refutes']),
  glutton('take memory in many processes', 'for i in 1 2 3 4 5; do dd if=/dev/zero of=/dev/null bs=120M count=12 2>/dev/null & done; wait; echo reached', { memory: 300 }, ['over-limit']),
  glutton('print without end', "head -c 20000000 /dev/zero | tr '\\0' x; echo reached", { output: 2 }, ['over-limit']),
  glutton('write one large file', 'dd if=/dev/zero of=large bs=1M count=64 2>/dev/null && echo reached', { disk: 16 }, ['refutes']),
  glutton('write many files into a folder that nobody may open', 'mkdir f; for i in 1 2 3 4 5 6; do dd if=/dev/zero of=f/$i bs=1M count=12 2>/dev/null; done; chmod 0 f; sleep 2; chmod 700 f; echo reached', { disk: 16 }, ['over-limit']),
  glutton('write into the memory that processes share', 'for i in 1 2 3 4 5 6; do dd if=/dev/zero of=/dev/shm/$i bs=1M count=12 2>/dev/null; done; sleep 2; echo reached', { disk: 16 }, ['over-limit']),
  survives(false),
  survives(true),
  {
    ...attack('leave a tree that is hard to remove', undefined),
    build(sandbox) {
      mkdirSync(path.join(sandbox.base, 'temporary'))
      chmodSync(path.join(sandbox.base, 'temporary'), 0o1777)
      sandbox.env = { ...sandbox.env, TMPDIR: path.join(sandbox.base, 'temporary') }
      configure(sandbox, { run: js("const fs = require('fs'); for (let i = 0; i < 600; i++) { fs.mkdirSync('a-rather-long-name'); process.chdir('a-rather-long-name') } process.chdir('/tmp'); fs.mkdirSync('shut'); fs.writeFileSync('shut/x', ''); fs.chmodSync('shut', 0)") })
    },
    armed(sandbox) {
      const folder = path.join(sandbox.base, 'deep')
      sandbox.run('sh', ['-c', `mkdir "${folder}" && cd "${folder}" && i=0; while [ $i -lt 300 ]; do mkdir a-rather-long-name; cd a-rather-long-name; i=$((i+1)); done`])
      try {
        rmSync(folder, { recursive: true })
        return false
      } catch {
        return sandbox.run('rm', ['-rf', folder]).status === 0
      }
    },
    reached: (sandbox, answers) => [...(reaches(answers[0]) ? [] : [`it was not made: ${answers[0].text}`]), ...readdirSync(path.join(sandbox.base, 'temporary')).map((name) => `${name} is left`)],
  },
  {
    ...attack('go on when inquest is killed', undefined),
    build: (sandbox) => void configure(sandbox, { run: [process.execPath, '-e', 'setTimeout(() => undefined, 60000)', mark(sandbox)] }),
    armed: () => true,
    async meet(sandbox) {
      const child = spawn(process.execPath, [sandbox.cli, 'verify', '--run'], { cwd: sandbox.root, env: sandbox.env, stdio: 'ignore', ...sandbox.user })
      const until = async (is) => {
        for (let tries = 0; tries < 200 && !is(); tries++) await wait(100)
      }
      await until(() => running(mark(sandbox)).length > 0)
      sandbox.started = running(mark(sandbox)).length > 0
      child.kill('SIGKILL')
      await until(() => running(mark(sandbox)).length === 0)
      return []
    },
    reached: (sandbox) => [...(sandbox.started ? [] : ['it was not started']), ...running(mark(sandbox)).map((id) => `process ${id} is left`)],
  },
  {
    name: "run a pull request's own command in a checkout without its base",
    build: (sandbox) => pullRequest(sandbox, touches(sandbox)),
    armed: (sandbox) => (worldWritable(sandbox), verify(sandbox, ['--open', '--confirm', digestOf(verify(sandbox, [], { cwd: sandbox.clone }))], { cwd: sandbox.clone }).status !== 2 && hasWritten(sandbox)),
    meet: (sandbox) => [verify(sandbox, [], { cwd: sandbox.clone }), verify(sandbox, ['--open'], { cwd: sandbox.clone }), verify(sandbox, ['--sandbox', 'container'], { cwd: sandbox.clone, env: { GITHUB_BASE_REF: 'main' } })],
    reached: (sandbox, answers) => [...refused(answers, 2), ...(hasWritten(sandbox) ? ['it ran'] : [])],
    honest(sandbox) {
      pullRequest(sandbox, js(''))
      sandbox.run('git', ['-C', sandbox.clone, 'fetch', '-q', '--depth=1', 'origin', '+main:refs/remotes/origin/main'])
      const answers = [verify(sandbox, [], { cwd: sandbox.clone }), verify(sandbox, [], { cwd: sandbox.clone, env: { GITHUB_BASE_REF: 'main' } }), verify(sandbox, ['--base', 'refs/remotes/origin/main'], { cwd: sandbox.clone })]
      return answers.flatMap((answer) => (reaches(answer) ? [] : [`${answer.label}: is refused: ${answer.text}`]))
    },
  },
  {
    name: 'name oneself the base: a branch called main, in a clone',
    build(sandbox) {
      pullRequest(sandbox, touches(sandbox))
      sandbox.run('git', ['-C', sandbox.clone, 'checkout', '-q', '-b', 'main'])
    },
    meet: (sandbox) => [verify(sandbox, [], { cwd: sandbox.clone })],
    reached: (_sandbox, answers) => refused(answers, 2),
  },
  {
    name: 'declare in the configuration that nothing has to be protected',
    build(sandbox) {
      configure(sandbox, { run: touches(sandbox) }, { evidence: { sandbox: 'container' } })
      worldWritable(sandbox)
    },
    meet: (sandbox) => [verify(sandbox), verify(sandbox, ['--open'])],
    reached: (_sandbox, answers) => refused(answers, 2),
  },
  {
    name: 'run where nothing protects files',
    build(sandbox) {
      configure(sandbox, { run: touches(sandbox) })
      worldWritable(sandbox)
    },
    armed: (sandbox) => reaches(openly(sandbox)) && hasWritten(sandbox),
    meet: (sandbox) => [verify(sandbox, [], { env: { PATH: `${without(sandbox, ['bwrap'])}:${sandbox.env.PATH}` } })],
    reached: (sandbox, answers) => [...refused(answers, 3), ...(hasWritten(sandbox) ? ['it ran'] : [])],
    honest(sandbox) {
      configure(sandbox, { run: js('') })
      const env = { PATH: `${without(sandbox, ['bwrap'])}:${sandbox.env.PATH}` }
      const answers = [verify(sandbox, ['--sandbox', 'container'], { env }), verify(sandbox, [], { env: { ...env, INQUEST_SANDBOX: 'container' } }), verify(sandbox, ['--open'], { env })]
      return answers.flatMap((answer) => (reaches(answer) ? [] : [`${answer.label}: is refused: ${answer.text}`]))
    },
  },
  {
    name: 'have a process of the machine changed by what prepares a command without protection',
    users: ['root'],
    build(sandbox) {
      configure(sandbox, { run: js('') })
      sandbox.scores = scores()
    },
    // A process that makes itself the first to end, known by the number that it has in a namespace of its own.
    armed: (sandbox) => sandbox.run('unshare', ['--user', '--map-current-user', '--pid', '--fork', 'sh', '-c', 'test $$ -lt 100 && test "$(cut -d" " -f1 /proc/self/stat)" != $$']).status === 0,
    meet: (sandbox) => [verify(sandbox, ['--open']), verify(sandbox, ['--sandbox', 'container'])],
    reached(sandbox, answers) {
      const changed = scores().filter((score, index) => score !== sandbox.scores[index])
      sandbox.scores.forEach((score, index) => writeFileSync(`/proc/${index + 1}/oom_score_adj`, score))
      return [...answers.flatMap((answer) => (reaches(answer) ? [] : [`${answer.label}: did not run: ${answer.text}`])), ...changed.map((score) => `a process has ${score}`)]
    },
  },
  {
    name: 'bring a bubblewrap of its own, in a folder of the repository on PATH',
    build(sandbox) {
      sandbox.write('node_modules/.bin/bwrap', '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done; shift; exec "$@"\n', 0o755)
      worldWritable(sandbox)
      configure(sandbox, { run: touches(sandbox) })
      sandbox.env = { ...sandbox.env, PATH: `${sandbox.at('node_modules/.bin')}:${sandbox.env.PATH}` }
    },
    armed: (sandbox) => sandbox.run('bwrap', ['--', 'sh', '-c', 'echo unprotected']).stdout === 'unprotected\n',
    meet: (sandbox) => [verify(sandbox)],
    reached: (sandbox, answers) => [...stopped(answers), ...(hasWritten(sandbox) ? ['it was written'] : [])],
  },
]

/** What the kernel thinks of the first two processes, whose numbers every namespace of processes gives again. */
const scores = () => [1, 2].map((id) => readFileSync(`/proc/${id}/oom_score_adj`, 'utf8'))

function digestOf({ text }) {
  return /--confirm (\w+)/u.exec(text)?.[1] ?? ''
}
