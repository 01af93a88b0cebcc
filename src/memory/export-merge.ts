/**
 * Owns merging a store into an export. Several clones write the file, so it contains concepts that the store never had, and every
 * line stays. Ids that do not agree are faults: to settle them a concept gets another id and documents change, which only an
 * import does. Pure: lines and concepts in, a text or faults out.
 */

import type { ExportFault, ExportLine } from './export-lines.js'
import { oneLine, spanOfId } from './export-lines.js'
import type { Moving } from './moving.js'
import { combine, compare, exportHeader, inOrder, lineOf } from './moving.js'
import type { Provenance } from './store.js'

/** A concept of the store that is exported. */
export interface StoredConcept {
  readonly moving: Moving
  /** True where this store gave its document another id. */
  readonly renamed: boolean
}

interface Copies {
  readonly inFile: readonly ExportLine[]
  readonly inStore: StoredConcept | undefined
}

/** An id that a concept has in a line or in the store. */
interface Claim {
  readonly id: number
  readonly concept: Moving
  readonly line: ExportLine | undefined
}

/**
 * Ids on which the file and the store do not agree, each at its line: one id of two concepts, or two ids of one.
 * @param stored concepts of the store, at least those that have a key or an id of the lines
 */
export function idFaults(lines: readonly ExportLine[], stored: readonly Moving[]): readonly ExportFault[] {
  const faults: ExportFault[] = []
  const owners = new Map<number, Claim>()
  for (const claims of claimsByKey(lines, stored).values()) {
    const [first, ...others] = claims
    if (first === undefined) continue
    for (const other of others) faults.push(...twoIds(first, other))
    for (const claim of claims) {
      const owner = owners.get(claim.id)
      if (owner === undefined) owners.set(claim.id, claim)
      else if (owner.concept.key !== claim.concept.key) faults.push(...twoConcepts(owner, claim))
    }
  }
  return faults.toSorted((a, b) => a.line - b.line)
}

/** For each key the ids that no copy of the concept has given up: those of lines in their order, then that of the store. */
function claimsByKey(lines: readonly ExportLine[], stored: readonly Moving[]): ReadonlyMap<string, readonly Claim[]> {
  const all = new Map<string, Claim[]>()
  const add = (claim: Claim): void => {
    const same = all.get(claim.concept.key)
    if (same === undefined) all.set(claim.concept.key, [claim])
    else same.push(claim)
  }
  for (const line of lines) add({ id: line.concept.id, concept: line.concept, line })
  for (const concept of stored) add({ id: concept.id, concept, line: undefined })
  for (const [key, claims] of all) {
    if (claims.every(({ id }) => id === claims[0]?.id)) {
      all.set(key, claims.slice(0, 1))
      continue
    }
    const former = new Set(claims.flatMap(({ concept }) => concept.was))
    const present = claims.filter(({ id }) => !former.has(id))
    // If each copy calls the id of the other a former one, neither is settled.
    const open = present.length === 0 ? claims : present
    all.set(key, open.filter(({ id }, index) => open.findIndex((one) => one.id === id) === index))
  }
  return all
}

const importRemedy = 'Run `inquest memory import`: it keeps both concepts, changes one id and updates the documents'

function twoIds(one: Claim, other: Claim): readonly ExportFault[] {
  const [here, there] = other.line === undefined ? [one, other] : [other, one]
  if (here.line === undefined) return []
  return [{ kind: 'two-ids', ...placeOf(here.line), message: `${nameOf(here.concept)} has the id ${here.id} here and ${there.id} ${whereOf(there)}`, remedy: 'Run `inquest memory import`: it settles on one id and updates the documents', ...relatedTo(there) }]
}

function twoConcepts(one: Claim, other: Claim): readonly ExportFault[] {
  const [here, there] = other.line === undefined || (one.line !== undefined && one.line.line > other.line.line) ? [one, other] : [other, one]
  if (here.line === undefined) return []
  return [{ kind: 'two-concepts', ...placeOf(here.line), message: `The id ${here.id} has two concepts: ${nameOf(here.concept)} here and ${nameOf(there.concept)} ${whereOf(there)}`, remedy: importRemedy, ...relatedTo(there) }]
}

