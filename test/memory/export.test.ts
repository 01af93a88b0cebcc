/** An export as several clones write it: which line is wrong, and what becomes of it when a store adds to it. Values only. */

import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExportLine } from '../../src/memory/export-lines.js'
import { readLines } from '../../src/memory/export-lines.js'
import { idFaults, mergeExport } from '../../src/memory/export-merge.js'
import { lookupInExport } from '../../src/memory/lookup.js'
import type { Moving } from '../../src/memory/moving.js'
import { exportHeader, keyOfConcept, lineOf, mergeMoving } from '../../src/memory/moving.js'
import { openStore } from '../../src/memory/open.js'
import { scratchFolder } from '../support/repository.js'

const at = '2026-03-04T10:00:00Z'

function concept(request: number, id: number, more: Partial<Moving> = {}): Moving {
  const [operation, body] = [`operation ${request}`, `learning ${request}`]
  return { key: keyOfConcept(operation, 0, body), id, type: 'learning', body, created: at, operation, ordinal: 0, provenance: [{ document: `INV-00${request % 3}`, template: 'investigation', path: `docs/${request}.md`, at }], was: [], ...more }
}

/** Concepts as clones make them: each counts ids by itself, and some ids were changed before. */
const someConcepts = fc
  .array(fc.record({ request: fc.nat(9), id: fc.integer({ min: 1, max: 9 }), was: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }), at: fc.constantFrom(at, '2026-03-05T10:00:00Z') }), { maxLength: 8 })
  .map((all) => {
    const [ids, requests] = [new Set<number>(), new Set<number>()]
    return all.flatMap(({ request, id, was, at: when }) => {
      if (ids.has(id) || requests.has(request)) return []
      ids.add(id)
      requests.add(request)
      const plain = concept(request, id)
      return [{ ...plain, created: when, provenance: plain.provenance.map((origin) => ({ ...origin, at: when })), was: [...new Set(was)].filter((one) => one !== id).toSorted((a, b) => a - b) }]
    })
  })

const textOf = (all: readonly Moving[]): string => `${[exportHeader, ...all.map(lineOf)].join('\n')}\n`

function linesOf(text: string): readonly ExportLine[] {
  const { lines, faults } = readLines(text)
  expect(faults).toEqual([])
  return lines
}

const asStored = (all: readonly Moving[]): Parameters<typeof mergeExport>[0] => all.map((moving) => ({ moving, renamed: false }))

