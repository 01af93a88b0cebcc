/** Several formats at once: what goes to standard output, and what into files. */

import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { formats } from '../../src/report/report.js'
import { createRepository, inquest, sample } from '../support/repository.js'
import { findingAt, junitMistakes, qualityMistakes, reportOf, sarifMistakes, written } from './readers.js'

const file = 'docs/INV-001.md'
const broken = sample.replace('**CONFIRMED**', 'maybe')

test('the help lists every format', () => {
  const help = inquest(createRepository().root, ['check', '--help']).stdout
  for (const format of formats) expect(help).toContain(format)
  expect(help).toContain('--output <format:path>')
  expect(help).toContain('--changed-since <commit>')
})

describe('more findings than anybody reads', () => {
  const many = Array.from({ length: 150_000 }, (_, index) => findingAt((index % 500) + 1, { path: `docs/${String(Math.floor(index / 500)).padStart(4, '0')}.md`, severity: index % 3 === 0 ? 'error' : 'warning', message: `Finding ${index}` }))

  test.each(formats)('%s is written all the same', async (format) => {
    const text = await written(format, reportOf(many))
    // A file of SARIF ends with the 25,000th error.
    expect(text).toContain(`Finding ${format === 'sarif' ? 74_997 : 149_999}`)
    if (format === 'json' || format === 'gitlab' || format === 'sarif') JSON.parse(text)
  })
})

describe('--output', () => {
  test('writes each file as the format alone would have been, and the rest goes where it went', () => {
    const repository = createRepository({ [file]: broken })
    const outputs = formats.flatMap((format) => ['--output', `${format}:reports/deep/${format}.out`])
    const run = inquest(repository.root, ['check', ...outputs], { env: { FORCE_COLOR: '1', NO_COLOR: '' } })
    expect(run).toMatchObject({ status: 1, stderr: '' })
    expect(run.stdout).toContain('\u001B[31m')
    for (const format of formats) {
      expect(repository.read(`reports/deep/${format}.out`), format).toBe(inquest(repository.root, ['check', '--format', format]).stdout)
    }
    expect(readdirSync(path.join(repository.root, 'reports/deep'))).toHaveLength(formats.length)
  })

  test('a clean run writes valid files over those of a run before', async () => {
    const repository = createRepository({ [file]: broken })
    const args = ['check', '--output', 'sarif:a.sarif', '--output', 'gitlab:b.json', '--output', 'junit:c.xml']
    expect(inquest(repository.root, args).status).toBe(1)
    chmodSync(path.join(repository.root, 'c.xml'), 0o600)
    repository.write(file, sample)
    expect(inquest(repository.root, args)).toMatchObject({ status: 0, stdout: 'no finding in 1 document\n' })
    expect(sarifMistakes(repository.read('a.sarif'))).toEqual([])
    expect(repository.read('a.sarif')).toContain('"results": []')
    expect(repository.read('b.json')).toBe('[]\n')
    expect(qualityMistakes(repository.read('b.json'))).toEqual([])
    expect(await junitMistakes(repository.read('c.xml'))).toEqual([])
    expect(repository.read('c.xml')).toContain('failures="0"')
    expect(statSync(path.join(repository.root, 'c.xml')).mode & 0o777).toBe(0o600)
  })

  test('a path may hold colons and stand outside the repository', () => {
    const { root } = createRepository({ [file]: sample })
    const { root: other } = createRepository()
    inquest(root, ['check', '--output', `gitlab:${path.join(other, 'at 12:00.json')}`])
    expect(readFileSync(path.join(other, 'at 12:00.json'), 'utf8')).toBe('[]\n')
  })

  test('a link is written through, and a device is not replaced', () => {
    const repository = createRepository({ [file]: sample, 'real.json': 'old' })
    symlinkSync('real.json', path.join(repository.root, 'link.json'))
    inquest(repository.root, ['check', '--output', 'gitlab:link.json', '--output', 'json:/dev/null'])
    expect(lstatSync(path.join(repository.root, 'link.json')).isSymbolicLink()).toBe(true)
    expect(repository.read('real.json')).toBe('[]\n')
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test('hosts of code are told paths from the top of the repository, wherever the configuration stands', () => {
    const repository = createRepository({ 'sub/inquest.yaml': '', [`sub/${file}`]: broken })
    const cwd = path.join(repository.root, 'sub')
    for (const format of ['sarif', 'github', 'gitlab', 'junit']) {
      const { stdout } = inquest(cwd, ['check', '--format', format])
      expect(stdout, format).toContain(`sub/${file}`)
      expect(stdout.replaceAll(`sub/${file}`, ''), format).not.toContain(file)
    }
    expect(inquest(cwd, ['check', '--json']).stdout).not.toContain(`sub/${file}`)
  })

  const mistakes: readonly (readonly [string, string])[] = [
    ['xml:a.xml', '--output xml:a.xml: expected a format, a colon and a path'],
    ['sarif', '--output sarif: expected a format, a colon and a path'],
    ['sarif:', '--output sarif:: expected a format, a colon and a path'],
  ]
  test.each(mistakes)('%s is refused before anything is checked', (output, message) => {
    const run = inquest(createRepository({ [file]: broken }).root, ['check', '--output', output])
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain(`inquest: ${message}\n`)
    expect(run.stderr).toContain('the formats are text, json, jsonl, sarif, github, gitlab, junit')
  })

  test('a file that cannot be written is told in place of the findings', () => {
    const repository = createRepository({ [file]: broken, taken: '' })
    mkdirSync(path.join(repository.root, 'folder'))
    for (const [target, reason] of [['taken/a.sarif', 'a file stands where its folder should be'], ['folder', 'it is a folder']] as const) {
      const run = inquest(repository.root, ['check', '--output', `sarif:${target}`])
      expect(run).toMatchObject({ status: 3, stdout: '' })
      expect(run.stderr).toContain(`${target}: cannot be written: ${reason}`)
    }
    expect(existsSync(path.join(repository.root, 'folder'))).toBe(true)
  })
})
