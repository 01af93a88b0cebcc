/** Owns what closing stores: which learnings are at hand, and what the gate makes of a document that will list them. */

import { learningsOf } from '../facts/learnings.js'
import type { Facts } from '../facts/facts.js'
import type { World } from '../rules/world.js'
import type { Examined } from './examine.js'
import type { Learning } from './memory.js'
import type { Workspace } from './workspace.js'

/**
 * What is given, else what the sections say that the template names for it. A document whose list holds ids of another
 * place, with no store here to look them up in, was taken care of there.
 */
export function learningsAtHand(workspace: Workspace, facts: Facts, given: readonly string[] = []): readonly Learning[] {
  if (given.length > 0) return given.map((body): Learning => ({ type: 'learning', body }))
  const { memoryRefs, template } = facts
  if (template.memoryField === undefined) return []
  if (memoryRefs.length > 0 && (workspace.concepts === undefined || workspace.concepts.unknown(memoryRefs).length > 0)) return []
  return learningsOf(facts)
}

/** Ids that stand for those to come while it is asked what they would do to a document; no store gives them. */
export function idsToBe(count: number): readonly number[] {
  // The most digits that an id may have in a document.
  return Array.from({ length: count }, (_, index) => 999_999_999_999_999 - index)
}

/** The same repository, in which the store has the ids already. */
export function withPromised(workspace: Workspace, ids: readonly number[]): Workspace {
  if (ids.length === 0) return workspace
  const promised = new Set(ids)
  const worldOf: Workspace['worldOf'] = (file) => {
    const world = workspace.worldOf(file)
    return Object.create(world, { unknownConcepts: { value: (asked: readonly number[]) => world.unknownConcepts(asked.filter((id) => !promised.has(id))) } }) as World
  }
  return { ...workspace, worldOf }
}

/** The same document, as if it listed the ids already; no place in it moves. */
export function listing(examined: Examined, ids: readonly number[]): Examined {
  const { facts } = examined
  if (facts === undefined || ids.length === 0) return examined
  return { ...examined, facts: { ...facts, memoryRefs: [...facts.memoryRefs, ...ids] } }
}
