/** Owns the rule `registration-late`. */

import { cellHash } from '../workflow/cell-hash.js'
import { laterEvidence } from '../workflow/early-evidence.js'
import { originOf, writtenEntries } from '../workflow/entries.js'
import { foldLedger } from '../workflow/ledger.js'
import type { Facts } from '../facts/facts.js'
import type { FactRule } from './rule.js'
import type { World } from './world.js'

export const registrationLate: FactRule = {
  name: 'registration-late',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  lasting: true,
  summary: 'The hypotheses were registered when the document had evidence already.',
  why: 'A hypothesis that is written once the evidence is in fits it. That the evidence agrees says little then.',
  remedy: 'Register hypotheses before evidence is gathered. For this document nothing can be made up for; say in the answer what the hypotheses were made from.',
  examples: [
    {
      good: 'related: []\n',
      bad: 'related: []\nphase_history:\n- event: start\n  phase: hypothesize\n  at: 2026-03-02T09:00:00Z\n- event: advance\n  phase: explore\n  at: 2026-03-02T10:00:00Z\n  hypotheses: 05765a97838379c1bdb01e76\n  evidence: present\n- event: advance\n  phase: conclude\n  at: 2026-03-03T10:00:00Z\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n',
    },
  ],
  *check(facts, world) {
    const { template, document } = facts
    const { historyField } = template.machine
    if (historyField === undefined) return
    const { entries } = foldLedger(document.data[historyField], template.machine)
    const registrations = [...entries.entries()].filter(([, { event, hypotheses }]) => event === 'advance' && hypotheses !== undefined)
    for (const [index, { evidence, at }] of registrations) {
      if (evidence !== 'present') continue
      const again = index > (registrations[0]?.[0] ?? 0)
      yield { message: `The hypotheses were registered ${again ? 'again ' : ''}at ${at}, when evidence was there already`, at: { field: historyField, path: [String(index)] }, subject: historyField }
    }
    const [first] = registrations
    const row = first === undefined || first[1].evidence === 'present' ? undefined : earlierRow(facts, world)
    if (first === undefined || row === undefined) return
    yield {
      message: 'An evidence row was in the document before the hypotheses were registered',
      at: row.span,
      subject: row.finding,
      section: row.section,
      spec: row.spec,
      related: [{ message: 'the registration', at: { field: historyField, path: [String(first[0])] } }],
    }
  },
}

/** A row that a committed version had which knew of no registration. */
function earlierRow(facts: Facts, world: World): Facts['evidence'][number] | undefined {
  const { template, document, hypotheses } = facts
  const { historyField } = template.machine
  const cells = new Set(historyField === undefined ? [] : world.past(originOf(writtenEntries(document.data[historyField])))?.cells)
  if (cells.size === 0) return undefined
  const stated = new Set(hypotheses.flatMap(({ statement, test }) => [cellHash(statement), cellHash(test ?? '')]))
  return laterEvidence(facts).find(({ finding }) => {
    const hash = cellHash(finding)
    return hash !== undefined && cells.has(hash) && !stated.has(hash)
  })
}
