/** Owns pins: what a citation showed when somebody bound it, one line of JSON for each, kept beside the document by git. */

import type { LineRange } from '../text/span.js'
import { writeLines } from '../text/span.js'

export interface Pin {
  /** Documents of two templates may share an id, and with it the file of pins. */
  readonly template: string
  /** The citation as `nameCitation` gives it. */
  readonly cite: string
  readonly path: string
  readonly lines: readonly LineRange[]
  readonly commit: string
  readonly blob: string
  /** The cited lines; for many of them one short sum each, so that the file stays small. */
  readonly text: readonly string[] | undefined
  readonly sums: readonly string[] | undefined
}

/** A citation in the one form by which pins know it. */
export function nameCitation({ path, lines }: { readonly path: string; readonly lines: readonly LineRange[] }): string {
  return lines.length === 0 ? path : `${path}:${writeLines(lines)}`
}

const mostLines = 60
const mostCharacters = 6000

export function createPin(of: Pick<Pin, 'template' | 'cite' | 'path' | 'lines' | 'commit' | 'blob'>, cited: readonly string[]): Pin {
  const short = cited.length <= mostLines && cited.reduce((sum, line) => sum + line.length, 0) <= mostCharacters
  return { ...of, text: short ? cited : undefined, sums: short ? undefined : cited.map(sumOf) }
}

/** FNV-1a: enough to tell lines apart, and no proof against anybody. */
function sumOf(line: string): string {
  let sum = 0x811c9dc5
  for (let at = 0; at < line.length; at++) sum = Math.imul(sum ^ line.charCodeAt(at), 0x01000193)
  return (sum >>> 0).toString(36)
}

interface PinLine {
  readonly template: string
  readonly cite: string
  readonly path: string
  readonly lines: string
  readonly commit: string
  readonly blob: string
  readonly text?: readonly string[]
  readonly sums?: string
}

/** Sorted, an entry a line: branches that bind different citations merge without a conflict. */
export function writePins(pins: readonly Pin[]): string {
  return pins
    .map(({ template, cite, path, lines, commit, blob, text, sums }): PinLine => ({
      template,
      cite,
      path,
      lines: writeLines(lines),
      commit,
      blob,
      ...(text !== undefined && { text }),
      ...(sums !== undefined && { sums: sums.join(' ') }),
    }))
    .map((line) => `${JSON.stringify(line)}\n`)
    .toSorted()
    .join('')
}

/** @throws SyntaxError or TypeError for a line that is no pin; the message holds the number of the line */
export function readPins(text: string): readonly Pin[] {
  return text.split('\n').flatMap((line, index): Pin[] => {
    if (line.trim() === '') return []
    const where = `line ${index + 1}`
    let read: Partial<PinLine>
    try {
      read = JSON.parse(line) as Partial<PinLine>
    } catch (error) {
      throw new SyntaxError(`${where} is no JSON`, { cause: error })
    }
    const { template, cite, path, lines, commit, blob, text: kept, sums } = read
    const texts = [template, cite, path, lines, commit, blob]
    const whole = texts.every((one) => typeof one === 'string') && (kept === undefined || (Array.isArray(kept) && kept.every((one) => typeof one === 'string'))) && (sums === undefined || typeof sums === 'string')
    if (!whole || !/^[0-9a-f]{7,64}$/u.test(commit ?? '') || !/^[0-9a-f]{7,64}$/u.test(blob ?? '')) throw new TypeError(`${where} is no pin`)
    return [{ template: template ?? '', cite: cite ?? '', path: path ?? '', lines: readRanges(lines ?? ''), commit: commit ?? '', blob: blob ?? '', text: kept, sums: sums?.split(' ') }]
  })
}

function readRanges(written: string): readonly LineRange[] {
  return written.split(', ').flatMap((piece): LineRange[] => {
    const [, start, end] = /^(\d{1,9})(?:-(\d{1,9}))?$/u.exec(piece) ?? []
    return start === undefined ? [] : [{ start: Number(start), end: Number(end ?? start) }]
  })
}

/** What became of a bound citation, as a plain value. */
export type Drift =
  | { readonly state: 'same' }
  | { readonly state: 'moved'; readonly lines: readonly LineRange[] }
  | { readonly state: 'changed'; readonly before: readonly string[] | undefined; readonly now: readonly string[] }
  | { readonly state: 'gone' }

/**
 * Holds a pin against the file as it is.
 * @param now the lines of the file; undefined where there is none
 * @param cited the lines that the document cites at present
 */
export function driftOf(pin: Pin, now: readonly string[] | undefined, cited: readonly LineRange[]): Drift {
  if (now === undefined) return { state: 'gone' }
  if (pin.lines.length === 0) return { state: 'same' }
  const found = findPinned(pin, now)
  if (found !== undefined) return sameLines(found, cited) ? { state: 'same' } : { state: 'moved', lines: found }
  return { state: 'changed', before: pin.text, now: cited.flatMap(({ start, end }) => now.slice(start - 1, end)).slice(0, mostLines) }
}

/**
 * The pin of a citation. One whose lines were rewritten since it was bound is known by what it binds standing where it
 * points now.
 */
export function pinFor(pins: readonly Pin[], citation: { readonly path: string; readonly lines: readonly LineRange[] }, linesOf: (pin: Pin) => readonly string[] | undefined): Pin | undefined {
  const cite = nameCitation(citation)
  const own = pins.find((pin) => pin.cite === cite)
  if (own !== undefined) return own
  return pins.find((pin) => {
    if (!pin.cite.startsWith(`${citation.path}:`) || pin.lines.length !== citation.lines.length) return false
    const now = linesOf(pin)
    const found = now === undefined ? undefined : findPinned(pin, now)
    return found !== undefined && sameLines(found, citation.lines)
  })
}

export function sameLines(a: readonly LineRange[], b: readonly LineRange[]): boolean {
  return a.length === b.length && a.every((range, index) => range.start === b[index]?.start && range.end === b[index]?.end)
}

/** Where pinned lines stand: where they stood, or in the one place that has them. */
export function findPinned({ text, sums, lines: ranges }: Pick<Pin, 'text' | 'sums' | 'lines'>, now: readonly string[]): readonly LineRange[] | undefined {
  const kept = text ?? sums
  if (kept === undefined) return undefined
  const standing = text === undefined ? now.map(sumOf) : now
  let from = 0
  const found: LineRange[] = []
  for (const { start, end } of ranges) {
    const wanted = kept.slice(from, from + end - start + 1)
    from += wanted.length
    const at = wanted.length === 0 ? undefined : placeOf(wanted, start - 1, standing)
    if (at === undefined) return undefined
    found.push({ start: at + 1, end: at + wanted.length })
  }
  return found
}

function placeOf(wanted: readonly string[], original: number, lines: readonly string[]): number | undefined {
  const standsAt = (at: number): boolean => wanted.every((line, index) => lines[at + index] === line)
  let place: number | undefined
  for (let at = 0; at + wanted.length <= lines.length; at++) {
    if (!standsAt(at)) continue
    if (place !== undefined) return standsAt(original) ? original : undefined
    place = at
  }
  // A brace that stands once is no proof of anything.
  return place === original || wanted.some((line) => /\w\W*\w\W*\w/u.test(line)) ? place : undefined
}
