/**
 * Owns what `init` writes into a repository and people may change: whole files with a stamp, a section between marks,
 * a line, a member of a JSON file, the end of a file. A piece that somebody edited is left, and that is said.
 */

import { createHash } from 'node:crypto'
import * as path from 'node:path'
import { applyEdits as applyJsonEdits, modify, parseTree } from 'jsonc-parser/lib/esm/main.js'
import type { ParseError } from 'jsonc-parser/lib/esm/main.js'
import type { Host } from '../host.js'

export interface InitStep {
  /** Relative to the root. */
  readonly path: string
  /** `left`: what stands there is not what would be written, and stays; the note says why. */
  readonly change: 'created' | 'extended' | 'updated' | 'kept' | 'left'
  readonly note?: string
}

export type Piece =
  /** A file of ours from its first line to its last. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  /** A part of somebody's Markdown file. */
  | { readonly kind: 'section'; readonly path: string; readonly text: string }
  /** A line that a file has to have; any of the given ones will do. */
  | { readonly kind: 'line'; readonly path: string; readonly lines: readonly [string, ...string[]] }
  /** A value at a place of a JSON file, where nothing stands; in a list, where no item `is` it. */
  | { readonly kind: 'member'; readonly path: string; readonly at: readonly string[]; readonly value: unknown; readonly is?: (item: string) => boolean }
  /** Text at the end of a file that does not hold something yet; `whole` is the file where there is none. */
  | { readonly kind: 'end'; readonly path: string; readonly text: string; readonly holds: RegExp; readonly whole?: string; readonly fits?: RegExp }

export interface Writer {
  readonly host: Host
  readonly root: string
  /** The version of the program. */
  readonly version: string
  /** True: what people edited is written anew. */
  readonly force: boolean
}

export function writePiece(writer: Writer, piece: Piece): InitStep {
  switch (piece.kind) {
    case 'file':
      return writeFile(writer, piece)
    case 'section':
      return writeSection(writer, piece)
    case 'line':
      return writeLine(writer, piece)
    case 'member':
      return writeMember(writer, piece)
    case 'end':
      return writeEnd(writer, piece)
  }
}

function at({ root }: Writer, file: string): string {
  return path.join(root, file)
}

function create(writer: Writer, file: string, text: string): InitStep {
  return { path: file, change: writer.host.createFile(at(writer, file), text) ? 'created' : 'kept' }
}

function replace(writer: Writer, file: string, before: string, after: string, change: 'extended' | 'updated'): InitStep {
  writer.host.replaceFile(at(writer, file), before, newlinesAs(before, after))
  return { path: file, change }
}

function newlinesAs(model: string, text: string): string {
  return model.includes('\r\n') ? text.replaceAll(/\r?\n/gu, '\r\n') : text
}

const unix = (text: string): string => text.replaceAll('\r\n', '\n')

/** Told from the digest in the stamp: who wrote the text last. */
function digest(text: string): string {
  return createHash('sha256').update(unix(text).trim()).digest('hex').slice(0, 12)
}

const edited = 'was edited by hand; `--force` writes it anew'

// ---------------------------------------------------------------- files

