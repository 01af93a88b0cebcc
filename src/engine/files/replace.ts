/**
 * Owns replacing a document that people may be editing at the same moment, so that no edit of theirs is lost and
 * none of ours is half done.
 *
 * The new text is written beside the document and exchanged with it in one step. What the step displaced is then at
 * hand, whoever wrote it and however: if it is what was read, it is removed; if not, it goes back to its place. Its
 * name tells what was to be replaced by what, so that after a crash the next command can do the same.
 */

import * as fs from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../../errors.js'
import { absent, ioError, systemError } from './io-error.js'
import { lockName, withFolderLock } from './lock.js'
import { loadNative } from './native.js'
import { isOpenForWriting } from './open-files.js'
import { digestOf, isAbandoned, moveFile, removeFile, stemOf, syncFolder, temporaryName, uniqueMark, writeDurably } from './write.js'

const displacedPattern = /^\.(.+)\.([0-9a-f]{16})-([0-9a-f]{16})\.[0-9a-z]+-[0-9a-z]+\.inquest-displaced$/u

/** What a replacement is about, in the form in which a file's name can carry it. */
interface Replacement {
  readonly target: string
  readonly before: string
  readonly after: string
}

/** What became of a person's edit that was displaced by a command which did not live to see it. */
export interface RecoveredEdit {
  readonly path: string
  /** Where the edit is now; undefined where it is back in its place. */
  readonly kept: string | undefined
}

/** @throws InquestError `changed-meanwhile` for a file that does not hold `before`, or did not at the very moment */
export function replaceFile(file: string, before: string, after: string, tell: (edit: RecoveredEdit) => void): void {
  try {
    const target = fs.realpathSync(file)
    withFolderLock(path.dirname(target), () => {
      for (const edit of settleLeftovers(path.dirname(target))) tell(edit)
      replaceLocked(file, target, Buffer.from(before, 'utf8'), Buffer.from(after, 'utf8'))
    })
  } catch (error) {
    if (error instanceof InquestError) throw error
    if (absent(error)) throw new InquestError('changed-meanwhile', `${file}: was moved or removed meanwhile`, { hint: 'Run the command again', cause: error })
    throw ioError('written', file, error)
  }
}

/** Clears away what killed commands left in a folder, and brings back the edits of people that it finds there. */
export function recoverFolder(folder: string): readonly RecoveredEdit[] {
  try {
    const isLeft = (name: string): boolean => name === lockName || displacedPattern.test(name) || isAbandoned(name)
    if (!listFolder(folder).some(isLeft)) return []
    return withFolderLock(folder, () => settleLeftovers(folder))
  } catch (error) {
    throw error instanceof InquestError ? error : ioError('cleared up', folder, error)
  }
}

/** Edits that were kept beside their documents; people take them away. */
export function keptEdits(folder: string): readonly string[] {
  const names = listFolder(folder)
  return names.filter((name) => /\.kept(?:-\d+)?$/u.test(name)).map((name) => path.join(folder, name))
}

function listFolder(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder).toSorted()
  } catch (error) {
    if (absent(error)) return []
    throw error
  }
}

/** Under the lock of the folder, so that whatever is hidden there has no process any more. */
function settleLeftovers(folder: string): readonly RecoveredEdit[] {
  const names = listFolder(folder)
  return names.flatMap((name) => {
    const [, stem, before, after] = displacedPattern.exec(name) ?? []
    if (stem === undefined || before === undefined || after === undefined) {
      if (isAbandoned(name)) removeFile(path.join(folder, name))
      return []
    }
    const target = path.join(folder, names.find((other) => stemOf(other) === stem) ?? stem)
    const edit = settle(path.join(folder, name), { target, before, after })
    return edit === undefined ? [] : [edit]
  })
}

/**
 * Removes what was displaced if it is nobody's edit, and else puts it back where our text still stands in its place.
 * An edit that finds a later one there is kept beside it under a name that can be seen.
 */
function settle(displaced: string, replacement: Replacement): RecoveredEdit | undefined {
  const { target, after } = replacement
  if (removeUnedited(displaced, replacement)) return undefined
  if (digestAt(target) === after) {
    putBack(displaced, target)
    if (removeUnedited(displaced, replacement)) return { path: target, kept: undefined }
    // Somebody edited our text in the moment before it was taken back: the later edit stays, the earlier one is kept.
    putBack(displaced, target)
  }
  return { path: target, kept: keep(displaced, target) }
}

