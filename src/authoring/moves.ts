/** Owns where a document can go from here, as its author is offered it; whether a gate opens is asked when one is chosen. */

import type { Facts } from '../facts/facts.js'
import type { Span } from '../text/span.js'
import { hypothesesDigest } from '../workflow/registration.js'
import { stateOf } from '../workflow/state.js'

export interface Moves {
  /** The phase that comes next. */
  readonly advance: string | undefined
  readonly close: boolean
  readonly reopen: boolean
  /** True where registered hypotheses read otherwise now. */
  readonly amend: boolean
}

const none: Moves = { advance: undefined, close: false, reopen: false, amend: false }

export function movesOf(facts: Facts): Moves {
  const { machine } = facts.template
  if (facts.claim.standing === undefined || facts.claim.standing === 'archived') return none
  const state = stateOf(facts)
  if (state.closed) return { ...none, reopen: true }
  const next = machine.phases[state.phase.index + 1]?.name
  const digest = state.registered === undefined ? undefined : hypothesesDigest(facts)
  return { advance: next, close: next === undefined, reopen: false, amend: digest !== undefined && digest !== state.registered }
}

/** Longer than that it is no title. */
const longestTitle = 120

/** What a follow-up would be called: what is selected, or the entry for spawned work at the place that names no document yet. */
export function spawnTitle(facts: Facts, place: Span): string | undefined {
  const selected = facts.document.text.slice(place.start, place.end)
  const chosen = /[\r\n]/u.test(selected) ? '' : titleIn(selected)
  if (chosen !== '') return chosen.length > longestTitle ? undefined : chosen
  const entry = facts.spawned.find((item) => item.id === undefined && item.span.start <= place.start && place.end <= item.span.end)
  const title = entry === undefined ? '' : titleIn(entry.text)
  return title === '' || title.length > longestTitle ? undefined : title
}

/** Without the marks of a list, a box or emphasis around it. */
function titleIn(text: string): string {
  return text
    .replace(/^\s*(?:#+|[-*+]|\d+[.)])?\s*(?:\[[ xX]\]\s+)?/u, '')
    .replaceAll(/[*_`]+/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}
