/**
 * Runs the tests of evidence that runs with bubblewrap, which is installed with apt-get where it is not there and that is
 * possible; says `skipped: why` where it cannot be used.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const works = () => spawnSync('bwrap', ['--unshare-user', '--unshare-net', '--unshare-pid', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', 'true'], { stdio: 'ignore' }).status === 0

function install() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const get = (...args) => spawnSync('apt-get', args, { env, timeout: 300_000 }).status === 0
  const wanted = ['install', '-qq', '-y', '--no-install-recommends', 'bubblewrap']
  if (!get(...wanted) && get('update', '-qq')) get(...wanted)
}

if (!works()) install()
/** @param {RegExp} passed what a run says that was not empty: a name that selects no test would pass as well */
function test(args, passed) {
  const run = spawnSync('npx', ['--no-install', 'vitest', 'run', ...args], { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
  console.log(run.stdout + run.stderr)
  return run.status === 0 && passed.test(run.stdout)
}

if (works()) {
  const shown = test(['test/verify-run.test.ts', '-t', 'in the box of .?bubblewrap|what a sandbox shows'], /Tests\s+6 passed/u)
  const stopped = test(['test/hostile/evidence.test.ts'], /Tests\s+\d\d passed/u)
  process.exitCode = shown && stopped ? 0 : 1
} else console.log('skipped: bubblewrap can neither be installed with apt-get nor used')
