/** Owns the use case `doctor`: what is wrong with the repository as a whole, and with the ground it stands on. */

import type { DocumentEntry } from '../../rules/world.js'
import { InquestError } from '../../errors.js'
import type { Host } from '../host.js'
import { keptEdits, recover } from '../recovery.js'
import type { Fault } from '../soundness.js'
import { deadReferences, idleGates, idleRecords, idleSettings } from '../soundness.js'
import { lookAtMemory } from './memory-check.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface Diagnosis {
  readonly check: 'ids' | 'branches' | 'templates' | 'pending' | 'edits' | 'memory' | 'configuration' | 'gates' | 'references' | 'records'
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly remedy: string
}

export interface DoctorResult {
  readonly diagnoses: readonly Diagnosis[]
  /** What was looked at, in order. */
  readonly checks: readonly { readonly check: Diagnosis['check']; readonly summary: string }[]
  /** Operations that a crash had left, finished now. */
  readonly recovered: readonly string[]
}

export async function doctor(host: Host): Promise<DoctorResult> {
  const workspace = await openWorkspace(host)
  const recovered = recover(workspace)
  const kept = keptEdits(workspace)
  const branches = idsOnBranches(workspace)
  const whole = [
    { check: 'configuration', faults: idleSettings(workspace), sound: workspace.configFile === undefined ? 'none, so defaults hold' : 'every setting does something' },
    { check: 'gates', faults: idleGates(workspace), sound: 'every gate can hold something back' },
    { check: 'references', faults: await deadReferences(workspace), sound: 'all lead somewhere' },
    { check: 'records', faults: idleRecords(workspace), sound: 'each belongs to a document' },
  ] as const
  const memory = await lookAtStore(workspace)
  return {
    diagnoses: [...idsTwice(workspace), ...branches.diagnoses, ...brokenTemplates(workspace), ...keptAside(kept), ...memory.diagnoses, ...whole.flatMap(({ check, faults }) => faults.map((fault: Fault) => ({ check, ...fault })))],
    checks: [
      { check: 'pending', summary: recovered.length === 0 ? 'no operation was left unfinished' : `${recovered.length} finished` },
      { check: 'edits', summary: kept.length === 0 ? 'none was kept aside' : `${kept.length} kept aside` },
      { check: 'ids', summary: `${workspace.index().entries.length} documents` },
      { check: 'branches', summary: branches.summary },
      { check: 'templates', summary: `${workspace.templates.listings.length} templates` },
      { check: 'memory', summary: memory.summary },
      ...whole.map(({ check, faults, sound }) => ({ check, summary: faults.length === 0 ? sound : `${faults.length} to look at` })),
    ],
    recovered,
  }
}

function idsTwice(workspace: Workspace): readonly Diagnosis[] {
  const groups = new Map<string, DocumentEntry[]>()
  for (const entry of workspace.index().entries) {
    if (entry.id === undefined) continue
    const key = `${entry.template}\0${entry.id.toUpperCase()}`
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      check: 'ids',
      severity: 'error',
      message: `${group.length} documents of ${group[0]?.template ?? ''} have the id ${group[0]?.id ?? ''}: ${group.map((entry) => entry.path).join(', ')}`,
      remedy: `inquest renumber ${group[0]?.id ?? ''}`,
    }))
}

