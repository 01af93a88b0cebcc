/**
 * Owns the form in which a store travels, and what becomes of several that meet. Pure: lines in, lines out. One line
 * holds one concept, and lines are in the order of their keys, so that what two clones add seldom lies side by side.
 */

import { sha256 } from './hash.js'
import type { Provenance } from './store.js'

/** A concept with all that belongs to it, by keys that are the same in every clone. */
export interface Moving {
  readonly key: string
  readonly id: number
  readonly type: string
  readonly body: string
  readonly created: string
  /** The key of the operation that stored it, and its place in it. */
  readonly operation: string
  readonly ordinal: number
  readonly provenance: readonly Provenance[]
  /** Ids it had before, ascending. */
  readonly was: readonly number[]
  /** Where it sums up a cluster. */
  readonly cluster?: {
    readonly key: string
    readonly method: string
    /** The key of the cluster that took it over. */
    readonly superseded?: string
    readonly members: readonly { readonly key: string; readonly score: number }[]
  }
}

/** The first line; `#` goes before every key. */
export const exportHeader = JSON.stringify({ '#': 'inquest memory', version: 1 })

export function lineOf({ key, id, type, body, created, operation, ordinal, provenance, was, cluster }: Moving): string {
  return JSON.stringify({
    key,
    id,
    type,
    body,
    created,
    operation,
    ordinal,
    provenance: provenance.map(inOrder).toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b))),
    ...(was.length > 0 && { was }),
    ...(cluster !== undefined && {
      cluster: {
        key: cluster.key,
        method: cluster.method,
        ...(cluster.superseded !== undefined && { superseded: cluster.superseded }),
        members: cluster.members.toSorted((a, b) => compare(a.key, b.key)).map((member) => ({ key: member.key, score: member.score })),
      },
    }),
  })
}

const provenanceOrder = ['document', 'template', 'path', 'section', 'phase', 'hypothesis', 'verdict', 'citation', 'commit', 'author', 'at'] as const

export function inOrder(one: Provenance): Provenance {
  return Object.fromEntries(provenanceOrder.flatMap((name) => (one[name] === undefined ? [] : [[name, one[name]]]))) as unknown as Provenance
}

/** Strings as bytes, not as some language sorts them. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function keyOfConcept(operation: string, ordinal: number, body: string): string {
  return sha256(operation, String(ordinal), body)
}

/** False for a concept that is not what was stored under its key. */
export function matchesKey({ key, operation, ordinal, body }: Pick<Moving, 'key' | 'operation' | 'ordinal' | 'body'>): boolean {
  return keyOfConcept(plainKey(operation), ordinal, body) === plainKey(key)
}

/** Without what a store puts behind the key of what was renamed. */
function plainKey(key: string): string {
  return key.split('/')[0] ?? key
}

/**
 * Puts concepts of several stores together. Copies of one become one; of several that have one id, the one with the
 * least key keeps it, and the others get new ids in the order of their keys. An id that a concept gave up anywhere is
 * given up everywhere. The same concepts in any order give the same.
 * @param floor new ids are greater than this and than all that are there
 * @returns in the order of keys
 */
export function mergeMoving(all: readonly Moving[], floor = 0): readonly Moving[] {
  const copies = new Map<string, Moving[]>()
  let last = floor
  for (const one of all) {
    const same = copies.get(one.key)
    if (same === undefined) copies.set(one.key, [one])
    else same.push(one)
    last = Math.max(last, one.id, ...one.was)
  }
  const taken = new Set<number>()
  const merged: { one: Moving; claims: readonly number[] }[] = []
  for (const key of [...copies.keys()].toSorted(compare)) {
    const same = copies.get(key) ?? []
    const was = new Set(same.flatMap((one) => one.was))
    const claims = [...new Set(same.map((one) => one.id))].toSorted((a, b) => a - b)
    const id = claims.find((claim) => !was.has(claim) && !taken.has(claim))
    if (id !== undefined) taken.add(id)
    merged.push({ one: combine(same, id ?? 0), claims })
  }
  return merged.map(({ one, claims }) => {
    const id = one.id === 0 ? ++last : one.id
    const was = [...new Set([...one.was, ...claims])].filter((former) => former !== id).toSorted((a, b) => a - b)
    return { ...one, id, was }
  })
}

/** One of several copies of a concept, with what any of them knows. */
export function combine(copies: readonly Moving[], id: number): Moving {
  // Which copy speaks for all must not depend on their order.
  const [first] = copies.toSorted((a, b) => compare(lineOf({ ...a, id: 0 }), lineOf({ ...b, id: 0 })))
  if (first === undefined) throw new TypeError('A key has at least one copy')
  const provenance = new Map(copies.flatMap((one) => one.provenance.map((origin) => [JSON.stringify(inOrder(origin)), inOrder(origin)] as const)))
  return {
    ...first,
    id,
    provenance: [...provenance].toSorted(([a], [b]) => compare(a, b)).map(([, origin]) => origin),
    was: [...new Set(copies.flatMap((one) => one.was))],
    ...withCluster(copies),
  }
}

function withCluster(copies: readonly Moving[]): Pick<Moving, 'cluster'> {
  const clusters = copies.flatMap((one) => one.cluster ?? [])
  const [first] = clusters
  if (first === undefined) return {}
  const [superseded] = clusters.flatMap((one) => one.superseded ?? []).toSorted(compare)
  const [method = ''] = clusters.map((one) => one.method).toSorted(compare)
  const members = new Map<string, number>()
  for (const { key, score } of clusters.flatMap((one) => one.members)) members.set(key, Math.max(score, members.get(key) ?? 0))
  return {
    cluster: { key: first.key, method, ...(superseded !== undefined && { superseded }), members: [...members].toSorted(([a], [b]) => compare(a, b)).map(([key, score]) => ({ key, score })) },
  }
}
