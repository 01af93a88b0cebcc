/**
 * Holds the plugin, its marketplace and what `init` writes against the validator of Claude Code. The program is a package for each
 * system, a quarter of a gigabyte, so it is no dependency: it is installed beside the project and kept there.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const version = '2.1.331'
const root = fileURLToPath(new URL('..', import.meta.url))
const name = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`
const tools = path.join(root, 'node_modules/.claude-code')
const program = path.join(tools, 'node_modules', name, process.platform === 'win32' ? 'claude.exe' : 'claude')
const scratch = mkdtempSync(path.join(tmpdir(), 'inquest-plugin-'))

function run(command, args, cwd = root) {
  // A home of its own: nothing of the person who runs this is read or written.
  const env = { ...process.env, HOME: scratch, CLAUDE_CONFIG_DIR: path.join(scratch, 'claude'), DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' }
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  return { status: done.status, output: `${done.stdout ?? ''}${done.stderr ?? ''}` }
}

function runs() {
  if (!existsSync(program)) return false
  // Packages are installed without their scripts, one of which would do this.
  chmodSync(program, 0o755)
  return run(program, ['--version']).output.startsWith(version)
}

let faults = 0
try {
  if (!runs()) {
    mkdirSync(tools, { recursive: true })
    spawnSync('npm', ['install', '--prefix', tools, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--no-package-lock', '--loglevel=error', `${name}@${version}`], { cwd: tools, encoding: 'utf8' })
  }
  if (!runs()) console.log(`skipped: ${name} ${version} cannot be installed or does not run here`)
  else {
    const repository = path.join(scratch, 'repository')
    mkdirSync(repository)
    spawnSync('git', ['init', '-q'], { cwd: repository })
    spawnSync(process.execPath, [path.join(root, 'dist/cli.js'), 'init', '--agents', 'claude'], { cwd: repository })
    for (const target of [path.join(root, 'plugin'), root, path.join(repository, '.claude')]) {
      const { status, output } = run(program, ['plugin', 'validate', '--strict', target])
      const what = path.relative(path.dirname(root), target).startsWith('..') ? 'what init writes' : path.relative(path.dirname(root), target)
      if (status === 0) console.log(`ok    ${what} passes`)
      else {
        faults++
        console.log(`FAIL  ${what}: status ${status}\n${output}`)
      }
    }
    const broken = run(program, ['plugin', 'validate', '--strict', path.join(root, 'docs')])
    if (broken.status === 0) {
      faults++
      console.log('FAIL  the validator passes a folder that is no plugin')
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = faults > 0 ? 1 : 0
