/** Owns the rule `phase-invalid`. */

import type { FactRule } from './rule.js'

export const phaseInvalid: FactRule = {
  name: 'phase-invalid',
  over: 'facts',
  kind: 'defect',
  severity: 'error',
  summary: 'The phase or status is none the template knows, or the two cannot be together.',
  why: 'A document is held to what it claims; a claim that cannot be holds it to nothing.',
  remedy: 'Set the phase and status that the document has reached.',
  examples: [
    { good: 'lifecycle_phase: conclude', bad: 'lifecycle_phase: explore' },
    { good: 'status: complete', bad: 'status: finished' },
  ],
  *check({ claim, template }) {
    const { machine } = template
    const quoted = (names: Iterable<string>): string => [...names].map((name) => `\`${name}\``).join(', ')
    if (claim.status !== undefined && claim.standing === undefined) {
      const message = `Unexpected status \`${claim.status}\`, expected one of ${quoted(machine.statuses.keys())}`
      yield { message, at: { field: machine.statusField, part: 'value' }, subject: claim.status }
    }
    const { phaseField } = machine
    if (phaseField === undefined || claim.phaseName === undefined) return
    if (claim.phase === undefined) {
      const message = `Unexpected phase \`${claim.phaseName}\`, expected one of ${quoted(machine.phases.map((phase) => phase.name))}`
      yield { message, at: { field: phaseField, part: 'value' }, subject: claim.phaseName }
      return
    }
    const accepted = [claim.phase.name, claim.phaseName].some((name) => machine.closedIn.has(name.toLowerCase()))
    if (accepted) return
    if (claim.standing !== 'closed') {
      // No defect while the work goes on; it contradicts whoever says that the phase is the last one.
      const message = `The phase is \`${claim.phaseName}\`, expected ${quoted(machine.closedIn)} for closing`
      yield { message, at: { field: phaseField, part: 'value' }, subject: claim.phaseName, kind: 'omission' }
      return
    }
    yield {
      message: `The status is \`${claim.status}\` in the phase \`${claim.phaseName}\`, expected the phase ${quoted(machine.closedIn)}`,
      at: { field: phaseField, part: 'value' },
      subject: claim.phaseName,
      related: [{ message: 'the status', at: { field: machine.statusField } }],
    }
  },
}
