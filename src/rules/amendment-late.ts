/** Owns the rule `amendment-late`. */

import type { Related } from '../finding/finding.js'
import type { LedgerEntry } from '../workflow/ledger.js'
import { foldLedger } from '../workflow/ledger.js'
import { canonicalHypotheses, hypothesesDigest } from '../workflow/registration.js'
import type { Facts } from '../facts/facts.js'
import { differences } from './registration-broken.js'
import type { FactRule } from './rule.js'
import type { World } from './world.js'

export const amendmentLate: FactRule = {
  name: 'amendment-late',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  lasting: true,
  summary: 'Registered hypotheses were changed when the document had evidence already.',
  why: 'A hypothesis that is turned round, added or made surer once the evidence is in cannot fail. A reader has to know that it was not what was put to the test.',
  remedy: 'Nothing removes the finding: read what was changed, and whether the verdict is about the hypothesis that was tested. Change hypotheses before evidence is gathered.',
  examples: [
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: start\n  phase: hypothesize\n  at: 2026-03-02T09:00:00Z\n- event: advance\n  phase: explore\n  at: 2026-03-02T10:00:00Z\n  hypotheses: 0123456789abcdef01234567\n- event: amend\n  phase: explore\n  at: 2026-03-02T15:00:00Z\n  why: Clearer wording\n  hypotheses: 05765a97838379c1bdb01e76\n  evidence: present\n- event: advance\n  phase: conclude\n  at: 2026-03-03T10:00:00Z\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n',
    },
  ],
  *check(facts, world) {
    const { template, document } = facts
    const { historyField } = template.machine
    if (historyField === undefined) return
    const { entries } = foldLedger(document.data[historyField], template.machine)
    for (const [index, entry] of entries.entries()) {
      if (entry.event !== 'amend' || entry.evidence !== 'present') continue
      const before = entries.slice(0, index).findLast(({ hypotheses }) => hypotheses !== undefined)?.hypotheses
      const lines = changesOf(facts, world, before, entry)
      const ids = [...new Set(lines.map(idIn))]
      const at = { field: historyField, path: [String(index)] }
      const related: Related[] = [...(entry.why === undefined ? [] : [{ message: `the reason: ${entry.why}`, at }]), ...lines.map((message) => ({ message, at }))]
      yield {
        message: `${ids.length === 0 ? 'The hypotheses were' : `${ids.map((id) => `\`${id}\``).join(', ')} ${ids.length === 1 ? 'was' : 'were'}`} changed at ${entry.at}, when evidence was there already`,
        at,
        subject: ids.length === 0 ? historyField : ids.join(', '),
        related,
      }
    }
  },
}

/** What was registered and what took its place, where git or the document still has both. */
function changesOf(facts: Facts, world: World, before: string | undefined, { hypotheses: after }: LedgerEntry): readonly string[] {
  const textOf = (digest: string | undefined): readonly string[] | undefined => {
    if (digest === undefined) return undefined
    return digest === hypothesesDigest(facts) ? canonicalHypotheses(facts) : world.registeredHypotheses(digest)
  }
  const [was, is] = [textOf(before), textOf(after)]
  return was === undefined || is === undefined ? [] : differences(was, is)
}

function idIn(line: string): string {
  return /^(?:registered|now): (\S+)/u.exec(line)?.[1] ?? ''
}
