/** Completions in the shells themselves: each loads its script and is asked what it would offer. */

import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRepository, projectRoot, sample, scratchFolder } from './support/repository.js'

const repository = createRepository({ 'docs/a.md': sample, 'docs/b.md': sample.replace('INV-001', 'INV-002') })
const folder = scratchFolder()
writeFileSync(path.join(folder, 'inquest'), `#!/bin/sh\nexec "${process.execPath}" "${path.join(projectRoot, 'dist/cli.js')}" "$@"\n`)
chmodSync(path.join(folder, 'inquest'), 0o755)
const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, NO_COLOR: '1', TERM: 'xterm' }

/** True where the shell is there, or could be installed; says so where not. */
function available(shell: string): boolean {
  if (spawnSync(shell, ['--version']).error === undefined) return true
  if (process.getuid?.() === 0) {
    const install = (): boolean => spawnSync('apt-get', ['install', '-y', '-qq', shell], { timeout: 120_000 }).status === 0
    if (install() || (spawnSync('apt-get', ['update', '-qq'], { timeout: 60_000 }).status === 0 && install())) return true
  }
  console.log(`skipped: completions for ${shell}, which is not here and cannot be installed`)
  return false
}

function run(shell: string, args: readonly string[]): string {
  const done = spawnSync(shell, args, { cwd: repository.root, encoding: 'utf8', env })
  expect(done.status, done.stderr).toBe(0)
  return done.stdout
}

describe('bash', () => {
  const complete = (...words: readonly string[]): readonly string[] => {
    const quoted = words.map((word) => `'${word}'`).join(' ')
    return run('bash', ['--norc', '-c', `source <(inquest completions bash); COMP_WORDS=(inquest ${quoted}); COMP_CWORD=${words.length}; _inquest 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`])
      .split('\n')
      .filter((line) => line !== '')
  }
  test('completes verbs, ids, templates, rules, options and their values', () => {
    expect(complete('st')).toEqual(['status', 'stats'])
    expect(complete('status', 'INV')).toEqual(['INV-001', 'INV-002'])
    expect(complete('status', 'INV-001', '')).toEqual(['INV-001', 'INV-002'])
    expect(complete('new', 'investigation-l')).toEqual(['investigation-lite'])
    expect(complete('explain', 'verdict-m')).toEqual(['verdict-missing'])
    expect(complete('check', '--fo')).toEqual(['--format'])
    expect(complete('check', '--fail-on', 'w')).toEqual(['warning'])
    expect(complete('spawn', 'work_item', 'Title', '--from', 'INV-002')).toEqual(['INV-002'])
    expect(complete('new', 'investigation', 'any')).toEqual([])
  })
})

test.skipIf(!available('fish'))('fish completes', () => {
  const script = path.join(folder, 'inquest.fish')
  writeFileSync(script, run('inquest', ['completions', 'fish']))
  expect(run('fish', ['--no-config', '-c', `source ${script}; complete -C "inquest status INV"`])).toBe('INV-001\nINV-002\n')
  expect(run('fish', ['--no-config', '-c', `source ${script}; complete -C "inquest exp"`])).toBe('explain\n')
})

test.skipIf(!available('zsh'))('zsh completes', () => {
  const script = path.join(folder, '_inquest')
  writeFileSync(script, run('inquest', ['completions', 'zsh']))
  // Completion works only at a prompt, so a shell is run in a terminal of its own and typed into.
  const driver = `
zmodload zsh/zpty
zpty shell 'zsh -f -i'
read_until() { local out more; for _ in {1..200}; do zpty -r -t shell more && out+=$more; [[ $out == *$1* ]] && break; sleep 0.05; done; print -r -- $out }
zpty -w shell 'PS1="ready> "; autoload -U compinit; compinit -D -u; source ${script}; echo loa""ded'
read_until loaded
zpty -w -n shell $'inquest status INV-\\t\\t'
read_until INV-002
zpty -d shell
`
  expect(run('zsh', ['-f', '-c', driver])).toMatch(/INV-001[^\n]*INV-002/u)
})

test('a shell that is not known is refused', () => {
  const done = spawnSync('inquest', ['completions', 'tcsh'], { cwd: repository.root, encoding: 'utf8', env })
  expect(done).toMatchObject({ status: 2, stdout: '' })
  expect(done.stderr).toContain('There are some for bash, zsh, fish')
})
