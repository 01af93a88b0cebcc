/** Owns what is wrong with a text for what it is asked to say. Rules, gates and transitions all ask here. */

import { essence, hasWords, visible } from '../text/words.js'
import type { Filler } from './filler.js'
import { anId, disclaims, disclaimsBehind, fillerOf, opensWithNote, takesBack } from './filler.js'

/**
 * `absent`: that there is nothing, and not why. `short`, `idle` and `repeated` may be meant; the others say nothing for certain.
 */
export type Lack = 'empty' | 'sign' | 'letter' | 'prompt' | 'name' | 'source' | Filler | 'short' | 'repeated'

export interface Fault {
  readonly lack: Lack
  /** True where the text says nothing in any place; such a text passes no gate. */
  readonly certain: boolean
  /** The end of a message: `"x" is a single letter`. */
  readonly reason: string
}

/** Another text that this one must not be. */
export interface Copy {
  /** What it is, as a message names it: `the title`. */
  readonly of: string
  /** By `essence`. */
  readonly essence: string
  /** What makes a copy worthless for certain; `repeated` where it may be meant. */
  readonly lack?: 'source' | 'name'
}

export interface Asked {
  /** Different words that it takes at least; 1 where it only has to say something. */
  readonly words?: number
  /** Essences of the template's texts. */
  readonly prompts?: ReadonlySet<string>
  /** What ids of hypotheses look like. */
  readonly ids?: RegExp
  readonly copies?: readonly Copy[]
  /** False where a verdict is an answer, such as in a sentence that sums up. */
  readonly verdictSaysNothing?: boolean
}

const certain: ReadonlySet<Lack> = new Set(['empty', 'sign', 'letter', 'prompt', 'name', 'source', 'unwritten', 'absent', 'pointer', 'ids'])

/** Longer than any filler, prompt or copy that is compared. */
const longestCompared = 600

/**
 * What is wrong with a text; undefined for one that says something.
 * @param raw as it is written, where that may hold struck-out text
 */
export function faultOf(text: string, asked: Asked = {}, raw: string = text): Fault | undefined {
  const said = visible(raw.includes('~') ? withoutStruck(text, raw) : text).trim()
  if (said === '') return fault('empty', text.trim() === '' ? 'it is empty' : 'no reader sees a word of it')
  if (said.length > longestCompared) return undefined
  const letters = lettersOf(said)
  if (letters === undefined) return fault('sign', `${quoted(said)} is no word`)
  if (shortcodes.test(said)) return fault('sign', `${quoted(said)} is no word`)
  if (letters === 'one') return fault('letter', `${quoted(said)} is a single letter`)
  const core = essence(said)
  if (asked.prompts?.has(core) === true) return fault('prompt', `${quoted(said)} is text of the template`)
  const copied = asked.copies?.find((copy) => copy.essence === core)
  if (copied !== undefined) return fault(copied.lack ?? 'repeated', `it repeats ${copied.of}`)
  if (opensWithNote(said)) return fault('unwritten', `${quoted(said)} is still to be written`)
  const behind = bareWord.exec(said)?.[1]
  const rest = behind === undefined ? undefined : faultOf(behind, { ...asked, words: 1 })
  if (rest?.certain === true && !/\p{N}/u.test(behind ?? '')) return rest
  const filler = fillerOf(asked.ids === undefined ? core : essence(said.replaceAll(asked.ids, anId)))
  if (filler === 'verdict') return asked.verdictSaysNothing === true || (asked.words ?? 1) > 1 ? { ...fault('verdict', reasons.verdict(said)), certain: asked.verdictSaysNothing === true } : undefined
  if (filler !== undefined) return fault(filler, reasons[filler](said))
  const least = asked.words ?? 1
  if (least > 1 && onlyPath.test(said)) return fault('idle', `${quoted(said)} is only the name of a place`)
  if (least > 1 && !hasWords(said, least)) return fault('short', `${quoted(said)} is too short, expected at least ${least} different words`)
  return undefined
}

/** `:tada:`, which is drawn as a sign. */
const shortcodes = /^(?::[a-z\d_+-]+:[\s.!]*)+$/iu

