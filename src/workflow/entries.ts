/** Owns comparing entries of a history as they are written: which two say the same, and which belong to one document. */

import type { FrontmatterData, FrontmatterValue } from '../document/frontmatter.js'
import { longHash } from './short-hash.js'

/** An entry as it is written, keys and values. */
export type WrittenEntry = FrontmatterData

/** The entries that a field holds; none where it holds something else. */
export function writtenEntries(value: FrontmatterValue | undefined): readonly WrittenEntry[] {
  if (!Array.isArray(value)) return []
  return (value as readonly FrontmatterValue[]).filter((entry): entry is WrittenEntry => typeof entry === 'object' && entry !== null && !Array.isArray(entry))
}

/** True for a list whose items look like transitions, whatever its field is called. */
export function looksLikeHistory(value: FrontmatterValue | undefined): boolean {
  const entries = writtenEntries(value)
  return entries.length > 0 && entries.every((entry) => 'phase' in entry && 'at' in entry)
}

/** An id of a document, which a renumbering writes anew wherever it is mentioned. */
const documentId = /\p{L}[\p{L}\p{N}]*-\d+/gu

/** Several rules ask the same of one document. */
const keys = new WeakMap<WrittenEntry, string>()

/** The same for two entries that say the same, however YAML writes them. */
export function entryKey(entry: WrittenEntry): string {
  const known = keys.get(entry) ?? keyOf(entry)
  keys.set(entry, known)
  return known
}

function keyOf(entry: WrittenEntry): string {
  const pairs = Object.entries(entry)
    .map(([key, value]) => [key, key === 'at' ? instant(value) : plain(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return JSON.stringify(pairs.map(([key, value]) => [key, key === 'why' || key === 'successor' ? value.replaceAll(documentId, '#') : value]))
}

function plain(value: FrontmatterValue): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
  // Looking is cheaper than replacing.
  if (!/\P{ASCII}|\s\s|[^\S ]|^\s|\s$/u.test(text)) return text
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}

function instant(value: FrontmatterValue): string {
  const text = plain(value)
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u.test(text)) return text
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : new Date(time).toISOString().replace('.000Z', 'Z')
}

/** What tells a history from most others: how it began. Undefined for none. */
export function originOf(entries: readonly WrittenEntry[]): string | undefined {
  const [first] = entries
  return first === undefined ? undefined : longHash(entryKey(first))
}

/** The same transition, whatever else the two say of it. */
export function isSameTransition(a: WrittenEntry, b: WrittenEntry): boolean {
  return ['event', 'phase', 'at'].every((key) => (key === 'at' ? instant(a[key] ?? '') === instant(b[key] ?? '') : plain(a[key] ?? '') === plain(b[key] ?? '')))
}

/** In words: `advance` to `explore` of 2026-03-02T09:00:00Z. */
export function describeEntry(entry: WrittenEntry): string {
  const [event, phase, at] = ['event', 'phase', 'at'].map((key) => plain(entry[key] ?? ''))
  return `\`${event === '' ? 'advance' : event}\` ${phase === '' ? '' : `in \`${phase}\` `}of ${at}`
}
