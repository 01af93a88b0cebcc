/** Owns what became of a citation: the file as it was held against the tip and the working tree. */

import type { Pin } from '../../evidence/pins.js'
import { findPinned, sameLines } from '../../evidence/pins.js'
import type { Place, Source } from '../../evidence/state.js'
import { createSource, followRanges, holds, quoteLines } from '../../evidence/state.js'
import type { LineRange } from '../../text/span.js'
import type { Reading } from '../git-objects.js'
import type { GitRepository } from '../git-repository.js'
import { blobsOf, directNames, laterNames, pathsOf } from './base.js'
import type { Present } from './present.js'
import type { Answer, Asked, Base, Work } from './question.js'
import { partialClone, whyUnread } from './unknown.js'

/** Lines shown of a citation. */
const mostShown = 60

/** Texts as lines, each split once however often it is cited. */
export function createSources(): (text: string) => Source {
  const known = new Map<string, Source>()
  return (text) => {
    const source = known.get(text) ?? createSource(text)
    known.set(text, source)
    return source
  }
}

export function compare(work: Work, base: Base, present: Present, sources: (text: string) => Source): Answer {
  const { asked, cited } = work
  const { objects } = base.repository
  const { pin } = asked
  if (pin !== undefined) return comparePinned(pin, asked, base, present, sources)
  if (cited === undefined || cited.kind === 'absent') return isWithheld(base) ? { state: 'unknown', reason: partialClone } : present.absentThen(asked)
  if (cited.kind === 'outside') return { state: 'missing', reason: 'it lies outside the repository' }
  if (cited.kind === 'special') return { state: 'missing', reason: 'it is no plain file' }
  if (cited.kind === 'folder') return asked.lines.length === 0 ? { state: 'ok', path: base.prefix + cited.path } : { state: 'missing', reason: 'it is a folder, and a folder has no lines' }
  const blobs = blobsOf(work)
  const candidates = pathsOf(cited).map((file, index) => ({ file, blob: blobs[index] ?? '', reading: objects.read(blobs[index] ?? '') }))
  // Of several files of a name the one is meant that has the lines.
  const fitting = candidates.filter(({ reading }) => typeof reading !== 'object' || holds(sources(reading.text), asked.lines))
  const named = fitting.filter(({ file }) => base.prefix + file === asked.full)
  const [first, ...more] = named.length === 1 ? named : fitting
  if (first === undefined) return { state: 'out-of-range', ...(candidates.length === 1 && candidates[0] !== undefined && { path: base.prefix + candidates[0].file }) }
  if (more.length > 0) return { state: 'ambiguous', reason: `it may be ${fitting.slice(0, 5).map(({ file }) => base.prefix + file).join(', ')}` }
  if (typeof first.reading !== 'object') return { state: 'unknown', reason: whyUnread(first.reading === 'large' ? 'large' : 'withheld'), path: base.prefix + first.file }
  return follow({ base, file: first.file, blob: first.blob, before: sources(first.reading.text), ranges: asked.lines, cited: { path: first.file, lines: asked.lines } }, present, sources)
}

interface Followed {
  readonly base: Base
  /** What was cited, within the repository of `base`. */
  readonly file: string
  readonly blob: string
  readonly before: Source
  readonly ranges: readonly LineRange[]
  /** What the document cites at present; the same but for a citation that was bound before it was rewritten. */
  readonly cited: Place
}

function follow(followed: Followed, present: Present, sources: (text: string) => Source): Answer {
  const { base, file, blob, before, ranges } = followed
  const { repository, prefix } = base
  const here = bestOf(followed, (name) => present.read(prefix + name), sources)
  const tip = bestOf(followed, (name) => readTip(repository, name), sources)
  const common = { path: prefix + file, blob, ...(tip.state !== here.state && { head: tip.state }) }
  const shown = quoteLines(before, ranges, mostShown)
  switch (here.state) {
    case 'missing':
      // What the working tree lacks, its author has removed and not said so yet.
      if (tip.state !== 'missing') return { ...common, ...present.whyAbsent(prefix + file), before: shown }
      return { ...common, state: 'missing', reason: `the file is gone${present.near(prefix + file)}`, before: shown }
    case 'unknown':
      return { ...common, state: 'unknown', reason: here.reason }
    case 'changed':
      return { ...common, state: 'changed', to: { path: prefix + here.name, lines: here.lines }, before: shown, now: quoteLines(here.source, here.lines, mostShown) }
    default:
      return { ...common, state: here.state, to: { path: prefix + here.name, lines: here.lines } }
  }
}

function readTip({ files, objects }: GitRepository, name: string): Reading {
  const blob = files.get(name)
  return blob === undefined ? 'absent' : objects.read(blob)
}

/** True where a partial clone lacks even what would tell whether the path was there. */
function isWithheld(base: Base): boolean {
  return directNames(base).some((name) => base.repository.objects.find(name)?.type === 'withheld')
}

type Found = { readonly state: 'missing' } | { readonly state: 'unknown'; readonly reason: string } | { readonly state: 'ok' | 'moved' | 'changed'; readonly name: string; readonly lines: readonly LineRange[]; readonly source: Source }

/** The first name under which all lines are found, else the first under which the file goes on. */
function bestOf({ base, file, blob, before, ranges, cited }: Followed, read: (name: string) => Reading, sources: (text: string) => Source): Found {
  let changed: Found | undefined
  let unread: Found | undefined
  for (const name of laterNames(base, file, blob)) {
    const reading = read(name)
    if (reading === 'absent') continue
    if (typeof reading !== 'object') {
      unread ??= { state: 'unknown', reason: whyUnread(reading) }
      continue
    }
    const source = sources(reading.text)
    const { state, lines } = followRanges(before, source, ranges)
    if (state !== 'changed') return { state: name === cited.path && sameLines(lines, cited.lines) ? 'ok' : 'moved', name, lines, source }
    changed ??= { state, name, lines, source }
  }
  return unread ?? changed ?? { state: 'missing' }
}

function comparePinned(pin: Pin, asked: Asked, base: Base, present: Present, sources: (text: string) => Source): Answer {
  const { repository, prefix } = base
  const { objects } = repository
  const file = pin.path.slice(prefix.length)
  const now = present.find(asked)
  const cited: Place = { path: now.kind === 'file' ? now.path.slice(prefix.length) : file, lines: asked.lines }
  const text = objects.text(pin.blob)
  if (text !== undefined) return follow({ base, file, blob: pin.blob, before: sources(text), ranges: pin.lines, cited }, present, sources)
  // The version it was bound to is gone, as after a rewritten history; what is left of it are its lines.
  const standing = present.read(pin.path)
  const here = typeof standing === 'object' ? standing.text : undefined
  const found = here === undefined ? undefined : findPinned(pin, sources(here).lines)
  if (found !== undefined) return { state: sameLines(found, asked.lines) ? 'ok' : 'moved', path: pin.path, to: { path: pin.path, lines: found } }
  if (here === undefined || pin.text === undefined) return { state: 'unknown', reason: 'the version it is bound to is not in this repository; `git fetch` may bring it', path: pin.path }
  return { state: 'changed', path: pin.path, to: { path: pin.path, lines: asked.lines }, before: pin.text, now: quoteLines(sources(here), asked.lines, mostShown) }
}
