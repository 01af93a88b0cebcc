/** Owns which evidence rows are copies of another: the same finding from the same place for the same hypotheses. */

import { normaliseText } from '../template/template.js'
import type { Evidence } from './facts.js'

/** Each row with its copies, in the order of the first ones. */
export function copiesIn(evidence: readonly Evidence[]): readonly (readonly Evidence[])[] {
  const sources = groupBy(evidence, sourceKey)
  // Most rows cite a place of their own, and findings are long.
  if (sources.size === evidence.length) return evidence.map((row) => [row])
  return [...groupBy(evidence, (row) => `${sourceKey(row)}\0${saidKey(row)}`).values()]
}

function groupBy(evidence: readonly Evidence[], keyOf: (row: Evidence) => string): ReadonlyMap<string, Evidence[]> {
  const groups = new Map<string, Evidence[]>()
  for (const row of evidence) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

/** Every piece of evidence once. */
export function distinctEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return copiesIn(evidence).flatMap(([first]) => first ?? [])
}

/** The place that a row cites, however it is written. */
export function sourceKey({ citations, source }: Evidence): string {
  if (citations.length === 0) return normaliseText(source?.text ?? '')
  let key = ''
  for (const { path, lines } of citations) {
    key += `\0${path}`
    for (const { start, end } of lines) key += `:${start}-${end}`
  }
  return key
}

function saidKey({ finding, refs }: Evidence): string {
  return `${withoutStop(normaliseText(finding))}\0${refs.map(({ id, stance }) => `${stance} ${id}`).toSorted().join(' ')}`
}

function withoutStop(text: string): string {
  let end = text.length
  while (end > 0 && ' .!,;:'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
