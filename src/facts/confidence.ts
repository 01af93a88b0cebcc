/** Owns reading how sure somebody is: a word of the template's scale, or a number. */

import type { ColumnSpec } from '../template/template.js'
import { visible } from '../text/words.js'

export type Confidence =
  /** A word of the scale, or two of them between which it lies, such as `medium-high`. */
  | { readonly kind: 'level'; readonly level: string }
  /** From 0 to 100. */
  | { readonly kind: 'number'; readonly percent: number }
  /** A number that is no share: `140 %`. */
  | { readonly kind: 'impossible' }
  /** Neither: another language, or no confidence at all. */
  | { readonly kind: 'foreign' }

/** Undefined where the column has no scale, so that any word is one. */
export function readConfidence(text: string, { type, values, valueAliases }: Pick<ColumnSpec, 'type' | 'values' | 'valueAliases'>): Confidence | undefined {
  if (type !== 'confidence' || values.length === 0) return undefined
  const said = visible(text.normalize('NFKC')).toLowerCase().trim()
  const known = new Set(values)
  const words = said.match(/[\p{L}\p{M}]+/gu) ?? []
  const meant = words.flatMap((word) => {
    // A letter is a word of the scale where it stands alone, not in "a low b".
    if (word.length === 1 && words.length > 1) return []
    const value = valueAliases[word] ?? word
    return known.has(value) ? [value] : []
  })
  // The scale is written from its top down; `high-medium` and `medium-high` are one.
  const levels = [...new Set(meant)].toSorted((a, b) => values.indexOf(b) - values.indexOf(a))
  if (levels.length > 0) return { kind: 'level', level: levels.slice(0, 2).join('-') }
  const percent = readShare(said)
  if (percent === undefined) return { kind: 'foreign' }
  return percent >= 0 && percent <= 100 ? { kind: 'number', percent } : { kind: 'impossible' }
}

/** `80 %`, `0.8`, `4/5`, `4 of 5`, `70-80 %` (its middle); undefined where no number stands there. */
function readShare(said: string): number | undefined {
  const numbers = [...said.matchAll(/(?<=^|[\s(=<>~≈])[-−]?\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?/gu)].map(([number]) => Number(number.replace(',', '.').replace('−', '-')))
  const [first, second] = numbers
  if (first === undefined) return undefined
  if (/[%٪]/u.test(said)) {
    const outside = numbers.find((number) => number < 0 || number > 100)
    return outside ?? (second === undefined ? first : (first + second) / 2)
  }
  if (second !== undefined && /\d\s*(?:\/|of|out of)\s*\d/u.test(said)) return second > 0 ? (first / second) * 100 : -1
  const largest = Math.max(...numbers)
  if (Math.min(...numbers) < 0) return -1
  // A share of one is written with a point, or is all or nothing.
  return largest <= 1 ? largest * 100 : largest
}
