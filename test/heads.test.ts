/** What is remembered of other documents between runs gives the same findings as nothing remembered at all. */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FileStamp } from '../src/engine/host.js'
import { createNodeHost } from '../src/engine/node-host.js'
import type { RepositoryIndex } from '../src/engine/repository-index.js'
import { openWorkspace } from '../src/engine/workspace.js'
import { createRepository, inquest, sample } from './support/repository.js'

/** Files older than this are remembered; younger ones are read again in any case. */
const past = new Date(Date.now() - 60_000)

function document(id: string, parent: string): string {
  return `---\ntemplate: work_item\nid: ${id}\ntitle: Work\nstatus: active\ncreated: 2026-03-04\nspawned_by: ${parent}\nversion: '1.0'\n---\n# Work\n`
}

async function entries(root: string, cache: boolean): Promise<readonly unknown[]> {
  return (await openWorkspace(createNodeHost(root), root, { cache })).index().entries
}

/** The index where files pass for old enough to be known by their stamps, for which one waits two seconds else. */
async function agedIndex(root: string, cache: boolean): Promise<RepositoryIndex> {
  const host = createNodeHost(root)
  const stamp = (file: string): FileStamp | undefined => {
    const known = host.stamp(file)
    return known && { ...known, settled: true }
  }
  return (await openWorkspace({ ...host, stamp }, root, { cache })).index()
}

type Change =
  | { readonly kind: 'write'; readonly file: number; readonly id: number; readonly parent: number; readonly old: boolean }
  | { readonly kind: 'remove'; readonly file: number }
  | { readonly kind: 'move'; readonly file: number; readonly to: number }
  | { readonly kind: 'run' }

const file = fc.nat({ max: 4 })
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), file, id: fc.nat({ max: 9 }), parent: fc.nat({ max: 9 }), old: fc.boolean() }),
  fc.record({ kind: fc.constant('remove' as const), file }),
  fc.record({ kind: fc.constant('move' as const), file, to: file }),
  fc.constant({ kind: 'run' as const }),
)

describe('the index with and without what was remembered', () => {
  test('is the same after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { maxLength: 25 }), async (sequence) => {
        const { root } = createRepository({ '.inquest/x': '' })
        mkdirSync(path.join(root, 'docs'))
        const at = (number: number): string => path.join(root, `docs/${number}.md`)
        for (const change of [...sequence, { kind: 'run' } as const]) {
          if (change.kind === 'write') {
            // Texts of one length, so that sizes tell nothing apart.
            writeFileSync(at(change.file), document(`WORK-00${change.id}`, `INV-00${change.parent}`))
            if (change.old) utimesSync(at(change.file), past, past)
          } else if (change.kind === 'remove') rmSync(at(change.file), { force: true })
          else if (change.kind === 'move') {
            if (existsSync(at(change.file))) renameSync(at(change.file), at(change.to))
          } else expect(await entries(root, true)).toEqual(await entries(root, false))
        }
      }),
      { numRuns: 25 },
    )
  })

  test('sees a change that left size and time as they were', async () => {
    const repository = createRepository({ '.inquest/x': '', 'docs/a.md': document('WORK-001', 'INV-001') })
    const full = path.join(repository.root, 'docs/a.md')
    utimesSync(full, past, past)
    await entries(repository.root, true)
    writeFileSync(full, document('WORK-002', 'INV-001'))
    utimesSync(full, past, past)
    expect(await entries(repository.root, true)).toMatchObject([{ id: 'WORK-002' }])
  })

  test('survives a memory that is no memory', async () => {
    const repository = createRepository({ '.inquest/cache/heads.jsonl': '{"format":', 'docs/a.md': document('WORK-001', 'INV-001') })
    expect((await agedIndex(repository.root, true)).entries).toMatchObject([{ id: 'WORK-001' }])
    expect(readFileSync(path.join(repository.root, '.inquest/cache/heads.jsonl'), 'utf8')).toContain('"id":"WORK-001"')
  })

  test('reads a file again whose line was bent', async () => {
    const repository = createRepository({ '.inquest/x': '', 'docs/a.md': document('WORK-001', 'INV-001') })
    expect((await agedIndex(repository.root, true)).entries).toHaveLength(1)
    const kept = path.join(repository.root, '.inquest/cache/heads.jsonl')
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('"WORK-001"', '"WORK-001'))
    expect((await agedIndex(repository.root, true)).entries).toMatchObject([{ id: 'WORK-001' }])
  })

  test('nothing is kept where the repository was not set up, and git is never shown what is', () => {
    const bare = createRepository({ 'docs/a.md': sample })
    inquest(bare.root, ['check'])
    expect(existsSync(path.join(bare.root, '.inquest'))).toBe(false)
    const set = createRepository({ 'docs/a.md': sample, '.inquest/templates/README.md': 'x\n' })
    set.git('add', '-A')
    set.git('commit', '-qm', 'all')
    inquest(set.root, ['check'])
    expect(statSync(path.join(set.root, '.inquest/cache/findings.jsonl')).isFile()).toBe(true)
    expect(set.git('status', '--porcelain')).toBe('')
  })
})

