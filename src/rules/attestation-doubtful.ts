/** Owns the rule `attestation-doubtful`. */

import { foldLedger } from '../workflow/ledger.js'
import type { Facts } from '../facts/facts.js'
import { givenBy } from './attestation-missing.js'
import type { FactRule } from './rule.js'
import type { World } from './world.js'

export const attestationDoubtful: FactRule = {
  name: 'attestation-doubtful',
  over: 'facts',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  waivable: false,
  summary: 'A record that an agent worked on the document was not made by the hook, or names a commit that does not exist.',
  why: 'A record is a file that anybody can write. The hook names it after the run of the agent, and writes down the commit that was checked out.',
  remedy: 'Delete the record, and let the agent work on the document again with `inquest hook SubagentStop` in place.',
  examples: [],
  *check(facts, world) {
    const { template, id } = facts
    const { attestations, machine } = template
    if (attestations.length === 0 || id === undefined) return
    const counted = world.attestations(template.name, id).filter(({ agent }) => attestations.some((spec) => givenBy(spec, agent)))
    const at = { field: machine.phaseField ?? machine.statusField }
    for (const { record, isNamedByHook, agent, commit } of counted) {
      if (!isNamedByHook) yield { message: `The record \`${record}\` of \`${agent}\` does not have the name that the hook gives`, at, subject: record }
      else if (commit !== undefined && lacksOnly(commit, facts, world)) yield { message: `The record \`${record}\` of \`${agent}\` names commit \`${commit}\`, which does not exist`, at, subject: record }
    }
  },
}

/** True for a commit that is not here, while all are that the history names: so nobody has squashed them. */
function lacksOnly(commit: string, { template, document }: Facts, world: World): boolean {
  const { historyField } = template.machine
  const named = historyField === undefined ? [] : foldLedger(document.data[historyField], template.machine).entries.flatMap((entry) => entry.commit ?? [])
  const missing = world.missingCommits([commit, ...named])
  return named.length > 0 && missing?.length === 1 && missing[0] === commit
}
