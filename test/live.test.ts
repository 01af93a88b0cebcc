/** A workspace that stays open: after whatever happens to it, what is found is what one that is opened then finds. */

import * as fc from 'fast-check'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { LiveWorkspace } from '../src/engine/live.js'
import { openLive } from '../src/engine/live.js'
import { createResidentHost } from '../src/engine/resident-host.js'
import { createRepository, sample } from './support/repository.js'

const documents = ['docs/INV-001.md', 'docs/INV-002.md', 'docs/new.md']

/**
 * What people make of a document: ids that clash, verdicts that are none, places that are not there. That a document was one
 * before its template's name was typed anew is remembered on purpose, and left out here.
 */
const changes: readonly (readonly [string, string])[] = [
  ['INV-001', 'INV-002'],
  ['REFUTED', 'perhaps'],
  ['memory_refs: [101, 102]', 'memory_refs: [7]'],
  ['src/export/pages.ts:31', 'src/export/pages.ts:9999'],
  ['src/export/encode.ts', 'src/export/moved.ts'],
  ['status: complete', 'status: active'],
  ['---\n', '--\n'],
]
type Changes = typeof changes

const written = (chosen: Changes): string => chosen.reduce((text, [from, to]) => text.replaceAll(from, to), sample)

const others: Readonly<Record<string, readonly string[]>> = {
  'inquest.yaml': ['', 'rules:\n  verdict-missing: off\n', 'exclude: [docs/new.md]\n', 'rules: 7\n'],
  'src/export/pages.ts': ['one line\n', 'page\n'.repeat(200)],
  'src/export/moved.ts': ['here\n'.repeat(200)],
  '.inquest/memory.jsonl': ['{"#":"inquest memory","version":1}\n', '{"id":7}\n'],
  'inquest-baseline.json': ['no baseline'],
}

type Step =
  | { readonly kind: 'hold'; readonly file: string; readonly chosen: Changes }
  | { readonly kind: 'save'; readonly file: string; readonly chosen: Changes }
  | { readonly kind: 'write'; readonly file: string; readonly text: string }
  | { readonly kind: 'give back'; readonly file: string }
  | { readonly kind: 'remove'; readonly file: string }
  | { readonly kind: 'commit' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('hold' as const), file: fc.constantFrom(...documents), chosen: fc.subarray([...changes]) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('save' as const), file: fc.constantFrom(...documents), chosen: fc.subarray([...changes]) }) },
  { weight: 3, arbitrary: fc.constantFrom(...Object.entries(others).flatMap(([file, texts]) => texts.map((text): Step => ({ kind: 'write', file, text })))) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('give back' as const, 'remove' as const), file: fc.constantFrom(...documents, ...Object.keys(others)) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'commit' } as const) },
)

async function findingsIn(live: LiveWorkspace): Promise<unknown> {
  const looks = documents.map(async (file) => (await live.look(file))?.diagnoses.map(({ placed, ahead }) => ({ ...placed, ahead })))
  return (await Promise.allSettled(looks)).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))
}

test('finds after any steps what one finds that is opened after them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const repository = createRepository({ 'docs/INV-001.md': sample, 'docs/INV-002.md': sample.replaceAll('INV-001', 'INV-002'), 'inquest.yaml': '' })
      const live = openLive(createResidentHost(repository.root), repository.root)
      const held = new Map<string, string>()
      await findingsIn(live)
      for (const one of steps) {
        if (one.kind === 'commit') {
          repository.git('add', '-A')
          repository.git('commit', '-q', '--allow-empty', '-m', 'so far')
        } else if (one.kind === 'hold') {
          held.set(one.file, written(one.chosen))
          live.hold(one.file, written(one.chosen))
        } else if (one.kind === 'give back') {
          held.delete(one.file)
          live.hold(one.file, undefined)
        } else {
          const file = path.join(repository.root, one.file)
          const before = existsSync(file)
          if (one.kind === 'remove') rmSync(file, { force: true })
          else repository.write(one.file, one.kind === 'save' ? written(one.chosen) : one.text)
          if (before || one.kind !== 'remove') live.note({ path: file, kind: one.kind === 'remove' ? 'deleted' : before ? 'changed' : 'created' })
        }
        const anew = openLive(createResidentHost(repository.root), repository.root)
        for (const [file, text] of held) anew.hold(file, text)
        expect(await findingsIn(live)).toEqual(await findingsIn(anew))
      }
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('those who ask at once are given one look', async () => {
  const repository = createRepository({ 'docs/INV-001.md': sample, 'inquest.yaml': '' })
  const live = openLive(createResidentHost(repository.root), repository.root)
  live.hold('docs/INV-001.md', sample.replace('REFUTED', 'perhaps'))
  const [one, other] = await Promise.all([live.look('docs/INV-001.md'), live.look('docs/INV-001.md')])
  expect(one).toBe(other)
  live.hold('docs/INV-001.md', sample)
  expect(await live.look('docs/INV-001.md')).toMatchObject({ text: sample, diagnoses: [] })
})
