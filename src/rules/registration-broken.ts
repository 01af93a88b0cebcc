/** Owns the rule `registration-broken`. */

import { headingSpan } from '../document/section.js'
import type { Related } from '../finding/finding.js'
import { foldLedger } from '../workflow/ledger.js'
import { canonicalHypotheses, hypothesesDigest } from '../workflow/registration.js'
import type { FactRule } from './rule.js'

export const registrationBroken: FactRule = {
  name: 'registration-broken',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'Registered hypotheses were changed without an amendment.',
  why: 'What was expected beforehand is the only thing that evidence can surprise. A hypothesis that is fitted to the findings afterwards tells nothing.',
  remedy: 'Take the change back, or record it with `inquest amend <id> --why "…"`.',
  examples: [
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n  hypotheses: 0123456789abcdef01234567\n',
    },
  ],
  *check(facts, world) {
    const { template, document, hypotheses } = facts
    const { historyField } = template.machine
    if (historyField === undefined) return
    const registered = foldLedger(document.data[historyField], template.machine).state?.registered
    if (registered === undefined || registered === hypothesesDigest(facts)) return
    const before = world.registeredHypotheses(registered)
    const changes = before === undefined ? undefined : differences(before, canonicalHypotheses(facts))
    const [first] = hypotheses
    const changed = hypotheses.find((one) => changes?.some((change) => change.startsWith('now: ') && change.includes(`${one.id} | `)))
    const at = (changed ?? first)?.span
    const related: Related[] = (changes ?? ['the registered text is not in the history of this checkout']).map((message) => ({ message, at: { field: historyField } }))
    yield {
      message: `The hypotheses are not what was registered${changed === undefined ? '' : `: \`${changed.id}\` was changed`}`,
      at: at ?? { field: historyField },
      subject: changed?.id ?? 'hypotheses',
      ...(first !== undefined && { section: first.section, spec: first.spec }),
      related: first === undefined ? [...related, ...document.top.sections.slice(0, 1).map((section) => ({ message: 'no hypothesis is stated any more', at: headingSpan(section) }))] : related,
    }
  },
}

/** Lines that were there and lines that are there now, in the order of their ids. */
function differences(before: readonly string[], now: readonly string[]): readonly string[] {
  const gone = before.filter((line) => !now.includes(line)).map((line) => ({ line, text: `registered: ${line}` }))
  const come = now.filter((line) => !before.includes(line)).map((line) => ({ line, text: `now: ${line}` }))
  return [...gone, ...come].toSorted((a, b) => (idOf(a.line) < idOf(b.line) ? -1 : idOf(a.line) > idOf(b.line) ? 1 : 0)).map(({ text }) => text)
}

function idOf(line: string): string {
  return line.split(' | ')[0] ?? ''
}
