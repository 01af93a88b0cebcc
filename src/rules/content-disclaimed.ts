/** Owns the rule `content-disclaimed`. */

import type { Facts, TableFact } from '../facts/facts.js'
import { opensWithNote } from '../facts/filler.js'
import { disclaimerIn, faultOf, takenBack } from '../facts/substance.js'
import type { Span } from '../text/span.js'
import type { FactRule, Observation } from './rule.js'

export const contentDisclaimed: FactRule = {
  name: 'content-disclaimed',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'Evidence, a verdict or a Yes says of itself that nobody looked: "not tested", "assumed from the name", a TODO in its note.',
  why: 'A row that says that it was not looked at counts as evidence in every list, and is none.',
  remedy: 'Look, and write down what was found; or take the row out, give the verdict as inconclusive, answer No.',
  examples: [
    { good: '| against H2 | Nothing is dropped |', bad: '| against H2 | NOT TESTED, assumed from the name |' },
    { good: '| H2 | **REFUTED** |', bad: '| H2 | Refuted (not tested) |' },
    { good: '| Yes | All 2 hypotheses |', bad: '| Yes | H2 was not tested |' },
  ],
  *check(facts) {
    for (const table of facts.tables) {
      if (table.part.yields === 'evidence') yield* inEvidence(table, facts)
      if (table.part.yields === 'verdicts') yield* inVerdicts(table, facts)
      if (table.part.yields === 'log') yield* inLog(table, facts)
    }
    for (const { answer, explanationSpan, label, section, spec } of facts.questions) {
      if (answer !== 'yes') continue
      const written = facts.document.text.slice(explanationSpan.start, explanationSpan.end)
      const said = disclaimerIn(written, facts.template.hypothesisId) ?? (takenBack(written, facts.template.hypothesisId) ? written : undefined)
      if (said !== undefined) yield { message: `"${label}" is answered Yes, and the explanation says "${said}"`, at: explanationSpan, subject: label, section, spec }
    }
  },
}

function* inEvidence(table: TableFact, { evidence, template }: Facts): Iterable<Observation> {
  const rows = new Map(evidence.map((one) => [one.span.start, one]))
  for (const row of table.rows) {
    const one = rows.get(row.view.span.start)
    if (one === undefined || row.ragged) continue
    for (const role of ['finding', 'notes']) {
      const cell = row.cell(role)
      if (cell === undefined) continue
      const said = disclaimerIn(cell.text, template.hypothesisId) ?? (role === 'notes' && opensWithNote(cell.text) ? cell.text : undefined)
      if (said !== undefined) yield observe(`The evidence "${one.finding}" says "${said}"`, cell.span, one.finding, table)
    }
  }
}

function* inVerdicts(table: TableFact, { verdicts, template }: Facts): Iterable<Observation> {
  const rows = new Map(verdicts.map((one) => [one.span.start, one]))
  for (const row of table.rows) {
    const verdict = rows.get(row.view.span.start)
    // What was not tested may well be inconclusive.
    if (verdict?.value !== 'confirmed' && verdict?.value !== 'refuted' && verdict?.value !== 'partially confirmed') continue
    for (const cell of [verdict.cell, row.cell('why') ?? row.cell('evidence')]) {
      const said = cell === undefined ? undefined : disclaimerIn(cell.text, template.hypothesisId)
      if (cell === undefined || said === undefined) continue
      const id = verdict.ids[0]?.id ?? ''
      yield observe(`\`${id}\` is ${verdict.value}, and its row says "${said}"`, cell.span, id, table)
    }
  }
}

/** A phase that lies behind the document, and of which the log says that it never began. */
function* inLog(table: TableFact, { log, claim, template }: Facts): Iterable<Observation> {
  const { phases } = template.machine
  for (const { phase, progress, span } of log) {
    if (span.start < table.view.span.start || span.end > table.view.span.end) continue
    const index = phases.find((one) => one.name.toLowerCase() === phase.trim().toLowerCase())?.index
    if (index === undefined || (claim.standing !== 'closed' && index >= (claim.phase?.index ?? 0))) continue
    const said = disclaimerIn(progress, template.hypothesisId) ?? (faultOf(progress)?.lack === 'unwritten' ? progress : undefined)
    if (said !== undefined) yield observe(`The log says "${said}" of the phase \`${phase}\`, which lies behind`, span, phase, table)
  }
}

function observe(message: string, at: Span, subject: string, { section, spec }: TableFact): Observation {
  return { message, at, subject, section, spec }
}