describe('a store that writes to an export', () => {
  test('keeps every line, and finds ids that do not agree exactly where an import would change one', () => {
    let [merged, refused] = [0, 0]
    fc.assert(
      fc.property(someConcepts, someConcepts, someConcepts, (mine, yours, theirs) => {
        const lines = linesOf(textOf([...yours, ...theirs]))
        const faults = idFaults(lines, mine)
        const all = [...yours, ...theirs, ...mine]
        const settled = mergeMoving(all)
        if (faults.length > 0) {
          refused++
          for (const { line } of faults) expect(line).toBeGreaterThan(1)
          return
        }
        merged++
        const { text, concepts, kept } = mergeExport(asStored(mine), lines)
        const after = linesOf(text)
        expect(after.map(({ concept: one }) => one.key)).toEqual([...new Set(all.map(({ key }) => key))].toSorted())
        expect(concepts).toBe(after.length)
        expect(kept).toBe(after.filter(({ concept: one }) => !mine.some(({ key }) => key === one.key)).length)
        // What an import makes of the same, which has its own tests.
        expect(after.map(({ concept: one }) => one)).toEqual(settled)
        // Whoever writes next, and in whatever order the lines come, the text stays.
        expect(mergeExport(asStored(mine), after).text).toBe(text)
        expect(mergeExport([], after).text).toBe(text)
        expect(mergeExport(asStored(yours), linesOf(textOf([...theirs, ...mine].toReversed()))).text).toBe(text)
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(merged, refused)).toBeGreaterThan(200)
  })

  test('finds nothing in its own export, and nothing once an import has settled the ids', () => {
    fc.assert(
      fc.property(someConcepts, someConcepts, (mine, yours) => {
        const settled = mergeMoving([...mine, ...yours])
        expect(idFaults(linesOf(textOf(settled)), settled)).toEqual([])
        // Lines from before the import may come back with a merge.
        expect(idFaults(linesOf(textOf([...settled, ...mine, ...yours])), settled)).toEqual([])
      }),
    )
  })

  test('leaves what it does not read of a line as another program wrote it', () => {
    const line = lineOf(concept(1, 4)).replace('"type"', '"weight": 3,"type"')
    expect(mergeExport(asStored([concept(2, 5)]), linesOf(line)).text).toContain(line)
  })

  test('names both concepts of one id, and both ids of one concept', () => {
    const [one, other] = [concept(1, 4), concept(2, 4)]
    expect(idFaults(linesOf(textOf([one, other])), [])).toMatchObject([{ kind: 'two-concepts', line: 3, message: 'The id 4 has two concepts: "learning 2" (INV-002) here and "learning 1" (INV-001) in line 2', related: { line: 2 } }])
    expect(idFaults(linesOf(textOf([one])), [other])).toMatchObject([{ kind: 'two-concepts', line: 2, message: 'The id 4 has two concepts: "learning 1" (INV-001) here and "learning 2" (INV-002) in the store' }])
    expect(idFaults(linesOf(textOf([one])), [concept(1, 7)])).toMatchObject([{ kind: 'two-ids', line: 2, message: '"learning 1" (INV-001) has the id 4 here and 7 in the store' }])
    expect(idFaults(linesOf(textOf([one])), [concept(1, 7, { was: [4] })])).toEqual([])
    expect(idFaults(linesOf(textOf([one, concept(3, 4), concept(1, 7, { was: [4] })])), [])).toEqual([])
  })

  test('writes nothing of a body into a message that a terminal would obey', () => {
    const body = 'learning \u001B]0;title\u0007\u202E\n'
    const [one, other] = [concept(1, 4, { body, key: keyOfConcept('operation 1', 0, body) }), concept(2, 4)]
    expect(idFaults(linesOf(textOf([one, other])), [])[0]?.message).toContain('"learning ]0;title" (INV-001) in line 2')
  })

  test('gives a concept one name of its document, whichever clone renamed it', () => {
    const before = concept(1, 4)
    const after = { ...before, provenance: before.provenance.map((origin) => ({ ...origin, document: 'INV-009' })) }
    const names = (text: string): unknown => linesOf(text).map(({ concept: { provenance } }) => provenance.map(({ document }) => document))
    expect(names(mergeExport([{ moving: after, renamed: true }], linesOf(textOf([before]))).text)).toEqual([['INV-009']])
    expect(names(mergeExport(asStored([before]), linesOf(textOf([after]))).text)).toEqual([['INV-009']])
    // Learned twice is another thing.
    const later = { ...before, provenance: [{ ...before.provenance[0], document: 'INV-008', at: '2026-04-01T10:00:00Z' }] }
    expect(names(mergeExport([{ moving: after, renamed: true }], linesOf(textOf([later]))).text)).toEqual([['INV-008', 'INV-009']])
  })
})

describe('reading lines', () => {
  const [one, other] = [lineOf(concept(1, 1)), lineOf(concept(2, 2))]

  test('finds each conflict once, whatever style it has, and reads the lines of both sides', () => {
    const conflict = ['<<<<<<< HEAD', one, '||||||| base', '=======', other, '>>>>>>> theirs'].join('\n')
    expect(readLines(`${exportHeader}\n${conflict}\n${conflict}\r\n`)).toMatchObject({
      lines: [{ line: 3 }, { line: 6 }, { line: 9 }, { line: 12 }],
      faults: [{ kind: 'conflict', line: 2, lastLine: 7 }, { kind: 'conflict', line: 8, lastLine: 13 }],
    })
    expect(readLines(`${one}\n=======\n${other}\n`).faults).toMatchObject([{ kind: 'conflict', line: 2, lastLine: 2 }])
    expect(readLines(`<<<<<<< a\n<<<<<<< b\n${one}\n`).faults).toMatchObject([{ line: 1 }, { line: 2 }])
  })

  test('takes no part of a body for a conflict', () => {
    const body = 'first\n<<<<<<< HEAD\n=======\n>>>>>>> theirs'
    expect(readLines(lineOf(concept(1, 1, { body, key: keyOfConcept('operation 1', 0, body) }))).faults).toEqual([])
  })

  test('takes line endings, a byte order mark and empty lines as they come', () => {
    expect(readLines(`\uFEFF${[exportHeader, '', one, other].join('\r\n')}\r\n\r\n`)).toMatchObject({ lines: [{ line: 3 }, { line: 4 }], faults: [] })
  })

  test('leaves an export of a newer inquest alone', () => {
    const { lines, faults } = readLines(`${one}\n{"#":"inquest memory","version":2}\n{"id":"x"}\n`)
    expect(lines).toEqual([])
    expect(faults).toMatchObject([{ kind: 'newer', line: 2 }])
  })

  /** What an editor, a script or a bad merge may make of a line. */
  const damage = fc.oneof(
    fc.constantFrom('null', '[]', '{}', '7', '"text"', '{"id":1}', '{"id":1,"provenance":{}}', '{"id":1,"provenance":[null]}', '{"id":1e400}', `${one}${other}`, '=======', '<<<<<<<', '{"#":1}'),
    fc.constantFrom('cluster', 'was', 'provenance', 'key', 'operation', 'ordinal', 'body').chain((name) =>
      fc.constantFrom(null, 3, 'x', [], {}, [null], [{}], { members: null }).map((value) => JSON.stringify({ ...concept(1, 1), [name]: value }))),
    fc.nat(one.length).map((end) => one.slice(0, end)),
    fc.tuple(fc.nat(one.length - 1), fc.constantFrom('', '"', '}', 'x', '\\', '\u0000', '\uD800')).map(([where, sign]) => one.slice(0, where) + sign + one.slice(where + 1)),
  )

  test('never fails: each line is a concept, a fault, or says nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(damage, fc.constant(other), fc.constant(exportHeader)), { maxLength: 6 }), (all) => {
        const text = all.join('\n')
        const { lines, faults } = readLines(text)
        for (const fault of faults) expect(fault.line).toBeLessThanOrEqual(all.length)
        // Every line that was not damaged is read, unless the whole file is of another version.
        if (!faults.some(({ kind }) => kind === 'newer')) expect(lines.filter(({ text: read }) => read === other)).toHaveLength(all.filter((line) => line === other).length)
        // Lines that pass are what their key says.
        for (const { concept: read } of lines) expect(keyOfConcept(read.operation.split('/')[0] ?? '', read.ordinal, read.body)).toBe(read.key.split('/')[0])
        // The questions of rules are answered whatever the file is.
        const lookup = lookupInExport('memory.jsonl', () => text)
        expect(lookup.unknown([77]).length).toBeLessThanOrEqual(1)
        lookup.recordedFor({ repository: '', document: 'INV-001', template: 'investigation' })
      }),
      { numRuns: 2000 },
    )
  })

  test('an id is called unknown only where every line can be read', () => {
    expect(lookupInExport('memory.jsonl', () => `${one}\n`).unknown([1, 2])).toEqual([2])
    const half = lookupInExport('memory.jsonl', () => `${one}\n${other.slice(0, 50)}\n`)
    expect(half.unknown([1, 2])).toEqual([])
    expect(() => half.ensureReadable()).toThrow('memory.jsonl:2: the line of the export cannot be read')
    expect(lookupInExport('memory.jsonl', () => `<<<<<<< a\n${one}\n=======\n>>>>>>> b\n`).unknown([1, 2])).toEqual([2])
  })
})

describe('a store that is compared with an export', () => {
  test('returns its concepts whose key or id differs, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(someConcepts, someConcepts, async (mine, yours) => {
        const store = await openStore(path.join(scratchFolder(), 'memory.db'))
        try {
          await store.adopt(mine, '')
          const kept = mergeMoving(mine)
          const told = await store.differing(yours)
          // The same faults as from all of the store.
          const lines = linesOf(textOf(yours))
          expect(idFaults(lines, told)).toEqual(idFaults(lines, kept))
          for (const one of told) expect(yours.some(({ key, id }) => (key === one.key) !== (id === one.id))).toBe(true)
        } finally {
          await store.close()
        }
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
