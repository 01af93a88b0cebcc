/** Stores that travel and meet: what is exported comes in again as it was, and the order in which clones meet is nothing. */

import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Moving } from '../../src/memory/moving.js'
import { readExport } from '../../src/memory/export-lines.js'
import { exportHeader, keyOfConcept, lineOf, mergeMoving } from '../../src/memory/moving.js'
import { openStore } from '../../src/memory/open.js'
import type { Provenance, Store } from '../../src/memory/store.js'
import { scratchFolder } from '../support/repository.js'

const at = '2026-03-04T10:00:00Z'

/** Concepts as clones make them: the same request gives the same key, and each clone counts its ids by itself. */
const someStore = fc
  .array(fc.record({ request: fc.nat(14), id: fc.integer({ min: 1, max: 12 }), document: fc.option(fc.constantFrom('INV-001', 'INV-002'), { nil: undefined }), was: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 1 }) }), { maxLength: 12 })
  .map((all) => {
    const ids = new Set<number>()
    const keys = new Set<string>()
    return all.flatMap(({ request, id, document, was }): Moving[] => {
      const operation = `operation ${request}`
      const body = `learning ${request}`
      const key = keyOfConcept(operation, 0, body)
      if (ids.has(id) || keys.has(key)) return []
      ids.add(id)
      keys.add(key)
      const provenance: Provenance = { ...(document !== undefined && { document, template: 'investigation' }), at }
      return [{ key, id, type: 'learning', body, created: at, operation, ordinal: 0, provenance: [provenance], was: was.filter((one) => one !== id) }]
    })
  })

const text = (all: readonly Moving[]): string => [exportHeader, ...all.map(lineOf)].join('\n')

describe('merging', () => {
  test('is the same in whatever order stores meet', () => {
    fc.assert(fc.property(someStore, someStore, someStore, (a, b, c) => {
      const merged = text(mergeMoving([...a, ...b, ...c]))
      for (const all of [[...c, ...b, ...a], [...b, ...a, ...c].toReversed()]) expect(text(mergeMoving(all))).toBe(merged)
    }))
  })

  test('again changes nothing, and so does meeting one of the two again', () => {
    fc.assert(fc.property(someStore, someStore, (a, b) => {
      const merged = mergeMoving([...a, ...b])
      expect(text(mergeMoving(merged))).toBe(text(merged))
      expect(text(mergeMoving([...merged, ...merged]))).toBe(text(merged))
      expect(text(mergeMoving([...merged, ...b]))).toBe(text(merged))
      expect(text(mergeMoving([...a, ...merged]))).toBe(text(merged))
    }))
  })

  test('keeps every concept, gives each an id of its own, and remembers the ids it gave up', () => {
    fc.assert(fc.property(someStore, someStore, (a, b) => {
      const merged = mergeMoving([...a, ...b], 40)
      expect(new Set(merged.map(({ key }) => key))).toEqual(new Set([...a, ...b].map(({ key }) => key)))
      expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length)
      for (const { key, id, was } of merged) {
        for (const copy of [...a, ...b].filter((one) => one.key === key)) expect(copy.id === id || was.includes(copy.id)).toBe(true)
        expect(was).not.toContain(id)
      }
    }))
  })
})

describe('reading an export', () => {
  test('gives what was written', () => {
    fc.assert(fc.property(someStore, (all) => {
      expect(readExport(text(all), 'memory.jsonl').map(lineOf)).toEqual(all.map(lineOf))
    }))
  })

  const one = mergeMoving([{ key: keyOfConcept('o', 0, 'body'), id: 3, type: 'learning', body: 'body', created: at, operation: 'o', ordinal: 0, provenance: [], was: [] }]).map(lineOf).join('')

  test.each([
    ['a conflict', `<<<<<<< ours\n${one}\n=======\n`, 'memory.jsonl:1: A merge conflict is not resolved'],
    ['a body changed by hand', one.replace('"body":"body"', '"body":"other"'), 'memory.jsonl:1: Concept 3 was edited: its key does not match its content'],
    ['half a line', `${one}\n${one.slice(0, 40)}`, 'memory.jsonl:2: The line is not JSON'],
    ['something else', '{"id":"3"}', 'memory.jsonl:1: The line is not a concept'],
    ['an id that no document can list', one.replace('"id":3', '"id":1e300'), 'memory.jsonl:1: The line is not a concept'],
  ])('refuses %s, and says where', (_name, broken, message) => {
    expect(() => readExport(broken, 'memory.jsonl')).toThrow(message)
  })
})

