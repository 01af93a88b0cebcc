/** What documents cite, looked up in the working tree: which forms are read, what is found, and what is left alone. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../src/index.js'
import type { Repository } from './support/repository.js'
import { createRepository, sample, scratchFolder } from './support/repository.js'

const file = 'docs/investigations/INV-001.md'
const source = '`src/export/encode.ts:17`'
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')

/** Rules and subjects of what is found about citations, with the text that each finding points at. */
async function found(repository: Repository, text: string): Promise<readonly (readonly [rule: string, subject: string, at: string])[]> {
  const { findings } = await check({ cwd: repository.root, text: { path: file, content: text } })
  return findings
    .filter((finding) => finding.rule.startsWith('citation-') || finding.rule === 'evidence-unsourced')
    .map(({ rule, subject = '', range: { start, end } }) => {
      const line = text.split(/\r?\n/u)[start.line - 1] ?? ''
      return [rule, subject, start.line === end.line ? line.slice(start.column - 1, end.column - 1) : '']
    })
}

const citing = (cell: string): string => sample.replace(source, () => cell)

describe('forms that people write', () => {
  const repository = createRepository({
    [file]: sample,
    'src/a.py': lines(20),
    'lib/deep/only.py': lines(20),
    'one/twice.py': lines(5),
    'two/twice.py': lines(30),
    justfile: lines(400),
    'docs/adr/ADR-038-why-not.md': lines(50),
    'docs/investigations/notes.txt': lines(9),
    'with blank/fïle näme.md': lines(9),
    'app/[id]/page.tsx': lines(9),
  })
  test.each([
    '`src/a.py:1`', 'src/a.py:20', '`src/a.py:1-20`', '`src/a.py:1–3`', '`src/a.py:1,3`', '`src/a.py:1, 3-5, 9`', '`src/a.py:1` vs `:20`', '`src/a.py:L10-L12`',
    '`src/a.py#L10-L12`', 'src/a.py, lines 3-4', '`src/a.py` lines 3-4 and 7-9', '`src/a.py` (line 3)', '`src/a.py:3:14`', '`src/a.py:17-20` (full grep, no matches)',
    '`src/a.py` (full file)', 'src/a.py (entire)', '@src/a.py:3', '[src/a.py:3]', '**src/a.py:3**', './src/a.py:3', '/src/a.py:3', 'src\\a.py:3', '`only.py:20`', '`deep/only.py:20`',
    '`twice.py:30`', '`justfile:310`', '`docs/adr/ADR-038:50`', '`notes.txt:9`', '`../../src/a.py:3`', '`with blank/fïle näme.md:9`', '`app/[id]/page.tsx:9`', '`src/*.py:20`',
    '`src/a.py:1-3`, `5-7`, `9-12`', '`src/a.py:1-3`, 5-7, 9', 'src/a.py:1-3; 5-7', '`src/a.py:1`, `5` and `7-9`', '`src/a.py:1-3`<br>`5-7`', '`src/a.py:1`, `:5`, `7-9`, `only.py:2`, `4-20`', '`src/a.py:L1-L3`, `L5-L7`',
    '`src/a.py:1`, `only.py:2` and `justfile:3`', '`INV-001:4`', 'https://example.org:443/a.py', 'concept 88', 'mem:88',
  ])('%s', async (cell) => {
    expect(await found(repository, citing(cell))).toEqual([])
  })

  test.each([
    ['`src/a.py:21`', 'citation-out-of-range', 'src/a.py:21', 'src/a.py:21'],
    ['`src/a.py:3-21`', 'citation-out-of-range', 'src/a.py:3-21', 'src/a.py:3-21'],
    ['`src/a.py:3, 99`', 'citation-out-of-range', 'src/a.py:3, 99', 'src/a.py:3, 99'],
    ['`only.py:21`', 'citation-out-of-range', 'only.py:21', 'only.py:21'],
    ['`twice.py:31`', 'citation-out-of-range', 'twice.py:31', 'twice.py:31'],
    ['`src/b.py:3`', 'citation-unresolved', 'src/b.py:3', 'src/b.py:3'],
    ['@src/b.py:3', 'citation-unresolved', 'src/b.py:3', 'src/b.py:3'],
    ['`src/b.py` (full file)', 'citation-unresolved', 'src/b.py', 'src/b.py` (full file)'],
    ['`src:3`', 'citation-unresolved', 'src:3', 'src:3'],
    ['`nowhere/*.py:3`', 'citation-unresolved', 'nowhere/*.py:3', 'nowhere/*.py:3'],
    ['`INV-999:3`', 'citation-unresolved', 'INV-999:3', 'INV-999:3'],
    ['`src/a.py:9-3`', 'citation-malformed', 'src/a.py', 'src/a.py:9-3'],
    ['`src/a.py:0`', 'citation-malformed', 'src/a.py', 'src/a.py:0'],
    ['`src/a.py:-3`', 'citation-malformed', 'src/a.py', 'src/a.py:-3'],
    ['`src/a.py:5-`', 'citation-malformed', 'src/a.py', 'src/a.py:5-'],
    ['src/a.py:5-, see there', 'citation-malformed', 'src/a.py', 'src/a.py:5-'],
    ['`src/a.py:1,,2`', 'citation-malformed', 'src/a.py', 'src/a.py:1,,2'],
    ['`src/a.py:1.5`', 'citation-malformed', 'src/a.py', 'src/a.py:1.5'],
    ['`src/a.py:1-2-3`', 'citation-malformed', 'src/a.py', 'src/a.py:1-2-3'],
    ['`src/a.py:99999999999999999999`', 'citation-malformed', 'src/a.py', 'src/a.py:99999999999999999999'],
    ['`src/a.py:1-3`, `5-99`', 'citation-out-of-range', 'src/a.py:5-99', '5-99'],
    ['`src/a.py:1-3`, 5-99', 'citation-out-of-range', 'src/a.py:5-99', '5-99'],
    ['`src/b.py:1-3`, `5-9`, 20-30', 'citation-unresolved', 'src/b.py:1-3', 'src/b.py:1-3'],
    ['`src/a.py:1-3`, `9-5`', 'citation-malformed', 'src/a.py', '9-5'],
  ])('%s is %s', async (cell, rule, subject, at) => {
    expect(await found(repository, citing(cell))).toEqual([[rule, subject, at]])
  })

  test('each citation is a finding of its own, wherever it stands', async () => {
    const text = citing('`src/b.py:1`, `src/a.py:1` and `src/c.py:2-3`').replace('**Analysis:**', '**Analysis:** `src/a.py:400` says so, and [d.py:7] too.')
    expect((await found(repository, text)).map(([rule, subject]) => `${rule} ${subject}`)).toEqual([
      'citation-unresolved src/b.py:1', 'citation-unresolved src/c.py:2-3', 'citation-out-of-range src/a.py:400', 'citation-unresolved d.py:7',
    ])
  })

  test('running text is read for plain paths only', async () => {
    const said = 'At 12:30 node:20 ran on db.example.org:5432 for H1:3; 3 of a.py (4 lines) passed 105/105, see `path/to/file.py:12` and <!-- gone.py:3 -->.\n\n```\ngone.py:3\n```'
    expect(await found(repository, sample.replace('**Analysis:**', `**Analysis:** ${said}`))).toEqual([])
  })

  test('numbers that follow a citation are lines only where they cannot be anything else', async () => {
    const said = 'In `src/a.py:12`, 300 rows fail; `src/a.py:3`, `400` is returned; see src/a.py:3, 500 times; `src/a.py:9`, 2026-01-02; `src/a.py:9`, 40/50 pass; `src/a.py:9`, 10:30; `src/a.py:9`, 99.5; `src/a.py:9`, 75%; `src/a.py:9`, 1-line; `src/a.py:9` 30-40; `src/a.py:9` - 30-40 rows; `src/a.py:9`, `30-40 rows`; `src/a.py:9` and 44 others.'
    expect(await found(repository, sample.replace('**Analysis:**', `**Analysis:** ${said}`))).toEqual([])
    const cited = 'See `src/a.py:1-3`, `300-400`, and src/a.py:5, 500-600. And `src/a.py:7`, 800.'
    expect((await found(repository, sample.replace('**Analysis:**', `**Analysis:** ${cited}`))).map(([, subject, at]) => [subject, at])).toEqual([['src/a.py:300-400', '300-400'], ['src/a.py:5, 500-600', 'src/a.py:5, 500-600'], ['src/a.py:800', '800']])
  })

  test('impossible lines are found in running text as well, and versions and dates are none', async () => {
    const said = 'See `src/a.py:9-3`, not node.js:18.2 or `notes.txt:2026-01-02`.'
    expect(await found(repository, sample.replace('**Analysis:**', `**Analysis:** ${said}`))).toEqual([['citation-malformed', 'src/a.py', 'src/a.py:9-3']])
  })

  test('a document that is archived is left alone', async () => {
    expect(await found(repository, citing('`src/b.py:3`').replace('status: complete', 'status: archived'))).toEqual([])
  })
})

