/** Owns turning a template file into a Template, and saying what is wrong with it at its place. */

import type { Document } from '../document/document.js'
import { templateMatches } from '../schema/template.generated.js'
import { validateWith } from '../schema/validate.js'
import type { IdPattern } from './id-pattern.js'
import { compileIdPattern } from './id-pattern.js'
import { scaffoldLiterals } from './literals.js'
import type { BindingSource, ColumnSource, PartSource, SectionSource, TemplateSource } from './source.js'
import type {
  Binding,
  CellType,
  ColumnSpec,
  FieldSpec,
  FieldType,
  LabelSpec,
  Machine,
  PartSpec,
  Phase,
  Relation,
  SectionSpec,
  Standing,
  Template,
} from './template.js'
import { normaliseName, normaliseText } from './template.js'

export interface TemplateMistake {
  readonly message: string
  /** Keys from the frontmatter's root to the mistake. */
  readonly path: readonly string[]
}

export type Compiled =
  | { readonly kind: 'compiled'; readonly template: Template }
  | { readonly kind: 'faulty'; readonly name: string | undefined; readonly mistakes: readonly TemplateMistake[] }

/**
 * Compiles a template file that was read as a document.
 * @param source where it was read from, for messages
 * @param knownRules names that a gate or binding may hold
 */
export function compileTemplate(document: Document, source: string, knownRules: ReadonlySet<string>): Compiled {
  const { frontmatter } = document
  if (frontmatter.kind !== 'read') {
    const problem = frontmatter.kind === 'invalid' ? frontmatter.problem : 'A template needs frontmatter that declares its fields, phases and sections'
    return { kind: 'faulty', name: undefined, mistakes: [{ message: problem, path: [] }] }
  }
  const name = typeof document.data['template'] === 'string' ? document.data['template'] : undefined
  const shape = validateWith(templateMatches, document.data)
  if (shape.length > 0) return { kind: 'faulty', name, mistakes: shape }

  const written = document.data as unknown as TemplateSource
  const mistakes = checkMeaning(written, knownRules)
  if (mistakes.length > 0) return { kind: 'faulty', name, mistakes }
  return { kind: 'compiled', template: build(written, document, source) }
}

/** What a schema cannot say: names that must be declared elsewhere, and patterns that must compile. */
function checkMeaning(written: TemplateSource, knownRules: ReadonlySet<string>): readonly TemplateMistake[] {
  const mistakes: TemplateMistake[] = []
  const report = (message: string, ...path: string[]): void => void mistakes.push({ message, path })
  const phaseNames = new Set<string>()
  for (const [index, phase] of written.phases.entries()) {
    for (const word of [phase.name, ...(phase.aliases ?? [])]) {
      if (phaseNames.has(word.toLowerCase())) report(`the phase \`${word}\` is declared twice`, 'phases', String(index))
      phaseNames.add(word.toLowerCase())
    }
    for (const [at, rule] of (phase.gate ?? []).entries()) {
      if (!knownRules.has(rule)) report(`the gate names \`${rule}\`, which is no rule`, 'phases', String(index), 'gate', String(at))
    }
  }
  const kinds = new Set<string>()
  for (const [index, { kind, phase }] of (written.attestations ?? []).entries()) {
    if (kinds.has(normaliseName(kind))) report(`the attestation \`${kind}\` is declared twice`, 'attestations', String(index))
    kinds.add(normaliseName(kind))
    if (phase !== undefined && !phaseNames.has(phase.toLowerCase())) report(`\`${phase}\` is no phase of this template`, 'attestations', String(index), 'phase')
  }
  for (const name of written.closed_in ?? []) {
    if (!phaseNames.has(name.toLowerCase())) report(`\`${name}\` is no phase of this template`, 'closed_in')
  }
  const needed = { 'status.field': written.status.field, phase_field: written.phase_field, title_field: written.title_field, memory: written.memory, history: written.history }
  for (const [key, field] of Object.entries(needed)) {
    if (field !== undefined && !(field in written.fields)) report(`\`${field}\` is not declared under \`fields\``, ...key.split('.'))
  }
  for (const field of written.id?.fields ?? []) {
    if (field === written.id?.fields[0] && !(field in written.fields)) report(`\`${field}\` is not declared under \`fields\``, 'id', 'fields')
  }
  try {
    idPattern(written)
  } catch (error) {
    report(`\`${written.hypothesis_id}\` is not a pattern of ids: ${error instanceof Error ? error.message : ''}`, 'hypothesis_id')
  }
  const status = [...written.status.open, ...written.status.closed, ...(written.status.archived ?? [])]
  for (const [index, value] of status.entries()) {
    if (status.indexOf(value) !== index) report(`the status \`${value}\` is declared twice`, 'status')
  }
  if (written.memory === undefined && holdsLearnings(written.sections)) report('sections hold `learnings`, and `memory` names no field that could list them', 'sections')
  checkSections(written.sections, ['sections'], phaseNames, knownRules, report)
  return mistakes
}

