/** Makes a fresh checkout ready: installs what the lock file names and builds, where that is not done yet. Needs nothing but Node and npm. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(`inquest needs Node 20 or later; this is ${process.version}`)
  process.exit(2)
}

const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
const stamp = path.join(root, 'node_modules/.inquest-setup')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('installing what package-lock.json names')
  // The one install script that is needed, that of better-sqlite3, runs below; native parts of others come as packages of their own.
  const shell = process.platform === 'win32'
  const install = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell })
  if (install.status !== 0) {
    console.error('npm ci failed; its output above says why')
    process.exit(install.status ?? 1)
  }
  writeFileSync(stamp, lock)
}

// npm 12 runs no install scripts of dependencies, and none ran above, so the script is run by name.
const native = path.join(root, 'node_modules/better-sqlite3')
const loads = () => spawnSync(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"], { cwd: root }).status === 0
if (existsSync(native) && !loads()) {
  console.log('building the native part of better-sqlite3; where no ready-made one can be downloaded it compiles for a minute or two')
  const build = spawnSync('npm', ['run', 'install', '--ignore-scripts=false'], { cwd: native, env: { ...process.env, JOBS: 'max' }, encoding: 'utf8', shell: process.platform === 'win32' })
  if (!loads()) {
    console.error(`${build.stdout}${build.stderr}`.split('\n').slice(-15).join('\n'))
    console.error('better-sqlite3 could not be built; all but the concept store works without it. It needs Python, make and a C++ compiler; then run this again')
  }
}

const sources = readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
const changed = Math.max(...sources.map((entry) => statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs))
const built = path.join(root, 'dist/cli.js')
if (!existsSync(built) || statSync(built).mtimeMs < changed) {
  console.log('building dist/')
  const build = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' })
  if (build.status !== 0) process.exit(build.status ?? 1)
}
