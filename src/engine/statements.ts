/**
 * Owns what a document rests on: each thing that it says, and who says so. Computed from the document alone, verified
 * against git, the store or a run, attested by a record, asserted by a person, or waived with a reason.
 */

import type { ClaimedItem, Evidence, Facts } from '../facts/facts.js'
import type { Finding, Place } from '../finding/finding.js'
import { isFieldPlace } from '../finding/finding.js'
import type { Waived } from '../rules/suppress.js'
import { rules } from '../rules/registry.generated.js'
import { resolve } from '../rules/resolve.js'
import type { World } from '../rules/world.js'
import type { Span } from '../text/span.js'
import { foldLedger } from '../workflow/ledger.js'
import { hypothesesDigest } from '../workflow/registration.js'

export const statementKinds = ['computed', 'verified', 'attested', 'asserted', 'waived'] as const

export type StatementKind = (typeof statementKinds)[number]

export interface Statement {
  readonly kind: StatementKind
  /** What is said, as one sentence without a full stop. */
  readonly what: string
  readonly at: Place
}

/** How many statements there are of each kind. */
export type Trust = Readonly<Record<StatementKind, number>>

export function countTrust(statements: readonly Statement[]): Trust {
  const counts: Record<StatementKind, number> = { computed: 0, verified: 0, attested: 0, asserted: 0, waived: 0 }
  for (const { kind } of statements) counts[kind]++
  return counts
}

/** Rules that look beyond the document: they take the world as well as the facts. */
const looksBeyond: ReadonlySet<string> = new Set(rules.flatMap((rule) => (rule.over === 'facts' && rule.check.length > 1 ? [rule.name] : [])))

/**
 * All statements, in the order of the document. What an error or a warning is about is not a statement that holds, and
 * is left out.
 */
export function statementsOf(facts: Facts, world: World, findings: readonly Finding[], waived: readonly Waived[]): readonly Statement[] {
  const faulty = findings.flatMap(({ severity, at }) => (severity === 'info' || isFieldPlace(at) ? [] : [at]))
  const faultyFields = new Set(findings.flatMap(({ severity, at }) => (severity !== 'info' && isFieldPlace(at) ? [at.field] : [])))
  const holds = ({ at }: Statement): boolean => (isFieldPlace(at) ? !faultyFields.has(at.field) : !faulty.some((span) => meets(span, at)))
  const said = [
    ...hypotheses(facts),
    ...registration(facts, world),
    ...facts.evidence.flatMap((row) => evidence(row, world)),
    ...runs(facts, world),
    ...facts.claims.flatMap((claim) => claims(claim, facts)),
    ...spawned(facts, world),
    ...memory(facts, world),
    ...attested(facts, world),
  ].filter(holds)
  const start = ({ at }: Statement): number => (isFieldPlace(at) ? 0 : at.start)
  return [...said, ...waivers(facts, waived)].toSorted((a, b) => start(a) - start(b))
}