/** An address or a path alone says where something is, and not what. */
const onlyPath = /^<?(?:https?:\/\/\S+|[\w@.~-]*(?:\/[\w@.~-]+)+\/?(?::\d[\d,-]*)?|[\w-]+\.[a-z]{1,4}(?::\d[\d,-]*)?)>?$/iu

/** `None - why`: what stands behind the word has to say it. */
const bareWord = /^\(?(?:n\s*\/?\s*a|none|nothing|not applicable|skipped|no)\s*[-–—:;,(]+\s*(.+)$/isu

const reasons: Readonly<Record<Filler, (said: string) => string>> = {
  unwritten: (said) => `${quoted(said)} is still to be written`,
  absent: (said) => `${quoted(said)} is filler`,
  pointer: (said) => `${quoted(said)} only points elsewhere`,
  verdict: (said) => `${quoted(said)} is a verdict`,
  ids: (said) => `${quoted(said)} is only an id`,
  idle: (said) => `${quoted(said)} could stand anywhere`,
}

function fault(lack: Lack, reason: string): Fault {
  return { lack, certain: certain.has(lack), reason }
}

const usualIds = /\bH\d+[a-z]?\b/giu

/**
 * What is wrong with a reason that a person gives: for a skip, an amendment, a comment that hides a finding.
 * @param copies texts that are no reason, such as the name of what it is given for
 */
export function reasonFault(reason: string, { copies = [], prompts, ids = usualIds }: Pick<Asked, 'copies' | 'prompts' | 'ids'> = {}, raw: string = reason): Fault | undefined {
  return faultOf(reason, { words: 2, copies, ids, ...(prompts !== undefined && { prompts }), verdictSaysNothing: true }, raw)
}

/** A text that another one must not repeat; none where it holds no word. */
export function copyOf(of: string, text: string, lack?: Copy['lack']): readonly Copy[] {
  const core = essence(text)
  return core === '' ? [] : [{ of, essence: core, ...(lack !== undefined && { lack }) }]
}

/** One letter, be it written several times. A sign of a script whose signs are words is none. */
function lettersOf(said: string): 'one' | 'several' | undefined {
  const [first] = /\p{L}/u.exec(said) ?? []
  if (first === undefined) return undefined
  if (/[\p{Ideographic}\p{Script=Hangul}\p{M}\p{N}]/u.test(said)) return 'several'
  const small = first.toLowerCase()
  for (const [letter] of said.matchAll(/\p{L}/gu)) if (letter.toLowerCase() !== small) return 'several'
  return 'one'
}

/** Struck-out text is what the author took back. */
function withoutStruck(text: string, raw: string): string {
  const kept = raw.replaceAll(/(?<![~`])(~{1,2})(?![\s~])[^`]*?(?<![\s~])\1(?!~)/gsu, ' ')
  return kept === raw ? text : kept
}

const longestQuoted = 40

function quoted(said: string): string {
  const flat = said.replaceAll(/\s+/gu, ' ')
  return `"${flat.length > longestQuoted ? `${flat.slice(0, longestQuoted - 1)}…` : flat}"`
}

/** The part of a text that says of itself that nobody looked: `not tested`; undefined where there is none. */
export function disclaimerIn(text: string, ids?: RegExp): string | undefined {
  if (text.length > longestCompared) return undefined
  const core = (part: string): string => essence(ids === undefined ? part : part.replaceAll(ids, anId))
  for (const sentence of text.split(/[.;:!?()[\]|–—]|\s-+\s/u)) {
    for (const [index, part] of sentence.split(',').entries()) {
      if (part.trim() === '' || part.length > longestDisclaimer) continue
      if (index === 0 ? disclaims(core(part)) : disclaimsBehind(core(part))) return part.trim()
    }
  }
  return undefined
}

/** True where what stands beside a Yes takes it back. */
export function takenBack(text: string, ids: RegExp): boolean {
  return text.length <= longestDisclaimer && takesBack(essence(text.replaceAll(ids, anId)))
}

/** What is longer says something else as well. */
const longestDisclaimer = 100
