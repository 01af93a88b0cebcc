/** Owns the use case of telling what a document's phase asks for: from its template and its state, and from nothing else. */

import { rules } from '../../rules/registry.generated.js'
import type { Phase, SectionSpec, Template } from '../../template/template.js'
import type { Host } from '../host.js'
import { InquestError } from '../../errors.js'
import { resolveDocument } from '../resolve.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'
import { findTemplate } from './new.js'
import type { DocumentStatus } from './status.js'
import { status } from './status.js'

export interface PhaseBriefing {
  readonly name: string
  readonly summary: string
  /** The sections that are written in it, those within others too. */
  readonly sections: readonly { readonly heading: string; readonly summary: string; readonly required: boolean; readonly skippable: boolean }[]
  /** What must not be found on leaving it; the gates before it hold on. */
  readonly gate: readonly { readonly rule: string; readonly summary: string; readonly remedy: string }[]
  /** Entering it freezes the hypotheses. */
  readonly registers: boolean
}

export interface Briefing {
  readonly status: DocumentStatus
  /** Of the template, in order. */
  readonly phases: readonly string[]
  /** Undefined where the document is not at work, or in no phase that the template knows. */
  readonly phase: PhaseBriefing | undefined
  readonly text: string
}

/** @throws InquestError `usage` for a document that is not there, or that no template judges */
export async function brief(host: Host, written: string): Promise<Briefing> {
  const [standing] = await status(host, [written])
  const workspace = await openWorkspace(host)
  const entry = resolveDocument(workspace, written)
  const template = workspace.templates.find(entry.template, entry.version)
  const text = workspace.readText(entry.path)
  if (standing === undefined || template === undefined || text === undefined) throw new InquestError('io', `${entry.path}: is gone`)
  const { phases } = template.machine
  // A document without a phase of its own is in the only one there is.
  const present = phases.find((phase) => phase.name === standing.phase || phase.aliases.includes(standing.phase ?? '')) ?? (phases.length === 1 ? phases[0] : undefined)
  return {
    status: standing,
    phases: phases.map((phase) => phase.name),
    phase: present === undefined || standing.next === null ? undefined : briefPhase(template, present),
    text,
  }
}

/** What a new document of a template is asked for first. @throws InquestError `usage` for an unknown template */
export async function briefStart(host: Host, written: string): Promise<{ readonly name: string; readonly summary: string; readonly phases: readonly string[]; readonly phase: PhaseBriefing }> {
  const workspace = await openWorkspace(host)
  const template = findTemplate(workspace, written)
  const [first] = template.machine.phases
  if (first === undefined) throw new TypeError('A template has at least one phase')
  return { name: template.title, summary: template.summary, phases: template.machine.phases.map((phase) => phase.name), phase: briefPhase(template, first) }
}

function briefPhase(template: Template, phase: Phase): PhaseBriefing {
  return {
    name: phase.name,
    summary: phase.summary ?? '',
    sections: sectionsOf(template.sections, phase.index),
    gate: rules.filter((rule) => phase.gate.has(rule.name)).map(({ name, summary, remedy }) => ({ rule: name, summary, remedy })),
    registers: phase.registers,
  }
}

function sectionsOf(sections: readonly SectionSpec[], phase: number): PhaseBriefing['sections'] {
  return sections.flatMap(({ heading, summary = '', required, skippable, phase: own, sections: below }) => [
    ...(own === phase ? [{ heading, summary, required, skippable }] : []),
    // What is optional and has nothing to say for itself is found in the document.
    ...sectionsOf(below, phase).filter((section) => section.required || section.summary !== ''),
  ])
}

export interface ListedPhase {
  readonly name: string
  readonly templates: readonly string[]
  /** What it is for, by the templates that have it. */
  readonly summaries: readonly string[]
}

/** The phases of all templates at hand, each name once, in the templates' order. */
export async function listPhases(host: Host): Promise<readonly ListedPhase[]> {
  const workspace = await openWorkspace(host)
  const phases = new Map<string, { readonly templates: Set<string>; readonly summaries: Set<string> }>()
  for (const template of newestOf(workspace)) {
    for (const { name, summary } of template.machine.phases) {
      const listed = phases.get(name) ?? { templates: new Set(), summaries: new Set() }
      listed.templates.add(template.name)
      if (summary !== undefined) listed.summaries.add(summary)
      phases.set(name, listed)
    }
  }
  return [...phases].map(([name, { templates, summaries }]) => ({ name, templates: [...templates], summaries: [...summaries] }))
}

function newestOf(workspace: Workspace): readonly Template[] {
  const { listings, faulty } = workspace.templates
  // A broken template has no phases to speak of, and `template check` tells what is wrong with it.
  const names = new Set(listings.map((listing) => listing.name).filter((name) => !faulty.some((broken) => broken.name === name)))
  return [...names].flatMap((name) => workspace.templates.latest(name) ?? [])
}

/** The text of a document and where it stands. @throws InquestError `usage` for a document that is not there */
export async function showDocument(host: Host, written: string): Promise<{ readonly path: string; readonly text: string }> {
  const workspace = await openWorkspace(host)
  const { path } = resolveDocument(workspace, written)
  const text = workspace.readText(path)
  if (text === undefined) throw new InquestError('io', `${path}: is gone`)
  return { path, text }
}
