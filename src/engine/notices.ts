/** Owns what a reader of "no finding" has to know: which rules are off, which files are excluded, which gates of the repository ask for less. */

import { isMarkdown } from './workspace.js'
import type { Workspace } from './workspace.js'

/** Each as a sentence without a full stop; empty where nothing lessens the check. */
export function noticesOf(workspace: Workspace): readonly string[] {
  return [...rulesOff(workspace), ...excludedFiles(workspace), ...laxGates(workspace)]
}

function rulesOff({ config }: Workspace): readonly string[] {
  const maps = [config.rules, ...config.overrides.map(({ rules }) => rules)]
  const off = [...new Set(maps.flatMap((rules) => Object.entries(rules).flatMap(([rule, severity]) => (severity === 'off' ? [rule] : []))))].toSorted()
  return off.length === 0 ? [] : [`rules that are off in the configuration: ${off.join(', ')}`]
}

function excludedFiles(workspace: Workspace): readonly string[] {
  if (workspace.config.exclude.length === 0) return []
  const count = workspace.everything().filter((file) => isMarkdown(file) && workspace.excludes(file)).length
  return count === 0 ? [] : [`${count} Markdown ${count === 1 ? 'file is' : 'files are'} excluded by the configuration or ${count === 1 ? 'is a template' : 'are templates'}`]
}

/** Templates of the repository that go before a built-in one and ask for less, and those with a gate that asks for nothing. */
function laxGates({ templates }: Workspace): readonly string[] {
  return templates.listings.flatMap((origin): string[] => {
    if (origin.builtin) return []
    const { machine } = templates.open(origin)
    const asked = new Set(machine.phases.flatMap(({ gate }) => [...gate]))
    const empty = machine.phases.filter(({ gate }) => gate.size === 0).map(({ name }) => `\`${name}\``)
    const replaced = templates.listings.find((other) => other.builtin && other.name === origin.name && other.version === origin.version)
    const dropped = replaced === undefined ? [] : [...new Set(templates.open(replaced).machine.phases.flatMap(({ gate }) => [...gate]))].filter((rule) => !asked.has(rule))
    if (dropped.length > 0) return [`the template ${origin.source} replaces a built-in one, and its gates do not ask for ${dropped.join(', ')}`]
    return machine.phaseField !== undefined && empty.length > 0 ? [`the template ${origin.source} has an empty gate for leaving ${empty.join(', ')}`] : []
  })
}
