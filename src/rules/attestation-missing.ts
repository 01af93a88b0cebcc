/** Owns the rule `attestation-missing`. */

import { phaseNamed } from '../workflow/ledger.js'
import type { AttestationSpec, Machine } from '../template/template.js'
import type { FactRule } from './rule.js'
import type { Attestation } from './world.js'

export const attestationMissing: FactRule = {
  name: 'attestation-missing',
  over: 'facts',
  kind: 'omission',
  severity: 'error',
  summary: 'No record shows that one of the agents which the template asks for worked on the document.',
  why: 'That an agent was told to leave a part of the work to another one does not mean that it did. A record that is made when the other one stops does.',
  remedy: 'Let one of the agents work on the document in the phase that is named; `inquest hook SubagentStop` makes the record. Where that cannot be, the template has to ask for less.',
  examples: [],
  *check({ template, id }, world) {
    const { attestations, machine } = template
    if (attestations.length === 0 || id === undefined) return
    const given = world.attestations(template.name, id)
    for (const spec of attestations) {
      if (given.some((one) => gives(one, spec, machine))) continue
      const phase = spec.phase === undefined ? undefined : machine.phases[spec.phase]
      const when = phase === undefined ? '' : ` in the phase \`${phase.name}\``
      yield {
        message: `Nothing attests \`${spec.kind}\`, expected a record of the agent ${spec.agents.map((agent) => `\`${agent}\``).join(' or ')}${when}`,
        at: { field: machine.phaseField ?? machine.statusField },
        subject: spec.kind,
        phase: spec.phase,
      }
    }
  },
}

/** True for a run of the agent that gives the attestation. Agents that come with the plugin go by its name and their own. */
export function givenBy({ agents }: AttestationSpec, agent: string): boolean {
  return agents.some((name) => agent === name || agent === `inquest:${name}`)
}

function gives({ agent, phase }: Attestation, spec: AttestationSpec, machine: Machine): boolean {
  if (!givenBy(spec, agent)) return false
  return spec.phase === undefined || (phase !== undefined && phaseNamed(machine, phase)?.index === spec.phase)
}