function placeOf({ line, text }: ExportLine): Pick<ExportFault, 'line' | 'span'> {
  return { line, ...spanOfId(text) }
}

function whereOf({ line }: Claim): string {
  return line === undefined ? 'in the store' : `in line ${line.line}`
}

function relatedTo({ line, concept }: Claim): Pick<ExportFault, 'related'> {
  return line === undefined ? {} : { related: { line: line.line, message: `is ${nameOf(concept)}` } }
}

/** How people recognise a concept: its beginning, and the document that it belongs to. */
function nameOf({ body, provenance }: Moving): string {
  const [origin] = provenance
  const from = origin?.document ?? origin?.path
  return `"${oneLine(body, 30)}"${from === undefined ? '' : ` (${oneLine(from, 40)})`}`
}

/**
 * The text of the export with all that the file and the store know. The same lines and concepts in any order give the same text.
 * @param lines of the file, without faults of their own and without faults of ids
 * @returns how many concepts the text has, and how many of them the store does not have
 */
export function mergeExport(stored: readonly StoredConcept[], lines: readonly ExportLine[]): { readonly text: string; readonly concepts: number; readonly kept: number } {
  const copies = new Map<string, { inFile: ExportLine[]; inStore: StoredConcept | undefined }>()
  for (const one of stored) copies.set(one.moving.key, { inFile: [], inStore: one })
  for (const line of lines) {
    const known = copies.get(line.concept.key)
    if (known === undefined) copies.set(line.concept.key, { inFile: [line], inStore: undefined })
    else known.inFile.push(line)
  }
  const keys = [...copies.keys()].toSorted(compare)
  const merged = keys.map((key) => mergedLine(copies.get(key) ?? { inFile: [], inStore: undefined }))
  return { text: `${[exportHeader, ...merged].join('\n')}\n`, concepts: keys.length, kept: keys.length - stored.length }
}

function mergedLine({ inFile, inStore }: Copies): string {
  const [only] = inFile
  // The line of another clone stays as it is, with fields that this program does not read.
  if (inStore === undefined && only !== undefined && inFile.length === 1) return only.text.trim()
  const all = [...withoutFormerNames(inFile.map(({ concept }) => concept), inStore)]
  const ids = new Set(all.map(({ id }) => id))
  const former = new Set(all.flatMap(({ was }) => was))
  const id = [...ids].find((one) => !former.has(one)) ?? inStore?.moving.id ?? only?.concept.id ?? 0
  const was = [...new Set([...former, ...ids])].filter((one) => one !== id).toSorted((a, b) => a - b)
  return lineOf({ ...combine(all, id), was })
}

/**
 * The copies of a concept without the name that its document had before: it is either in the file, where this store gave the
 * document another id, or in the store, where another clone did. Otherwise the concept would belong to both names from then on.
 */
function withoutFormerNames(inFile: readonly Moving[], inStore: StoredConcept | undefined): readonly Moving[] {
  if (inStore === undefined) return inFile
  const { moving, renamed } = inStore
  if (renamed) return [moving, ...inFile.map((one) => withoutOrigins(one, moving.provenance))]
  return [withoutOrigins(moving, inFile.flatMap(({ provenance }) => provenance)), ...inFile]
}

function withoutOrigins(one: Moving, others: readonly Provenance[]): Moving {
  return { ...one, provenance: one.provenance.filter((origin) => !isRenamedAmong(origin, others)) }
}

/** True for an origin that others have under another name of the document only. */
export function isRenamedAmong(origin: Provenance, others: readonly Provenance[]): boolean {
  if (origin.document === undefined || others.some((other) => fingerprint(other) === fingerprint(origin))) return false
  return others.some((other) => other.document !== undefined && nameless(other) === nameless(origin))
}

function fingerprint(origin: Provenance): string {
  return JSON.stringify(inOrder(origin))
}

function nameless({ document: _document, template: _template, ...rest }: Provenance): string {
  return fingerprint(rest)
}
