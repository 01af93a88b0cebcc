/** Owns changing frontmatter: edits that set a value or add to a list and leave every other byte as it is. */

import type { Edit } from '../text/edit.js'
import type { Document } from './document.js'
import type { FieldPosition } from './positions.js'
import { locateFields } from './positions.js'

export type ScalarValue = string | number | null

export type EntryValue = ScalarValue | Readonly<Record<string, ScalarValue>>

/** Makes edits for one document's frontmatter; undefined for a document without frontmatter that can be read. */
export async function openFrontmatter(document: Document): Promise<FrontmatterEditor | undefined> {
  const positions = await locateFields(document)
  if (positions === undefined) return undefined
  const { YamlDocument } = await import('./yaml.js')
  const newline = document.text.includes('\r\n') ? '\r\n' : '\n'
  const scalar = (value: ScalarValue): string => new YamlDocument(value).toString({ lineWidth: 0, singleQuote: true }).trimEnd()
  const added: string[] = []

  return {
    set(field, value) {
      const at = positions.fields.get(field)
      if (at === undefined) {
        added.push(`${field}: ${scalar(value)}`)
        return []
      }
      return [{ span: at.value, text: spaced(document, at, scalar(value)) }]
    },
    append(field, entry) {
      const at = positions.fields.get(field)
      if (at === undefined) {
        added.push(`${field}:`, ...entryLines(entry, scalar, ''))
        return []
      }
      return [appendEdit(document, at, entry, scalar, newline)]
    },
    appendAll(field, values) {
      const at = positions.fields.get(field)
      if (at === undefined) {
        added.push(`${field}: [${values.map(scalar).join(', ')}]`)
        return []
      }
      return [extendEdit(document, at, values, scalar, newline)]
    },
    additions() {
      if (added.length === 0) return []
      const text = added.map((line) => line + newline).join('')
      return [{ span: { start: positions.closing.start, end: positions.closing.start }, text }]
    },
  }
}

export interface FrontmatterEditor {
  /** Sets a key; one that is not there is kept for `additions`. */
  set(field: string, value: ScalarValue): readonly Edit[]
  /** Adds to a list, which may be absent, empty, in block or in flow form. */
  append(field: string, entry: EntryValue): readonly Edit[]
  /** Adds values to a list, which may also be absent, empty, or a single value that is no list yet. */
  appendAll(field: string, values: readonly ScalarValue[]): readonly Edit[]
  /** One edit with all keys that were not there, in order; called once, at the end. */
  additions(): readonly Edit[]
}

/** A value that stands right behind its colon needs a blank there. */
function spaced(document: Document, { value }: FieldPosition, text: string): string {
  return document.text.charAt(value.start - 1) === ':' ? ` ${text}` : text
}

function entryLines(entry: EntryValue, scalar: (value: ScalarValue) => string, indent: string): readonly string[] {
  if (entry === null || typeof entry !== 'object') return [`${indent}- ${scalar(entry)}`]
  const pairs = Object.entries(entry).map(([key, value]) => `${key}: ${scalar(value)}`)
  return pairs.map((pair, index) => `${indent}${index === 0 ? '- ' : '  '}${pair}`)
}

function flowEntry(entry: EntryValue, scalar: (value: ScalarValue) => string): string {
  if (entry === null || typeof entry !== 'object') return scalar(entry)
  return `{ ${Object.entries(entry).map(([key, value]) => `${key}: ${scalar(value)}`).join(', ')} }`
}

function appendEdit(document: Document, at: FieldPosition, entry: EntryValue, scalar: (value: ScalarValue) => string, newline: string): Edit {
  const { text } = document
  const written = text.slice(at.value.start, at.value.end)
  if (written.startsWith('[')) {
    const close = at.value.end - 1
    const inside = written.slice(1, -1).trim()
    if (inside !== '') {
      const trailing = /,\s*$/u.test(written.slice(1, -1)) ? ' ' : ', '
      const end = at.value.start + written.slice(0, -1).trimEnd().length
      return { span: { start: end, end: close }, text: `${trailing}${flowEntry(entry, scalar)}` }
    }
    // An empty list in brackets becomes a block: entries stand one below the other from now on.
    if (typeof entry !== 'object' || entry === null) return { span: at.value, text: `[${scalar(entry)}]` }
    return { span: { start: colonBefore(text, at), end: at.value.end }, text: `:${newline}${entryLines(entry, scalar, '').join(newline)}` }
  }
  if (!written.startsWith('-')) {
    return { span: { start: colonBefore(text, at), end: Math.max(at.value.end, colonBefore(text, at) + 1) }, text: `:${newline}${entryLines(entry, scalar, '').join(newline)}` }
  }
  const lineStart = Math.max(text.lastIndexOf('\n', at.value.start - 1), text.lastIndexOf('\r', at.value.start - 1)) + 1
  const indent = text.slice(lineStart, at.value.start)
  return { span: { start: at.value.end, end: at.value.end }, text: `${newline}${entryLines(entry, scalar, indent).join(newline)}` }
}

function extendEdit(document: Document, at: FieldPosition, values: readonly ScalarValue[], scalar: (value: ScalarValue) => string, newline: string): Edit {
  const written = document.text.slice(at.value.start, at.value.end)
  const [first = null] = values
  if (written.startsWith('-')) {
    const edit = appendEdit(document, at, first, scalar, newline)
    return { span: edit.span, text: values.map((value) => edit.text.replace(scalar(first), () => scalar(value))).join('') }
  }
  const all = values.map(scalar).join(', ')
  if (!written.startsWith('[')) {
    const single = /^(?:|~|null)$/iu.test(written) ? '' : `${written}, `
    return { span: at.value, text: spaced(document, at, `[${single}${all}]`) }
  }
  const edit = appendEdit(document, at, first, scalar, newline)
  // What stands before the bracket, such as a blank, stays there.
  const blank = /\S(\s*)\]$/u.exec(written)?.[1] ?? ''
  return { span: edit.span, text: edit.text.replace(scalar(first), () => all) + (edit.text.endsWith(']') ? '' : blank) }
}

function colonBefore(text: string, at: FieldPosition): number {
  return text.indexOf(':', at.key.end)
}
