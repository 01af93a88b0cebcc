/**
 * Owns which questions about the repository the findings of a document hang on, and whether each would be answered
 * the same today. Any question that `World` has is written down with its answer; a new one needs nothing here.
 */

import type { World } from '../rules/world.js'

/** A question with its answer; no answer where it was undefined. Plain values. */
type Answered = readonly [question: readonly [name: keyof World, ...given: unknown[]], answer?: unknown]

/** What was asked, and what was answered. */
export type Asked = readonly Answered[]

/** In the place of a long answer: what it hashes to. */
interface Digest {
  readonly sha256: string
}

/** Longer answers are kept as what they hash to. */
const longestAnswer = 100

export type Hash = (text: string) => string

/** The same with long answers as what they hash to. */
export function shortened(asked: Asked, hash: Hash): Asked {
  return asked.map(([question, ...answers]): Answered => {
    const written = answers.length === 0 ? '' : JSON.stringify(answers[0])
    return written.length <= longestAnswer ? [question, ...answers] : [question, { sha256: hash(written) } satisfies Digest]
  })
}

function isDigest(answer: unknown): answer is Digest {
  return typeof answer === 'object' && answer !== null && 'sha256' in answer
}

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
        // A document is always itself.
        if (name === 'isThis' && given[0] === target.path) return true
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
 */
export function answeredDifferently(asked: Asked, world: World, hash: Hash): string | undefined {
  for (const [question, answer] of asked) {
    const [name, ...given] = question
    const known: unknown = Reflect.get(world, name)
    const today: unknown = typeof known === 'function' ? Reflect.apply(known, world, given) : known
    if (today !== answer && !isSame(today, answer, hash)) return `${name}(${given.map((one) => JSON.stringify(one)).join(', ')})`
  }
  return undefined
}

function isSame(today: unknown, answer: unknown, hash: Hash): boolean {
  const written = JSON.stringify(today)
  return isDigest(answer) ? written !== undefined && hash(written) === answer.sha256 : written === JSON.stringify(answer)
}
