/**
 * Owns which questions about the repository the findings of a document hang on, and whether each would be answered
 * the same today. Any question that `World` has is written down with its answer; a new one needs nothing here.
 */

import type { World } from '../rules/world.js'

/** What was asked, and what was answered; no answer where it was undefined. Plain values. */
export type Asked = readonly (readonly [question: readonly [name: keyof World, ...given: unknown[]], answer?: unknown])[]

/** A world that answers as another does, and writes down what it was asked. */
export function recording(world: World): { readonly world: World; asked(): Asked } {
  const asked = new Map<string, Asked[number]>()
  const note = (question: Asked[number][0], answer: unknown): void => {
    asked.set(JSON.stringify(question), answer === undefined ? [question] : [question, answer])
  }
  const recorder = new Proxy(world, {
    get(target, name: keyof World) {
      const known: unknown = Reflect.get(target, name)
      // Answers are kept by the path, so that one is never another.
      if (name === 'path') return known
      if (typeof known !== 'function') {
        note([name], known)
        return known
      }
      return (...given: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(known, target, given)
        note([name, ...given], answer)
        return answer
      }
    },
  })
  return { world: recorder, asked: () => [...asked.values()] }
}

/**
 * The first question that is answered differently today; undefined where all are as they were.
 * @param stands true for questions whose answer is known to be what it was
 */
export function answeredDifferently(asked: Asked, world: World, stands: (name: keyof World) => boolean): string | undefined {
  for (const [question, answer] of asked) {
    const [name, ...given] = question
    if (stands(name)) continue
    const known: unknown = Reflect.get(world, name)
    const today: unknown = typeof known === 'function' ? Reflect.apply(known, world, given) : known
    if (today !== answer && JSON.stringify(today) !== JSON.stringify(answer)) return `${name}(${given.map((one) => JSON.stringify(one)).join(', ')})`
  }
  return undefined
}
