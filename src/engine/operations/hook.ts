/**
 * Owns the use cases behind the hooks of coding agents: what an edit must leave to a verb, what stands against a
 * document after an edit, which finished documents are faulty when an agent stops, and that a subagent ran.
 */

import * as path from 'node:path'
import type { FrontmatterData, FrontmatterValue } from '../../document/frontmatter.js'
import { readFrontmatter } from '../../document/frontmatter.js'
import { textOf } from '../../facts/extract.js'
import { readConceptIds } from '../../facts/references.js'
import { givenBy } from '../../rules/attestation-missing.js'
import type { DocumentEntry } from '../../rules/world.js'
import type { Machine, Phase, Template } from '../../template/template.js'
import { foldLedger, phaseNamed } from '../../workflow/ledger.js'
import { commitOf } from '../actor.js'
import { attestationFolder, recordAttestation } from '../attestations.js'
import { configName } from '../root.js'
import { examine } from '../examine.js'
import type { Host } from '../host.js'
import type { Session } from '../sessions.js'
import { noteWritten, writtenIn } from '../sessions.js'
import { formatInstant } from '../time.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'
import type { CheckResult } from './check.js'
import { check } from './check.js'

export type { Session } from '../sessions.js'

/** A text that is about to replace a file. */
export interface IntendedEdit {
  /** Absolute. */
  readonly path: string
  /** Undefined where there is no file yet. */
  readonly before: string | undefined
  readonly after: string
}

/** A field that an edit must leave alone, and the verb that is there for it. */
export interface Reserved {
  readonly message: string
  readonly remedy: string
}

/**
 * What an edit would write by hand that only a verb may write; nothing where it leaves all of that alone. Setting a
 * field back to what the history says is allowed, because that undoes a change by hand.
 * @throws InquestError for a configuration or a template that cannot be used, where a document is edited
 */
export async function reservedIn(host: Host, { path: file, before, after }: IntendedEdit): Promise<readonly Reserved[]> {
  if (file.split(path.sep).join('/').includes(`/${attestationFolder}/`)) {
    return [{ message: 'It is a record of what an agent did', remedy: 'Let the agent do it: the hook that runs when it stops makes the record' }]
  }
  const was = headOf(before)
  const becomes = headOf(after)
  if (path.basename(file) === configName || (namedTemplate(was) === undefined && namedTemplate(becomes) === undefined)) return []
  const workspace = await openWorkspace(host, path.dirname(file))
  if (workspace.excludes(path.relative(workspace.root, file).split(path.sep).join('/'))) return []
  const template = templateOf(workspace, was) ?? templateOf(workspace, becomes)
  if (template === undefined) return []
  return templateOf(workspace, was) === undefined ? reservedInNew(template, becomes ?? {}) : reservedInChange(template, was ?? {}, becomes ?? {}, idOf(template, was, becomes) ?? file)
}

function headOf(text: string | undefined): FrontmatterData | undefined {
  const frontmatter = text === undefined ? undefined : readFrontmatter(text)
  return frontmatter?.kind === 'read' ? frontmatter.data : undefined
}

function namedTemplate(head: FrontmatterData | undefined): string | undefined {
  return textOf(head?.['template'])
}

function templateOf(workspace: Workspace, head: FrontmatterData | undefined): Template | undefined {
  const name = namedTemplate(head)
  return name === undefined ? undefined : workspace.templates.find(name, textOf(head?.['version']))
}

function idOf(template: Template, ...heads: readonly (FrontmatterData | undefined)[]): string | undefined {
  for (const head of heads) {
    for (const field of template.id?.fields ?? []) {
      const id = textOf(head?.[field])?.trim()
      if (id !== undefined && id !== '') return id
    }
  }
  return undefined
}

function reservedInNew({ name, machine, memoryField }: Template, becomes: FrontmatterData): readonly Reserved[] {
  const remedy = `Run: inquest new ${name} "<title>"`
  const [first] = machine.phases
  const phase = machine.phaseField === undefined ? undefined : textOf(becomes[machine.phaseField])?.trim()
  const found: Reserved[] = []
  if (machine.phaseField !== undefined && phase !== undefined && first !== undefined && phaseNamed(machine, phase) !== first) {
    found.push({ message: `A new document would stand in \`${machine.phaseField}: ${phase}\`, and documents start in \`${first.name}\``, remedy })
  }
  const status = textOf(becomes[machine.statusField])?.trim()
  if (isClosed(machine, status)) found.push({ message: `A new document would be \`${machine.statusField}: ${status ?? ''}\``, remedy })
  if (memoryField !== undefined && readConceptIds(becomes[memoryField]).length > 0) found.push({ message: `A new document would list learnings in \`${memoryField}\``, remedy })
  if (machine.historyField !== undefined && !isEmpty(becomes[machine.historyField])) found.push({ message: `A new document would have a history in \`${machine.historyField}\``, remedy })
  return found
}

