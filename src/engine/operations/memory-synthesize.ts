/** Owns the use case `memory synthesize`: what many concepts say becomes one that knows them all. */

import { InquestError } from '../../errors.js'
import type { Agreement } from '../agreement.js'
import { ensureAgreed } from '../agreement.js'
import type { Config } from '../config.js'
import type { ClusterDraft } from '../../memory/store.js'
import type { Stage, Synthesis } from '../../memory/synthesis.js'
import type { Host } from '../host.js'
import { openMemoryReader, withMemory } from '../memory.js'
import { formatInstant } from '../time.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace } from '../workspace.js'

export interface SynthesizeInput {
  /** Share of their different words that two concepts must have in common; 0.5 by default. */
  readonly similarity?: number
  readonly dryRun?: boolean
  /** Agreement to a command that sums up, where the base branch does not have it. */
  readonly agreement?: Agreement
  readonly onProgress?: (stage: Stage, progress: { readonly done: number; readonly of: number }) => void
  readonly onRecovered?: (message: string) => void
  readonly signal?: AbortSignal
}

export type SynthesizeResult = Synthesis & { readonly written: boolean }

const usualSimilarity = 0.5
/** A command that takes longer than this for one cluster is given up, in milliseconds. */
const longestSummary = 300_000
const longestAnswer = 20_000

/** @throws InquestError `store-missing`, `usage`, also for a command without agreement, and `environment` for a command that does not sum up */
export async function synthesizeMemory(host: Host, { similarity = usualSimilarity, dryRun = false, agreement = { confirmed: undefined, base: undefined }, onProgress, onRecovered = () => undefined, signal }: SynthesizeInput): Promise<SynthesizeResult> {
  if (!(similarity >= 0.2 && similarity <= 1)) throw new InquestError('usage', 'Similarity is a share from 0.2 to 1', { hint: 'inquest memory synthesize --similarity 0.6' })
  const workspace = await openWorkspace(host)
  const reader = await openMemoryReader(workspace)
  if (reader === undefined) throw new InquestError('store-missing', 'There is no concept store', { hint: 'The first `inquest close` or `inquest memory ingest` makes it' })
  const { synthesize } = await import('../../memory/synthesis.js')
  const command = workspace.config.memory.summarize
  if (command !== undefined && !dryRun) await ensureAgreed(workspace, { key: 'memory.summarize', own: command, of: (data) => (data['memory'] as Partial<Config['memory']> | undefined)?.summarize }, agreement)
  const options = {
    threshold: similarity,
    dryRun,
    now: () => formatInstant(host.now()),
    ...(command !== undefined && { summarize: (members: ClusterDraft['members']) => askCommand(workspace, command, members) }),
    ...(onProgress !== undefined && { onProgress }),
    ...(signal !== undefined && { signal }),
  }
  try {
    if (dryRun) return { ...(await synthesize(reader, options)), written: false }
  } finally {
    await reader.close()
  }
  return withMemory(workspace, { onRecovered }, async (store) => ({ ...(await synthesize(store, options)), written: true }))
}

/** The members go in as JSON, the summary comes out as text. */
async function askCommand(workspace: Workspace, command: string, members: ClusterDraft['members']): Promise<string> {
  const input = JSON.stringify({ members: members.map(({ id, type, body, provenance }) => ({ id, type, content: body, documents: [...new Set(provenance.flatMap(({ document }) => document ?? []))] })) })
  const { status, stdout, stderr } = await workspace.host.runCommand(workspace.root, command, `${input}\n`, longestSummary)
  const hint = 'Run the command by hand on what the handbook shows; clusters that were summed up before are kept, and the next run goes on behind them'
  if (status !== 0) throw new InquestError('environment', `\`${command}\` did not sum up concepts ${members.map(({ id }) => id).join(', ')}: ${stderr.trim().split('\n').at(-1) || `it ended with ${status ?? 'a signal'}`}`, { hint })
  const summary = stdout.trim()
  if (summary === '' || summary.length > longestAnswer) throw new InquestError('environment', `\`${command}\` answered ${summary === '' ? 'nothing' : `more than ${longestAnswer} characters`} for concepts ${members.map(({ id }) => id).join(', ')}`, { hint })
  return summary
}