/** Ways to write an id, each of which says `WORK-001` but for the last ones. */
const spellings = ['WORK-001', 'work-001', '"WORK-001"', "'WORK-001'", '"WORK\\x2d001"', '"\\u0057ORK-001"', '>-\n  WORK-001', '|\n  WORK-001', '&a WORK-001', '!!str WORK-001', '  WORK-001 # x', 'W\u006fr\u212A-001', 'wor\u212A-001', 'WORK-0011', 'WORK\n  -001', '[WORK-001]', '~', '1', '"WORK-001', 'STRA\u00dfE', 'STRASSE']
const asked = ['WORK-001', 'work-001', 'WORK-0011', 'WORK -001', '1', 'STRASSE', 'stra\u00dfe', 'INV-001']

describe('what is asked of the index one by one', () => {
  const written = fc.array(fc.record({ id: fc.constantFrom(...spellings), title: fc.constantFrom('Work', 'WORK-001', '"a \\" b"', '\u2192'), template: fc.constantFrom('work_item', 'investigation', 'nothing', '"work\\x5fitem"'), preamble: fc.constantFrom('', '# before\n', '<!--\n---\n-->\n', '\ufeff') }), { maxLength: 12 })

  test('is what all entries say, remembered or not', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (documents) => {
        const { root, write } = createRepository({ '.inquest/x': '' })
        for (const [at, { id, title, template, preamble }] of documents.entries()) {
          write(`docs/${at}.md`, `${preamble}---\ntemplate: ${template}\nid: ${id}\ntitle: ${title}\n---\n# Work\n`)
        }
        const all = (await agedIndex(root, false)).entries
        for (const index of [await agedIndex(root, false), await agedIndex(root, true), await agedIndex(root, true)]) {
          for (const id of asked) expect(index.withId(id)).toEqual(all.filter((entry) => entry.id?.toUpperCase() === id.toUpperCase()))
          for (const beside of ['docs/0.md', 'docs/1.md']) expect(index.tracksBeside(beside)).toBe(all.some((entry) => entry.tracked && entry.path !== beside))
          expect(index.entries).toEqual(all)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('finds frontmatter that is longer than most, in any script', async () => {
    const long = (script: string): string => document('WORK-001', 'INV-001').replace('title: Work', `title: Work\nnote: ${script.repeat(3000)}`)
    for (const script of ['a', '\u00e9', '\u20ac', '\u{1F389}']) {
      const { root } = createRepository({ 'docs/a.md': long(script) })
      expect((await openWorkspace(createNodeHost(root), root)).index().withId('work-001')).toMatchObject([{ path: 'docs/a.md' }])
    }
  })
})
