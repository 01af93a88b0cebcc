/**
 * Owns the way from observations to findings: what is due at the document's own claim, which tick is
 * contradicted, what a comment hides. Pure, and the same in the command line, CI, editor and agent.
 */

import type { Document } from '../document/document.js'
import type { Claim, ClaimedItem, Facts } from '../facts/facts.js'
import type { Finding, Related, Severity } from '../finding/finding.js'
import { isFieldPlace } from '../finding/finding.js'
import type { Span } from '../text/span.js'
import { holdsOneOf, liesInOneOf } from '../text/span.js'
import type { Binding, Machine } from '../template/template.js'
import { normaliseName } from '../template/template.js'
import { checklistUntrue } from './checklist-untrue.js'
import { claimedCounts } from './counts.js'
import { rules } from './registry.generated.js'
import type { DocumentRule, DocumentSubject, FactRule, Observation, Rule, SeverityOf } from './rule.js'
import { applySuppressions } from './suppress.js'
import type { World } from './world.js'

const factRules = rules.filter((rule): rule is FactRule => rule.over === 'facts')
const documentRules = rules.filter((rule): rule is DocumentRule => rule.over === 'document')
export const ruleNames: ReadonlySet<string> = new Set(rules.map((rule) => rule.name))

/** When an observation counts: now, as what the current phase asks for, or not yet. */
type Due = 'now' | 'asked' | 'later'

interface Seen {
  readonly rule: FactRule
  readonly observation: Observation
  readonly due: Due
  readonly phase: string | undefined
  related: Related[]
}

/** Findings of a text whether or not it has a template. */
export function judgeDocument(document: Document, subject: DocumentSubject, severityOf: SeverityOf): readonly Finding[] {
  return documentRules.flatMap((rule) => {
    const severity = severityOf(rule)
    if (severity === 'off') return []
    return [...rule.check(document, subject)].map((observation) => toFinding(rule, observation, severity, undefined, observation.related ?? []))
  })
}

/**
 * All findings of a document by its template.
 * @param claim what the document is held to; its own claim, or another to see what would be due then
 */
export function judge(facts: Facts, world: World, severityOf: SeverityOf, claim: Claim = facts.claim): readonly Finding[] {
  const seen: Seen[] = []
  for (const rule of factRules) {
    // A rule that is off contradicts nobody either.
    if (severityOf(rule) === 'off') continue
    for (const observation of observe(rule, facts, world)) {
      const { due, phase } = whenDue(rule, observation, facts, claim)
      seen.push({ rule, observation, due, phase, related: [...(observation.related ?? [])] })
    }
  }
  const weighed = (one: Seen): Severity | 'off' => {
    const severity = severityOf(one.rule)
    if (severity === 'off' || one.due === 'later') return 'off'
    return one.due === 'asked' ? 'info' : severity
  }
  const untrue = contradictedClaims(facts, seen, weighed)
  const shown = withoutRepeats(seen.filter((one) => weighed(one) !== 'off'))
  const findings = [
    ...shown.map((one) => toFinding(one.rule, one.observation, weighed(one) as Severity, one.phase, one.related)),
    ...(severityOf(checklistUntrue) === 'off' || claim.standing === 'archived' ? [] : untrue.map((one) => ({ ...one, severity: severityOf(checklistUntrue) as Severity }))),
  ]
  return applySuppressions(findings, seen, facts.document, ruleNames, severityOf)
}

function observe(rule: FactRule, facts: Facts, world: World): Iterable<Observation> {
  return rule.each !== undefined && facts[rule.each].length === 0 ? [] : rule.check(facts, world)
}

/**
 * The boxes and answers that the document itself proves: bound to rules, none of which sees anything
 * against them, now or later. What only a person can say is bound to nothing and stays as it is.
 */
export function provenClaims(facts: Facts, world: World): readonly ClaimedItem[] {
  return openClaims(facts, world)
    .filter(({ item, against }) => against.length === 0 && claimedCounts(item, facts).length === 0)
    .map(({ item }) => item)
}

/** The open boxes and answers that cannot hold while one of the named rules still finds something against them. */
export function unprovenMarks(facts: Facts, world: World, ruleNamesFound: ReadonlySet<string>): readonly Span[] {
  return openClaims(facts, world)
    .filter(({ against }) => against.some((rule) => ruleNamesFound.has(rule)))
    .map(({ item }) => item.mark)
}