/** An id that another branch gives to another document will stand there twice once they are merged. */
function idsOnBranches(workspace: Workspace): { readonly diagnoses: readonly Diagnosis[]; readonly summary: string } {
  const { host, root } = workspace
  const listed = host.git(root, ['for-each-ref', '--count=100', '--sort=-committerdate', '--format=%(objectname) %(refname:short)', 'refs/heads', 'refs/remotes'])
  if (listed === undefined) return { diagnoses: [], summary: 'no git repository' }
  const refs = listed.split('\n').filter((line) => line !== '').map((line) => ({ commit: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }))
  if (refs.length === 0) return { diagnoses: [], summary: 'no branch yet' }
  const fields = [...new Set(workspace.templates.listings.flatMap((listing) => listing.idFields))].filter((field) => /^[\w-]+$/u.test(field))
  const commits = [...new Set(refs.map((ref) => ref.commit))]
  const found = host.git(root, ['-c', 'core.quotepath=off', 'grep', '-I', '-E', '-e', `^["']?(${fields.join('|')})["']?:[[:space:]]*["']?[A-Za-z][A-Za-z0-9-]*-[0-9]+`, ...commits, '--', '*.md'])
  const diagnoses = new Map<string, Diagnosis>()
  for (const line of (found ?? '').split('\n')) {
    const [, commit, file, id] = /^([0-9a-f]{40,64}):(.+?):["']?[\w-]+["']?:\s*["']?([A-Za-z][A-Za-z0-9-]*-\d+[a-z]?)/u.exec(line) ?? []
    if (commit === undefined || file === undefined || id === undefined) continue
    const present = workspace.index().withId(id)
    const [here] = present
    if (here === undefined || present.some((entry) => entry.path === file)) continue
    const there = host.git(root, ['show', `${commit}:${file}`])
    const template = /^template:[ \t]*["']?([\w.-]+)/mu.exec(there ?? '')?.[1]
    const namesake = present.find((entry) => entry.template === template)
    if (namesake === undefined || isSameDocument(workspace, namesake, there ?? '')) continue
    const branch = refs.find((ref) => ref.commit === commit)?.name ?? commit.slice(0, 12)
    diagnoses.set(`${id}\0${file}`, {
      check: 'branches',
      severity: 'warning',
      message: `${id} is ${namesake.path} here and ${file} on ${branch}`,
      remedy: `inquest renumber ${namesake.path}, before the two are merged`,
    })
  }
  return { diagnoses: [...diagnoses.values()], summary: `${refs.length} ${refs.length === 1 ? 'branch' : 'branches'}` }
}

/** A document that was only moved keeps its title and date. */
function isSameDocument(workspace: Workspace, entry: DocumentEntry, there: string): boolean {
  const here = workspace.readText(entry.path) ?? ''
  const head = (text: string, field: string): string => new RegExp(`^${field}:[ \\t]*(.*)$`, 'mu').exec(text)?.[1]?.trim() ?? ''
  return ['title', 'date', 'created'].every((field) => head(here, field) === head(there, field))
}

/** A store that cannot be looked at is a diagnosis here, and an error to whoever needs it. */
async function lookAtStore(workspace: Workspace): Promise<{ readonly diagnoses: readonly Diagnosis[]; readonly summary: string }> {
  try {
    const { store, faults } = await lookAtMemory(workspace)
    const summary = store === undefined ? 'no concept store' : `${store.concepts} ${store.concepts === 1 ? 'concept' : 'concepts'}, ${store.engine} on ${store.fileSystem}`
    return { diagnoses: faults.map(({ severity, message, remedy }) => ({ check: 'memory', severity, message, remedy })), summary }
  } catch (error) {
    if (!(error instanceof InquestError)) throw error
    return { diagnoses: [{ check: 'memory', severity: 'error', message: error.message, remedy: error.hint ?? '' }], summary: 'cannot be looked at' }
  }
}

function brokenTemplates(workspace: Workspace): readonly Diagnosis[] {
  return workspace.templates.faulty.map((faulty) => ({
    check: 'templates',
    severity: 'error',
    message: `${faulty.source}: ${faulty.mistakes[0]?.message ?? 'cannot be used'}`,
    remedy: 'inquest template check',
  }))
}

/** A person's edit that met a later one of the same document, while a command was writing. */
function keptAside(files: readonly string[]): readonly Diagnosis[] {
  return files.map((file) => ({
    check: 'edits',
    severity: 'warning',
    message: `${file}: holds an edit that met a later one of the same document`,
    remedy: `compare it with ${file.replace(/\.kept(?:-\d+)?$/u, '')}, then delete it`,
  }))
}
