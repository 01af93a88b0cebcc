/**
 * Owns running the evidence that documents name. A document says a name and nothing else; the configuration says what runs, and it
 * runs in a sandbox.
 */

import * as path from 'node:path'
import type { RunFact } from '../facts/facts.js'
import type { Agreement } from './agreement.js'
import { ensureAgreed } from './agreement.js'
import type { EvidenceCommand, EvidenceConfig, EvidenceSource } from './config.js'
import { evidenceOf } from './config.js'
import type { RunLimits, RunOutcome, Sandbox, SandboxKind } from './host.js'
import type { Workspace } from './workspace.js'

export interface RunReceipt {
  readonly template: string
  readonly name: string
  readonly exits: number
  readonly prints: readonly string[]
  readonly command: readonly string[]
  readonly commit: string | null
  /** True where the tree held what is not committed. */
  readonly dirty: boolean
  readonly exit: number | null
  readonly digest: string
  readonly when: string
  readonly sandbox: SandboxKind
  readonly network: ReturnType<Sandbox['network']>
  /** Whether it did what was expected: if not, it refutes what it was given for. */
  readonly outcome: 'supports' | 'refutes' | 'timed-out' | 'over-limit' | 'not-found' | 'not-allowed'
  /** The limit that it went over, or why it could not be started. */
  readonly reason?: string
}

export interface RunChoices extends Agreement {
  readonly sandbox: SandboxKind
  readonly readable: readonly string[]
}

/** @throws InquestError `usage` for commands without agreement */
export function ensureEvidenceAgreed(workspace: Workspace, agreement: Agreement): Promise<void> {
  const of = (data: Readonly<Record<string, unknown>>): unknown => evidenceOf(data['evidence'] as EvidenceSource | undefined)
  return ensureAgreed(workspace, { key: 'evidence', own: workspace.config.evidence, of }, agreement)
}

/** @throws InquestError `environment` where what is asked for does not work here */
export function openRunSandbox({ host, root }: Workspace, { sandbox: kind, readable }: RunChoices): Sandbox {
  // The history lies elsewhere for a worktree, and the repository may reach further up than its configuration.
  const history = (host.git(root, ['rev-parse', '--show-toplevel', '--git-common-dir', '--absolute-git-dir']) ?? '').split('\n').filter((line) => line !== '')
  return host.openSandbox({ kind, hidden: [root, ...history.map((folder) => path.resolve(root, folder))], readable, path: host.env['PATH'] ?? '' })
}

const megabyte = 1 << 20

function limitsOf(evidence: EvidenceConfig, command: EvidenceCommand): RunLimits {
  const { memory, processes, output, disk } = { ...evidence.limits, ...command.limits }
  return { memory: memory * megabyte, processes, output: output * megabyte, disk: disk * megabyte }
}

/** Runs each expectation once, one after the other. */
export async function runEvidence(workspace: Workspace, sandbox: Sandbox, wanted: readonly { readonly template: string; readonly fact: RunFact }[]): Promise<readonly RunReceipt[]> {
  const { host, root, config } = workspace
  const { commands, timeout, env, include } = config.evidence
  const commit = host.git(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])?.trim() ?? null
  const dirty = (host.git(root, ['status', '--porcelain', '--', '.']) ?? '') !== ''
  const receipts: RunReceipt[] = []
  for (const { template, fact } of wanted) {
    const command = Object.hasOwn(commands, fact.name) ? commands[fact.name] : undefined
    const network = sandbox.network(command?.network ?? false)
    const common = { template, name: fact.name, exits: fact.exit, prints: fact.prints, commit, dirty, when: `${host.now().toISOString().slice(0, 19)}Z`, command: command?.run ?? [] }
    const ran = (exit: number | null, digest: string): Pick<RunReceipt, 'exit' | 'digest' | 'network' | 'sandbox'> => ({ exit, digest, network, sandbox: sandbox.kind })
    if (command === undefined) {
      receipts.push({ ...common, ...ran(null, ''), outcome: 'not-allowed' })
      continue
    }
    const copy = host.copyTree(root, host.listFiles(root, undefined), include, sandbox.owner)
    try {
      const refusal = sandbox.refuse(command.run[0] ?? '', copy)
      if (refusal !== undefined) {
        receipts.push({ ...common, ...ran(null, ''), outcome: 'not-found', reason: refusal })
        continue
      }
      const passed = Object.fromEntries([...env, ...(command.env ?? [])].flatMap((name) => (host.env[name] === undefined ? [] : [[name, host.env[name] ?? '']])))
      const outcome = await host.run(command.run, { sandbox, copy, env: passed, milliseconds: (command.timeout ?? timeout) * 1000, network: command.network ?? false, limits: limitsOf(config.evidence, command) })
      receipts.push({ ...common, ...ran(outcome.exit ?? null, outcome.digest), outcome: judge(fact, outcome), ...(outcome.exceeded !== undefined && { reason: outcome.exceeded }) })
    } finally {
      host.removeTree(copy)
    }
  }
  return receipts
}

function judge({ exit, prints }: RunFact, outcome: RunOutcome): RunReceipt['outcome'] {
  if (outcome.exceeded !== undefined) return 'over-limit'
  if (outcome.timedOut) return 'timed-out'
  if (outcome.exit !== exit) return 'refutes'
  let at = 0
  for (const text of prints) {
    const found = outcome.output.indexOf(text, at)
    if (found === -1) return 'refutes'
    at = found + text.length
  }
  return 'supports'
}

/** The last receipt of each expectation, an entry a line, sorted. */
export function mergeReceipts(before: string, receipts: readonly RunReceipt[]): string {
  const keyOf = ({ template, name, exits, prints }: RunReceipt): string => JSON.stringify([template, name, exits, prints])
  const lines = new Map<string, string>()
  for (const line of before.split('\n')) {
    if (line.trim() === '') continue
    try {
      lines.set(keyOf(JSON.parse(line) as RunReceipt), line)
    } catch {
      // A line that a merge left behind holds no receipt.
    }
  }
  for (const receipt of receipts) if (receipt.outcome !== 'not-allowed' && receipt.outcome !== 'not-found') lines.set(keyOf(receipt), JSON.stringify(receipt))
  return [...lines.values()].toSorted().map((line) => `${line}\n`).join('')
}
