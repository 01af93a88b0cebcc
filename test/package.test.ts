/** The package as npm makes it, installed into an empty folder and used from there. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { projectRoot, sample, scratchFolder } from './support/repository.js'

let folder = ''
let packed: readonly string[] = []

function run(command: string, args: readonly string[], cwd: string): { status: number; stdout: string; stderr: string } {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
  return { status: done.status ?? -1, stdout: done.stdout, stderr: done.stderr }
}

beforeAll(() => {
  folder = scratchFolder()
  const tarball = scratchFolder()
  const pack = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', tarball], projectRoot)
  expect(pack.status, pack.stderr).toBe(0)
  const answer = JSON.parse(pack.stdout) as { filename: string; files: { path: string }[] }[] | Record<string, { filename: string; files: { path: string }[] }>
  const [first] = Array.isArray(answer) ? answer : Object.values(answer)
  packed = (first?.files ?? []).map((file) => file.path)
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const [file] = readdirSync(tarball)
  const install = run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', path.join(tarball, file ?? '')], folder)
  expect(install.status, install.stderr).toBe(0)
}, 180_000)

describe('the tarball', () => {
  test('holds what is needed and nothing of the workshop', () => {
    for (const file of ['dist/cli.js', 'dist/chunks/check.script', 'dist/index.js', 'dist/unified.js', 'dist/types/index.d.ts', 'dist/THIRD-PARTY-LICENSES.txt', 'templates/investigation.md', 'schema/config.schema.json', 'action.yml', 'bundle/action.mjs', 'bundle/inquest.mjs', 'plugin/AGENTS.md', 'plugin/skills/new-plan/SKILL.md', 'plugin/agents/investigator.md', 'README.md', 'LICENSE', 'CHANGELOG.md']) {
      expect(packed).toContain(file)
    }
    expect(packed.filter((file) => /^(?:src|test|scripts|\.ci|dist\/compiled)\//u.test(file))).toEqual([])
  })

  test('runs as `npx inquest` from an empty folder', () => {
    const bin = path.join(folder, 'node_modules/.bin/inquest')
    expect(existsSync(bin)).toBe(true)
    expect(run(bin, ['--version'], folder).stdout).toBe(`${(JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version}\n`)
    expect(run(bin, ['init'], folder).status).toBe(0)
    expect(run(bin, ['new', 'investigation', 'First question'], folder).stdout).toBe('docs/investigations/INVESTIGATION-INV-001-first-question.md\n')
    expect(run(bin, ['check'], folder)).toMatchObject({ status: 0, stderr: '' })
    mkdirSync(path.join(folder, 'docs'), { recursive: true })
    writeFileSync(path.join(folder, 'docs/broken.md'), sample.replace('INV-001', 'INV-002').replace('**REFUTED**', 'perhaps'))
    const broken = run(bin, ['check'], folder)
    expect(broken.status).toBe(1)
    expect(broken.stdout).toContain('error[verdict-invalid]')
    expect(run(bin, ['template', 'list'], folder).stdout).toContain('builtin:investigation.md')
  })

  test('is a library and a plugin', () => {
    writeFileSync(path.join(folder, 'use.js'), "import { check, parse } from 'inquest'\nimport remarkInquest from 'inquest/unified'\nconst document = await parse('# A\\n')\nconst { summary } = await check()\nconsole.log(document.top.sections.length, summary.errors, typeof remarkInquest)\n")
    expect(run(process.execPath, ['use.js'], folder)).toMatchObject({ status: 0, stdout: '1 1 function\n' })
  })

  test('works where the fast engine has no native part for the system', () => {
    const native = path.join(folder, 'node_modules/satteri/index.js')
    const before = readFileSync(native, 'utf8')
    writeFileSync(native, "throw new Error('no native part for this system')\n")
    renameSync(path.join(folder, 'node_modules/@bruits'), path.join(folder, 'node_modules/@hidden'))
    try {
      const broken = run(path.join(folder, 'node_modules/.bin/inquest'), ['check'], folder)
      expect(broken.stderr).toBe('')
      expect(broken.stdout).toContain('error[verdict-invalid]')
    } finally {
      writeFileSync(native, before)
      renameSync(path.join(folder, 'node_modules/@hidden'), path.join(folder, 'node_modules/@bruits'))
    }
  })
})