async function filled(requests: readonly (readonly string[])[]): Promise<Store> {
  const store = await openStore(path.join(scratchFolder(), 'memory.db'))
  for (const [index, bodies] of requests.entries()) {
    const origin = { repository: '', document: `INV-${index}`, template: 'investigation', path: `docs/${index}.md`, phase: 'conclude' }
    const { operation } = await store.prepare({ origin, learnings: bodies.map((body) => ({ type: 'learning', body, hypothesis: 'H1', verdict: 'confirmed' })), at })
    await store.settle(operation.id, at)
  }
  return store
}

async function exported(store: Store): Promise<readonly Moving[]> {
  const all: Moving[] = []
  for (let after = ''; ; ) {
    const page = await store.exportPage('', after, 2)
    all.push(...page.map(({ moving }) => moving))
    const last = page.at(-1)
    if (last === undefined) return all
    after = last.key
  }
}

describe('a store', () => {
  const somewhere = fc.uniqueArray(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 }), { maxLength: 4, selector: (bodies) => bodies.join('\0') })

  test('comes in as it went out, twice changes nothing, and nothing is found wrong with it', async () => {
    await fc.assert(
      fc.asyncProperty(somewhere, async (requests) => {
        const [from, to] = await Promise.all([filled(requests), filled([])])
        const all = await exported(from)
        expect(await to.import(all, { repository: '' })).toMatchObject({ added: all.length, renumbered: [], extended: 0 })
        expect(await exported(to)).toEqual(all)
        expect(await to.import(all, { repository: '' })).toEqual({ known: all.length, added: 0, renumbered: [], extended: 0 })
        expect(await to.inspect('whole')).toEqual([])
        await Promise.all([from.close(), to.close()])
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  test('meets another in either order with the same outcome', async () => {
    await fc.assert(
      fc.asyncProperty(somewhere, somewhere, async (mine, yours) => {
        const stores = await Promise.all([filled(mine), filled(yours), filled([]), filled([])])
        const [one, other, first, second] = stores as [Store, Store, Store, Store]
        const [a, b] = [await exported(one), await exported(other)]
        await first.import(a, { repository: '' })
        await first.import(b, { repository: '' })
        await second.import([...b, ...a], { repository: '' })
        // Each clone by itself comes to what both come to together.
        await one.import(b, { repository: '' })
        await other.import([...a, ...(await exported(one))], { repository: '' })
        const outcome = (await exported(second)).map(lineOf)
        expect((await exported(first)).map(lineOf)).toEqual(outcome)
        expect((await exported(one)).map(lineOf)).toEqual(outcome)
        expect((await exported(other)).map(lineOf)).toEqual(outcome)
        for (const store of stores) expect(await store.inspect('whole')).toEqual([])
        await Promise.all(stores.map((store) => store.close()))
      }),
      { numRuns: 10 },
    )
  }, 90_000)

  test('that gives up an id knows which documents may still list it', async () => {
    const [one, other] = await Promise.all([filled([['a']]), filled([['b']])])
    await one.import(await exported(other), { repository: '' })
    const [moved] = await one.formerIds('', 'open')
    expect(moved).toMatchObject({ former: 1, document: 'INV-0', template: 'investigation', path: 'docs/0.md' })
    await one.markFollowed([{ former: 1, id: moved?.id ?? 0 }])
    expect(await one.formerIds('', 'open')).toEqual([])
    expect(await one.formerIds('', 'all')).toHaveLength(1)
    await Promise.all([one.close(), other.close()])
  })

  test('is copied while others write, and a file that is there is left as it is', async () => {
    const store = await filled([['a', 'b']])
    const copy = path.join(scratchFolder(), 'copy.db')
    await store.backup(copy)
    await expect(store.backup(copy)).rejects.toMatchObject({ code: 'store-io' })
    const other = await openStore(copy, { readOnly: true })
    expect(await exported(other)).toEqual(await exported(store))
    await Promise.all([store.close(), other.close()])
  })
})
