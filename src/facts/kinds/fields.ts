/** Owns the section kind `fields`: bold labels that a section declares, found or not. */

import type { LabelledField } from '../../document/label.js'
import { labelledFields } from '../../document/label.js'
import type { LabelSpec } from '../../template/template.js'
import { normaliseName } from '../../template/template.js'
import type { SectionFact } from '../facts.js'
import { ownSections } from './table.js'

export interface DeclaredField {
  readonly spec: LabelSpec
  readonly field: LabelledField | undefined
}

/** The labels a section declares, each with the field that carries it. */
export function fieldsOf(fact: SectionFact, text: string): readonly DeclaredField[] {
  const labels = fact.spec.parts.flatMap((part) => (part.kind === 'fields' ? part.labels : []))
  if (labels.length === 0) return []
  const present = ownSections(fact).flatMap((section) => section.content.flatMap((block) => labelledFields(block, text)))
  return labels.map((spec) => ({ spec, field: present.find((field) => spec.names.includes(normaliseName(field.label))) }))
}
