/**
 * Owns running the evidence that documents name. A document says a name and nothing else; what runs stands in the configuration,
 * and only in one that is the same at the commit that is checked out and on the main branch, or that somebody has looked at.
 */

import { parseDocument } from '../document/document.js'
import { InquestError } from '../errors.js'
import type { RunFact } from '../facts/facts.js'
import type { EvidenceConfig } from './config.js'
import { evidenceOf } from './config.js'
import { configName } from './root.js'
import type { RunOutcome } from './host.js'
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
  readonly network: RunOutcome['network']
  /** Whether it did what was expected: if not, it refutes what it was given for. */
  readonly outcome: 'supports' | 'refutes' | 'timed-out' | 'not-allowed'
}

const branches = ['refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master']

/** @throws InquestError `usage` for commands that nobody has agreed to yet */
export async function ensureAgreed(workspace: Workspace, confirmed: string | undefined): Promise<void> {
  const { host, root, config } = workspace
  const { createHash } = await import('node:crypto')
  const own = JSON.stringify(config.evidence)
  const digest = createHash('sha256').update(own).digest('hex').slice(0, 12)
  if (confirmed === digest) return
  const git = (...args: readonly string[]): string | undefined => host.git(root, args)?.trim()
  const named = git('symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD')
  const main = [named, ...branches].find((ref) => ref !== undefined && git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`) !== undefined)
  for (const ref of ['HEAD', ...(main === undefined ? [] : [main])]) {
    const text = host.git(root, ['show', `${ref}:./${configName}`])
    if (text !== undefined && agreesWith(workspace, text, own)) continue
    throw new InquestError('usage', `The commands in ${configName} are not those of ${ref.replace(/^refs\/(?:heads|remotes)\//u, '')}, so nothing is run`, {
      hint: `Look at \`evidence\` in ${configName}; if you agree to what it runs, say so with --confirm ${digest}`,
    })
  }
}

function agreesWith({ engine }: Workspace, text: string, own: string): boolean {
  const { data } = parseDocument(`---\n${text}${text.endsWith('\n') ? '' : '\n'}---\n`, engine)
  return JSON.stringify(evidenceOf((data as { readonly evidence?: Partial<EvidenceConfig> }).evidence)) === own
}

/** Runs each expectation once, one after the other. */
export async function runEvidence(workspace: Workspace, wanted: readonly { readonly template: string; readonly fact: RunFact }[]): Promise<readonly RunReceipt[]> {
  const { host, root, config } = workspace
  const { commands, timeout, env, include } = config.evidence
  const commit = host.git(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])?.trim() ?? null
  const dirty = (host.git(root, ['status', '--porcelain', '--', '.']) ?? '') !== ''
  const receipts: RunReceipt[] = []
  for (const { template, fact } of wanted) {
    const command = Object.hasOwn(commands, fact.name) ? commands[fact.name] : undefined
    const common = { template, name: fact.name, exits: fact.exit, prints: fact.prints, commit, dirty, when: `${host.now().toISOString().slice(0, 19)}Z` }
    if (command === undefined) {
      receipts.push({ ...common, command: [], exit: null, digest: '', network: 'open', outcome: 'not-allowed' })
      continue
    }
    const copy = host.copyTree(root, host.listFiles(root, undefined), include)
    try {
      const passed = Object.fromEntries(['PATH', ...env, ...(command.env ?? [])].flatMap((name) => (host.env[name] === undefined ? [] : [[name, host.env[name] ?? '']])))
      const milliseconds = (command.timeout ?? timeout) * 1000
      const outcome = await host.run(command.run, { copy, env: { HOME: copy.home, TMPDIR: copy.home, ...passed }, milliseconds, network: command.network ?? false })
      receipts.push({ ...common, command: command.run, exit: outcome.exit ?? null, digest: outcome.digest, network: outcome.network, outcome: judge(fact, outcome) })
    } finally {
      host.removeTree(copy)
    }
  }
  return receipts
}

function judge({ exit, prints }: RunFact, outcome: RunOutcome): RunReceipt['outcome'] {
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
  for (const receipt of receipts) if (receipt.outcome !== 'not-allowed') lines.set(keyOf(receipt), JSON.stringify(receipt))
  return [...lines.values()].toSorted().map((line) => `${line}\n`).join('')
}
