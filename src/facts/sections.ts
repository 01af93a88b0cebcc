/** Owns finding the template's sections in a document, and what is skipped or unwritten among them. */

import type { RootContent } from 'mdast'
import type { Document } from '../document/document.js'
import { labelledFields } from '../document/label.js'
import { plainText, spanOf } from '../document/nodes.js'
import type { Section } from '../document/section.js'
import { eachSection, headingSpan } from '../document/section.js'
import { trimSpan } from '../text/span.js'
import type { SectionSpec, Template } from '../template/template.js'
import { normaliseName } from '../template/template.js'
import type { SectionFact, Skip } from './facts.js'
import { holdsContent, isBareWord } from './untouched.js'

/** The facts of all sections the template declares, present or not. */
export function matchSections(document: Document, template: Template): readonly SectionFact[] {
  const named = namedSections(document.top)
  const names = namesOf(template.sections)
  const all = named.filter(({ name }) => names.has(name))
  const level = commonLevel(all)
  /** Sections that are one of the template's, with all below them. */
  const taken = new Set<Section>()
  const take = (section: Section): void => {
    for (const below of eachSection(section)) taken.add(below)
  }
  const found = new Map<SectionSpec, Section[]>()
  for (const spec of template.sections) {
    const matches = all.flatMap(({ section, name }) => (section.level === level && spec.names.includes(name) ? section : []))
    for (const section of matches) take(section)
    found.set(spec, matches)
  }
  for (const spec of template.sections) {
    // A heading one level off is still the section, unless it belongs to another one.
    if (found.get(spec)?.length !== 0) continue
    const stray = all.find(({ section, name }) => spec.names.includes(name) && !taken.has(section))?.section
    if (stray === undefined) continue
    take(stray)
    found.set(spec, [stray])
  }
  return template.sections.map((spec) => sectionFact(spec, found.get(spec) ?? [], false, { document, template, named }))
}

interface NamedSection {
  readonly section: Section
  /** As the template would write its title. */
  readonly name: string
}

/** The sections that have a heading, in the order of the document. */
function namedSections(top: Section): readonly NamedSection[] {
  return eachSection(top).flatMap((section) => (section.heading === undefined ? [] : { section, name: normaliseName(section.title) }))
}

const namesKnown = new WeakMap<readonly SectionSpec[], ReadonlySet<string>>()

/** All headings that mean one of some sections: the same for every document of a template. */
function namesOf(specs: readonly SectionSpec[]): ReadonlySet<string> {
  const names = namesKnown.get(specs) ?? new Set(specs.flatMap((spec) => spec.names))
  namesKnown.set(specs, names)
  return names
}

/** The heading level at which most of the template's sections stand. */
function commonLevel(all: readonly NamedSection[]): number {
  const counts = new Map<number, number>()
  for (const { section } of all) counts.set(section.level, (counts.get(section.level) ?? 0) + 1)
  let best = 2
  for (const [level, count] of counts) if (count > (counts.get(best) ?? 0)) best = level
  return best
}

interface Around {
  readonly document: Document
  readonly template: Template
  readonly named: readonly NamedSection[]
}

function sectionFact(spec: SectionSpec, matches: readonly Section[], aboveSkipped: boolean, around: Around): SectionFact {
  const { text } = around.document
  const [section, ...duplicates] = matches
  const only = section === undefined ? undefined : onlyBlock(section)
  const skip = section === undefined ? undefined : findSkip(section, only, text)
  const skipped = aboveSkipped || skip !== undefined
  const below = section === undefined || spec.sections.length === 0 ? [] : around.named.filter((one) => isBelow(one.section, section))
  const sections = spec.sections.map((child) => {
    const first = below.find(({ name }) => child.names.includes(name))
    return sectionFact(child, first === undefined ? [] : [first.section], skipped, around)
  })
  return {
    spec,
    section,
    duplicates,
    skip,
    skipped,
    written: section !== undefined && isWritten(section, text, around.template),
    bareWord: only === undefined ? undefined : findBareWord(only, text),
    sections,
  }
}

