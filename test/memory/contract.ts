/** Owns the contract of a concept store: what every engine has to keep, told as tests that take a way to open one. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLines } from '../../src/memory/export-lines.js'
import type { Moving } from '../../src/memory/moving.js'
import { keyOfConcept, lineOf } from '../../src/memory/moving.js'
import type { IngestRequest, Learning, Store } from '../../src/memory/store.js'

export interface Engine {
  /** Opens one store again and again, each time as another process would. */
  readonly open: (options?: { readonly readOnly: boolean }) => Promise<Store>
}

const at = '2026-03-04T10:00:00Z'
const inquiry = { repository: '', document: 'INV-001', template: 'investigation', path: 'docs/one.md' } as const

function request(bodies: readonly string[], more: Partial<IngestRequest> = {}): IngestRequest {
  return { origin: inquiry, learnings: bodies.map((body): Learning => ({ type: 'learning', body })), at, ...more }
}

/** @param fresh gives an engine with an empty store of its own */
export function describeStore(fresh: () => Engine): void {
  async function withStore(work: (store: Store, engine: Engine) => Promise<void>): Promise<void> {
    const engine = fresh()
    const store = await engine.open()
    try {
      await work(store, engine)
    } finally {
      await store.close()
    }
  }

  test('what was prepared is pending until it is settled, for every other opener as well', () =>
    withStore(async (store, engine) => {
      const { operation, replayed } = await store.prepare(request(['Offsets skip rows', 'Keys do not']))
      expect(replayed).toBe(false)
      expect(operation).toMatchObject({ state: 'prepared', document: 'INV-001', ids: [expect.any(Number), expect.any(Number)] })
      const other = await engine.open()
      expect(await other.unfinished('')).toEqual([operation])
      expect((await other.concepts(operation.ids)).map(({ body, state }) => [body, state])).toEqual([
        ['Offsets skip rows', 'pending'],
        ['Keys do not', 'pending'],
      ])
      expect(await other.recordedFor(inquiry)).toEqual([])
      await other.settle(operation.id, at)
      expect(await store.unfinished('')).toEqual([])
      expect(await store.recordedFor(inquiry)).toEqual(operation.ids)
      expect(await store.operation(operation.id)).toMatchObject({ state: 'done' })
      await other.settle(operation.id, at)
      await other.close()
      expect(await store.counts()).toEqual({ concepts: 2, pending: 0, documents: 1, clusters: 0 })
    }))

  test('the same request has the same ids, whether its content or its key names it', () =>
    withStore(async (store) => {
      const first = await store.prepare(request(['a', 'b']))
      expect(await store.prepare(request(['a', 'b']))).toEqual({ ...first, replayed: true })
      const named = await store.prepare(request(['c'], { key: 'request 1' }))
      expect(await store.prepare(request(['d'], { key: 'request 1' }))).toEqual({ ...named, replayed: true })
      const elsewhere = await store.prepare(request(['a', 'b'], { origin: { ...inquiry, document: 'INV-002' } }))
      expect(elsewhere.replayed).toBe(false)
      expect(new Set([...first.ids, ...named.ids, ...elsewhere.ids]).size).toBe(5)
    }))

  test('what is recorded for the document keeps its id, and only the rest is new', () =>
    withStore(async (store) => {
      const first = await store.prepare(request(['a', 'b']))
      const [a, b] = first.ids
      expect(await store.prepare(request(['b', 'a']))).toEqual({ ...first, ids: [b, a], replayed: true })
      const more = await store.prepare(request(['c', 'a']))
      expect(more).toMatchObject({ replayed: false, ids: [more.operation.ids[0], a] })
      expect(more.operation.ids).toHaveLength(1)
      expect(await store.prepare(request(['c', 'a']))).toEqual({ ...more, replayed: true })
    }))

  test('what is said twice in one request is stored once', () =>
    withStore(async (store) => {
      expect((await store.prepare(request(['a', 'b', 'a']))).operation.ids).toHaveLength(2)
    }))

  test('a plain concept is live at once, and once', () =>
    withStore(async (store) => {
      const origin = { repository: '', path: 'notes/export.md' }
      const [one, ...others] = await Promise.all(Array.from({ length: 8 }, () => store.record(request(['Deletes shift pages'], { origin }))))
      expect(new Set(others.map(({ operation }) => operation.ids[0]))).toEqual(new Set([one?.operation.ids[0]]))
      expect([one, ...others].filter((answer) => answer?.replayed === false)).toHaveLength(1)
      expect(await store.counts()).toMatchObject({ concepts: 1, pending: 0 })
      expect(await store.unfinished('')).toEqual([])
    }))

  test('where a concept came from comes back with it', () =>
    withStore(async (store) => {
      const learning: Learning = { type: 'verdict', body: 'H1 holds', section: 'Verdicts', hypothesis: 'H1', verdict: 'confirmed', citation: 'src/a.ts:1' }
      const { operation } = await store.prepare({ origin: { ...inquiry, phase: 'conclude', commit: 'abc', author: 'Ada' }, learnings: [learning], at })
      const [concept] = await store.concepts(operation.ids)
      expect(concept?.provenance).toEqual([
        { document: 'INV-001', template: 'investigation', path: 'docs/one.md', section: 'Verdicts', phase: 'conclude', hypothesis: 'H1', verdict: 'confirmed', citation: 'src/a.ts:1', commit: 'abc', author: 'Ada', at },
      ])
    }))

  test('ids that it never gave are unknown', () =>
    withStore(async (store) => {
      const { operation } = await store.prepare(request(['a']))
      const [id = 0] = operation.ids
      expect(await store.unknown([id, id + 1, 0, -1, Number.MAX_SAFE_INTEGER])).toEqual([id + 1, 0, -1, Number.MAX_SAFE_INTEGER])
    }))

  test('a parked operation keeps its concepts and can be settled later', () =>
    withStore(async (store) => {
      const { operation } = await store.prepare(request(['a']))
      await store.park(operation.id, 'docs/one.md is gone')
      expect(await store.unfinished('')).toEqual([{ ...operation, state: 'parked', reason: 'docs/one.md is gone' }])
      await store.settle(operation.id, at, 'docs/two.md')
      expect(await store.operation(operation.id)).toMatchObject({ state: 'done', path: 'docs/two.md', reason: undefined })
      await store.park(operation.id, 'too late')
      expect(await store.operation(operation.id)).toMatchObject({ state: 'done' })
    }))

  test('a document that goes by another name keeps what is recorded for it', () =>
    withStore(async (store) => {
      const { operation } = await store.prepare(request(['a']))
      await store.settle(operation.id, at)
      const renamed = { repository: '', template: 'investigation', document: 'INV-007' }
      await store.rename(inquiry, renamed)
      expect(await store.recordedFor(renamed)).toEqual(operation.ids)
      expect(await store.recordedFor(inquiry)).toEqual([])
      expect(await store.documents('')).toEqual([renamed])
      const another = await store.prepare(request(['a']))
      expect(another).toMatchObject({ replayed: false, operation: { document: 'INV-001' } })
    }))

  test('a new store takes in all concepts at once, and one that ever gave an id takes none', () =>
    withStore(async (store, engine) => {
      const summary = (id: number, body: string, key: string, superseded?: string): Moving => ({ key: keyOfConcept('o', id, body), id, type: 'synthesis', body, created: at, operation: 'o', ordinal: id, provenance: [], was: [], cluster: { key, method: 'extractive', ...(superseded !== undefined && { superseded }), members: [{ key: keyOfConcept('o', 7, 'b'), score: 0.5 }] } })
      const all: readonly Moving[] = [
        // Some come before the cluster that took them over, and some behind; one gave up a larger id than any that is left.
        { ...summary(5, 'a', 'one', 'two'), was: [30] },
        summary(6, 'c', 'two', 'three'),
        summary(8, 'd', 'three', 'four'),
        summary(9, 'e', 'four'),
        { key: keyOfConcept('o', 7, 'b'), id: 7, type: 'learning', body: 'b', created: at, operation: 'o', ordinal: 7, provenance: [{ document: 'INV-001', template: 'investigation', path: 'docs/one.md', at }], was: [] },
      ].toSorted((a, b) => (a.key < b.key ? -1 : 1))
      expect(await store.isNew()).toBe(true)
      const others = await Promise.all([engine.open(), engine.open()])
      const counts = await Promise.all([store, ...others].map((one) => one.adopt(all, '')))
      expect(counts.toSorted()).toEqual([0, 0, 5])
      expect(await store.isNew()).toBe(false)
      expect((await store.exportPage('', '', 10)).map(({ moving }) => moving)).toEqual(all)
      expect(await store.kinship(5)).toMatchObject({ members: [7], superseded: true })
      expect(await store.inspect('whole')).toEqual([])
      expect((await store.record(request(['later']))).ids).toEqual([31])
      expect(await store.adopt(all, '')).toBe(0)
      await Promise.all(others.map((one) => one.close()))
    }))

  test('two clones that used one key of a request for different contents are both kept', () =>
    withStore(async (store) => {
      await store.record(request(['here', 'both'], { key: 'same' }))
      const [one] = await store.exportPage('', '', 1)
      const operation = one?.moving.operation ?? ''
      const from = (ordinal: number, body: string, id: number): Moving => ({ key: keyOfConcept(operation, ordinal, body), id, type: 'learning', body, created: at, operation, ordinal, provenance: [], was: [] })
      const theirs = [from(0, 'there', 8), from(2, 'both', 9)]
      expect(await store.import(theirs, { repository: '' })).toMatchObject({ added: 2, renumbered: [] })
      expect(await store.import(theirs, { repository: '' })).toMatchObject({ added: 0, extended: 0 })
      const all = (await store.exportPage('', '', 10)).map(({ moving }) => moving)
      expect(all.map(({ body }) => body).toSorted()).toEqual(['both', 'both', 'here', 'there'])
      expect(await store.inspect('whole')).toEqual([])
      // The same lines as in the other clone, whichever of them had its key first.
      expect(readLines(all.map(lineOf).join('\n')).faults).toEqual([])
    }))

  test('clusters come in with the later ones that took them over, at once', () =>
    withStore(async (store, engine) => {
      const member = { key: keyOfConcept('m', 0, 'm'), id: 1, type: 'learning', body: 'm', created: at, operation: 'm', ordinal: 0, provenance: [], was: [] }
      const sum = (id: number, body: string, key: string, superseded?: string): Moving => ({ key: keyOfConcept(body, 0, body), id, type: 'synthesis', body, created: at, operation: body, ordinal: 0, provenance: [], was: [], cluster: { key, method: 'extractive', ...(superseded !== undefined && { superseded }), members: [{ key: member.key, score: 1 }] } })
      // In the order of keys some come before the one that took them over, and some behind.
      const all: readonly Moving[] = [member, sum(2, 'a', '1', '2'), sum(3, 'b', '2', '3'), sum(4, 'c', '3', '4'), sum(5, 'd', '4')].toSorted((a, b) => (a.key < b.key ? -1 : 1))
      await store.record(request(['own'], { origin: { repository: '' } }))
      const other = await engine.open()
      await other.import(all.map((one) => ({ ...one, id: one.id + 10 })), { repository: '' })
      expect((await store.exportPage('', '', 10)).map(({ moving }) => moving.cluster).filter((one) => one !== undefined)).toEqual(all.flatMap(({ cluster }) => cluster ?? []))
      await other.close()
    }))

  test('a former name of a document does not come back with what was exported before', () =>
    withStore(async (store) => {
      const { operation } = await store.prepare(request(['a']))
      await store.settle(operation.id, at)
      const before = (await store.exportPage('', '', 10)).map(({ moving }) => moving)
      await store.rename(inquiry, { ...inquiry, document: 'INV-007' })
      expect(await store.import(before, { repository: '' })).toMatchObject({ added: 0, extended: 0 })
      expect(await store.recordedFor(inquiry)).toEqual([])
      expect(await store.exportPage('', '', 10)).toMatchObject([{ renamed: true, moving: { key: before[0]?.key, provenance: [{ document: 'INV-007' }] } }])
    }))

  test('repositories that share a store keep apart', () =>
    withStore(async (store) => {
      const here = await store.prepare(request(['a'], { origin: { ...inquiry, repository: '/one' } }))
      const there = await store.prepare(request(['a'], { origin: { ...inquiry, repository: '/two' } }))
      expect(there.operation.ids).not.toEqual(here.operation.ids)
      expect((await store.unfinished('/one')).map(({ id }) => id)).toEqual([here.operation.id])
    }))

  test('a reader sees all of it and writes nothing', () =>
    withStore(async (store, engine) => {
      const { operation } = await store.record(request(['a']))
      const reader = await engine.open({ readOnly: true })
      expect(await reader.concepts(operation.ids)).toHaveLength(1)
      expect(await reader.inspect('whole')).toEqual([])
      await expect(reader.record(request(['b']))).rejects.toMatchObject({ code: 'store-read-only' })
      await store.record(request(['later']))
      expect(await reader.counts()).toMatchObject({ concepts: 2 })
      await reader.close()
    }))

  test('many openers write at once, and each is answered', () =>
    withStore(async (_store, engine) => {
      const stores = await Promise.all(Array.from({ length: 6 }, () => engine.open()))
      const answers = await Promise.all(stores.flatMap((store, one) => Array.from({ length: 20 }, (_, index) => store.record(request([`${one} ${index}`], { origin: { repository: '' } })))))
      expect(new Set(answers.flatMap(({ operation }) => operation.ids)).size).toBe(120)
      await Promise.all(stores.map((store) => store.close()))
    }))

  test('any text comes back as it was, and nothing is found wrong with it', () =>
    withStore(async (store) => {
      const bodies = new Set<string>()
      await fc.assert(
        fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 5 }), async (texts) => {
          // What an earlier run stored is not stored again: the ids are those of then, and the operation too where all of it was.
          const { ids } = await store.record(request(texts, { origin: { repository: '' } }))
          const concepts = await store.concepts(ids)
          expect(ids.map((id) => concepts.find((concept) => concept.id === id)?.body)).toEqual([...new Set(texts)])
          for (const { body } of concepts) bodies.add(body)
        }),
        { numRuns: 40 },
      )
      expect(await store.inspect('whole')).toEqual([])
    }))
}
