/** Owns which evidence should not be there yet when hypotheses are registered. */

import type { Evidence, Facts } from '../facts/facts.js'

/**
 * The rows of evidence that the template expects after the hypotheses are registered. What is gathered before them by
 * design, as where exploring comes first, is not among them.
 */
export function laterEvidence({ evidence, template }: Pick<Facts, 'evidence' | 'template'>): readonly Evidence[] {
  const registering = template.machine.phases.find((phase) => phase.registers)
  return registering === undefined ? evidence : evidence.filter((row) => row.spec.phase >= registering.index)
}