/** @returns false where somebody has written into the file, or may be about to */
function removeUnedited(displaced: string, { target, before, after }: Replacement): boolean {
  const held = digestAt(displaced)
  if (held === undefined) return true
  if (!isSameFile(displaced, target)) {
    // Last of all, since whoever opened the file before may have written and closed it just now.
    if ((held !== before && held !== after) || isOpenForWriting(displaced) || digestAt(displaced) !== held) return false
  }
  removeFile(displaced)
  return true
}

function putBack(displaced: string, target: string): void {
  if (!exchange(displaced, target)) fs.renameSync(displaced, target)
}

function keep(displaced: string, target: string): string {
  for (let number = 1; ; number++) {
    const visible = `${target}.kept${number === 1 ? '' : `-${number}`}`
    if (fs.existsSync(visible)) continue
    moveFile(displaced, visible)
    return visible
  }
}

function digestAt(file: string): string | undefined {
  try {
    return digestOf(fs.readFileSync(file))
  } catch (error) {
    if (absent(error)) return undefined
    throw error
  }
}

function isSameFile(a: string, b: string): boolean {
  return fs.statSync(a, { throwIfNoEntry: false })?.ino === fs.statSync(b, { throwIfNoEntry: false })?.ino
}

/** @returns false where the system or the file system cannot exchange two names */
function exchange(a: string, b: string): boolean {
  const native = loadNative()
  if (native?.exchange === undefined) return false
  try {
    native.exchange(a, b)
    return true
  } catch (error) {
    if (['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(systemError(error).code ?? '')) return false
    throw error
  }
}

function replaceLocked(file: string, target: string, before: Buffer, after: Buffer): void {
  expectUnchanged(file, target, before)
  const replacement = { target, before: digestOf(before), after: digestOf(after) }
  const folder = path.dirname(target)
  const temporary = temporaryName(target)
  const displaced = path.join(folder, `.${stemOf(path.basename(target))}.${replacement.before}-${replacement.after}.${uniqueMark()}.inquest-displaced`)
  let edit: RecoveredEdit | undefined
  try {
    writeDurably(temporary, after, fs.statSync(target))
    expectUnchanged(file, target, before)
    displace(file, { ...replacement, temporary, displaced })
    if ([replacement.before, undefined].includes(digestAt(displaced))) syncFolder(folder)
  } finally {
    removeFile(temporary)
    edit = settle(displaced, replacement)
  }
  if (edit !== undefined) throw changedMeanwhile(file, edit.kept)
}

function expectUnchanged(file: string, target: string, before: Buffer): void {
  const bytes = fs.readFileSync(target)
  if (bytes.equals(before)) return
  if (bytes.toString('utf8') === before.toString('utf8')) {
    throw new InquestError('io', `${file}: is not valid UTF-8, so it cannot be edited without losing bytes`, { hint: 'Save the file as UTF-8 and run again' })
  }
  throw changedMeanwhile(file, undefined)
}

function changedMeanwhile(file: string, kept: string | undefined): InquestError {
  const hint = kept === undefined ? 'Run the command again' : `Two edits came while it was written: the earlier one is kept in ${kept}`
  return new InquestError('changed-meanwhile', `${file}: was changed meanwhile`, { hint })
}

/** Puts the temporary file in the target's place, and what stood there under the name for what was displaced. */
function displace(file: string, { target, before, temporary, displaced }: Replacement & { readonly temporary: string; readonly displaced: string }): void {
  // From here on the name says that what it holds may be a person's.
  fs.renameSync(temporary, displaced)
  if (exchange(displaced, target)) return
  fs.renameSync(displaced, temporary)
  // Without such a step a second name keeps the old file, into which somebody may still be writing; only
  // a file that is put in its place within these last microseconds cannot be told from it.
  if (linkTo(target, displaced) && (digestAt(displaced) !== before || !isSameFile(displaced, target))) {
    removeFile(displaced)
    throw changedMeanwhile(file, undefined)
  }
  fs.renameSync(temporary, target)
}

/** @returns false on file systems without hard links */
function linkTo(target: string, name: string): boolean {
  try {
    fs.linkSync(target, name)
    return true
  } catch (error) {
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemError(error).code ?? '')) return false
    throw error
  }
}
