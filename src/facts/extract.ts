/** Owns reading a document by its template: every fact the rules look at, in one pass over the sections. */

import type { Document } from '../document/document.js'
import type { FrontmatterValue } from '../document/frontmatter.js'
import type { IdSpec, Template } from '../template/template.js'
import type { Claim, Facts, SectionFact, Skip, Stated } from './facts.js'
import { findHollows } from './asked.js'
import { findCitations, findQuotes } from './cited.js'
import { eachSectionFact } from './facts.js'
import { closingItems, questionsIn, verificationRows } from './kinds/closing.js'
import { evidenceInTable, hypothesesInList, hypothesesInTable, verdictsInTable } from './kinds/hypotheses.js'
import { spawnedInItems, spawnedInTable, spawnRationaleIn } from './kinds/spawned.js'
import { logRows } from './kinds/log.js'
import { readTables } from './kinds/table.js'
import { findPathReferences } from './paths.js'
import { findPlaceholders } from './placeholders.js'
import { readConceptIds } from './references.js'
import { findRuns } from './runs.js'
import { matchSections } from './sections.js'

/** What the document says, read by its template. Pure: the same text and template give the same facts. */
export function extractFacts(document: Document, template: Template): Facts {
  const { text } = document
  const sections = matchSections(document, template)
  const allSections = eachSectionFact(sections)
  const open = allSections.filter((fact) => fact.section !== undefined && !fact.skipped)
  const tables = readTables(open, text, template)
  const yielding = (relation: string) => tables.filter((table) => table.part.yields === relation)
  const questions = yielding('questions').flatMap((table) => questionsIn(table, template))
  const lists = open.filter((fact) => fact.spec.parts.some((part) => part.kind === 'items' && part.yields === 'hypotheses'))
  const idField = template.id?.fields.find((field) => idText(document.data[field]) !== undefined)
  const evidence = yielding('evidence').flatMap((table) => evidenceInTable(table, template))
  const verdicts = yielding('verdicts').flatMap((table) => verdictsInTable(table, template))
  const hypotheses = [...yielding('hypotheses').flatMap((table) => hypothesesInTable(table, template)), ...lists.flatMap((fact) => hypothesesInList(fact, template))]
  const title = textOf(document.data[template.titleField])
  const skips = allSections.flatMap(skipOf)
  const quotes = findQuotes(document)
  const asked = questions.map(({ question }) => question)
  const id = readId(document, template.id)
  const spawned = [...open.flatMap((fact) => spawnedInItems(fact, text)), ...yielding('spawned').flatMap((table) => spawnedInTable(table))]
  const rationales = allSections.flatMap((fact) => spawnRationaleIn(fact, template, text) ?? [])
  const spawnRationale = rationales.find(({ fault }) => fault?.certain !== true) ?? rationales[0]
  return {
    document,
    template,
    id,
    idField,
    title,
    claim: readClaim(document, template),
    sections,
    allSections,
    tables,
    hypotheses,
    evidence,
    verdicts,
    questions: asked,
    claims: [
      ...open.flatMap((fact) => closingItems(fact, text)),
      ...yielding('verification').flatMap((table) => verificationRows(table)),
      ...questions.map(({ claim }) => claim),
    ],
    spawned,
    spawnRationale,
    log: yielding('log').flatMap((table) => logRows(table)),
    placeholders: findPlaceholders(document, template, allSections),
    pathReferences: findPathReferences(document),
    runs: findRuns(document, evidence),
    quotes,
    citations: findCitations(document, evidence, quotes),
    memoryRefs: template.memoryField === undefined ? [] : readConceptIds(document.data[template.memoryField]),
    skips,
    hollows: findHollows({ document, template, id, title, allSections, tables, hypotheses, evidence, verdicts, questions: asked, skips, spawned, spawnRationale }),
  }
}

function skipOf(fact: SectionFact): (Skip & Stated)[] {
  if (fact.skip === undefined || fact.section === undefined) return []
  return [{ ...fact.skip, section: fact.section, spec: fact.spec }]
}

function readClaim(document: Document, template: Template): Claim {
  const { machine } = template
  const status = textOf(document.data[machine.statusField])?.trim().toLowerCase()
  const phaseName = machine.phaseField === undefined ? undefined : textOf(document.data[machine.phaseField])?.trim()
  const wanted = phaseName?.toLowerCase()
  const known = machine.phases.find((phase) => phase.name.toLowerCase() === wanted || phase.aliases.some((name) => name.toLowerCase() === wanted))
  return {
    status,
    standing: status === undefined ? undefined : machine.statuses.get(status),
    phaseName,
    phase: machine.phaseField === undefined ? machine.phases[0] : known,
  }
}

function readId(document: Document, spec: IdSpec | undefined): string | undefined {
  for (const field of spec?.fields ?? []) {
    const id = idText(document.data[field])
    if (id !== undefined) return id
  }
  return undefined
}

function idText(value: FrontmatterValue | undefined): string | undefined {
  const text = textOf(value)?.trim()
  return text === undefined || text === '' || /^(?:null|none|tbd)$/iu.test(text) ? undefined : text
}

/** A scalar as text; undefined for what is absent, empty or a collection. */
export function textOf(value: FrontmatterValue | undefined): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
