/** Owns asking whether a citation can be looked up: once for all rules that judge a document. */

import type { Resolution } from '../evidence/resolution.js'
import type { Citation } from '../facts/citation.js'
import type { World } from './world.js'

const answers = new WeakMap<World, Map<string, Resolution>>()

/** Undefined for a citation whose lines cannot be, which another rule reports. */
export function resolve({ path, lines, problem }: Citation, world: World): Resolution | undefined {
  if (problem !== undefined) return undefined
  let known = answers.get(world)
  if (known === undefined) answers.set(world, (known = new Map()))
  let key = path
  for (const { start, end } of lines) key += `\0${start}-${end}`
  let answer = known.get(key)
  if (answer === undefined) known.set(key, (answer = world.resolves(path, lines)))
  return answer
}
