/** Owns finding template text that still stands where the author should have written. */

import type { RootContent } from 'mdast'
import type { Document } from '../document/document.js'
import { spanOf } from '../document/nodes.js'
import type { Section } from '../document/section.js'
import { eachSection } from '../document/section.js'
import type { Template } from '../template/template.js'
import { findMarks } from '../text/marks.js'
import type { Placeholder, SectionFact } from './facts.js'
import { promptsIn } from './untouched.js'

/** Prompts in the whole document, one for each place: a table row, a list item, a paragraph, a labelled value. */
export function findPlaceholders({ text, top }: Document, template: Template, allSections: readonly SectionFact[]): readonly Placeholder[] {
  // Most blocks hold no bracket at all, and looking for one is much cheaper than reading the block.
  const brackets = findMarks(text, '[', '{')
  const facts = allSections.filter((fact) => fact.section !== undefined)
  const skipped = facts.filter((fact) => fact.skipped)
  const found: Placeholder[] = []
  for (const section of eachSection(top)) {
    if (!brackets.lieIn(section.span)) continue
    const blocks = section.heading === undefined ? section.content : [section.heading, ...section.content]
    const marked = blocks.filter((block) => brackets.lieIn(spanOf(block)))
    if (marked.length === 0 || skipped.some((fact) => fact.section !== undefined && holds(fact.section, section))) continue
    for (const place of marked.flatMap(placesOf)) {
      if (!brackets.lieIn(spanOf(place))) continue
      const prompts = promptsIn(place, text, template.literals, brackets)
      if (prompts.length === 0) continue
      const spec = innermost(facts, section)?.spec
      // Within a row or an item one untouched prompt tells of all; labelled values are places of their own.
      const told = place.type === 'paragraph' ? prompts : prompts.slice(0, 1)
      for (const { span, text: prompt } of told) found.push({ span, text: prompt, section, ...(spec === undefined ? {} : { spec }) })
    }
  }
  return found
}

function placesOf(block: RootContent): RootContent[] {
  if (block.type === 'table') return block.children
  if (block.type === 'list') return block.children
  return [block]
}

function holds(outer: Section, inner: Section): boolean {
  return outer.span.start <= spanOfSection(inner) && inner.span.end <= outer.span.end
}

function spanOfSection(section: Section): number {
  return section.heading === undefined ? section.span.start : spanOf(section.heading).start
}

/** The declared section that a section is, or lies within. */
function innermost(facts: readonly SectionFact[], section: Section): SectionFact | undefined {
  const around = facts.filter((fact) => fact.section !== undefined && holds(fact.section, section))
  return around.toSorted((a, b) => (b.section?.span.start ?? 0) - (a.section?.span.start ?? 0))[0]
}
