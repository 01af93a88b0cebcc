/** Owns templates as the build writes them down: compiled once, so that a run reads values and compiles nothing. */

import type { IdPattern } from './id-pattern.js'
import { compileIdPattern } from './id-pattern.js'
import type { Template } from './template.js'

/** As JSON; read back by `unpackTemplate`. */
export function packTemplate(template: Template): string {
  const { fields, machine, hypothesisId, literals } = template
  return JSON.stringify({
    ...template,
    fields: [...fields],
    machine: {
      ...machine,
      statuses: [...machine.statuses],
      phases: machine.phases.map((phase) => ({ ...phase, gate: [...phase.gate] })),
      closedIn: [...machine.closedIn],
    },
    hypothesisId: hypothesisId.source,
    literals: [...literals],
  } satisfies Packed)
}

export function unpackTemplate(text: string): Template {
  const packed = JSON.parse(text) as Packed
  const { fields, machine, hypothesisId, literals } = packed
  return {
    ...packed,
    fields: new Map(fields),
    machine: {
      ...machine,
      statuses: new Map(machine.statuses),
      phases: machine.phases.map((phase) => ({ ...phase, gate: new Set(phase.gate) })),
      closedIn: new Set(machine.closedIn),
    },
    hypothesisId: compileIdPattern(hypothesisId),
    literals: new Set(literals),
  }
}

/** A type with its maps as lists of pairs, its sets as lists, its patterns as texts. */
type Plain<T> =
  T extends ReadonlyMap<infer Key, infer Value> ? readonly (readonly [Key, Value])[]
  : T extends ReadonlySet<infer Value> ? readonly Value[]
  : T extends IdPattern ? string
  : T

type Packed = Omit<{ readonly [Key in keyof Template]: Plain<Template[Key]> }, 'machine'> & {
  readonly machine: Omit<{ readonly [Key in keyof Template['machine']]: Plain<Template['machine'][Key]> }, 'phases'> & {
    readonly phases: readonly { readonly [Key in keyof Template['machine']['phases'][number]]: Plain<Template['machine']['phases'][number][Key]> }[]
  }
}