function holdsLearnings(sections: readonly SectionSource[]): boolean {
  return sections.some((section) => section.learnings === true || holdsLearnings(section.sections ?? []))
}

function checkSections(
  sections: readonly SectionSource[],
  path: readonly string[],
  phases: ReadonlySet<string>,
  knownRules: ReadonlySet<string>,
  report: (message: string, ...path: string[]) => void,
): void {
  const seen = new Set<string>()
  for (const [index, section] of sections.entries()) {
    const here = [...path, String(index)]
    for (const heading of [section.heading, ...(section.aliases ?? [])].map(normaliseName)) {
      if (seen.has(heading)) report(`the heading \`${heading}\` is declared twice at this level`, ...here)
      seen.add(heading)
    }
    if (section.phase !== undefined && !phases.has(section.phase.toLowerCase())) {
      report(`\`${section.phase}\` is no phase of this template`, ...here, 'phase')
    }
    for (const [partIndex, part] of (section.parts ?? []).entries()) {
      const partPath = [...here, 'parts', String(partIndex)]
      for (const [at, binding] of (part.proves ?? []).entries()) {
        for (const rule of binding.rules) {
          if (!knownRules.has(rule)) report(`\`${binding.claim}\` is bound to \`${rule}\`, which is no rule`, ...partPath, 'proves', String(at))
        }
      }
      const roles = relationRoles[part.yields as Relation] ?? []
      for (const role of part.kind === 'table' ? roles : []) {
        if (!(role in (part.columns ?? {}))) {
          report(`a table of ${part.yields} needs a column \`${role}\``, ...partPath, 'columns')
        }
      }
    }
    checkSections(section.sections ?? [], [...here, 'sections'], phases, knownRules, report)
  }
}

/** The columns without which a table cannot yield what it claims to. */
const relationRoles: Readonly<Partial<Record<Relation, readonly string[]>>> = {
  hypotheses: ['id', 'statement'],
  evidence: ['finding', 'source'],
  verdicts: ['hypothesis', 'verdict'],
  verification: ['item', 'checked'],
  log: ['date', 'phase'],
  questions: ['question', 'answer'],
  spawned: ['id'],
}

function build(written: TemplateSource, document: Document, source: string): Template {
  const machine = buildMachine(written)
  const scaffoldStart = document.frontmatter.kind === 'read' ? document.frontmatter.span.end : 0
  const scaffold = document.text.slice(scaffoldStart).replace(/^(?:\r\n|\n|\r)/u, '')
  return {
    name: written.template,
    version: written.version,
    accepts: written.accepts ?? [written.version],
    unversioned: written.unversioned ?? false,
    title: written.title,
    summary: written.summary,
    source,
    id: written.id === undefined ? undefined : { ...written.id, digits: written.id.digits ?? 3 },
    file: written.file,
    titleField: written.title_field ?? 'title',
    parentFields: written.parents ?? [],
    memoryField: written.memory,
    tracked: written.tracked ?? false,
    fields: new Map(Object.entries(written.fields).map(([name, field]) => [name, buildField(name, field, written, machine)])),
    closedFields: written.closed_fields ?? true,
    machine,
    attestations: (written.attestations ?? []).map(({ kind, agents, phase, summary }) => ({ kind, agents, phase: phaseIndex(phase, machine), summary })),
    sections: written.sections.map((section) => buildSection(section, machine, 0)),
    hypothesisId: idPattern(written),
    scaffold,
    literals: scaffoldLiterals(document),
  }
}

function phaseIndex(name: string | undefined, { phases }: Machine): number | undefined {
  const wanted = name?.toLowerCase()
  return phases.find((phase) => [phase.name, ...phase.aliases].some((one) => one.toLowerCase() === wanted))?.index
}

