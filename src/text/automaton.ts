/**
 * Owns patterns that match in time linear in the text, whatever they say: all ways through a pattern are followed at once, character by
 * character, and none is tried again. What a stranger may write as a pattern is matched by this and by nothing else.
 */

export type Pattern =
  | { readonly kind: 'one'; readonly is: (character: string) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'either'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number }

export interface Automaton {
  /** True where some match begins with a character, given by its code. */
  mayBegin(code: number): boolean
  /** True where the pattern matches the whole text. */
  covers(text: string): boolean
  /**
   * Where the longest match ends that starts at a place; -1 where none does.
   * @param most characters that are looked at
   * @param mayEnd whether a match may end at a place
   */
  longest(text: string, start: number, most: number, mayEnd: (end: number) => boolean): number
}

/** A pattern that needs more steps is not one that a person wrote. */
const mostSteps = 2000

/** What is known of a pattern is forgotten where it grows beyond this, and found again where it is needed. */
const mostStates = 1000
const mostLeads = 1000

/** A step without a test leads on to others without reading a character. */
interface Step {
  readonly is: ((character: string) => boolean) | undefined
  readonly next: number[]
}

/** All steps at which a match may be, with where each character leads from them: the number of another state, or one of the two below. */
interface State {
  readonly steps: readonly number[]
  readonly accepts: boolean
  /** By code, for the characters of most texts. */
  readonly leads: Int32Array
  readonly rareLeads: Map<number, number>
}

const nowhere = -1
const unknown = -2
const commonCodes = 128

/** Undefined for a pattern that needs too many steps. */
export function compileAutomaton(pattern: Pattern): Automaton | undefined {
  const steps = stepsOf(pattern)
  if (steps === undefined) return undefined
  const last = steps.length - 1
  let states: State[] = []
  let known = new Map<string, number>()
  const add = (reached: Iterable<number>): number => {
    const all = new Set(reached)
    for (const at of all) if (steps[at]?.is === undefined) for (const next of steps[at]?.next ?? []) all.add(next)
    const own = [...all].filter((at) => at === last || steps[at]?.is !== undefined).toSorted((a, b) => a - b)
    if (own.length === 0) return nowhere
    const key = own.join()
    const same = known.get(key)
    if (same !== undefined) return same
    known.set(key, states.length)
    states.push({ steps: own, accepts: all.has(last), leads: new Int32Array(commonCodes).fill(unknown), rareLeads: new Map() })
    return states.length - 1
  }
  const begin = (): number => {
    if (states.length > mostStates) {
      states = []
      known = new Map()
    }
    return states.length === 0 ? add([0]) : 0
  }
  const learn = (state: State, code: number): number => {
    const character = String.fromCodePoint(code)
    const found = add(state.steps.flatMap((at) => (steps[at]?.is?.(character) === true ? (steps[at]?.next ?? []) : [])))
    if (code < commonCodes) state.leads[code] = found
    else if (state.rareLeads.size < mostLeads) state.rareLeads.set(code, found)
    return found
  }
  const follow = (from: number, code: number): number => {
    const state = states[from]
    if (state === undefined) return nowhere
    const to = (code < commonCodes ? state.leads[code] : state.rareLeads.get(code)) ?? unknown
    return to === unknown ? learn(state, code) : to
  }
  return {
    mayBegin: (code) => follow(begin(), code) !== nowhere,
    covers(text) {
      let state = begin()
      for (let at = 0; at < text.length && state !== nowhere; ) {
        const code = text.codePointAt(at) ?? 0
        state = follow(state, code)
        at += code > 0xffff ? 2 : 1
      }
      return states[state]?.accepts === true
    },
    longest(text, start, most, mayEnd) {
      let state = begin()
      let found = -1
      for (let at = start, read = 0; state !== nowhere; read++) {
        if (states[state]?.accepts === true && mayEnd(at)) found = at
        if (at >= text.length || read === most) break
        const code = text.codePointAt(at) ?? 0
        state = follow(state, code)
        at += code > 0xffff ? 2 : 1
      }
      return found
    },
  }
}

/** The first step is 0, the last one stands for the end of a match. */
function stepsOf(pattern: Pattern): readonly Step[] | undefined {
  const steps: Step[] = []
  const make = (is: Step['is'], ...next: readonly number[]): number => steps.push({ is, next: [...next] }) - 1
  let parts = 0
  /** @returns false where there are too many; parts without a step count as well */
  const put = (of: Pattern): boolean => {
    if (steps.length > mostSteps || ++parts > mostSteps) return false
    switch (of.kind) {
      case 'one':
        make(of.is, steps.length + 1)
        return true
      case 'sequence':
        return of.parts.every(put)
      case 'either': {
        const fork = make(undefined)
        const ends: number[] = []
        for (const part of of.parts) {
          steps[fork]?.next.push(steps.length)
          if (!put(part)) return false
          ends.push(make(undefined))
        }
        for (const end of ends) steps[end]?.next.push(steps.length)
        return true
      }
      case 'repeat': {
        for (let count = 0; count < of.least; count++) if (!put(of.part)) return false
        const again = of.most === Number.POSITIVE_INFINITY
        const skips: number[] = []
        for (let count = of.least; count < (again ? of.least + 1 : of.most); count++) {
          const fork = make(undefined, steps.length + 1)
          skips.push(fork)
          if (!put(of.part)) return false
          if (again) make(undefined, fork)
        }
        for (const fork of skips) steps[fork]?.next.push(steps.length)
        return true
      }
    }
  }
  if (!put(pattern) || steps.length > mostSteps) return undefined
  make(undefined)
  return steps
}
