/** Owns reading what the evidence commands of a document did when they last ran. */

import type { RunFact } from '../facts/facts.js'
import { evidenceFile, evidenceFolder } from './pins.js'
import type { RunReceipt } from './runs.js'
import type { Workspace } from './workspace.js'

/** The outcome of the last run of an expectation; undefined where none is on record. A line that cannot be read records nothing. */
export function lastOutcome(workspace: Workspace, document: { readonly id: string | undefined; readonly path: string }, template: string, { name, exit, prints }: Pick<RunFact, 'name' | 'exit' | 'prints'>): RunReceipt['outcome'] | undefined {
  const { host, root } = workspace
  if (!host.isFolder(workspace.toAbsolute(evidenceFolder))) return undefined
  const text = host.readInside(root, evidenceFile(document, 'runs')) ?? ''
  const wanted = JSON.stringify([template, name, exit, prints])
  let outcome: RunReceipt['outcome'] | undefined
  for (const line of text.split('\n')) {
    const receipt = readReceipt(line)
    if (receipt !== undefined && JSON.stringify([receipt.template, receipt.name, receipt.exits, receipt.prints]) === wanted) outcome = receipt.outcome
  }
  return outcome
}

function readReceipt(line: string): Partial<RunReceipt> | undefined {
  try {
    const read: unknown = JSON.parse(line)
    return typeof read === 'object' && read !== null ? (read as Partial<RunReceipt>) : undefined
  } catch {
    return undefined
  }
}