function reservedInChange({ machine, memoryField }: Template, was: FrontmatterData, becomes: FrontmatterData, id: string): readonly Reserved[] {
  const found: Reserved[] = []
  const state = machine.historyField === undefined ? undefined : foldLedger(was[machine.historyField], machine).state
  const { phaseField, statusField, historyField } = machine
  if (phaseField !== undefined) {
    const [from, to] = [was, becomes].map((head) => textOf(head[phaseField])?.trim() ?? '') as [string, string]
    const [left, entered] = [phaseNamed(machine, from), phaseNamed(machine, to)]
    // A phase that nobody can read has to be mended by hand.
    const allowed = state?.phase ?? (left === undefined ? machine.phases[0] : undefined)
    if ((left ?? from) !== (entered ?? to) && (entered === undefined || entered !== allowed)) {
      found.push({ message: `\`${phaseField}\` would go from ${shown(from)} to ${shown(to)} by hand`, remedy: phaseRemedy(left, entered, id) })
    }
  }
  const [from, to] = [was, becomes].map((head) => textOf(head[statusField])?.trim() ?? '') as [string, string]
  const closes = isClosed(machine, to)
  if (closes !== isClosed(machine, from) && state?.closed !== closes) {
    found.push({
      message: `\`${statusField}\` would go from ${shown(from)} to ${shown(to)} by hand`,
      remedy: closes ? `Run: inquest close ${id}` : `Run: inquest reopen ${id} --why "<reason>"`,
    })
  }
  if (memoryField !== undefined && String(readConceptIds(was[memoryField])) !== String(readConceptIds(becomes[memoryField]))) {
    found.push({ message: `\`${memoryField}\` would be changed by hand`, remedy: `Run: inquest memory ingest --document ${id} "<what was learned>"` })
  }
  if (historyField !== undefined && JSON.stringify(was[historyField] ?? null) !== JSON.stringify(becomes[historyField] ?? null)) {
    found.push({ message: `\`${historyField}\` would be changed by hand`, remedy: 'The verbs advance, close, reopen and amend write it' })
  }
  return found
}

function shown(value: string): string {
  return value === '' ? 'nothing' : `\`${value}\``
}

function phaseRemedy(left: Phase | undefined, entered: Phase | undefined, id: string): string {
  if (left !== undefined && entered !== undefined && entered.index < left.index) return `Run: inquest reopen ${id} --to ${entered.name} --why "<reason>"`
  return `Run: inquest advance ${id}`
}

function isClosed(machine: Machine, status: string | undefined): boolean {
  return machine.statuses.get(status?.toLowerCase() ?? '') === 'closed'
}

function isEmpty(value: FrontmatterValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** An agent wrote a file: what stands against it now; undefined where it is no document. */
export async function afterEdit(host: Host, session: Session | undefined, agent: string | undefined, file: string): Promise<CheckResult | undefined> {
  const text = host.readDocument(file)
  if (text === undefined || readFrontmatter(text).kind === 'none') return undefined
  const workspace = await openWorkspace(host, path.dirname(file))
  const relative = path.relative(workspace.root, file).split(path.sep).join('/')
  if (workspace.excludes(relative) || examine(workspace, relative, text, false).skipped !== undefined) return undefined
  if (session !== undefined) noteWritten(host, session, { path: file, agent })
  return check(host, { paths: [file] })
}

/** The documents that were written in a session, say that they are closed, and have errors. */
export async function faultyClaims(host: Host, session: Session): Promise<readonly CheckResult[]> {
  const faulty: CheckResult[] = []
  for (const file of new Set(writtenIn(host, session).map((written) => written.path))) {
    const head = headOf(host.readDocument(file))
    if (namedTemplate(head) === undefined) continue
    const template = templateOf(await openWorkspace(host, path.dirname(file)), head)
    if (template === undefined || !isClosed(template.machine, textOf(head?.[template.machine.statusField])?.trim())) continue
    const result = await check(host, { paths: [file] })
    if (result.summary.errors > 0) faulty.push(result)
  }
  return faulty
}

/** A subagent that came to its end. */
export interface SubagentRun {
  readonly session: Session
  readonly agent: string
  /** What tells this run from others of the same agent. */
  readonly run: string
  /** What it was asked and what it said at last, in this order. */
  readonly texts: readonly string[]
}

/** An attestation that was recorded. */
export interface Attested {
  readonly id: string
  readonly path: string
  readonly record: string
}

export interface SubagentResult {
  readonly attested: readonly Attested[]
  /** True where some open document waits for an attestation of this agent. */
  readonly awaited: boolean
}

/**
 * Records the run for the documents it was about: those it wrote, else those it was asked about, else those it speaks of.
 * Only documents whose template knows an attestation by this agent are meant.
 */
export async function recordSubagent(host: Host, { session, agent, run, texts }: SubagentRun): Promise<SubagentResult> {
  const workspace = await openWorkspace(host, session.home)
  const candidates = workspace.index().entries.filter((entry) => entry.standing === 'open' && entry.id !== undefined && awaits(workspace, entry, agent))
  const wrote = new Set(writtenIn(host, session).flatMap((written) => (written.agent === run ? [path.relative(workspace.root, written.path).split(path.sep).join('/')] : [])))
  const about = [candidates.filter((entry) => wrote.has(entry.path)), ...texts.map((text) => candidates.filter((entry) => names(text, entry)))]
  const meant = about.find((entries) => entries.length > 0) ?? []
  const attested = meant.map((entry): Attested => {
    const id = entry.id ?? ''
    const record = { template: entry.template, document: entry.path, agent, run, phase: entry.phase, at: formatInstant(host.now()), commit: commitOf(workspace) }
    return { id, path: entry.path, record: recordAttestation(workspace, id, record) }
  })
  return { attested, awaited: candidates.length > 0 }
}

function awaits(workspace: Workspace, { template: name, version }: DocumentEntry, agent: string): boolean {
  return workspace.templates.find(name, version)?.attestations.some((spec) => givenBy(spec, agent)) ?? false
}

function names(text: string, { id = '', path: file }: DocumentEntry): boolean {
  if (text.includes(file)) return true
  const word = id.replaceAll(/[.*+?^$()[\]{}|\\]/gu, String.raw`\$&`)
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${word}(?![\\p{L}\\p{N}_])(?!-\\d)`, 'iu').test(text)
}
