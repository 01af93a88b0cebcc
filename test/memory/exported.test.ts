/** An export is asked as the store would be that is made of it. */

import * as fc from 'fast-check'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openExport } from '../../src/memory/exported.js'
import type { Moving } from '../../src/memory/moving.js'
import { exportHeader, keyOfConcept, lineOf } from '../../src/memory/moving.js'
import { openStore } from '../../src/memory/open.js'
import { parseQuery } from '../../src/memory/query.js'
import { scratchFolder } from '../support/repository.js'

const words = ['pages', 'offset', 'encoder', 'busyTimeout', 'lose', 'rows', 'the', 'locking', 'locks', 'naïve']
const said = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((chosen) => chosen.join(' '))

test('ids and words find the same in both, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(said, { minLength: 1, maxLength: 12 }), said, async (bodies, typed) => {
      const all = bodies.map((body, index): Moving => ({ key: keyOfConcept('one', index, body), id: index + 1, type: 'learning', body, created: '2026-03-04T10:00:00Z', operation: 'one', ordinal: index, provenance: [{ document: 'INV-001', template: 'investigation', at: '2026-03-04T10:00:00Z' }], was: [] }))
      const exported = openExport([exportHeader, ...all.map(lineOf)].join('\n'), 'memory.jsonl')
      const store = await openStore(path.join(scratchFolder(), 'memory.db'))
      try {
        await store.import(all, { repository: '' })
        const query = { ...parseQuery(typed), concepts: [], documents: [] }
        const { hits } = await store.search({ query, limit: 5 })
        expect(exported.search(query, 5).map(({ id }) => id)).toEqual(hits.map(({ concept }) => concept.id))
        const ids = [2, 99, 1]
        const told = (await store.concepts(ids)).map(({ id, type, body, provenance }) => ({ id, type, body, provenance }))
        expect(exported.concepts(ids).map(({ id, type, body, provenance }) => ({ id, type, body, provenance }))).toEqual(told)
      } finally {
        await store.close()
      }
    }),
    { numRuns: 30 },
  )
})