/** Claims that nobody has made yet and that are bound to rules, with the rules that speak against each. */
function openClaims(facts: Facts, world: World): readonly { readonly item: ClaimedItem; readonly against: readonly string[] }[] {
  const open = facts.claims.filter((item) => {
    if (item.claimed || item.bindings.length === 0) return false
    // A No is an answer; only a missing one may be given.
    return item.kind !== 'question' || facts.questions.some((question) => question.span === item.span && question.answer === undefined)
  })
  if (open.length === 0) return []
  const bound = new Set(open.flatMap((item) => item.bindings.flatMap((binding) => binding.rules)))
  const seen = factRules.filter((rule) => bound.has(rule.name)).flatMap((rule) => [...observe(rule, facts, world)].map((observation) => ({ rule, observation })))
  return open.map((item) => ({ item, against: seen.filter((one) => item.bindings.some((binding) => speaksAgainst(binding, one))).map(({ rule }) => rule.name) }))
}

/** Names of the rules that a document is held to at its own claim, whether or not they find anything, in order. */
export function rulesAsked({ template, claim }: Pick<Facts, 'template' | 'claim'>, severityOf: SeverityOf): readonly string[] {
  const gates = gatesOf(template.machine)
  const asked = rules.filter((rule) => {
    if (severityOf(rule) === 'off' || rule.over === 'export') return false
    if (rule.over === 'document') return true
    if (claim.standing === 'archived') return rule.over === 'facts' && rule.syntax === true
    if (rule.over === 'outcome' || rule.kind === 'defect') return true
    const gate = gates.get(rule.name)
    return gate !== undefined && (claim.standing === 'closed' || (claim.phase?.index ?? 0) > gate)
  })
  return asked.map((rule) => rule.name)
}

const gatesKnown = new WeakMap<Machine, ReadonlyMap<string, number>>()

/** The first phase on whose gate each rule is named: the same for every document of a template. */
function gatesOf(machine: Machine): ReadonlyMap<string, number> {
  const known = gatesKnown.get(machine)
  if (known !== undefined) return known
  const gates = new Map<string, number>()
  for (const { gate, index } of machine.phases.toReversed()) for (const rule of gate) gates.set(rule, index)
  gatesKnown.set(machine, gates)
  return gates
}

function toFinding(rule: Rule, observation: Observation, severity: Severity, phase: string | undefined, related: readonly Related[]): Finding {
  const { message, at, subject, section, spec, fix } = observation
  const title = section?.title ?? spec?.heading
  return {
    rule: rule.name,
    severity,
    message,
    at,
    ...(title !== undefined && title !== '' && { section: title }),
    ...(phase !== undefined && { phase }),
    ...(subject !== undefined && { subject }),
    ...(fix !== undefined && { fix }),
    ...(related.length > 0 && { related }),
  }
}

/**
 * An omission is due on leaving the phase that asks for it: the first whose gate names the rule, or
 * that of its section where that comes later. Gates add up, so a document in a phase is held to all before it.
 */
function whenDue(rule: FactRule, observation: Observation, { template }: Facts, claim: Claim): { due: Due; phase: string | undefined } {
  const { phases } = template.machine
  const belongs = observation.phase ?? observation.spec?.phase
  const own = belongs === undefined ? undefined : phases[belongs]?.name
  if (claim.standing === 'archived') return { due: rule.syntax === true ? 'now' : 'later', phase: own }
  if ((observation.kind ?? rule.kind) === 'defect') return { due: 'now', phase: own }
  const gate = gatesOf(template.machine).get(rule.name)
  if (gate === undefined) return { due: 'later', phase: undefined }
  // A section the template knows nothing of can wait until the end.
  const written = belongs ?? (observation.section === undefined ? 0 : phases.length - 1)
  const asked = Math.max(gate, written)
  const phase = phases[asked]?.name
  if (claim.standing === 'closed') return { due: 'now', phase }
  const reached = claim.phase?.index ?? 0
  return { due: reached > asked ? 'now' : reached === asked ? 'asked' : 'later', phase }
}

/** Rules that say of a whole section that what it is for is missing. */
const tellsOfSection = new Set(['section-empty', 'evidence-missing', 'hypothesis-missing', 'spawn-missing'])
const tellsOfNothing = new Set(['section-empty', 'skip-unmarked'])
const tellsOfPart = new Set([
  'evidence-missing',
  'hypothesis-missing',
  'spawn-missing',
  'verdict-missing',
  'checklist-incomplete',
  'verification-incomplete',
  'answer-missing',
])

