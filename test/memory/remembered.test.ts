/** Answers of the store are kept while it is what it was. */

import { expect, test } from 'vitest'
import { rememberLookup } from '../../src/engine/remembered-lookup.js'

test('the store is asked once for each question, and again after it was written or while it is being written', () => {
  let stamp: string | undefined = 'first'
  let known = [1, 2]
  const asked: string[] = []
  const lookup = rememberLookup(
    {
      unknown(ids) {
        asked.push(`unknown ${ids.join()}`)
        return ids.filter((id) => !known.includes(id))
      },
      recordedFor({ document }) {
        asked.push(`recorded ${document}`)
        return known
      },
      ensureReadable() {},
    },
    () => stamp,
  )
  const named = (document: string): { repository: string; template: string; document: string } => ({ repository: '', template: 'investigation', document })
  const all = (): unknown => [lookup.unknown([2, 3]), lookup.unknown([3]), lookup.unknown([]), lookup.recordedFor(named('INV-1')), lookup.recordedFor(named('INV-2'))]
  expect(all()).toEqual([[3], [3], [], [1, 2], [1, 2]])
  const once = ['unknown 2,3', 'unknown 3', 'recorded INV-1', 'recorded INV-2']
  expect(all()).toEqual([[3], [3], [], [1, 2], [1, 2]])
  expect(asked.splice(0)).toEqual(once)
  known = [3]
  stamp = undefined
  expect(all()).toEqual([[2], [], [], [3], [3]])
  expect(all()).toEqual([[2], [], [], [3], [3]])
  expect(asked.splice(0)).toEqual([...once, ...once])
  stamp = 'second'
  expect(all()).toEqual([[2], [], [], [3], [3]])
  expect(asked.splice(0)).toEqual(once)
})
