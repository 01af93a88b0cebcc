/**
 * Owns the frontmatter of all documents, remembered between runs: what others refer to is asked of every run, and
 * most files are as they were. A file is read again unless its size, times and inode are what they were, and it
 * had been left alone for a while when it was read; so nothing that is answered can be out of date. What is
 * remembered stays a text until somebody asks for what it says.
 */

import type { FrontmatterData } from '../document/frontmatter.js'
import { readFrontmatter } from '../document/frontmatter.js'
import { textOf } from '../facts/extract.js'
import type { Piece } from '../text/arena.js'
import { Arena, asciiJson, emptyPiece, readPiece } from '../text/arena.js'
import { detach } from '../text/detach.js'
import type { CacheFolder, FileStamp, Host } from './host.js'
import { readJson } from './kept.js'

export interface Heads {
  /** The head of a file; undefined where it surely names no template. */
  read(path: string): Head | undefined
  /** Keeps what was read for the next run; nothing where there is no place for it. */
  keep(): void
}

export interface Head {
  /** False where no field has the word for its text, however its letters are cased. Cheaper than `data`. @param word see `isWord` */
  mayHold(word: string): boolean
  /** Undefined where it cannot be read, or names no template. */
  data(): FrontmatterData | undefined
}

const keptIn = 'heads.jsonl'

/** Long enough for the frontmatter of nearly every document; longer ones are read whole. */
const headBytes = 4096

/** Raised whenever reading frontmatter gives something else for the same bytes. */
const format = 2

/** Rewriting what is kept takes as long as reading about one file in so many again. */
const fewerThanOneIn = 64

const linesAtOnce = 1024

/** The first line of what is kept. A line for each file follows: its frontmatter as JSON, or nothing where that names no template. */
interface Opening {
  readonly format: number
  readonly files: readonly string[]
  /** Four numbers for each file. */
  readonly stamps: readonly number[]
}

interface Kept extends Pick<Opening, 'stamps'> {
  readonly lines: readonly Piece[]
  /** All of it in capitals, in which each line stands where it stands. */
  capitals(): string
  /** Of each file, in both. */
  readonly places: ReadonlyMap<string, number>
}

/** What heads need of a workspace. */
interface Around {
  readonly host: Host
  readonly cache: CacheFolder | undefined
  stamp(path: string): FileStamp | undefined
  toAbsolute(path: string): string
}

