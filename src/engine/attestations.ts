/**
 * Owns attestations: records that an agent worked on a document. A file each, so that branches never meet in one,
 * in a folder that git keeps.
 */

import { createHash } from 'node:crypto'
import * as path from 'node:path'
import type { Attestation } from '../rules/world.js'
import type { Workspace } from './workspace.js'

export const attestationFolder = '.inquest/attestations'

export interface AttestationRecord extends Attestation {
  readonly template: string
  readonly document: string
  /** What tells this run of the agent from others. */
  readonly run: string
}

/** The folder of the records of all documents with an id, relative to the root. */
export function folderOfId(id: string): string {
  return `${attestationFolder}/${encodeURIComponent(id.toUpperCase()).replaceAll('.', '%2E')}`
}

/** Answers the file. A run of an agent is recorded once for each document, whatever comes later. */
export function recordAttestation(workspace: Workspace, id: string, record: AttestationRecord): string {
  const name = createHash('sha256').update(`${record.template}\0${record.run}`).digest('hex').slice(0, 16)
  const file = `${folderOfId(id)}/${name}.json`
  workspace.host.createFile(workspace.toAbsolute(file), `${JSON.stringify(record, undefined, 2)}\n`)
  return file
}

export function readAttestations(workspace: Workspace, template: string, id: string): readonly Attestation[] {
  return recordsOf(workspace, id)
    .filter((record) => record?.template === template)
    .flatMap((record) => (record === undefined ? [] : [{ agent: record.agent, phase: record.phase, at: record.at, commit: record.commit }]))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** The files of records that were made for a document, relative to the root. */
export function recordFilesOf(workspace: Workspace, id: string, document: string): readonly string[] {
  const folder = folderOfId(id)
  if (!workspace.host.isFolder(workspace.toAbsolute(folder))) return []
  const files = workspace.host.listFolder(workspace.toAbsolute(folder)).map((name) => `${folder}/${name}`)
  return files.filter((file) => file.endsWith('.json') && readRecord(workspace.host.readText(workspace.toAbsolute(file)) ?? '')?.document === document)
}

/** The record of each file; undefined for one that cannot be read, which attests nothing. */
function recordsOf(workspace: Workspace, id: string): readonly (AttestationRecord | undefined)[] {
  const folder = workspace.toAbsolute(folderOfId(id))
  if (!workspace.host.isFolder(folder)) return []
  return workspace.host
    .listFolder(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readRecord(workspace.host.readText(path.join(folder, name)) ?? ''))
}

export function readRecord(text: string): AttestationRecord | undefined {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof read !== 'object' || read === null) return undefined
  const { agent, phase, at, commit, template, document, run } = read as Partial<Record<keyof AttestationRecord, unknown>>
  if (typeof agent !== 'string' || typeof at !== 'string' || Number.isNaN(Date.parse(at)) || typeof template !== 'string') return undefined
  const textOr = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
  return { agent, phase: textOr(phase), at, commit: textOr(commit), template, document: textOr(document) ?? '', run: textOr(run) ?? '' }
}
