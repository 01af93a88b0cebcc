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
    `Severity: \`${rule.severity}\`.${due}`,
    `## Why\n\n${rule.why}`,
    `## Remedy\n\n${rule.remedy}${rule.fixable === undefined ? '' : `\n\n${applicability[rule.fixable]}`}`,
    ...(rule.examples.length === 0 ? [] : [`## Examples\n\n${rule.examples.map(example).join('\n\n')}`]),
    `## Silencing it\n\n${rule.over === 'export' ? '' : `In one document: \`<!-- inquest-disable ${rule.name}: the reason -->\` in the section, or before the first one for the whole document. `}In the repository: \`rules\` or \`overrides\` in \`inquest.yaml\`.`,
  ]
  return `${parts.join('\n\n')}\n`
}

function example({ good, bad }: Rule['examples'][number]): string {
  const shown = bad.trim() === '' ? '(nothing)' : bad.trimEnd()
  return `Found fault with:\n\n${fence(shown)}\n\nAccepted:\n\n${fence(good.trimEnd())}`
}

function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map((match) => match[0].length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}markdown\n${text}\n${mark}`
}
