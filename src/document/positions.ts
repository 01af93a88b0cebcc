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
  const { text, frontmatter } = document
  if (frontmatter.kind !== 'read') return undefined
  const { parseYaml, isAlias, isMap, isNode, isScalar, isSeq } = await import('./yaml.js')
  const { yaml, span } = frontmatter
  // The library knows no lone carriage return. Its plainest schema leaves every scalar as it is written.
  const source = text.slice(yaml.start, yaml.end).replaceAll(/\r(?!\n)/gu, '\n')
  const parsed = parseYaml(source, { keepSourceTokens: false, uniqueKeys: false, logLevel: 'silent', schema: 'failsafe' })
  const placeOf = (node: unknown): Span | undefined => {
    const [start, end] = (isNode(node) ? node.range : undefined) ?? []
    return start === undefined || end === undefined ? undefined : trimEnd(text, { start: yaml.start + start, end: yaml.start + end })
  }
  const behindColon = (key: Span): Span => {
    const colon = text.slice(key.end, yaml.end).search(/\S/u)
    const at = colon !== -1 && text.charAt(key.end + colon) === ':' ? key.end + colon + 1 : key.end
    return { start: at, end: at }
  }
  const fields = new Map<string, FieldPosition>()
  for (const { key, value } of isMap(parsed.contents) ? parsed.contents.items : []) {
    const keySpan = placeOf(key)
    if (!isScalar(key) || keySpan === undefined) continue
    const written = placeOf(value)
    const valueSpan = written === undefined || written.start === written.end ? behindColon(keySpan) : written
    fields.set(String(key.value), { key: keySpan, value: valueSpan })
  }
  const below = (node: unknown, key: string): unknown => {
    const holder = isAlias(node) ? node.resolve(parsed) : node
    if (isMap(holder)) return holder.items.find((item) => isScalar(item.key) && String(item.key.value) === key)?.value
    return isSeq(holder) && /^\d+$/u.test(key) ? holder.items[Number(key)] : undefined
  }
  return {
    fields,
    closing: { start: closingStart(text, span), end: span.end },
    find(path) {
      let node: unknown = parsed.contents
      let found: Span | undefined
      // A node that is missing is placed at the last one above it that is there.
      for (const key of path) {
        node = below(node, key)
        const place = placeOf(node)
        if (place === undefined) break
        found = place
      }
      return found === undefined ? undefined : firstLine(text, found)
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
