/**
 * Owns the prompts: one to start a document, one to go on with one, and one for each phase. What they say comes from the
 * templates at hand and from where the document stands, so another team's phases have prompts without anybody writing them.
 */

import type { Briefing, PhaseBriefing } from '../../engine/operations/brief.js'
import { brief, briefStart, listPhases } from '../../engine/operations/brief.js'
import { list } from '../../engine/operations/list.js'
import type { Host } from '../../engine/host.js'
import { InquestError } from '../../errors.js'
import { documentNamed } from './inside.js'
import { addressOfDocument, namesOf, startingWith } from './resources.js'
import { describeStatus } from './tools/status.js'

export interface PromptListing {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly arguments: readonly { readonly name: string; readonly description: string; readonly required: boolean }[]
}

export interface PromptText {
  readonly description: string
  readonly text: string
  /** The document it is about. */
  readonly document?: { readonly uri: string; readonly text: string }
}

const documentArgument = { name: 'document', description: 'The id of the document, such as INV-027, or its path', required: true }

const startPrompt: PromptListing = {
  name: 'start',
  title: 'Start a document',
  description: 'Start an investigation or another document from a template, and write what its first phase asks for.',
  arguments: [
    { name: 'template', description: 'Such as `investigation`', required: true },
    { name: 'title', description: 'What is to be found out, or to be done', required: true },
  ],
}

const continuePrompt: PromptListing = {
  name: 'continue',
  title: 'Go on with a document',
  description: 'Go on with a document in the phase that it is in: what the phase asks for, and what keeps it from the next.',
  arguments: [documentArgument],
}

/** A phase that is called as one of the other prompts gets a name of its own. */
function promptOf(phase: string): string {
  return [startPrompt.name, continuePrompt.name].includes(phase) ? `${phase}-phase` : phase
}

export async function listPrompts(host: Host): Promise<readonly PromptListing[]> {
  const phases = (await listPhases(host)).map(({ name, templates, summaries }) => ({
    name: promptOf(name),
    title: `Work on the phase ${name}`,
    description: `${summaries.join(' ')}${summaries.length === 0 ? '' : ' '}A phase of ${templates.join(', ')}.`,
    arguments: [documentArgument],
  }))
  return [startPrompt, continuePrompt, ...phases]
}

/** @throws InquestError `usage` for a prompt or a document that is not there, or one that is in another phase */
export async function promptText(host: Host, name: string, given: Readonly<Record<string, string>>): Promise<PromptText> {
  const listing = (await listPrompts(host)).find((one) => one.name === name)
  if (listing === undefined) throw new InquestError('usage', `There is no prompt "${name}"`)
  const missing = listing.arguments.find((argument) => argument.required && (given[argument.name] ?? '').trim() === '')
  if (missing !== undefined) throw new InquestError('usage', `The prompt "${name}" needs \`${missing.name}\``)
  if (name === startPrompt.name) return startText(host, (given['template'] ?? '').trim(), (given['title'] ?? '').trim())
  const briefing = await brief(host, documentNamed(host, (given['document'] ?? '').trim()))
  const { phase } = briefing.status
  if (name !== continuePrompt.name && promptOf(briefing.phase?.name ?? phase ?? '') !== name) {
    throw new InquestError('usage', `${briefing.status.id} stands in \`${phase ?? briefing.status.status}\`, and the prompt "${name}" is for another phase`)
  }
  return continueText(briefing, await addressOfDocument(host, briefing.status.path))
}

async function startText(host: Host, template: string, title: string): Promise<PromptText> {
  const { name, summary, phases, phase } = await briefStart(host, template)
  const lines = [
    `Start a document: ${title}`,
    '',
    `Call \`investigation_new\` with the template \`${template}\` and this title; it answers where the file is. ${name}: ${summary}`,
    '',
    ...phaseText(phase, phases),
    '',
    ...manners(phases.length > 1 ? 'investigation_advance' : 'investigation_close'),
  ]
  return { description: `Start: ${title}`, text: lines.join('\n') }
}

function continueText({ status: standing, phase, phases, text }: Briefing, uri: string): PromptText {
  const closes = standing.next === 'closed'
  const asked = phase === undefined ? ['The document is not at work. `investigation_reopen` takes it back, with the reason of whoever decides it.'] : [...phaseText(phase, phases), '', ...manners(closes ? 'investigation_close' : 'investigation_advance')]
  return {
    description: `${standing.id} ${standing.title}`.trim(),
    text: ['Go on with this document:', '', describeStatus(standing), '', ...asked].join('\n'),
    document: { uri, text },
  }
}

function phaseText({ name, summary, sections, gate, registers }: PhaseBriefing, phases: readonly string[]): readonly string[] {
  const place = phases.length > 1 ? ` (${phases.map((one) => (one === name ? `**${one}**` : one)).join(' → ')})` : ''
  return [
    `The phase ${name}${place}${summary === '' ? '' : `: ${summary}`}`,
    ...(registers ? ['On entering it the hypotheses were registered: a change to their wording is recorded with `investigation_amend`.'] : []),
    ...(sections.length === 0 ? [] : ['', 'It is written in these sections:', ...sections.map(sectionLine)]),
    ...(gate.length === 0 ? [] : ['', 'It ends when none of these is found:', ...gate.map((one) => `- ${one.rule}: ${one.summary} ${one.remedy}`)]),
  ]
}

function sectionLine({ heading, summary, required, skippable }: PhaseBriefing['sections'][number]): string {
  const marks = [required ? '' : 'optional', skippable ? '' : 'cannot be skipped'].filter((mark) => mark !== '')
  return `- ${heading}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}${summary === '' ? '' : `: ${summary}`}`
}

function manners(next: string): readonly string[] {
  return [
    'Work on this phase and no further. Write into the document itself, say where everything you state can be looked up, and call `investigation_check` with its path after writing.',
    `When nothing keeps it, call \`${next}\`. Phases, status and ids of learnings are written by the tools, never by hand; tick nothing that the document does not show, and leave reasons that only a person can give to the person.`,
  ]
}

/** What the value of an argument may be completed to. */
export async function completePrompt(host: Host, name: string, argument: string, value: string): Promise<readonly string[]> {
  if (name === startPrompt.name) return argument === 'template' ? startingWith(value, await namesOf(host, 'template')) : []
  if (argument !== 'document') return []
  const open = await list(host, { open: true })
  const meant = open.filter((one) => name === continuePrompt.name || promptOf(one.phase ?? '') === name)
  return startingWith(value, meant.map(({ id, path }) => id ?? path))
}
