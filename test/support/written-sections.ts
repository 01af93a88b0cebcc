/** Owns what an author does in an editor: text that stands under a heading gives way to other text. */

import { parse } from '../../src/index.js'
import type { Document, Section } from '../../src/index.js'

/** The document with each outermost section of `written` in place of its own section of that level and title. */
export async function writeSections(document: string, written: string): Promise<string> {
  let text = document
  const parsed = await parse(written)
  for (const section of parsed.top.sections) {
    const [own, ...more] = sectionsNamed(await parse(text), section)
    if (own === undefined || more.length > 0) throw new Error(`There is not one section "${section.title}", but ${own === undefined ? 0 : more.length + 1}`)
    const body = written.slice(section.span.start, section.span.end).trimEnd()
    const behind = text.slice(own.span.end)
    text = `${text.slice(0, own.span.start)}${body}\n${behind === '' ? '' : '\n'}${behind}`
  }
  return text
}

function sectionsNamed({ top }: Document, { title, level }: Section): readonly Section[] {
  const all = (section: Section): readonly Section[] => [section, ...section.sections.flatMap(all)]
  return all(top).filter((section) => section.title === title && section.level === level)
}
