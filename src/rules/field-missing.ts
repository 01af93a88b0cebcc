/** Owns the rule `field-missing`. */

import type { FrontmatterValue } from '../document/frontmatter.js'
import { headingSpan } from '../document/section.js'
import { fieldsOf } from '../facts/kinds/fields.js'
import { isBlank } from '../facts/untouched.js'
import type { FactRule } from './rule.js'

export const fieldMissing: FactRule = {
  name: 'field-missing',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'A field that the template requires is absent or empty.',
  why: 'Every list, gate and reference reads these fields; without them the document cannot be found or judged.',
  remedy: 'Add the field to the frontmatter, or fill the label in its section.',
  examples: [{ good: 'title: Nightly export loses rows\n', bad: '' }, { good: 'date: 2026-03-02\n', bad: 'date:\n' }],
  *check({ document, template, allSections }) {
    for (const field of template.fields.values()) {
      if (!field.required || !isEmpty(document.data[field.name])) continue
      const lack = field.name in document.data ? 'is empty' : 'is missing'
      yield { message: `The field \`${field.name}\` ${lack}, expected ${expected(field.type)}`, at: { field: field.name }, subject: field.name }
    }
    for (const fact of allSections) {
      if (fact.section === undefined || fact.skipped || !fact.written) continue
      for (const { spec, field } of fieldsOf(fact, document.text)) {
        if (!spec.required || (field !== undefined && !isBlank(field.value))) continue
        // With its value, so that a prompt left there is not told a second time.
        const at = field === undefined ? headingSpan(fact.section) : { start: field.labelSpan.start, end: Math.max(field.labelSpan.end, field.valueSpan.end) }
        const message = `\`${spec.label}\` under "${fact.section.title}" is not given`
        yield { message, at, subject: spec.label, kind: 'omission', section: fact.section, spec: fact.spec }
      }
    }
  },
}

function isEmpty(value: FrontmatterValue | undefined): boolean {
  return value === undefined || value === null || value === ''
}

function expected(type: string): string {
  const words: Readonly<Record<string, string>> = { date: 'a date such as `2026-03-02`', id: 'an id', string: 'a text', concepts: 'a list of concept ids' }
  return words[type] ?? `a value of type ${type}`
}
