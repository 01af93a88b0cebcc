/** Owns a rule's page: what `explain` prints and what the handbook shows, made from the rule itself. */

import type { Rule } from './rule.js'

const applicability = {
  safe: '`inquest fix` mends it.',
  unsafe: '`inquest fix --unsafe` mends it in the way that is most likely right; look at what it did.',
}

/** The page as Markdown. */
export function rulePage(rule: Rule): string {
  const due = rule.over === 'facts' && rule.kind === 'omission' ? ' It is due on leaving the phase on whose gate the template names the rule, or that of the section where it comes later; until then it is an `info` or silent.' : ''
  const parts = [
    `# ${rule.name}`,
    `${rule.summary}`,
    `${severityText(rule)}${due}`,
    `## Why\n\n${rule.why}`,
    `## Remedy\n\n${rule.remedy}${rule.fixable === undefined ? '' : `\n\n${applicability[rule.fixable]}`}`,
    ...(rule.examples.length === 0 ? [] : [`## Examples\n\n${rule.examples.map(example).join('\n\n')}`]),
    `## Suppress this rule\n\n${suppressing(rule)} In the repository: \`rules\` or \`overrides\` in \`inquest.yaml\`.`,
  ]
  return `${parts.join('\n\n')}\n`
}

function severityText({ severity, strict, soundness }: Rule): string {
  if (severity === 'off') return `Severity: \`${strict ?? 'error'}\` under \`--strict\`; off otherwise.`
  const stricter = strict ?? (soundness === true && severity === 'warning' ? 'error' : undefined)
  return `Severity: \`${severity}\`${stricter === undefined ? '' : `, \`${stricter}\` under \`--strict\``}.`
}

function suppressing(rule: Rule): string {
  const comment = `\`<!-- inquest-disable ${rule.name}: the reason -->\``
  if (rule.waivable === false || rule.over === 'document' || rule.over === 'export' || rule.over === 'repository') return 'No comment in a document suppresses it.'
  if (rule.over === 'facts' && rule.kind === 'omission' && rule.waivable !== true) return `In one document: ${comment} where the template lists the rule under \`waivable\`; a gate asks for it otherwise.`
  return `In one document: ${comment} in the section, or before the first section for the whole document. The reason is recorded when the document passes a gate.`
}

function example({ good, bad }: Rule['examples'][number]): string {
  const shown = bad.trim() === '' ? '(nothing)' : bad.trimEnd()
  return `Fails:\n\n${fence(shown)}\n\nPasses:\n\n${fence(good.trimEnd())}`
}

function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map((match) => match[0].length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}markdown\n${text}\n${mark}`
}