/** True for a word that YAML and JSON write as it is, unless they write it with a backslash. */
export function isWord(text: string): boolean {
  return /^[\w.:/#+-]+$/u.test(text)
}

/** @param overlay texts that go before files */
export function openHeads({ host, cache, stamp: stampOf, toAbsolute }: Around, overlay: ReadonlyMap<string, string>): Heads {
  const before = cache === undefined ? undefined : readKept(cache.readCache(keptIn))
  const arena = new Arena(host.openScratch)
  const now: { readonly path: string; readonly stamp: FileStamp; readonly line: Piece }[] = []
  let anew = 0

  const readAnew = (path: string): Head | undefined => {
    const head = host.readHead(toAbsolute(path), headBytes)
    return head === undefined ? undefined : headOf(head, () => host.readDocument(toAbsolute(path)) ?? '')
  }
  return {
    read(path) {
      const unsaved = overlay.get(path)
      if (unsaved !== undefined) return headOf({ text: unsaved, whole: true }, () => unsaved)
      if (cache === undefined) return readAnew(path)
      const stamp = stampOf(path)
      const place = before?.places.get(path)
      if (stamp !== undefined && before !== undefined && place !== undefined && isStamp(stamp, before.stamps, place * 4)) {
        const line = before.lines[place] ?? emptyPiece
        now.push({ path, stamp, line })
        return line.start === line.end ? undefined : keptHead(line, before, () => readAnew(path)?.data())
      }
      const head = readAnew(path)
      if (stamp?.settled === true) {
        anew++
        now.push({ path, stamp, line: arena.add(lineOf(head?.data())) })
      }
      return head
    },
    keep() {
      if (cache === undefined) return
      const known = before?.lines.length ?? 0
      const gone = known + anew - now.length
      if ((anew + gone) * fewerThanOneIn <= known || anew + gone === 0) return
      const opening: Opening = { format, files: now.map(({ path }) => path), stamps: now.flatMap(({ stamp: { size, modified, changed, inode } }) => [size, modified, changed, inode]) }
      cache.writeCache(keptIn, (append) => {
        append(Buffer.from(`${asciiJson(JSON.stringify(opening))}\n`, 'latin1'))
        for (let at = 0; at < now.length; at += linesAtOnce) {
          append(Buffer.from(now.slice(at, at + linesAtOnce).map(({ line }) => `${readPiece(line)}\n`).join(''), 'latin1'))
        }
      })
    },
  }
}

/** @param whole what to read where the frontmatter does not end within the head */
function headOf(head: { readonly text: string; readonly whole: boolean }, whole: () => string): Head | undefined {
  if (!head.text.includes('template')) return undefined
  const block = blockOf(head.text)
  if (block !== undefined) {
    const capitals = once(() => block.toUpperCase())
    return { mayHold: (word) => isHeld(capitals(), word), data: () => dataOf(readFrontmatter(block)) }
  }
  return {
    mayHold: () => true,
    data() {
      const frontmatter = readFrontmatter(head.text)
      return dataOf(frontmatter.kind === 'read' || head.whole ? frontmatter : readFrontmatter(whole()))
    },
  }
}

const closingLine = /[\r\n](?:---|\.\.\.)[ \t]*[\r\n]/u

/** The frontmatter with both its lines; undefined where more has to be looked at to tell where it ends. */
function blockOf(text: string): string | undefined {
  if (!text.startsWith('---')) return undefined
  const closing = closingLine.exec(text)
  return closing === null ? undefined : detach(text.slice(0, closing.index + closing[0].length))
}

/**
 * A word stands in YAML and in JSON as it is, or is written with a backslash: what is put together from several lines has
 * blanks in it, and a reference stands for what is written elsewhere in the same frontmatter.
 */
function isHeld(capitals: string, word: string): boolean {
  return capitals.includes('\\') || capitals.includes(word.toUpperCase())
}

function dataOf(frontmatter: ReturnType<typeof readFrontmatter>): FrontmatterData | undefined {
  return frontmatter.kind === 'read' && textOf(frontmatter.data['template']) !== undefined ? frontmatter.data : undefined
}

function lineOf(data: FrontmatterData | undefined): string {
  return data === undefined ? '' : asciiJson(JSON.stringify(data))
}

/** @param otherwise what to take for a line that cannot be read: it is only there to be quick */
function keptHead(line: Piece, { capitals }: Kept, otherwise: () => FrontmatterData | undefined): Head {
  return {
    mayHold: (word) => isHeld(capitals().slice(line.start, line.end), word),
    data: () => readJson<FrontmatterData>(readPiece(line)) ?? otherwise(),
  }
}

function isStamp({ size, modified, changed, inode }: FileStamp, stamps: readonly number[], at: number): boolean {
  return size === stamps[at] && modified === stamps[at + 1] && changed === stamps[at + 2] && inode === stamps[at + 3]
}

/** Undefined for what was not written by `keep`, or not wholly. */
function readKept(bytes: Buffer | undefined): Kept | undefined {
  if (bytes === undefined) return undefined
  const pieces = linesOf(bytes)
  const [first = emptyPiece] = pieces
  const { format: written, files, stamps } = readJson<Partial<Opening>>(readPiece(first)) ?? {}
  const lines = pieces.slice(1)
  if (written !== format || bytes.at(-1) !== 10 || files?.length !== lines.length || stamps?.length !== lines.length * 4) return undefined
  // Written anew at once it takes a fraction of what it takes line by line.
  const capitals = once(() => bytes.toString('latin1').toUpperCase())
  return { stamps, lines, capitals, places: new Map(files.map((path, place) => [path, place])) }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function linesOf(bytes: Buffer): readonly Piece[] {
  const block = { bytes }
  const lines: Piece[] = []
  let start = 0
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    lines.push({ block, start, end })
    start = end + 1
  }
  return lines
}
