/** Owns the places of frontmatter keys and values. Loads a full YAML parser, so only what points there pays for it. */

import type { Span } from '../text/span.js'
import type { Document } from './document.js'

export interface FieldPosition {
  readonly key: Span
  /** Empty and behind the colon where the value is. */
  readonly value: Span
}

export interface FieldPositions {
  readonly fields: ReadonlyMap<string, FieldPosition>
  /** Where a key that is not there would be added: the closing `---`. */
  readonly closing: Span
  /** The place of a nested value, by keys and indices; undefined where there is none. */
  find(path: readonly string[]): Span | undefined
}

/** Undefined for documents without readable frontmatter. */
export async function locateFields(document: Document): Promise<FieldPositions | undefined> {
  const { frontmatter } = document
  if (frontmatter.kind !== 'read') return undefined
  const { parseYaml, isMap, isScalar, isNode, isPair } = await import('./yaml.js')
  const { yaml, span } = frontmatter
  const source = document.text.slice(yaml.start, yaml.end)
  const parsed = parseYaml(source, { keepSourceTokens: false, uniqueKeys: false, logLevel: 'silent' })
  const fields = new Map<string, FieldPosition>()
  const at = (range: readonly number[] | null | undefined): Span | undefined => {
    const [start, end] = range ?? []
    return start === undefined || end === undefined ? undefined : { start: yaml.start + start, end: yaml.start + end }
  }
  if (isMap(parsed.contents)) {
    for (const { key, value } of parsed.contents.items) {
      if (!isScalar(key)) continue
      const keySpan = at(key.range)
      if (keySpan === undefined) continue
      const valueSpan = isNode(value) ? at(value.range) : undefined
      const colon = document.text.indexOf(':', keySpan.end)
      fields.set(String(key.value), { key: keySpan, value: trimEnd(document.text, valueSpan ?? { start: colon + 1, end: colon + 1 }) })
    }
  }
  return {
    fields,
    closing: { start: closingStart(document.text, span), end: span.end },
    find(path) {
      // A node that is missing is looked for further up, so that a lacking key is placed at its parent.
      for (let length = path.length; length > 0; length--) {
        const keys = path.slice(0, length).map((key) => (/^\d+$/u.test(key) ? Number(key) : key))
        const node: unknown = parsed.getIn(keys, true)
        const found = isNode(node) ? at(node.range) : isPair(node) && isNode(node.value) ? at(node.value.range) : undefined
        if (found !== undefined) return firstLine(document.text, trimEnd(document.text, found))
      }
      return undefined
    },
  }
}

function closingStart(text: string, span: Span): number {
  let at = span.end
  while (at > span.start && !/[\r\n]/u.test(text.charAt(at - 1))) at--
  return at
}

function trimEnd(text: string, span: Span): Span {
  let { end } = span
  while (end > span.start && /\s/u.test(text.charAt(end - 1))) end--
  return { start: span.start, end }
}

function firstLine(text: string, span: Span): Span {
  const newline = text.slice(span.start, span.end).search(/[\r\n]/u)
  return newline === -1 ? span : { start: span.start, end: span.start + newline }
}
