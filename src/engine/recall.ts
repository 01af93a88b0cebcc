/**
 * Owns what earlier runs found, kept so that a document that is as it was is neither read nor judged again. An
 * outcome is used where the program, the configuration and the templates are the same, the file is the same by its
 * stamp or else by its text, and every question about the repository that the outcome hangs on is answered as it was.
 * What cannot be read as it was written is as good as nothing, and written anew.
 */

import type { World } from '../rules/world.js'
import type { FileStamp } from './host.js'
import { sameStamp } from './host.js'
import type { Arena } from '../text/arena.js'
import { asciiJson, emptyPiece, lengthOf, readPiece } from '../text/arena.js'
import type { Held } from './found.js'
import type { Circumstances, Ground, Kept, KeptQuestions, Then } from './kept.js'
import { format, readJson, readKept, writeKept } from './kept.js'
import type { Asked, Hash } from './questions.js'
import { answeredDifferently, shortened } from './questions.js'
import type { Target } from './targets.js'
import { manyDocuments } from './repository-index.js'
import type { Workspace } from './workspace.js'

export interface Recall {
  /** What was found of a file, if that still holds; else why it does not. */
  find(target: Target): Promise<{ readonly held: Held } | { readonly reason: string }>
  /** Keeps what was found of a file for the next run. Its stamp was taken before anybody read it. */
  note(target: Target, held: Held, noted: Noted): void
  /** Writes down what is known; files that are there no more drop out. */
  keep(): void
}

/** What the outcome of a text hangs on, as it is kept. */
export interface Noted {
  /** Of the text. */
  readonly hash: string
  /** `KeptQuestions` as JSON. */
  readonly asked: string
}

export async function noteOf(text: string, asked: Asked): Promise<Noted> {
  const hash = await hashing()
  return { hash: hash(text), asked: asciiJson(JSON.stringify(byGround(shortened(asked, hash)))) }
}

/** Longer outcomes are found anew each time. */
const longestOutcome = 100_000

declare const INQUEST_BUILD: string

/** What is known of a file that nobody asked for. */
const unasked: Pick<Kept, 'named' | 'hash' | 'asked' | 'outcome' | 'gist'> = {
  named: false,
  hash: '',
  asked: emptyPiece,
  outcome: emptyPiece,
  gist: { counts: [0, 0, 0], asked: [] },
}

/**
 * @param folder where it is kept
 * @param arena where what is noted is to lie
 * @param expected how many files will be asked for
 */
