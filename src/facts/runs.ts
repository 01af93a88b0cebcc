/** Owns evidence that can be run: a command by its name in the configuration, and what it is expected to do. */

import type { Document } from '../document/document.js'
import { spanOf, walkBlocks } from '../document/nodes.js'
import type { Evidence, RunFact } from './facts.js'

const named = /\brun:\s*(?<name>[A-Za-z][\w.-]{0,79})/u
const exits = /\bexits?\s+(?:with\s+)?(?<code>\d{1,3})\b/iu
const prints = /\bprints\s+`(?<text>[^`\n]+)`/giu

/** True for a source such as `run: unit-tests`. */
export function namesRun(source: string): boolean {
  return named.test(source)
}

/** The runs that evidence rows name, and blocks of code marked `run <name>`, whose lines are what is to be printed. */
export function findRuns({ root, text }: Document, evidence: readonly Evidence[]): readonly RunFact[] {
  const runs: RunFact[] = []
  for (const row of evidence) {
    const said = row.source?.raw ?? ''
    const name = named.exec(said)?.groups?.['name']
    if (name === undefined || row.source === undefined) continue
    runs.push({ name, exit: exitOf(said), prints: [...said.matchAll(prints)].map((match) => match.groups?.['text'] ?? ''), span: row.source.span })
  }
  if (!text.includes('```run') && !text.includes('~~~run')) return runs
  walkBlocks(root, (node) => {
    if (node.type !== 'code' || node.lang !== 'run') return
    const name = /^\s*(?<name>[A-Za-z][\w.-]{0,79})/u.exec(node.meta ?? '')?.groups?.['name']
    if (name === undefined) return
    const lines = node.value.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !/^(?:\.{3}|…)$/u.test(line))
    runs.push({ name, exit: exitOf(node.meta ?? ''), prints: lines, span: spanOf(node) })
  })
  return runs
}

function exitOf(said: string): number {
  return Number(exits.exec(said)?.groups?.['code'] ?? 0)
}
