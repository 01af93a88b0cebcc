/** Owns which evidence rows are copies of another: the same finding from the same place for the same hypotheses. */

import { normaliseText } from '../template/template.js'
import type { Evidence } from './facts.js'

/** Each row with its copies, in the order of the first ones. */
export function copiesIn(evidence: readonly Evidence[]): readonly (readonly Evidence[])[] {
  const groups = new Map<string, Evidence[]>()
  for (const row of evidence) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups.values()]
}

/** Every piece of evidence once. */
export function distinctEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return copiesIn(evidence).flatMap(([first]) => first ?? [])
}

/** The place that a row cites, however it is written. */
export function sourceKey({ citations, source }: Evidence): string {
  return citations.length === 0 ? normaliseText(source?.text ?? '') : citations.map(({ path, lines }) => `${path}:${JSON.stringify(lines)}`).join(' ')
}

function keyOf(row: Evidence): string {
  const refs = row.refs.map(({ id, stance }) => `${stance} ${id}`).toSorted()
  return JSON.stringify([withoutStop(normaliseText(row.finding)), sourceKey(row), refs])
}

function withoutStop(text: string): string {
  let end = text.length
  while (end > 0 && ' .!,;:'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