function isBelow({ span }: Section, above: Section): boolean {
  return span.start > above.span.start && span.end <= above.span.end
}

function isWritten(section: Section, text: string, template: Template): boolean {
  for (const part of eachSection(section)) {
    if (part.content.some((block) => holdsContent(block, text, template))) return true
  }
  return false
}

const skipped = /^SKIPPED\b\s*[:.\-–—]*\s*/iu
const notApplicable = /^(?:N\s*\/\s*A|Not applicable)\b\s*[:.,;\-–—(]+\s*/iu

/** `**SKIPPED:** why`, the reason on the same line or in the next paragraph; `N/A - why` counts too. */
function findSkip(section: Section, only: RootContent | undefined, text: string): Skip | undefined {
  const index = section.content.findIndex((block) => block.type === 'paragraph' && isMarked(block, text) && skipped.test(plainText(block)))
  const block = index === -1 ? only : section.content[index]
  if (block?.type !== 'paragraph') return undefined
  const said = plainText(block)
  const mark = index === -1 ? notApplicable.exec(said) : skipped.exec(said)
  if (mark === null) return undefined
  const span = spanOf(block)
  const rationale = said.slice(mark[0].length).trim()
  const source = text.slice(span.start, span.end)
  const behind = /^[\s*_]*(?:SKIPPED|N\s*\/\s*A|Not applicable)[\s*_:.,;\-–—(]*/iu.exec(source)?.[0].length ?? 0
  if (rationale === '' && index !== -1) {
    const next = section.content[index + 1]
    if (next?.type === 'paragraph') return { span, rationale: plainText(next), rationaleSpan: spanOf(next) }
  }
  return { span, rationale, rationaleSpan: trimSpan(text, { start: Math.min(span.start + behind, span.end), end: span.end }) }
}

/** Only a mark that says SKIPPED in capitals, or as a bold label, is one; "Skipped the tests" is prose. */
function isMarked(block: RootContent, text: string): boolean {
  const { start, end } = spanOf(block)
  return /^(?:[*_]{1,3}SKIPPED\b|SKIPPED\b)/u.test(text.slice(start, end)) || /^\*\*skipped:?\*\*/iu.test(text.slice(start, end))
}

/** The one block of a section that holds nothing else; comments and rules do not count. */
function onlyBlock(section: Section): RootContent | undefined {
  if (section.sections.length > 0) return undefined
  let only: RootContent | undefined
  for (const block of section.content) {
    if (block.type === 'thematicBreak' || block.type === 'html') continue
    if (only !== undefined) return undefined
    only = block
  }
  return only
}

function findBareWord(only: RootContent, text: string): SectionFact['bareWord'] {
  if (only.type !== 'paragraph' && only.type !== 'list') return undefined
  if (only.type === 'list' && only.children.length !== 1) return undefined
  const said = plainText(only)
  const fields = labelledFields(only, text)
  const [field] = fields
  // `**Question:** TBD` says no more than TBD does.
  if (field !== undefined && fields.every((one) => isBareWord(one.value))) return { text: field.value, span: field.valueSpan }
  return isBareWord(said) ? { text: said, span: trimSpan(text, spanOf(only)) } : undefined
}

/** Where a missing section would be looked for: the heading of the section before it in the template. */
export function expectedPlace(missing: SectionFact, siblings: readonly SectionFact[], document: Document): { start: number; end: number } {
  const index = siblings.indexOf(missing)
  for (let at = index - 1; at >= 0; at--) {
    const before = siblings[at]?.section
    if (before !== undefined) return headingSpan(before)
  }
  const title = document.top.sections[0]
  if (title !== undefined) return headingSpan(title)
  const end = document.frontmatter.kind === 'none' ? 0 : document.frontmatter.span.end
  return { start: end, end }
}
