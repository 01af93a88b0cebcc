/** `check` starts from what V8 made of it in an earlier run, and answers the same wherever that is missing, damaged or not to be kept. */

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRepository, projectRoot, sample, scratchFolder } from './support/repository.js'

/** The program as a package that nobody has run yet. */
function install(): { readonly cli: string; readonly compiled: string } {
  const folder = scratchFolder()
  cpSync(path.join(projectRoot, 'dist'), path.join(folder, 'dist'), { recursive: true, filter: (file) => !/[\\/]dist[\\/](?:compiled|types)(?:[\\/]|$)/u.test(file) })
  for (const name of ['node_modules', 'templates']) symlinkSync(path.join(projectRoot, name), path.join(folder, name))
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n')
  return { cli: path.join(folder, 'dist/cli.js'), compiled: path.join(folder, 'dist/compiled') }
}

interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

const { root } = createRepository({ 'docs/a.md': sample.replace('**REFUTED**', 'perhaps') })

function check(cli: string, given: readonly string[] = ['docs/a.md'], switches: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Ran {
  const { NODE_OPTIONS: _, ...clean } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [...switches, cli, 'check', ...given], { cwd: root, encoding: 'utf8', env: { ...clean, ...env } })
  return { status, stdout, stderr }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name !== '.gitignore')
}

describe('what V8 made of `check`', () => {
  test('is kept by the first run, and changes no answer', () => {
    const { cli, compiled } = install()
    const first = check(cli)
    expect(first).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('error[verdict-invalid]') })
    const [name = ''] = filesIn(compiled)
    expect(name).toContain(process.version)
    const kept = readFileSync(path.join(compiled, name))
    expect(check(cli)).toEqual(first)
    expect(readFileSync(path.join(compiled, name)).equals(kept)).toBe(true)
  })

  test('is made anew where it is damaged', () => {
    const { cli, compiled } = install()
    const first = check(cli)
    const file = path.join(compiled, filesIn(compiled)[0] ?? '')
    const kept = readFileSync(file)
    const bent = Buffer.from(kept)
    for (let at = 1000; at < bent.length; at += 5000) bent[at] = (bent[at] ?? 0) ^ 0x55
    for (const damaged of [bent, kept.subarray(0, kept.length / 2), Buffer.alloc(0), Buffer.from('nothing of the kind')]) {
      writeFileSync(file, damaged)
      expect(check(cli)).toEqual(first)
      expect(readFileSync(file).equals(damaged)).toBe(false)
      expect(check(cli)).toEqual(first)
    }
  })

  test('is not kept of a run that V8 was told to do differently, or that came to nothing', () => {
    const { cli, compiled } = install()
    expect(check(cli, ['docs/a.md'], ['--no-opt']).status).toBe(1)
    expect(check(cli, ['docs/a.md'], [], { NODE_OPTIONS: '--max-old-space-size=500' }).status).toBe(1)
    expect(check(cli, ['docs/none.md']).status).toBe(2)
    expect(() => readdirSync(compiled)).toThrow('ENOENT')
  })

  const hasSys = existsSync('/sys/kernel')
  if (!hasSys) console.log('skipped: there is no /sys here, in which nobody can write a file')

  test.runIf(hasSys)('is done without where it cannot be kept', () => {
    const { cli, compiled } = install()
    const first = check(cli)
    rmSync(compiled, { recursive: true })
    // Not even an administrator writes a file there.
    symlinkSync('/sys', compiled)
    expect(check(cli)).toEqual(first)
  })
})
