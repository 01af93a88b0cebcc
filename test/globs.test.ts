/** Globs and patterns of ids: what they match, and that none that a stranger writes takes long. */

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import picomatch from 'picomatch'
import { describe, expect, test } from 'vitest'
import { compileGlob, compileGlobs } from '../src/engine/globs.js'
import { compileIdPattern } from '../src/template/id-pattern.js'
import { createRepository, inquest, sample, scratchFolder } from './support/repository.js'

describe('globs', () => {
  const part = fc.constantFrom('a', 'b', '.', 'ab', '*', '?', '[ab]', '[^a]', '[a-c]', '{a,b}', '{ab,c}', '{a/b,c}', '{1..3}', '@(a|b)', '+(a|b)', '\\*', '{b}', '(a)', '-', '_', 'ü')
  const nameGlob = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''))
  const glob = fc.array(fc.oneof(nameGlob, fc.constant('**')), { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
  const name = fc.array(fc.constantFrom('a', 'b', 'c', '.', 'ab', '*', '{', '-', '_', '1', 'ü'), { minLength: 1, maxLength: 4 }).map((signs) => signs.join(''))
  const file = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/')).filter((one) => !/(?:^|\/)\.{1,2}(?:\/|$)/u.test(one))

  test('match what the usual library matches', () => {
    // The library takes signs behind a group for another repetition, and a group in round brackets for no brackets.
    const alike = glob.filter((one) => !/\)[?*]|\(a\)/u.test(one))
    fc.assert(
      fc.property(alike, file, (pattern, at) => {
        expect(compileGlob(pattern)(at), `${pattern} on ${at}`).toBe(picomatch(pattern, { dot: true })(at))
      }),
      { numRuns: 3000 },
    )
  })

  test('match together what each matches', () => {
    const globs = fc.array(fc.oneof(glob, glob.filter((one) => !one.startsWith('(')).map((one) => `!${one}`)), { maxLength: 3 })
    fc.assert(
      fc.property(globs, file, (all, at) => {
        expect(compileGlobs(all)(at)).toBe(all.some((one) => compileGlob(one)(at)))
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['docs/**', ['docs', 'docs/a', 'docs/a/b'], ['doc', 'docsa', 'a/docs']],
    ['docs/*/**', ['docs/a/b', 'docs/a/b/c'], ['docs/a', 'docs']],
    ['**', ['a', '.a', 'a/b'], []],
    ['**/*.md', ['a.md', 'a/b.md', '.md'], ['a.mdx']],
    ['./docs/*.md', ['docs/a.md', 'docs/.md'], ['docs/a/b.md']],
    ['{a,b{c,d}}/x', ['a/x', 'bc/x', 'bd/x'], ['b/x', 'bcd/x']],
    ['a{8..11}', ['a8', 'a10', 'a11'], ['a1', 'a12']],
    ['{a}', ['{a}'], ['a']],
    ['[!a-c]x', ['dx', '!x'], ['ax', '/x']],
    ['[]a]', [']', 'a'], ['b']],
    ['[[:digit:]_]', ['1', '_'], ['a', ':']],
    ['[a', ['[a'], ['a']],
    ['!docs/**', ['a', 'src/docs'], ['docs/a']],
    ['@(a|b*)/+(x|y)', ['a/x', 'bcd/xyx'], ['c/x', 'a/']],
    ['(a|b)/x', ['a/x', 'b/x'], ['(a|b)/y']],
    ['app/(group)/*', ['app/(group)/a'], ['app/group/a']],
    ['\\{a,b\\}', ['{a,b}'], ['a']],
    ['a\\*', ['a*'], ['ab']],
  ])('%s', (pattern, matched, others) => {
    const matches = compileGlob(pattern)
    expect(matched.filter((one) => !matches(one))).toEqual([])
    expect(others.filter((one) => matches(one))).toEqual([])
  })

  const manyParts = `{${Array.from({ length: 80 }, (_, index) => `*a*${index}b/*?`).join(',')}}`
  test.each([
    ['an exclusion in a group', 'docs/!(drafts)/**', 'excludes with `!(…)`, which is not supported'],
    ['braces behind braces', '{a/b,b}'.repeat(12), 'stands for more than 500 paths'],
    ['a long range', '{1..100000}', 'stands for more than 500 paths'],
    ['a long glob', 'a'.repeat(1001), 'has more than 1000 signs'],
    ['a glob with many parts', `${manyParts}/{a,b}{a,b}`, 'has too many parts'],
  ])('%s is refused at its line', (_name, glob, message) => {
    for (const [text, place] of [
      [`exclude:\n  - ok\n  - ${JSON.stringify(glob)}\n`, 'inquest.yaml:3: `exclude.1`'],
      [`documents: [${JSON.stringify(glob)}]\n`, 'inquest.yaml:1: `documents.0`'],
      [`overrides:\n  - paths: [${JSON.stringify(glob)}]\n    rules: {}\n`, 'inquest.yaml:2: `overrides.0.paths.0`'],
    ] as const) {
      const repository = createRepository({ 'inquest.yaml': text })
      expect(inquest(repository.root, ['check'])).toMatchObject({ status: 2, stderr: expect.stringContaining(`${place}: the glob ${message}`) as string })
    }
  })
})

describe('patterns of ids', () => {
  const part = fc.constantFrom('H', 'Q', 'h', '-', '\\d', '\\d+', '[a-z]', '[A-C]?', '\\.', 'x*', '(?:H|Q)', '(?:a|b)+', '\\w{1,3}', '\\d{2}', '_')
  const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
  const text = fc.array(fc.constantFrom('H', '1', '2', 'q', ' ', '-', 'a', 'B', 'x', '.', ',', 'H1', '_', 'é'), { maxLength: 12 }).map((signs) => signs.join(''))

  test('begin where regular expressions find them', () => {
    fc.assert(
      fc.property(pattern, text, (source, said) => {
        const usual = [...said.matchAll(new RegExp(`\\b(?:${source})\\b`, 'giu'))].filter(([found]) => found !== '')
        const own = compileIdPattern(source).findIn(said)
        // The first of either; what is found further on hangs on how long the first was, and here it is the longest.
        expect(own[0]?.index, `${source} in ${said}`).toBe(usual[0]?.index)
        expect((own[0]?.text.length ?? 0) >= (usual[0]?.[0].length ?? 0)).toBe(true)
        for (const one of own) expect(one.text).toMatch(new RegExp(`^(?:${source})$`, 'iu'))
      }),
      { numRuns: 3000 },
    )
  })

  test.each(['(?=H)\\d', '(?<!a)H', '(H)\\1', '\\bH', '^H$', 'H{200}', '(H', 'H)', '[H', '', '(?:H{100}){100}'].map((source) => [source] as const))('%s is a mistake of its template', (source) => {
    const template = `---\ntemplate: own\nversion: '1'\ntitle: Own\nsummary: Own.\nhypothesis_id: ${JSON.stringify(source)}\nfields: { template: {}, version: {}, status: {} }\nstatus: { field: status, open: [open], closed: [done] }\nphases: [{ name: one }]\nsections: []\n---\n`
    const repository = createRepository({ '.inquest/templates/own.md': template, 'a.md': "---\ntemplate: own\nversion: '1'\nstatus: open\n---\n" })
    expect(inquest(repository.root, ['template', 'check'])).toMatchObject({ status: 1, stdout: expect.stringContaining('is not a pattern of ids') as string })
  })
})

describe('what a stranger writes', () => {
  const long = 60_000
  const template = `---\ntemplate: own\nversion: '1'\ntitle: Own\nsummary: Own.\nid: { fields: ['(?:h+)+X', id], prefix: OWN }\nhypothesis_id: '(?:h+)+X'\nfields: { '(?:h+)+X': {}, id: {}, template: {}, version: {}, status: {} }\nstatus: { field: status, open: [open], closed: [done] }\nphases: [{ name: one }]\nsections:\n  - heading: Hypotheses\n    parts:\n      - { kind: table, yields: hypotheses, columns: { id: { heading: Id }, statement: { heading: Statement } } }\n      - { kind: items, yields: hypotheses }\n---\n`
  const document = `---\ntemplate: own\nversion: '1'\nstatus: open\n---\n## Hypotheses\n\n| Id | Statement |\n|---|---|\n| ${'h'.repeat(long)} | x |\n| hhhX | found |\n\n- ${'h'.repeat(long)}\n- ${'h '.repeat(long)}\n`

  test('a pattern of ids whose matching never ends is done at once, in all its places', () => {
    const repository = createRepository({ '.inquest/templates/own.md': template, 'a.md': document })
    const other = path.join(scratchFolder(), 'other')
    repository.git('add', '-A')
    repository.git('commit', '-q', '-m', 'own')
    repository.git('worktree', 'add', '-q', other)
    writeFileSync(path.join(other, 'b.md'), `---\n${'h'.repeat(3000)}: x\n---\n`)
    for (const args of [['check'], ['status'], ['list'], ['template', 'check'], ['new', 'own', 'Title', '--path', 'c.md']]) expect([0, 1]).toContain(inquest(repository.root, args).status)
  })

  test('a glob of twelve stars is done at once, in the configuration and in a citation', () => {
    const stars = `${'*a'.repeat(12)}*b`
    const name = `${'a'.repeat(200)}.md`
    const repository = createRepository({ 'inquest.yaml': `documents: ['**/*.md', '${stars}']\nexclude: ['${stars}', '**/${stars}/**/${stars}']\noverrides:\n  - paths: ['${stars}']\n    rules: {}\n`, [`docs/${name}`]: sample.replace('src/export/pages.ts:41-58', `docs/${stars}`) })
    for (const args of [['check'], ['doctor'], ['verify']]) expect([0, 1]).toContain(inquest(repository.root, args).status)
  })
})
