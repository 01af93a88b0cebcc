/**
 * Owns the reasons that a gate asks for and only a person can give, in a sentence each: why a section is skipped, why an
 * answer is No, why nothing follows. What is asked, and the edits that write down what was said; nobody makes one up.
 */

import type { RootContent } from 'mdast'
import { spanOf } from '../document/nodes.js'
import { headingSpan } from '../document/section.js'
import type { Facts, SectionFact } from '../facts/facts.js'
import { eachSectionFact } from '../facts/facts.js'
import { isUnwrittenItem } from '../facts/kinds/spawned.js'
import type { Finding } from '../finding/finding.js'
import { isFieldPlace } from '../finding/finding.js'
import type { Edit } from '../text/edit.js'
import { newlineOf } from '../text/lines.js'
import type { Span } from '../text/span.js'
import { escapeCell, padded } from './edits.js'

export interface AskedReason {
  /** The same for the same gap, however often it is asked. */
  readonly key: string
  readonly title: string
  /** What is expected, in one line. */
  readonly expected: string
  /** The edits that write a reason where it belongs. */
  write(reason: string): readonly Edit[]
}

/** A reason for each finding, in the order of the document; empty where one of them is about anything else, so that reasons alone open no gate. */
export function askedReasons(facts: Facts, findings: readonly Finding[]): readonly AskedReason[] {
  const start = ({ at }: Finding): number => (isFieldPlace(at) ? 0 : at.start)
  const asked = findings.toSorted((a, b) => start(a) - start(b)).map((finding) => askedBy(facts, finding))
  return asked.every((one) => one !== undefined) ? asked : []
}

function askedBy(facts: Facts, { rule, at, subject = '' }: Finding): AskedReason | undefined {
  if (isFieldPlace(at)) return undefined
  const key = `${rule}: ${subject}`
  switch (rule) {
    case 'skip-without-rationale':
      return skipped(facts, at, { key, title: `Why is "${subject}" skipped?` })
    case 'answer-unexplained':
      return unexplained(facts, at, { key, title: subject })
    case 'spawn-missing':
      return nothingSpawned(facts, subject, { key, title: 'Why does nothing follow from it?' })
    default:
      return undefined
  }
}

type Head = Pick<AskedReason, 'key' | 'title'>

function skipped({ skips, document }: Facts, at: Span, head: Head): AskedReason | undefined {
  const skip = skips.find(({ span }) => span.start === at.start && span.end === at.end)
  if (skip === undefined) return undefined
  const { rationaleSpan: span } = skip
  const gap = span.start === span.end && /\S/u.test(document.text.charAt(span.start - 1)) ? ' ' : ''
  return { ...head, expected: 'Why the section does not apply here', write: (reason) => [{ span, text: `${gap}${inProse(reason)}` }] }
}

function unexplained({ questions, tables, document }: Facts, at: Span, head: Head): AskedReason | undefined {
  const question = questions.find(({ answerSpan }) => answerSpan.start === at.start && answerSpan.end === at.end)
  const row = tables.flatMap((table) => table.rows).find(({ view }) => view.span === question?.span)
  const span = row?.cell('explanation')?.span
  if (span === undefined) return undefined
  return { ...head, expected: 'Why the answer is not Yes', write: (reason) => [{ span, text: padded(document.text, span, escapeCell(inProse(reason))) }] }
}

function nothingSpawned({ allSections, document }: Facts, heading: string, head: Head): AskedReason | undefined {
  const fact = allSections.find((one) => one.spec.heading === heading && one.section !== undefined)
  const place = fact?.section
  if (fact === undefined || place === undefined) return undefined
  const newline = newlineOf(document.text)
  const all = eachSectionFact([fact])
  const prompts = all.flatMap(({ section }) => (section?.content ?? []).filter(isUnwrittenList).map(spanOf))
  const reasoned = all.find((one) => one.section !== undefined && givesReason(one))
  return {
    ...head,
    expected: 'Why no work follows from the answer',
    write(reason) {
      const said = `None - ${inProse(reason)}`
      // Where the template keeps a place for the reason, the lists say where it stands.
      if (reasoned?.section !== undefined) {
        const paragraph = reasoned.section.content.find((block) => block.type === 'paragraph')
        const written = paragraph === undefined ? below(headingSpan(reasoned.section), inProse(reason), newline) : { span: spanOf(paragraph), text: inProse(reason) }
        return [...prompts.map((span) => ({ span, text: `None, see ${reasoned.spec.heading}.` })), written]
      }
      const [first, ...more] = prompts
      if (first === undefined) return [below(headingSpan(place), said, newline)]
      return [{ span: first, text: said }, ...more.map((span) => ({ span, text: said }))]
    },
  }
}

function givesReason({ spec }: SectionFact): boolean {
  return spec.parts.some((part) => part.kind === 'prose' && part.yields === 'rationale')
}

function isUnwrittenList(block: RootContent): boolean {
  return block.type === 'list' && block.children.every((item) => isUnwrittenItem(item))
}

function below({ end }: Span, text: string, newline: string): Edit {
  return { span: { start: end, end }, text: `${newline}${newline}${text}` }
}

/** Words are text: they open no tag and no comment. */
function inProse(reason: string): string {
  return reason.replaceAll(/\s+/gu, ' ').trim().replaceAll('<', String.raw`\<`)
}
