/** Owns what comments in a document hide of its findings. */

import type { Document } from '../document/document.js'
import type { Suppression } from '../facts/facts.js'
import { copyOf, reasonFault } from '../facts/substance.js'
import { findSuppressions } from '../facts/suppressions.js'
import type { Finding, Place } from '../finding/finding.js'
import { isFieldPlace } from '../finding/finding.js'
import type { Span } from '../text/span.js'
import { contains, holdsOneOf } from '../text/span.js'
import type { Observation, Rule, SeverityOf } from './rule.js'
import { suppressionUnexplained } from './suppression-unexplained.js'
import { suppressionUnused } from './suppression-unused.js'

interface Seen {
  readonly rule: Rule
  readonly observation: Observation
}

/** Which comments count: none, those that give a reason, or all. */
export type SuppressionPolicy = 'none' | 'explained' | 'any'

export interface SuppressionContext {
  readonly document: Document
  readonly ruleNames: ReadonlySet<string>
  readonly severityOf: SeverityOf
  readonly policy: SuppressionPolicy
  /** True for a finding that a comment may hide, whatever reason it gives. */
  mayHide(finding: Finding): boolean
}

export interface Waived {
  readonly finding: Finding
  readonly reason: string
}

/**
 * Takes out what comments hide, and reports comments that hide nothing or give no reason. What no comment may hide
 * stays, with the comment beside it.
 * @param seen what rules saw, found or not: a comment may be there before it is due
 */
export function applySuppressions(findings: readonly Finding[], seen: readonly Seen[], context: SuppressionContext): { readonly findings: readonly Finding[]; readonly waived: readonly Waived[] } {
  const { document, ruleNames, severityOf, policy, mayHide } = context
  const suppressions = findSuppressions(document)
  if (suppressions.length === 0) return { findings, waived: [] }
  const whole: Span = { start: 0, end: document.text.length }
  const spanOf = (at: Place): Span => (isFieldPlace(at) ? whole : at)
  const counts = (one: Suppression): boolean => policy === 'any' || (policy === 'explained' && faultIn(one)?.certain !== true)
  const waived: Waived[] = []
  const left = findings.flatMap((finding) => {
    const covering = suppressions.filter((one) => one.rules.includes(finding.rule) && contains(one.scope, spanOf(finding.at)))
    const [first] = covering
    if (first === undefined) return [finding]
    const effective = covering.find(counts)
    if (effective !== undefined && mayHide(finding)) {
      waived.push({ finding, reason: effective.reason })
      return []
    }
    const message = effective === undefined ? `This comment does not count: ${policy === 'none' ? 'the configuration allows none' : 'it gives no reason that says something'}` : 'This comment disables the rule, which no comment can waive here'
    return [{ ...finding, related: [...(finding.related ?? []), { message, at: first.span }] }]
  })
  const places = groupSpans([
    ...findings.map((finding): [string, Span] => [finding.rule, spanOf(finding.at)]),
    ...seen.map((one): [string, Span] => [one.rule.name, spanOf(one.observation.at)]),
  ])
  const isHiding = mapValues(places, holdsOneOf)
  const own: Finding[] = []
  for (const suppression of suppressions) {
    const unknown = suppression.rules.filter((rule) => !ruleNames.has(rule))
    const hides = suppression.rules.some((rule) => isHiding.get(rule)?.(suppression.scope) === true)
    const names = suppression.rules.map((rule) => `\`${rule}\``).join(', ')
    if (!hides) {
      const message = unknown.length > 0 ? `There is no rule \`${unknown[0]}\` to disable` : `The comment disables ${names}, and there is nothing it hides`
      own.push(...outcome(suppressionUnused, message, suppression, severityOf, { span: lineOf(document.text, suppression.span), text: '' }))
    } else {
      const fault = faultIn(suppression)
      if (fault?.certain !== true) continue
      const message = suppression.reason === '' ? `The comment disables ${names} without a reason, expected \`rule: reason\`` : `The comment disables ${names}, and its reason says nothing: ${fault.reason}`
      own.push(...outcome(suppressionUnexplained, message, suppression, severityOf))
    }
  }
  return { findings: [...left, ...own], waived }
}

/** What is wrong with the reason of a comment; the name of its rule is not one. */
function faultIn({ rules, reason }: Suppression): ReturnType<typeof reasonFault> {
  return reasonFault(reason, { copies: rules.flatMap((rule) => copyOf('the name of the rule', rule, 'name')) })
}

/** Spans by the rule they belong to. */
function groupSpans(pairs: readonly (readonly [rule: string, span: Span])[]): ReadonlyMap<string, readonly Span[]> {
  const groups = new Map<string, Span[]>()
  for (const [rule, span] of pairs) {
    const group = groups.get(rule)
    if (group === undefined) groups.set(rule, [span])
    else group.push(span)
  }
  return groups
}

function mapValues<From, To>(map: ReadonlyMap<string, From>, change: (value: From) => To): ReadonlyMap<string, To> {
  return new Map([...map].map(([key, value]) => [key, change(value)]))
}

function outcome(rule: Rule, message: string, { span, rules: named }: Suppression, severityOf: SeverityOf, edit?: { span: Span; text: string }): Finding[] {
  const severity = severityOf(rule)
  if (severity === 'off') return []
  const fix = edit === undefined ? {} : { fix: { applicability: 'unsafe' as const, edits: [edit] } }
  return [{ rule: rule.name, severity, message, at: span, subject: named.join(', '), ...fix }]
}

/** The comment with its line where nothing else stands on it. */
function lineOf(text: string, span: Span): Span {
  let { start, end } = span
  while (start > 0 && /[ \t]/u.test(text.charAt(start - 1))) start--
  while (end < text.length && /[ \t]/u.test(text.charAt(end))) end++
  const opens = start === 0 || /[\r\n]/u.test(text.charAt(start - 1))
  const ending = /^(?:\r\n|\n|\r)/u.exec(text.slice(end, end + 2))?.[0].length ?? 0
  return opens && (ending > 0 || end === text.length) ? { start, end: end + ending } : span
}