describe('quoted code', () => {
  const repository = createRepository({ [file]: sample, 'src/a.py': 'import os\n\ndef read(path):\n    # Opens it.\n    with open(path) as f:\n        return f.read()\n\ndef write(path, text):\n    os.replace(path, text)\n' })
  const quoting = (label: string, block: string): string => sample.replace('**Analysis:**', `${label}\n\n\`\`\`python\n${block}\n\`\`\`\n\n**Analysis:**`)
  const differs = async (label: string, block: string): Promise<readonly string[]> => {
    const { findings } = await check({ cwd: repository.root, text: { path: file, content: quoting(label, block) } })
    return findings.filter(({ rule }) => rule === 'quote-differs').map(({ message }) => message)
  }
  test.each([
    ['as it stands', '**Evidence:** `src/a.py:3-6`', 'def read(path):\n    # Opens it.\n    with open(path) as f:\n        return f.read()'],
    ['indented otherwise, without empty lines', '**Evidence:** `src/a.py:1-6`', 'import os\ndef read(path):\n  # Opens it.\n  with open(path) as f:\n    return f.read()'],
    ['with lines left out', '**Evidence:** `src/a.py:1-9`', 'def read(path):\n    ...\n        return f.read()\n# …\n    os.replace(path, text)'],
    ['with a part of a line left out', '**Evidence:** `src/a.py:5`', 'with open(...) as f:'],
    ['with remarks of the author', '**Evidence:** `src/a.py:8-9`', 'def write(path, text):  # <- no lock\n    # This is not atomic on every system.\n    os.replace(path, text)'],
    ['its place in the first line', '**Evidence:**', '# src/a.py:8-9 (the write)\ndef write(path, text):\n    os.replace(path, text)'],
    ['two places in one block', '**Evidence (both):**', '# src/a.py:3\ndef read(path):\n\n# src/a.py:8\ndef write(path, text):'],
    ['the whole file', '**Evidence:** `src/a.py` (full file)', 'def write(path, text):'],
    ['under another label', '**Proposed change:** `src/a.py:3-6`', 'def read(path, mode):'],
    ['from no place at all', '**Evidence:** the log', 'Traceback'],
  ])('%s', async (_name, label, block) => {
    expect(await differs(label, block)).toEqual([])
  })
  test.each([
    ['reworded', '**Evidence:** `src/a.py:3-6`', 'def read(path):\n    # Opens it.\n    with open(path) as file:', '"with open(path) as file:" is not in `src/a.py:3-6`; there stands "with open(path) as f:"'],
    ['from other lines', '**Evidence:** `src/a.py:1-2`', 'def write(path, text):', '"def write(path, text):" is not in `src/a.py:1-2`; there stands "import os"'],
    ['with a line left out silently', '**Evidence:** `src/a.py:8-9`', 'os.replace(path, text)\ndef write(path, text):', '"def write(path, text):" is not in `src/a.py:8-9`'],
    ['the second of two places', '**Evidence:**', '# src/a.py:3\ndef read(path):\n# src/a.py:8\ndef rite(path, text):', '"def rite(path, text):" is not in `src/a.py:8`; there stands "def write(path, text):"'],
  ])('%s differs', async (_name, label, block, message) => {
    expect(await differs(label, block)).toEqual([message])
  })
})

