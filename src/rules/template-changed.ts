/** Owns the rule `template-changed`. */

import { originOf, writtenEntries } from '../workflow/entries.js'
import type { FactRule } from './rule.js'

export const templateChanged: FactRule = {
  name: 'template-changed',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  lasting: true,
  evenArchived: true,
  summary: 'The document was judged by another template before, which asks for more than the present one.',
  why: 'Whoever changes the template changes what the gates ask for, and the gates that were passed before asked for something else.',
  remedy: 'Take the former template back. Where the document is better served by the present one, start a new document and supersede this one.',
  examples: [],
  *check({ template, document }, world) {
    const { historyField } = template.machine
    const past = world.past(originOf(writtenEntries(historyField === undefined ? undefined : document.data[historyField])))
    const now = { rules: new Set(template.machine.phases.flatMap(({ gate }) => [...gate])), requiredSections: template.sections.filter(({ required }) => required).length }
    for (const [name, version] of past?.templates ?? []) {
      if (name === template.name && isCovered(version, template.accepts, template.version)) continue
      const before = world.demandsOf(name, version)
      if (before === undefined || (before.requiredSections <= now.requiredSections && before.rules.every((rule) => now.rules.has(rule)))) continue
      const was = version === null ? `\`${name}\`` : `\`${name}\` ${version}`
      yield { message: `The template was ${was}, and \`${template.name}\` ${template.version} asks for less`, at: { field: 'template', part: 'value' }, subject: name }
      return
    }
  },
}

/** The same template judged both, whatever its versions are called. */
function isCovered(version: string | null, accepts: readonly string[], own: string): boolean {
  return version === null || version === own || accepts.some((prefix) => version === prefix || version.startsWith(`${prefix}.`))
}
