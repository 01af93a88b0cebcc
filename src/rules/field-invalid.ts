/** Owns the rule `field-invalid`. */

import type { FrontmatterValue } from '../document/frontmatter.js'
import { readConceptIds } from '../facts/references.js'
import { fieldsOf } from '../facts/kinds/fields.js'
import { isBlank } from '../facts/untouched.js'
import type { FieldSpec } from '../template/template.js'
import type { FactRule } from './rule.js'

export const fieldInvalid: FactRule = {
  name: 'field-invalid',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'A field holds a value of another type than the template declares, or one outside its list.',
  why: 'Programs sort by dates and follow ids; a value of the wrong kind is skipped by them, and nobody notices.',
  remedy: 'Write a value of the type that the message names.',
  examples: [
    { good: 'date: 2026-03-02', bad: 'date: last Monday' },
    { good: 'memory_refs: [101, 102]', bad: 'memory_refs: [101, the second one]' },
  ],
  *check({ document, template, allSections }) {
    for (const field of template.fields.values()) {
      const value = document.data[field.name]
      if (value === undefined || value === null || value === '') continue
      const wrong = mismatch(field, value)
      if (wrong === undefined) continue
      yield { message: `The field \`${field.name}\` ${wrong}`, at: { field: field.name, part: 'value' }, subject: field.name }
    }
    for (const fact of allSections) {
      if (fact.section === undefined || fact.skipped) continue
      for (const { spec, field } of fieldsOf(fact, document.text)) {
        if (field === undefined || spec.values.length === 0 || isBlank(field.value)) continue
        const said = field.value.toLowerCase()
        if (spec.values.some((value) => said === value || said.startsWith(`${value} `) || said.startsWith(`${value}.`) || said.startsWith(`${value},`))) continue
        const values = spec.values.map((value) => `\`${value}\``).join(', ')
        yield { message: `\`${spec.label}\` is "${field.value}", expected one of ${values}`, at: field.valueSpan, subject: spec.label, section: fact.section, spec: fact.spec }
      }
    }
  },
}

/** What is wrong with the value and what was expected; undefined where it fits. */
function mismatch(field: FieldSpec, value: FrontmatterValue): string | undefined {
  if (field.values.length === 0 && field.type === 'concepts') return conceptMismatch(value)
  const written = asWritten(value)
  const expected = expectedInstead(field, value, written)
  if (expected === undefined) return undefined
  return `${written === undefined ? 'is a collection' : `is \`${written}\``}, expected ${expected}`
}

function expectedInstead({ type, values }: FieldSpec, value: FrontmatterValue, written: string | undefined): string | undefined {
  if (values.length > 0) {
    return written !== undefined && values.includes(written) ? undefined : `one of ${values.map((one) => `\`${one}\``).join(', ')}`
  }
  switch (type) {
    case 'date':
      return isDate(written) ? undefined : 'a date such as `2026-03-02`'
    case 'datetime':
      return isDate(written) ? undefined : 'a date or a time such as `2026-03-02T14:05:00`'
    case 'integer':
      return typeof value === 'number' || (typeof value === 'string' && /^\d+$/u.test(value)) ? undefined : 'a whole number'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : '`true` or `false`'
    case 'list':
      return Array.isArray(value) ? undefined : 'a list'
    case 'id':
    case 'string':
      return typeof value === 'object' ? 'a text' : undefined
    case 'object':
      return typeof value === 'object' && !Array.isArray(value) ? undefined : 'keys and values'
    default:
      return undefined
  }
}

/** A collection has no text: its keys may be called `toString`. */
function asWritten(value: FrontmatterValue): string | undefined {
  return typeof value === 'object' ? undefined : String(value)
}

/** A calendar date that exists, with or without a time behind it. */
function isDate(written: string | undefined): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{1,2}:\d{2}.*)?$/u.exec(written ?? '')
  if (match === null) return false
  const [, year, month, day] = match
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

function conceptMismatch(value: FrontmatterValue): string | undefined {
  const entries: readonly FrontmatterValue[] = Array.isArray(value) ? value : [value]
  for (const entry of entries) {
    if (readConceptIds(entry).length === 0) {
      return `holds \`${typeof entry === 'object' ? 'a collection' : String(entry)}\`, expected whole numbers, or a range in quotes such as \`'101-104'\``
    }
  }
  return undefined
}