describe('documents that are not meant well', () => {
  test('nothing outside the repository is looked at, and nothing that would hang', async () => {
    const outside = scratchFolder()
    writeFileSync(path.join(outside, 'secret.txt'), lines(9))
    const repository = createRepository({ [file]: sample, 'src/a.py': lines(20) })
    const at = (name: string): string => path.join(repository.root, name)
    symlinkSync(path.join(outside, 'secret.txt'), at('leak.txt'))
    symlinkSync(outside, at('leaks'))
    symlinkSync('src/a.py', at('inside.py'))
    symlinkSync('loop.py', at('loop.py'))
    symlinkSync('/dev/zero', at('zero.py'))
    writeFileSync(at('--output=x.py'), lines(3))
    writeFileSync(at('giant.log'), '')
    truncateSync(at('giant.log'), 3 * 2 ** 30)
    mkdirSync(at('src/folder.py'))
    expect(spawnSync('mkfifo', [at('pipe.py')]).status).toBe(0)
    const kinds: Record<string, string | undefined> = {}
    for (const cell of [
      `${outside}/secret.txt:3`, '../secret.txt:3', '../../../../../../etc/passwd:1', '/etc/passwd:1', 'leak.txt:3', 'leaks/secret.txt:3', 'inside.py:20', 'loop.py:1', 'zero.py:1', 'pipe.py:1',
      '--output=x.py:3', '--output=x.py:4', 'giant.log:99999', 'src/folder.py:1', '.git/config:1', 'src/../.git/config:1', 'a\u0000b.py:1', `${'x/'.repeat(4000)}y.py:1`,
    ]) kinds[cell.replace(outside, '<outside>').slice(0, 40)] = (await found(repository, citing(`\`${cell}\``)))[0]?.[0]
    expect(kinds).toEqual({
      '<outside>/secret.txt:3': 'citation-unresolved',
      '../secret.txt:3': 'citation-unresolved',
      '../../../../../../etc/passwd:1': 'citation-unresolved',
      '/etc/passwd:1': 'citation-unresolved',
      'leak.txt:3': 'citation-unresolved',
      'leaks/secret.txt:3': 'citation-unresolved',
      'inside.py:20': undefined,
      'loop.py:1': 'citation-unresolved',
      'zero.py:1': 'citation-unresolved',
      'pipe.py:1': 'citation-unresolved',
      '--output=x.py:3': undefined,
      '--output=x.py:4': 'citation-out-of-range',
      'giant.log:99999': undefined,
      'src/folder.py:1': 'citation-unresolved',
      '.git/config:1': 'citation-unresolved',
      'src/../.git/config:1': 'citation-unresolved',
      'a\u0000b.py:1': 'citation-unresolved',
      [`${'x/'.repeat(20)}`]: 'citation-unresolved',
    })
  })

  test('whatever is cited, every finding stands on its citation', async () => {
    const repository = createRepository({ [file]: sample, 'src/a.py': lines(20) })
    const piece = fc.constantFrom('src/a.py', 'a.py', ':', '12', '-', ',', ' ', '`', '@', '[', ']', '**', '../', '#L3', ' lines ', '(', ')', 'gone.py:3', 'L', '0', '*', 'é', '\\')
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const cell = pieces.join('')
        for (const [rule, , at] of await found(repository, citing(cell))) {
          if (rule !== 'evidence-unsourced') expect(cell).toContain(at)
        }
      }),
      { numRuns: 60 },
    )
  })
})
