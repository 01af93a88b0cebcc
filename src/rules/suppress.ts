/** Owns what comments in a document hide of its findings. */

import type { Document } from '../document/document.js'
import type { Suppression } from '../facts/facts.js'
import { findSuppressions } from '../facts/suppressions.js'
import type { Finding, Place } from '../finding/finding.js'
import { isFieldPlace } from '../finding/finding.js'
import type { Span } from '../text/span.js'
import { holdsOneOf, liesInOneOf } from '../text/span.js'
import type { Observation, Rule, SeverityOf } from './rule.js'
import { suppressionUnexplained } from './suppression-unexplained.js'
import { suppressionUnused } from './suppression-unused.js'

interface Seen {
  readonly rule: Rule
  readonly observation: Observation
}

/**
 * Takes out what comments hide, and reports comments that hide nothing or give no reason.
 * @param seen what rules saw, found or not: a comment may stand there before it is due
 */
export function applySuppressions(findings: readonly Finding[], seen: readonly Seen[], document: Document, ruleNames: ReadonlySet<string>, severityOf: SeverityOf): readonly Finding[] {
  const suppressions = findSuppressions(document)
  if (suppressions.length === 0) return findings
  const whole: Span = { start: 0, end: document.text.length }
  const spanOf = (at: Place): Span => (isFieldPlace(at) ? whole : at)
  const scopes = groupSpans(suppressions.flatMap((one) => one.rules.map((rule): [string, Span] => [rule, one.scope])))
  const isHidden = mapValues(scopes, liesInOneOf)
  const left = findings.filter((finding) => isHidden.get(finding.rule)?.(spanOf(finding.at)) !== true)
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
    } else if (suppression.reason === '') {
      own.push(...outcome(suppressionUnexplained, `The comment disables ${names} without a reason, expected \`rule: reason\``, suppression, severityOf))
    }
  }
  return [...left, ...own]
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
  const fix = edit === undefined ? {} : { fix: { applicability: 'safe' as const, edits: [edit] } }
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