const stampLine = /^(?:<!-- |# )inquest (\S+) ([0-9a-f]{12}): .*\n?/mu

function stamp(file: string, text: string, version: string): string {
  const words = `inquest ${version} ${digest(text)}: \`inquest init\` wrote this file, and updates it as long as nobody edits it`
  return file.endsWith('.md') ? `<!-- ${words} -->\n` : `# ${words}\n`
}

function writeFile(writer: Writer, { path: file, text }: Extract<Piece, { kind: 'file' }>): InitStep {
  const fresh = `${text.trimEnd()}\n\n${stamp(file, text, writer.version)}`
  const before = writer.host.readText(at(writer, file))
  if (before === undefined) return create(writer, file, fresh)
  const own = stampLine.exec(unix(before))
  const body = unix(before).replace(stampLine, '')
  if (own !== null && digest(body) === own[2]) {
    // Written by another version with the same words, it is what it should be.
    return own[2] === digest(text) ? { path: file, change: 'kept' } : replace(writer, file, before, fresh, 'updated')
  }
  if (writer.force) return replace(writer, file, before, fresh, 'updated')
  return { path: file, change: 'left', note: own === null ? 'was there before, and is not of inquest; `--force` replaces it' : edited }
}

// ---------------------------------------------------------------- sections

const sectionMarks = /^<!-- inquest (\S+) ([0-9a-f]{12}): .*-->\n([\s\S]*?)\n<!-- end of inquest -->$/mu

function writeSection(writer: Writer, { path: file, text }: Extract<Piece, { kind: 'section' }>): InitStep {
  const fresh = `<!-- inquest ${writer.version} ${digest(text)}: \`inquest init\` wrote what follows, and updates it as long as nobody edits it -->\n${text.trim()}\n<!-- end of inquest -->`
  const before = writer.host.readText(at(writer, file))
  if (before === undefined) return create(writer, file, `${fresh}\n`)
  const own = sectionMarks.exec(unix(before))
  if (own === null) {
    if (/^<!-- inquest \S+ [0-9a-f]{12}: /mu.test(before)) return { path: file, change: 'left', note: 'lacks the line `<!-- end of inquest -->` behind the section of inquest' }
    const gap = before.trim() === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n'
    return replace(writer, file, before, `${unix(before)}${gap}${fresh}\n`, 'extended')
  }
  const [whole, , known, body = ''] = own
  const untouched = digest(body) === known
  if (untouched && known === digest(text)) return { path: file, change: 'kept' }
  if (!untouched && !writer.force) return { path: file, change: 'left', note: `its section of inquest ${edited}` }
  return replace(writer, file, before, unix(before).replace(whole, () => fresh), 'updated')
}

// ---------------------------------------------------------------- lines and ends

function writeLine(writer: Writer, { path: file, lines }: Extract<Piece, { kind: 'line' }>): InitStep {
  const [wanted] = lines
  const before = writer.host.readText(at(writer, file))
  if (before === undefined) return create(writer, file, `${wanted}\n`)
  // A link to the very file that the line would name says the same.
  if (writer.host.isSameFile(at(writer, file), at(writer, wanted.replace(/^@/u, '')))) return { path: file, change: 'kept' }
  if (unix(before).split('\n').some((line) => lines.includes(line.trim()))) return { path: file, change: 'kept' }
  const gap = before.trim() === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  return replace(writer, file, before, `${before}${gap}${wanted}\n`, 'extended')
}

function writeEnd(writer: Writer, { path: file, text, holds, whole, fits }: Extract<Piece, { kind: 'end' }>): InitStep {
  const before = writer.host.readText(at(writer, file))
  if (before === undefined) return create(writer, file, whole ?? text)
  if (holds.test(before)) return { path: file, change: 'kept' }
  if (fits?.test(unix(before)) === false) return { path: file, change: 'left', note: `has a form that nothing can be added to; add to it:\n${text.trimEnd()}` }
  return replace(writer, file, before, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${text}`, 'extended')
}

// ---------------------------------------------------------------- JSON

function writeMember(writer: Writer, { path: file, at: keys, value, is }: Extract<Piece, { kind: 'member' }>): InitStep {
  const before = writer.host.readText(at(writer, file))
  const text = before === undefined || before.trim() === '' ? '{}\n' : before
  const added = withMember(text, keys, value, is)
  if (added === 'there') return { path: file, change: 'kept' }
  if (added === 'impossible') return { path: file, change: 'left', note: `cannot be read as JSON; add \`${keys.join('.')}\` to it by hand: ${JSON.stringify(value)}` }
  if (before === undefined) return create(writer, file, added)
  return replace(writer, file, before, added, 'extended')
}

/** The text with the value, every other byte as it was. Comments are allowed, as agents and editors allow them. */
function withMember(text: string, keys: readonly string[], value: unknown, is: ((item: string) => boolean) | undefined): string | 'there' | 'impossible' {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  if (tree?.type !== 'object' || errors.length > 0) return 'impossible'
  let node = tree
  for (const [index, key] of keys.entries()) {
    const property = node.children?.find((child) => child.children?.[0]?.value === key)
    const next = property?.children?.[1]
    if (next === undefined) return edit(text, keys, is === undefined ? value : [value])
    if (index < keys.length - 1 && next.type !== 'object') return 'impossible'
    node = next
  }
  if (is === undefined) return 'there'
  if (node.type !== 'array') return 'impossible'
  const items = node.children ?? []
  if (items.some((item) => is(text.slice(item.offset, item.offset + item.length)))) return 'there'
  return edit(text, [...keys, items.length], value)
}

function edit(text: string, keys: readonly (string | number)[], value: unknown): string {
  const indent = /^([ \t]+)\S/mu.exec(text)?.[1] ?? '  '
  const formattingOptions = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' }
  return applyJsonEdits(text, modify(text, [...keys], value, { formattingOptions }))
}