function meets(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

function hypotheses({ hypotheses: stated, verdicts }: Facts): readonly Statement[] {
  const decided = verdicts.flatMap(({ ids, value, cell }): Statement[] => (value === undefined ? [] : ids.map(({ id }) => ({ kind: 'computed', what: `${id} is ${value}`, at: cell.span }))))
  return [...stated.map(({ id, idSpan }): Statement => ({ kind: 'computed', what: `${id} is stated`, at: idSpan })), ...decided]
}

function registration(facts: Facts, world: World): readonly Statement[] {
  const { historyField } = facts.template.machine
  const registered = historyField === undefined ? undefined : foldLedger(facts.document.data[historyField], facts.template.machine).state?.registered
  if (historyField === undefined || registered === undefined || registered !== hypothesesDigest(facts)) return []
  const known = world.registeredHypotheses(registered) !== undefined
  return [{ kind: known ? 'verified' : 'asserted', what: known ? 'the hypotheses are those that were registered' : 'the hypotheses are those that were registered, which this checkout cannot show', at: { field: historyField } }]
}

function evidence(row: Evidence, world: World): readonly Statement[] {
  const at = row.source?.span ?? row.span
  if (row.absence !== undefined) {
    const { path, texts } = row.absence
    return texts.map((text) => ({ kind: world.search(path, text).state === 'none' ? 'verified' : 'asserted', what: `\`${path}\` does not contain \`${text}\``, at }))
  }
  if (row.citations.length > 0) {
    return row.citations.flatMap((citation): Statement[] => {
      const state = resolve(citation, world)?.state
      if (state === undefined || state === 'unresolved') return []
      return [{ kind: state === 'resolved' ? 'verified' : 'asserted', what: `\`${citation.written}\` is there`, at: citation.span }]
    })
  }
  if (row.concepts.length > 0) {
    const unknown = new Set(world.keepsConcepts() === 'here' ? world.unknownConcepts(row.concepts) : row.concepts)
    return row.concepts.map((id) => ({ kind: unknown.has(id) ? 'asserted' : 'verified', what: `concept ${id} is stored`, at }))
  }
  return row.located ? [{ kind: 'asserted', what: `${row.source?.text ?? ''} says so`, at }] : []
}

function runs({ runs: all, id, template }: Facts, world: World): readonly Statement[] {
  return all.flatMap(({ name, exit, prints, span }): Statement[] => {
    const outcome = world.lastRun({ id, template: template.name, name, exit, prints })
    return outcome === 'supports' ? [{ kind: 'verified', what: `the command \`${name}\` showed it when it last ran`, at: span }] : []
  })
}

function claims({ kind, label, claimed, provable, bindings, mark, span }: ClaimedItem, { questions }: Facts): readonly Statement[] {
  const bound = bindings.flatMap(({ rules: names }) => names)
  if (claimed && provable && bound.length > 0) return [{ kind: bound.some((rule) => looksBeyond.has(rule)) ? 'verified' : 'computed', what: label, at: mark }]
  if (claimed) return [{ kind: 'asserted', what: label, at: mark }]
  const answer = kind === 'question' ? questions.find((question) => question.span === span)?.answer : undefined
  return answer === 'no' || answer === 'not-applicable' ? [{ kind: 'asserted', what: `${label} ${answer === 'no' ? 'No' : 'Not applicable'}`, at: mark }] : []
}

function spawned({ spawned: items }: Facts, world: World): readonly Statement[] {
  return items.flatMap(({ id, idSpan, due }): Statement[] => {
    if (id === undefined || !due) return []
    if (world.documentsWithId(id).length > 0) return [{ kind: 'verified', what: `${id} exists`, at: idSpan }]
    return world.tracker(id) === undefined ? [] : [{ kind: 'asserted', what: `${id} exists in its tracker`, at: idSpan }]
  })
}

function memory({ memoryRefs, template }: Facts, world: World): readonly Statement[] {
  const { memoryField: field } = template
  if (field === undefined) return []
  const unknown = new Set(world.keepsConcepts() === 'here' ? world.unknownConcepts(memoryRefs) : memoryRefs)
  return memoryRefs.map((id) => ({ kind: unknown.has(id) ? 'asserted' : 'verified', what: `concept ${id} is stored`, at: { field } }))
}

function attested({ template, id }: Facts, world: World): readonly Statement[] {
  if (id === undefined || template.attestations.length === 0) return []
  const records = world.attestations(template.name, id)
  return template.attestations.flatMap(({ kind, agents, phase }): Statement[] => {
    const name = phase === undefined ? undefined : template.machine.phases[phase]?.name
    const found = records.some((record) => agents.includes(record.agent) && (name === undefined || record.phase === name))
    return found ? [{ kind: 'attested', what: kind, at: { field: template.machine.statusField } }] : []
  })
}

function waivers({ skips, document, template }: Facts, waived: readonly Waived[]): readonly Statement[] {
  const { historyField } = template.machine
  const recorded = historyField === undefined ? [] : foldLedger(document.data[historyField], template.machine).entries
  return [
    ...skips.map(({ section, rationale, span }): Statement => ({ kind: 'waived', what: `"${section.title}" is skipped: ${rationale}`, at: span })),
    ...waived.filter(({ finding }) => finding.severity !== 'info').map(({ finding, reason }): Statement => ({ kind: 'waived', what: `\`${finding.rule}\` is suppressed: ${reason}`, at: finding.at })),
    ...recorded.flatMap(({ waived: entries = [] }, index) => entries.map((entry): Statement => ({ kind: 'waived', what: `a gate was passed with a waiver of ${entry}`, at: { field: historyField ?? '', path: [String(index)] } }))),
  ]
}
