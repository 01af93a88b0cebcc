/** Owns the use case `explain`: the page of a rule, from the rule itself. */

import { InquestError } from '../../errors.js'
import type { Severity } from '../../finding/finding.js'
import { rulePage } from '../../rules/page.js'
import { rules } from '../../rules/registry.generated.js'

export interface Explanation {
  readonly rule: string
  readonly severity: string
  readonly summary: string
  /** The whole page as Markdown. */
  readonly page: string
}

/** @throws InquestError `usage` for a rule that does not exist */
export function explain(name: string): Explanation {
  const rule = rules.find((one) => one.name === name)
  if (rule === undefined) {
    const words = name.split('-').filter((word) => word.length > 3)
    const near = rules.filter((one) => words.some((word) => one.name.includes(word))).map((one) => one.name)
    const hint = near.length > 0 ? `Did you mean ${near.slice(0, 4).join(', ')}?` : '`inquest explain` lists all rules'
    throw new InquestError('usage', `There is no rule "${name}"`, { hint })
  }
  return { rule: rule.name, severity: rule.severity, summary: rule.summary, page: rulePage(rule) }
}

/** All that a reader of findings may want to know of a rule. */
export interface RuleDescription {
  readonly name: string
  readonly severity: Severity
  readonly summary: string
  readonly why: string
  /** The whole page as Markdown. */
  readonly page: string
}

export function describeRules(): readonly RuleDescription[] {
  return rules.map((rule) => ({ name: rule.name, severity: rule.severity, summary: rule.summary, why: rule.why, page: rulePage(rule) }))
}

export function listRules(): readonly Omit<Explanation, 'page'>[] {
  return rules.map((rule) => ({ rule: rule.name, severity: rule.severity, summary: rule.summary }))
}