/**
 * One defect, one finding: a section told to be empty is not reported again prompt by prompt, and one
 * whose rows are told to be missing not again as empty.
 */
function withoutRepeats(seen: readonly Seen[]): readonly Seen[] {
  if (!seen.some(({ rule }) => rule.name === 'placeholder-left' || tellsOfNothing.has(rule.name))) return seen
  const holdsPartTold = holdsOneOf(seen.flatMap((one) => (tellsOfPart.has(one.rule.name) ? (one.observation.section?.span ?? []) : [])))
  const kept = seen.filter((one) => {
    const section = one.observation.section
    return !tellsOfNothing.has(one.rule.name) || section === undefined || !holdsPartTold(section.span)
  })
  const told = kept.flatMap((one) => {
    const { section, at } = one.observation
    const whole = tellsOfSection.has(one.rule.name) && section !== undefined ? [section.span] : []
    return one.rule.name === 'placeholder-left' || isFieldPlace(at) ? whole : [...whole, at]
  })
  const isTold = liesInOneOf(told)
  return kept.filter((one) => {
    const { at } = one.observation
    return one.rule.name !== 'placeholder-left' || isFieldPlace(at) || !isTold(at)
  })
}

/** What somebody ticked or answered with Yes, and the document itself contradicts. */
function contradictedClaims(facts: Facts, seen: readonly Seen[], weighed: (one: Seen) => Severity | 'off'): readonly Omit<Finding, 'severity'>[] {
  const untrue: Omit<Finding, 'severity'>[] = []
  // Several claims that one thing contradicts are one finding: the first, with the others named beside it.
  const byCause = new Map<Seen, Related[]>()
  const againstAll = indexByBinding(seen)
  for (const item of facts.claims) {
    if (!item.claimed) continue
    const against = againstAll(item.bindings)
    const counts = claimedCounts(item, facts)
    if (against.length === 0 && counts.length === 0) continue
    const reported = against.find((one) => one.due === 'now' && ['error', 'warning'].includes(weighed(one)))
    const said = item.kind === 'question' ? `"${item.label}" is answered Yes` : `"${item.label}" is ticked`
    if (reported !== undefined) {
      reported.related.push({ message: `${said} all the same`, at: item.mark })
      continue
    }
    const [cause] = against
    const told = cause === undefined ? undefined : byCause.get(cause)
    if (told !== undefined) {
      told.push({ message: `${said} as well`, at: item.mark })
      continue
    }
    const related: Related[] = against.slice(0, 5).map((one) => ({ message: one.observation.message, at: one.observation.at }))
    if (cause !== undefined) byCause.set(cause, related)
    const [first] = against
    const reason = counts[0] ?? (first === undefined ? '' : uncapitalise(first.observation.message))
    const more = counts.length + against.length - 1
    const phase = facts.template.machine.phases[item.spec.phase]?.name
    untrue.push({
      rule: checklistUntrue.name,
      message: `${said}, but ${reason}${more > 0 ? ` (and ${more} more)` : ''}`,
      at: item.mark,
      section: item.section.title,
      subject: item.label,
      ...(phase !== undefined && { phase }),
      ...(against.length > 0 && { related }),
    })
  }
  return untrue
}

/** What is seen against claims with the given bindings, in the order it was seen; looked up once for each set of them. */
function indexByBinding(seen: readonly Seen[]): (bindings: readonly Binding[]) => readonly Seen[] {
  const known = new Map<string, readonly Seen[]>()
  const numbers = new Map<Binding, number>()
  return (bindings) => {
    if (bindings.length === 0) return []
    const key = bindings.map((binding) => numbers.get(binding) ?? numbers.set(binding, numbers.size).size - 1).join(' ')
    const against = known.get(key) ?? seen.filter((one) => bindings.some((binding) => speaksAgainst(binding, one)))
    known.set(key, against)
    return against
  }
}

function speaksAgainst(binding: Binding, { rule, observation }: Pick<Seen, 'rule' | 'observation'>): boolean {
  if (!binding.rules.includes(rule.name)) return false
  if (binding.about === undefined || observation.spec?.names.includes(binding.about) === true) return true
  return observation.subject !== undefined && normaliseName(observation.subject) === binding.about
}

function uncapitalise(message: string): string {
  return /^[A-Z][a-z]/u.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message
}