function idPattern(written: TemplateSource): IdPattern {
  return compileIdPattern(written.hypothesis_id ?? 'H\\d+[a-z]?')
}

function buildMachine(written: TemplateSource): Machine {
  const statuses = new Map<string, Standing>()
  const groups: readonly [Standing, readonly string[]][] = [
    ['open', written.status.open],
    ['closed', written.status.closed],
    ['archived', written.status.archived ?? []],
  ]
  for (const [standing, values] of groups) for (const value of values) statuses.set(value.toLowerCase(), standing)
  const phases = written.phases.map((phase, index): Phase => ({
    name: phase.name,
    aliases: phase.aliases ?? [],
    index,
    registers: phase.registers ?? false,
    gate: new Set(phase.gate ?? []),
    summary: phase.summary,
  }))
  const last = phases.at(-1)
  const closedIn = written.closed_in ?? (last === undefined ? [] : [last.name])
  return {
    statusField: written.status.field,
    statuses,
    phaseField: written.phase_field,
    historyField: written.history,
    phases,
    closedIn: new Set(closedIn.map((name) => name.toLowerCase())),
  }
}

function buildField(name: string, field: TemplateSource['fields'][string], written: TemplateSource, machine: Machine): FieldSpec {
  let values = field.values ?? []
  // Unknown statuses and phases are the machine's business (phase-invalid), not a wrong value twice over.
  if (name === written.status.field || name === machine.phaseField) values = []
  return {
    name,
    type: (field.type ?? 'any') as FieldType,
    required: field.required ?? false,
    values,
    initial: field.initial,
    summary: field.summary,
    after: field.after,
  }
}

function buildSection(section: SectionSource, machine: Machine, inherited: number): SectionSpec {
  const named = machine.phases.find((phase) => phase.name === section.phase)
  const phase = named?.index ?? inherited
  return {
    heading: section.heading,
    names: [section.heading, ...(section.aliases ?? [])].map(normaliseName),
    phase,
    required: !(section.optional ?? false),
    skippable: section.skippable ?? true,
    summary: section.summary,
    learnings: section.learnings ?? false,
    parts: (section.parts ?? []).map(buildPart),
    sections: (section.sections ?? []).map((below) => buildSection(below, machine, phase)),
  }
}

function buildPart(part: PartSource): PartSpec {
  const bindings = (part.proves ?? []).map(buildBinding)
  switch (part.kind) {
    case 'fields':
      return { kind: 'fields', labels: (part.labels ?? []).map(buildLabel) }
    case 'table': {
      const columns = Object.entries(part.columns ?? {}).map(([role, column]) => buildColumn(role, column))
      const yields = part.yields as Relation | undefined
      return { kind: 'table', yields, columns, called: (part.called ?? []).map(normaliseText), bindings }
    }
    case 'checklist':
      return { kind: 'checklist', closes: part.closes ?? true, bindings }
    case 'items':
      return {
        kind: 'items',
        yields: part.yields === 'hypotheses' || part.yields === 'spawned' ? part.yields : undefined,
        due: part.due === 'later' ? 'later' : 'now',
      }
    case 'sources':
      return { kind: 'sources' }
    default:
      return { kind: 'prose', yields: part.yields === 'rationale' ? 'rationale' : undefined }
  }
}

function buildBinding(binding: BindingSource): Binding {
  return {
    words: normaliseText(binding.claim).split(' '),
    rules: binding.rules,
    about: binding.about === undefined ? undefined : normaliseName(binding.about),
  }
}

function buildLabel(label: string | { label: string; aliases?: readonly string[]; required?: boolean; values?: readonly string[] }): LabelSpec {
  const written = typeof label === 'string' ? { label } : label
  return {
    label: written.label,
    names: [written.label, ...(written.aliases ?? [])].map(normaliseName),
    required: written.required ?? false,
    values: (written.values ?? []).map((value) => value.toLowerCase()),
  }
}

function buildColumn(role: string, column: ColumnSource): ColumnSpec {
  return {
    role,
    heading: column.heading,
    names: [column.heading, ...(column.aliases ?? [])].map(normaliseName),
    type: (column.type ?? 'text') as CellType,
    required: !(column.optional ?? false),
    values: (column.values ?? []).map((value) => value.toLowerCase()),
  }
}
