/**
 * Owns reading an export line by line, as git and people left it: its concepts, and what is wrong with a line. Pure.
 * No fault is repaired here, because any repair could drop what one side wrote.
 */

import { InquestError } from '../errors.js'
import type { Moving } from './moving.js'
import { matchesKey } from './moving.js'

export interface ExportLine {
  /** Counted from 1. */
  readonly line: number
  readonly text: string
  readonly concept: Moving
}

export interface ExportFault {
  readonly kind: 'conflict' | 'unreadable' | 'newer' | 'edited' | 'two-concepts' | 'two-ids'
  readonly line: number
  /** Where it ends, if not on its line: the end of a merge conflict. */
  readonly lastLine?: number
  /** Offsets within the line; all of it where they are left out. */
  readonly span?: { readonly start: number; readonly end: number }
  /** What is wrong, without the file and the line. */
  readonly message: string
  /** What to do; following it loses no concept. */
  readonly remedy: string
  /** Another line of the file that belongs to it. */
  readonly related?: { readonly line: number; readonly message: string }
}

export interface ExportLines {
  /** In the order of the file; a concept appears twice where a merge kept both sides. */
  readonly lines: readonly ExportLine[]
  readonly faults: readonly ExportFault[]
}

/** The start, the middle, the base and the end of a merge conflict, as git writes them. */
const marker = /^(?:<{7}|={7}|\|{7}|>{7})(?: |\r?$)/u

/** The text without the byte order mark that some editors write. */
export function* eachLine(text: string): Generator<{ readonly line: number; readonly text: string; readonly isMarker: boolean }> {
  let line = 0
  for (const one of (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n')) {
    line++
    if (one.trim() !== '') yield { line, text: one, isMarker: marker.test(one) }
  }
}

export function readLines(text: string): ExportLines {
  const lines: ExportLine[] = []
  const faults: ExportFault[] = []
  let conflict: { readonly line: number; last: number } | undefined
  const endConflict = (): void => {
    if (conflict !== undefined) faults.push(conflictFault(conflict.line, conflict.last))
    conflict = undefined
  }
  for (const { line, text: one, isMarker } of eachLine(text)) {
    if (isMarker) {
      if (one.startsWith('<')) endConflict()
      conflict ??= { line, last: line }
      conflict.last = line
      if (one.startsWith('>')) endConflict()
      continue
    }
    const read = readLine(line, one)
    if ('concept' in read) lines.push(read)
    // What another version wrote is judged by that version alone.
    else if (read.fault?.kind === 'newer') return { lines: [], faults: [read.fault] }
    else if (read.fault !== undefined) faults.push(read.fault)
  }
  endConflict()
  return { lines, faults: faults.toSorted((a, b) => a.line - b.line) }
}

function conflictFault(line: number, lastLine: number): ExportFault {
  return {
    kind: 'conflict',
    line,
    lastLine,
    message: 'A merge conflict is not resolved',
    remedy: 'Delete the marker lines, keep the lines of both sides, and run `inquest memory import`',
  }
}

const restore = 'Restore the line from git history, then run `inquest memory import`'

function readLine(line: number, text: string): ExportLine | { readonly fault: ExportFault | undefined } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { fault: { kind: 'unreadable', line, message: 'The line is not JSON', remedy: restore } }
  }
  if (isHeader(value)) {
    if (value.version === 1) return { fault: undefined }
    return { fault: { kind: 'newer', line, message: `The export was written by a newer inquest (version ${oneLine(String(value.version), 20)})`, remedy: 'Update inquest' } }
  }
  if (!isMoving(value)) return { fault: { kind: 'unreadable', line, message: 'The line is not a concept', remedy: restore } }
  const concept: Moving = { ...value, was: value.was ?? [] }
  if (!matchesKey(concept)) {
    return {
      fault: {
        kind: 'edited',
        line,
        ...spanOfId(text),
        message: `Concept ${concept.id} was edited: its key does not match its content`,
        remedy: 'Restore the line from git history; store a correction with `inquest memory ingest`',
      },
    }
  }
  return { line, text, concept }
}

/** Where a line says which id its concept has. */
export function spanOfId(text: string): Pick<ExportFault, 'span'> {
  // The key before it is hexadecimal.
  const found = /"id":\s*\d+/u.exec(text)
  return found === null ? {} : { span: { start: found.index, end: found.index + found[0].length } }
}

/** The beginning of a text, without anything that a terminal or a reader could take for more than text. */
export function oneLine(text: string, longest: number): string {
  const flat = text.replaceAll(/[\s\p{C}]+/gu, ' ').trim()
  return flat.length <= longest ? flat : `${flat.slice(0, longest).toWellFormed()}…`
}

/**
 * The concepts of an export, as the file has them.
 * @param name of the file, for messages
 * @throws InquestError `store-corrupt` or `store-newer` for the first line that cannot be taken in
 */
export function readExport(text: string, name: string): readonly Moving[] {
  const { lines, faults } = readLines(text)
  const [first] = faults
  if (first !== undefined) throw exportError(first, name)
  return lines.map(({ concept }) => concept)
}

/** A fault as the error of a command that needs the export. */
export function exportError({ kind, line, message, remedy }: ExportFault, name: string): InquestError {
  return new InquestError(kind === 'newer' ? 'store-newer' : 'store-corrupt', `${name}:${line}: ${message}`, { hint: remedy, at: { path: name, line } })
}

function isHeader(value: unknown): value is { readonly version: unknown } {
  return typeof value === 'object' && value !== null && '#' in value
}

function isMoving(value: unknown): value is Omit<Moving, 'was'> & { readonly was?: readonly number[] } {
  if (typeof value !== 'object' || value === null) return false
  const one = value as Readonly<Record<string, unknown>>
  const { cluster } = one
  return (
    ['key', 'type', 'body', 'created', 'operation'].every((name) => typeof one[name] === 'string') &&
    isId(one['id']) &&
    Number.isSafeInteger(one['ordinal']) &&
    Array.isArray(one['provenance']) &&
    one['provenance'].every(isProvenance) &&
    (one['was'] === undefined || (Array.isArray(one['was']) && one['was'].every(isId))) &&
    (cluster === undefined || isCluster(cluster))
  )
}

/** No id has more digits than documents may list. */
function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 1e15
}

function isProvenance(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { at?: unknown }).at === 'string' && Object.values(value).every((one) => typeof one === 'string')
}

function isCluster(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { key, method, members, superseded } = value as Readonly<Record<string, unknown>>
  return (
    typeof key === 'string' &&
    typeof method === 'string' &&
    (superseded === undefined || typeof superseded === 'string') &&
    Array.isArray(members) &&
    members.every((one: unknown) => typeof one === 'object' && one !== null && typeof (one as { key?: unknown }).key === 'string' && typeof (one as { score?: unknown }).score === 'number')
  )
}
