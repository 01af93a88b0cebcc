/**
 * Owns what a command that documents name can see and reach while it runs: its copy of the tree, the system's programs, and limits
 * that it cannot raise. Only Linux with bubblewrap gives all of that; anything else has to be asked for by the person or the workflow.
 */

import { spawnSync } from 'node:child_process'
import { release } from 'node:os'
import * as path from 'node:path'
import type { RunLimits, Sandbox, SandboxRequest } from './host.js'
import { findProgram, inside, missing, mounts, refuse, viewOf, withoutFolders } from './sandbox-view.js'
import { emptyCopy, removeTree } from './tree-copy.js'

/** A user without any right on the machine, that commands run as where root starts them. */
const nobody = 65_534

/** A process that gets this is the first to end where the machine has no memory left. */
const firstToEnd = '1000'

/** Since this version the kernel counts processes for each user namespace; before, all that the user runs count. */
const countsByNamespace = [5, 14] as const

type Wrap = Sandbox['wrap']

/** @throws InquestError `environment` where what is asked for does not work here, `usage` for a folder that cannot be shown */
export function openSandbox({ kind, hidden, readable, path: searched }: SandboxRequest): Sandbox {
  if (kind !== 'bubblewrap') return openWithout(kind, searched, withoutFolders(searched, hidden))
  if (process.platform !== 'linux') throw missing('bubblewrap works on Linux only')
  const asRoot = process.getuid?.() === 0
  const tools = { bwrap: '', prlimit: '', choom: '', ...(asRoot && { setpriv: '', unshare: '' }) } satisfies Partial<Tools> as Tools
  // A program of the repository's own must not be what shuts it in.
  const trusted = withoutFolders(searched, hidden)
  for (const name of Object.keys(tools) as (keyof Tools)[]) {
    const file = findProgram(name, trusted)
    if (file === undefined) throw missing(`\`${name}\` is not installed`)
    tools[name] = file
  }
  const view = viewOf(hidden, readable)
  const limit = (limits: RunLimits): readonly string[] => limited(tools.prlimit, limits, asRoot || countsProcesses(release()))
  const first = endsFirst(tools.choom)
  const toNobody = [tools.setpriv, '--reuid', String(nobody), '--regid', String(nobody), '--clear-groups', '--no-new-privs', '--inh-caps=-all', '--']
  const byUser: Wrap = (argv, copy, network, limits) => [...first, tools.bwrap, '--unshare-user', ...namespaces(network), '--cap-drop', 'ALL', ...mounts(view, copy, network), '--', ...limit(limits), ...argv]
  // Root makes the mounts, so that programs below a home of root's can be shown, and the command runs as a user that has no rights.
  const byRoot: Wrap = (argv, copy, network, limits) => {
    const mounting = [...first, tools.bwrap, ...namespaces(network), '--cap-drop', 'ALL', '--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID', ...mounts(view, copy, network), '--']
    return [...mounting, ...toNobody, tools.unshare, '--user', '--map-current-user', '--', ...limit(limits), ...argv]
  }
  // Root of a container may not be let mount, and be let make a user namespace.
  const byNobody: Wrap = (...run) => [...toNobody, ...byUser(...run)]
  const owner = asRoot ? nobody : undefined
  const failures: string[] = []
  for (const wrap of asRoot ? [byRoot, byNobody] : [byUser]) {
    const failure = tryOut(wrap, owner, searched)
    if (failure !== undefined) {
      failures.push(failure)
      continue
    }
    return {
      kind,
      owner,
      wrap,
      network: (wanted) => (wanted ? 'open' : 'bubblewrap'),
      places: () => ({ home: inside.home, temporary: inside.temporary, path: [searched, ...view.path].join(path.delimiter) }),
      refuse: (program, { tree }) => refuse(program, { view, tree, searched, byOthers: owner !== undefined }),
    }
  }
  throw missing(`bubblewrap is installed and cannot make a sandbox: ${failures[0] ?? ''}`)
}

type Tools = Record<'bwrap' | 'prlimit' | 'choom' | 'setpriv' | 'unshare', string>

const smallLimits: RunLimits = { memory: 1 << 30, processes: 64, output: 1 << 20, disk: 1 << 20 }

/** Undefined where a program that does nothing ends well, else why not. */
function tryOut(wrap: Wrap, owner: number | undefined, searched: string): string | undefined {
  const copy = emptyCopy(owner)
  try {
    const [program = '', ...args] = wrap(['true'], copy, false, smallLimits)
    const run = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000, env: { PATH: searched }, cwd: '/' })
    if (run.status === 0) return undefined
    return run.error?.message ?? (run.stderr.trim().split('\n').at(-1) || `it ended with ${run.status ?? run.signal ?? 'nothing'}`)
  } finally {
    removeTree(copy)
  }
}

function namespaces(network: boolean): readonly string[] {
  return ['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try', ...(network ? [] : ['--unshare-net']), '--die-with-parent', '--new-session']
}

/** @param release as the kernel names itself: `6.1.0-13-amd64` */
function countsProcesses(of: string): boolean {
  const [major = 0, minor = 0] = of.split('.').map((part) => Number.parseInt(part, 10))
  return major > countsByNamespace[0] || (major === countsByNamespace[0] && minor >= countsByNamespace[1])
}

/** What the kernel enforces for each process; totals are watched from outside. */
function limited(prlimit: string, { memory, processes, disk }: RunLimits, counts: boolean): readonly string[] {
  return [prlimit, ...(counts ? [`--nproc=${processes}`] : []), `--data=${memory}`, `--fsize=${disk}`, '--core=0', '--']
}

/** Outside of all namespaces: within one it would know itself by a number that another process has in a `/proc` that is not its own. */
function endsFirst(choom: string): readonly string[] {
  return [choom, '-n', firstToEnd, '--']
}

/** Files are not protected. On Linux the network and left-over processes are taken away where the system lets anybody do so. */
function openWithout(kind: 'container' | 'open', searched: string, trusted: string): Sandbox {
  const find = (name: string): string | undefined => (process.platform === 'linux' ? findProgram(name, trusted) : undefined)
  const works = (wrap: Wrap): boolean => tryOut(wrap, undefined, searched) === undefined
  const [unshare, prlimit, choom] = [find('unshare'), find('prlimit'), find('choom')]
  const apart: Wrap = (argv, _copy, network) => (unshare === undefined ? argv : [unshare, '--user', '--map-current-user', ...(network ? [] : ['--net']), '--pid', '--fork', '--kill-child', '--', ...argv])
  const limit: Wrap = (argv, _copy, _network, limits) => (prlimit === undefined ? argv : [...limited(prlimit, limits, false), ...argv])
  const first: Wrap = (argv) => (choom === undefined ? argv : [...endsFirst(choom), ...argv])
  const separates = unshare !== undefined && works(apart)
  const [limits, ends] = [works(limit), works(first)]
  return {
    kind,
    owner: undefined,
    wrap(argv, copy, network, of) {
      const inner = limits ? limit(argv, copy, network, of) : argv
      const outer = separates ? apart(inner, copy, network, of) : inner
      return ends ? first(outer, copy, network, of) : outer
    },
    network: (wanted) => (wanted || !separates ? 'open' : 'unshare'),
    places: ({ home, temporary }) => ({ home, temporary, path: searched }),
    refuse: (program, { tree }) => refuse(program, { view: undefined, tree, searched, byOthers: false }),
  }
}
