/**
 * Runs the language server in real editors: `node scripts/editors.mjs neovim|emacs`. Installs the editor with apt-get where
 * it is not there and that is possible; exit status 77 says that it could not be tried.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
/** The lines that the handbook tells people to write. */
function shownLines(language) {
  const page = readFileSync(path.join(project, 'docs/editors.md'), 'utf8')
  const lines = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'mu').exec(page)?.[1]
  if (lines === undefined) throw new Error(`docs/editors.md shows no ${language}`)
  return lines
}

const editors = {
  neovim: { program: 'nvim', packages: ['neovim'], language: 'lua', args: ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${path.join(project, 'test/clients/neovim.lua')}`], ready: () => true },
  emacs: { program: 'emacs', packages: ['emacs-nox', 'elpa-eglot'], language: 'elisp', args: ['--batch', '-Q', '-l', path.join(project, 'test/clients/emacs.el')], ready: hasEglot },
}
/** Longer than that and something hangs. */
const longest = 60_000

function hasEglot() {
  const find = "(progn (dolist (d (file-expand-wildcards \"/usr/share/emacs/site-lisp/elpa-src/*\")) (add-to-list 'load-path d)) (kill-emacs (if (require 'eglot nil t) 0 1)))"
  return spawnSync('emacs', ['--batch', '-Q', '--eval', find]).status === 0
}

function isThere({ program, ready }) {
  return spawnSync(program, ['--version']).status === 0 && ready()
}

function install(packages) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const get = (...args) => spawnSync('apt-get', args, { env, timeout: 300_000 }).status === 0
  const wanted = ['install', '-qq', '-y', '--no-install-recommends', ...packages]
  if (!get(...wanted) && get('update', '-qq')) get(...wanted)
}

const [chosen] = process.argv.slice(2)
const editor = editors[chosen]
if (editor === undefined) {
  console.error(`usage: node scripts/editors.mjs ${Object.keys(editors).join('|')}`)
  process.exit(2)
}
if (!isThere(editor)) install(editor.packages)
if (!isThere(editor)) {
  console.log(`${chosen}: is not installed, and apt-get could not install ${editor.packages.join(' and ')}`)
  process.exit(77)
}

const root = mkdtempSync(path.join(tmpdir(), 'inquest-editors-'))
try {
  spawnSync('git', ['init', '-q', root])
  mkdirSync(path.join(root, 'docs'))
  cpSync(path.join(project, 'examples/src'), path.join(root, 'src'), { recursive: true })
  writeFileSync(path.join(root, 'inquest.yaml'), '')
  const sample = readFileSync(path.join(project, 'examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md'), 'utf8')
  writeFileSync(path.join(root, 'docs/INVESTIGATION-INV-001-rows.md'), sample.replace(/^\| H2 \| \*\*REFUTED.*\n/mu, ''))
  const setup = path.join(root, 'setup')
  writeFileSync(setup, shownLines(editor.language))
  mkdirSync(path.join(root, 'bin'))
  writeFileSync(path.join(root, 'bin/inquest'), `#!/bin/sh\nexec "${process.execPath}" "${path.join(project, 'dist/cli.js')}" "$@"\n`, { mode: 0o755 })
  const home = Object.fromEntries(['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'].map((variable) => [variable, root]))
  const env = { ...process.env, ...home, PATH: `${path.join(root, 'bin')}${path.delimiter}${process.env.PATH}`, INQUEST_SETUP: setup }
  const run = spawnSync(editor.program, editor.args, { cwd: root, env, encoding: 'utf8', input: '', timeout: longest })
  process.stdout.write(run.stdout)
  if (run.status !== 0) {
    process.stdout.write(run.stderr)
    if (run.error !== undefined) console.log(`${chosen}: ${run.error.message}`)
  }
  process.exitCode = run.status === 0 && !run.stdout.includes('FAIL') ? 0 : 1
} finally {
  rmSync(root, { recursive: true, force: true })
}