export function openRecall(workspace: Workspace, folder: string, arena: Arena, expected: number): Recall {
  const { host } = workspace
  const file = `${folder}/findings.jsonl`
  const now = circumstancesOf(workspace)
  const then = readKept(host.readCache(file), now)
  const kept = new Map<string, Kept>()
  // Before the first of many asks: no file that changed leaves the answers of all as they were.
  const expectMany = (): void => {
    if (expected >= manyDocuments) workspace.index().expectMany()
  }
  const stands = whatStands(workspace, then, expectMany)

  const judge = async ({ path, named }: Target): Promise<Kept | string> => {
    const known = then.kept.get(path)
    if (known === undefined || known.hash === '') return then.reason
    if (known.named !== named) return 'it was not asked for in the same way'
    const stamp = workspace.stamp(path)
    const same = isSame(stamp, known)
    if (!same) {
      const text = workspace.readText(path)
      if (text === undefined || (await hashing())(text) !== known.hash) return 'it changed'
    }
    if (!same) expectMany()
    const questions = readJson<KeptQuestions>(readPiece(known.asked))
    if (questions === undefined) return 'what was kept of it cannot be read'
    const moved = Object.entries(questions.resting).filter(([ground]) => !same || !stands(ground as Ground))
    const asked = [...questions.free, ...moved.flatMap(([, resting]) => JSON.parse(resting) as Asked)]
    if (asked.length > 0) {
      const other = answeredDifferently(asked, workspace.worldOf(path), await hashing())
      if (other !== undefined) return `the answer to ${other} is another`
    }
    return same ? known : { ...known, stamp: settled(stamp) }
  }
  return {
    async find(target) {
      const found = await judge(target)
      if (typeof found === 'string') return { reason: found }
      kept.set(target.path, found)
      return { held: { gist: found.gist, text: found.outcome } }
    },
    note({ path, named }, { gist, text }, { hash, asked }) {
      if (lengthOf(text) + asked.length > longestOutcome) return
      kept.set(path, { named, stamp: settled(workspace.stamp(path)), hash, asked: arena.add(asked), outcome: text, gist })
    },
    keep() {
      const files = workspace.files()
      let whole = true
      for (const path of files) {
        if (kept.has(path)) continue
        const known = then.kept.get(path)
        const isAsked = known !== undefined && known.hash !== ''
        // What nobody asked for now stays as it was, for a run that asks for it.
        if (isAsked) whole = false
        const stamp = workspace.stamp(path)
        kept.set(path, known !== undefined && (isAsked || isSame(stamp, known)) ? known : { ...unasked, stamp: settled(stamp) })
      }
      const unchanged = kept.size === then.kept.size && [...kept].every(([path, one]) => then.kept.get(path) === one)
      if (unchanged && (then.files !== undefined) === whole) return
      const past = [...kept.values()].some((one) => readPiece(one.asked).includes('"history":'))
      const opening = { ...now, files: whole ? files.length : null, history: past ? workspace.history() : '' }
      host.writeCache(file, (append) => writeKept(kept, opening, append))
    },
  }
}

/** The questions whose answers rest on more than they ask of: they are not asked again while that stands. */
const grounds: Readonly<Partial<Record<keyof World, Ground>>> = {
  documentsWithId: 'files',
  isThis: 'files',
  tracksWork: 'files',
  registeredHypotheses: 'history',
}

function byGround(asked: Asked): KeptQuestions {
  const on = (ground: Ground | undefined): Asked => asked.filter(([[name]]) => grounds[name] === ground)
  const [files, history] = [on('files'), on('history')]
  return { free: on(undefined), resting: { ...(files.length > 0 && { files: JSON.stringify(files) }), ...(history.length > 0 && { history: JSON.stringify(history) }) } }
}

function whatStands(workspace: Workspace, { kept, files, history }: Then, expectMany: () => void): (ground: Ground) => boolean {
  const same = {
    files: once(() => {
      const listed = workspace.files()
      const stand = files === listed.length && listed.every((path) => isSame(workspace.stamp(path), kept.get(path)))
      if (!stand) expectMany()
      return stand
    }),
    history: once(() => files !== undefined && history === workspace.history()),
  }
  return (ground) => same[ground]()
}

function once(ask: () => boolean): () => boolean {
  let answer: boolean | undefined
  return () => (answer ??= ask())
}

function isSame(stamp: FileStamp | undefined, known: Kept | undefined): boolean {
  return stamp !== undefined && known?.stamp !== undefined && sameStamp(stamp, known.stamp)
}

function settled(stamp: FileStamp | undefined): FileStamp | undefined {
  return stamp?.settled === true ? stamp : undefined
}

function circumstancesOf({ config, engine, templates }: Workspace): Circumstances {
  const build = typeof INQUEST_BUILD === 'undefined' ? 'source' : INQUEST_BUILD
  return { format, program: `${build} ${process.version} ${engine.name}`, configuration: JSON.stringify(config), templates: templates.digest }
}

let loaded: Hash | undefined

/** Loads hashing only where something has to be hashed. */
async function hashing(): Promise<Hash> {
  if (loaded !== undefined) return loaded
  const { createHash } = await import('node:crypto')
  return (loaded = (text) => createHash('sha256').update(text).digest('base64'))
}
