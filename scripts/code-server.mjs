/** Owns what the test in VS Code needs of others: a browser, a VS Code to browse, and the extension in it. Nothing here touches the project. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The last one that runs on Node 20, as VS Code 1.100 did. */
const release = '4.100.3'
const neededNode = '20'

/** Installs from Debian where it is missing and may be. @returns {string | undefined} the program, undefined where there is none to be had */
export function findChromium(mayInstall) {
  const find = () => ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version']).status === 0)
  const found = find()
  if (found !== undefined || !mayInstall || process.platform !== 'linux' || process.getuid?.() !== 0) return found
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const get = (...args) => spawnSync('apt-get', args, { env, timeout: 300_000 }).status === 0
  const wanted = ['install', '-qq', '-y', '--no-install-recommends', 'chromium']
  if (!get(...wanted) && get('update', '-qq')) get(...wanted)
  return find()
}

/**
 * Installs code-server beside the project and keeps it for the next run. Its own installation builds what nothing here needs and
 * fetches from other places than npm, so the steps that matter are taken one by one.
 * @returns {{ entry: string } | { why: string }}
 */
export function findCodeServer(mayInstall) {
  if (process.versions.node.split('.')[0] !== neededNode) return { why: `code-server ${release} runs on Node ${neededNode} alone, this is ${process.version}` }
  const folder = process.env.INQUEST_CODE_SERVER ?? path.join(tmpdir(), `inquest-code-server-${release}`)
  const entryIn = (at) => path.join(at, 'node_modules/code-server/out/node/entry.js')
  if (existsSync(entryIn(folder))) return { entry: entryIn(folder) }
  if (!mayInstall) return { why: `code-server ${release} is not installed; npm run vscode does, which takes minutes` }
  const half = `${folder}-${process.pid}`
  mkdirSync(half, { recursive: true })
  writeFileSync(path.join(half, 'package.json'), '{ "private": true }\n')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const server = path.join(half, 'node_modules/code-server')
  const inside = path.join(server, 'lib/vscode')
  const modules = path.join(inside, 'node_modules')
  const steps = [
    { cwd: half, args: ['install', '--ignore-scripts', ...quiet, `code-server@${release}`] },
    { cwd: inside, args: ['install', '--ignore-scripts', '--omit=dev', ...quiet] },
    { cwd: path.join(inside, 'extensions'), args: ['install', '--ignore-scripts', '--omit=dev', ...quiet] },
    { cwd: half, args: ['rebuild', '--ignore-scripts=false', 'argon2', ...quiet] },
    // What node-pty does once it is built wants more tools, for those who change it: what is built is what counts.
    {
      cwd: inside,
      args: ['rebuild', '--ignore-scripts=false', '@vscode/spdlog', 'native-watchdog', 'node-pty', ...quiet],
      makes: ['@vscode/spdlog/build/Release/spdlog.node', 'native-watchdog/build/Release/watchdog.node', 'node-pty/build/Release/pty.node'],
    },
  ]
  for (const { cwd, args, makes } of steps) {
    const done = spawnSync('npm', args, { cwd, encoding: 'utf8', timeout: 300_000 })
    if (done.status === 0 || makes?.every((file) => existsSync(path.join(modules, file))) === true) continue
    rmSync(half, { recursive: true, force: true })
    return { why: `code-server ${release} could not be installed: npm ${args[0]} failed: ${done.stderr?.trim().split('\n').at(-1) ?? done.error?.message}` }
  }
  symlinkSync('node_modules', path.join(inside, 'node_modules.asar'))
  renameSync(half, folder)
  return { entry: entryIn(folder) }
}

const settings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.layoutControl.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'off',
  'files.autoSave': 'off',
  // What it draws can be read where it draws no picture.
  'terminal.integrated.gpuAcceleration': 'off',
  'git.enabled': false,
  'explorer.compactFolders': false,
}

/** Starts VS Code with the extension on a free port of this machine, and ends it again. */
export async function startCodeServer(entry, vsix, home) {
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home }
  const folders = ['--user-data-dir', path.join(home, 'data'), '--extensions-dir', path.join(home, 'extensions'), '--config', path.join(home, 'config.yaml')]
  mkdirSync(path.join(home, 'data/User'), { recursive: true })
  writeFileSync(path.join(home, 'config.yaml'), '')
  writeFileSync(path.join(home, 'data/User/settings.json'), JSON.stringify(settings))
  const install = spawnSync(process.execPath, [entry, ...folders, '--install-extension', vsix], { env, encoding: 'utf8', timeout: 60_000 })
  if (install.status !== 0 || !install.stdout.includes('successfully installed')) throw new Error(`The extension could not be installed: ${install.stdout}${install.stderr}`)
  const port = await freePort()
  const server = spawn(process.execPath, [entry, ...folders, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  const heard = new Promise((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk
        if (said.includes('HTTP server listening')) resolve(undefined)
      })
    }
    server.once('exit', (status) => reject(new Error(`code-server ended with ${status}: ${said}`)))
  })
  await heard
  return {
    address: `http://127.0.0.1:${port}/`,
    log: () => said,
    end() {
      // It starts others, which are of its group.
      try {
        process.kill(-server.pid, 'SIGTERM')
      } catch {
        // It is gone already.
      }
    },
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
    probe.once('error', reject)
  })
}
