/** Owns what `check` makes of one file: its outcome and, where that is kept, what it hangs on. */

import type { Judged } from './outcome.js'
import { judgeFile, unreadOutcome } from './outcome.js'
import type { Noted } from './recall.js'
import type { Target } from './targets.js'
import type { Workspace } from './workspace.js'

export interface Judging {
  readonly judged: Judged
  /** Undefined where nothing is to be kept. */
  readonly noted: Noted | undefined
}

/**
 * Undefined for a path that leads to no file any more.
 * @param keep true where the next run is to know of it
 * @param text in place of what the file holds
 */
export async function judgeTarget(workspace: Workspace, target: Target, keep: boolean, text?: string): Promise<Judging | undefined> {
  const content = text ?? workspace.readText(target.path)
  if (content === undefined) return judgeUnread(workspace, target)
  const world = workspace.worldOf(target.path)
  if (!keep) return { judged: await judgeFile(workspace, target, content, world), noted: undefined }
  const { noteOf, recording } = (keeping ??= await loadKeeping())
  const recorded = recording(world)
  const judged = await judgeFile(workspace, target, content, recorded.world)
  return { judged, noted: await noteOf(content, recorded.asked()) }
}

/** A file that is there and is not read says so where it is meant to be a document. Nothing is kept of it. */
function judgeUnread(workspace: Workspace, target: Target): Judging | undefined {
  const why = workspace.whyUnread(target.path)
  return why === undefined ? undefined : { judged: unreadOutcome(workspace, target, why), noted: undefined }
}

let keeping: Awaited<ReturnType<typeof loadKeeping>> | undefined

/** Who checks one file keeps nothing. */
async function loadKeeping(): Promise<Pick<typeof import('./recall.js'), 'noteOf'> & Pick<typeof import('./questions.js'), 'recording'>> {
  const [{ noteOf }, { recording }] = await Promise.all([import('./recall.js'), import('./questions.js')])
  return { noteOf, recording }
}

/** What native code holds of a document that was read is freed in a turn of the event loop, and only there. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** How many files are read from one breath to the next. */
export const breath = 16
