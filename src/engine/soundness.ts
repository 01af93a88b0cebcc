/**
 * Owns what is wrong with a repository as a whole: settings that do nothing or contradict each other, gates that can never
 * fire, references that lead nowhere, records of nothing.
 */

import { isDocumentId } from '../facts/references.js'
import { judge } from '../rules/judge.js'
import type { Template } from '../template/template.js'
import { attestationFolder, readRecord } from './attestations.js'
import type { Override } from './config.js'
import type { Matches } from './globs.js'
import { compileGlob } from './globs.js'
import { configName } from './root.js'
import { examine, placeFindings, severitiesFor } from './examine.js'
import { selectTargets } from './targets.js'
import type { TemplateOrigin } from './templates.js'
import type { Workspace } from './workspace.js'

export interface Fault {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly remedy: string
}

const warning = (message: string, remedy: string): Fault => ({ severity: 'warning', message, remedy })

// ---------------------------------------------------------------- settings

/** What the configuration says and nothing comes of. */
export function idleSettings(workspace: Workspace): readonly Fault[] {
  const { config } = workspace
  const files = workspace.host.listFiles(workspace.root, undefined)
  const matches = (glob: string): Matches => compileGlob(glob)
  const idle = (key: string, globs: readonly string[]): readonly Fault[] =>
    globs.filter((glob) => !files.some(matches(glob))).map((glob) => warning(`\`${key}\` of ${configName} names \`${glob}\`, and no file is there`, 'Mend the glob, or take it out'))
  const emptied = (config.documents ?? []).filter((glob) => {
    const meant = files.filter(matches(glob))
    return meant.length > 0 && meant.every((file) => workspace.excludes(file))
  })
  return [
    ...idle('documents', config.documents ?? []),
    ...idle('exclude', config.exclude),
    ...config.overrides.flatMap((override, index) => idle(`overrides.${index}.paths`, override.paths ?? [])),
    ...emptied.map((glob) => warning(`\`documents\` of ${configName} names \`${glob}\`, and \`exclude\` takes out every file that is there`, 'Take out one of the two')),
    ...unknownTemplates(workspace),
    ...config.overrides.flatMap((override, index) => withoutEffect(workspace, override, index)),
    ...unseenDocuments(workspace),
  ]
}

function unknownTemplates({ config, templates }: Workspace): readonly Fault[] {
  const known = new Set([...templates.listings.map((one) => one.name), ...templates.faulty.map((one) => one.name)])
  const named = [
    ...Object.keys(config.ids).map((name) => ['ids', name] as const),
    ...Object.keys(config.files).map((name) => ['files', name] as const),
    ...config.overrides.flatMap((override, index) => (override.templates ?? []).map((name) => [`overrides.${index}.templates`, name] as const)),
  ]
  return named.filter(([, name]) => !known.has(name.split('@')[0])).map(([key, name]) => warning(`\`${key}\` of ${configName} names the template \`${name}\`, which there is none of`, 'See `inquest template list`'))
}

/** An entry all of whose rules a later entry for the same documents, or for all, sets again. */
function withoutEffect({ config }: Workspace, { rules, paths, templates }: Override, index: number): readonly Fault[] {
  const later = config.overrides.slice(index + 1)
  const covers = (one: Override): boolean => {
    const samePaths = one.paths === undefined || String(one.paths) === String(paths)
    const sameTemplates = one.templates === undefined || String(one.templates) === String(templates)
    return samePaths && sameTemplates
  }
  const lost = Object.keys(rules).filter((rule) => later.some((one) => covers(one) && rule in one.rules && one.rules[rule] !== rules[rule]))
  return lost.map((rule) => warning(`\`overrides.${index}\` of ${configName} sets \`${rule}\`, and a later entry for the same documents sets it otherwise`, 'Keep one of the two'))
}

/** Documents are written where the configuration does not look for any. */
function unseenDocuments(workspace: Workspace): readonly Fault[] {
  if (workspace.config.documents === undefined) return []
  const own = new Set(workspace.templates.listings.filter((origin) => !origin.builtin).map((origin) => origin.name))
  const used = new Set(workspace.index().entries.map((entry) => entry.template))
  return [...new Set([...own, ...used])].flatMap((name) => {
    const template = usable(workspace, name)
    const file = workspace.config.files[name] ?? template?.file
    const example = file?.replaceAll(/\{\{[^}]*\}\}/gu, 'x')
    if (file === undefined || example === undefined || (workspace.declares(example) && !workspace.excludes(example))) return []
    return [warning(`New documents of \`${name}\` are written to \`${file}\`, where \`documents\` of ${configName} looks for none`, 'Add a glob, or say under `files` where they are written')]
  })
}

function usable({ templates }: Workspace, name: string): Template | undefined {
  return templates.faulty.some((one) => one.name === name) ? undefined : templates.latest(name)
}

// ---------------------------------------------------------------- gates

/** Gates that hold nothing back: of a template without documents, or by a rule that is off. */
export function idleGates(workspace: Workspace): readonly Fault[] {
  const { entries } = workspace.index()
  return workspace.templates.listings.flatMap((origin) => {
    const judged = entries.filter((entry) => isJudgedBy(workspace, entry.template, entry.version, origin))
    if (judged.length === 0) return origin.builtin ? [] : [warning(`${origin.source}: no document is judged by it, so its gates hold nothing back`, `Start one with \`inquest new ${origin.name} "<title>"\`, or take the template out`)]
    const template = workspace.templates.open(origin)
    const off = template.machine.phases.flatMap((phase) => [...phase.gate].filter((rule) => isOff(workspace, rule, template)).map((rule) => ({ phase, rule })))
    return off.map(({ phase, rule }) => warning(`The gate of \`${phase.name}\` in ${origin.source} asks for \`${rule}\`, and ${configName} turns that rule off`, 'Turn it on, or take it from the gate of a template of your own'))
  })
}

function isJudgedBy({ templates }: Workspace, name: string, version: string | undefined, origin: TemplateOrigin): boolean {
  if (name !== origin.name || templates.faulty.some((one) => one.name === name)) return false
  return templates.find(name, version)?.source === origin.source
}

/** Off for every document of the template; an entry for some paths leaves it to the others. */
function isOff({ config }: Workspace, rule: string, { name }: Template): boolean {
  const setting = config.overrides.filter(({ paths, templates }) => paths === undefined && (templates === undefined || templates.includes(name))).findLast((override) => rule in override.rules)
  return (setting?.rules[rule] ?? config.rules[rule]) === 'off'
}

// ---------------------------------------------------------------- references

/** Rules whose findings are references that lead nowhere. What the concept store lacks is told by its own look. */
const referenceRules: ReadonlySet<string> = new Set(['reference-unresolved', 'citation-unresolved', 'spawn-unresolved'])

/** More than this are counted. */
const mostNamed = 20

/** Ids of parents, and whatever else a check that is not told otherwise finds to lead nowhere. */
export async function deadReferences(workspace: Workspace): Promise<readonly Fault[]> {
  const { entries, withId } = workspace.index()
  const prefixes = new Set(entries.flatMap((entry) => (entry.id === undefined ? [] : [prefixOf(entry.id)])))
  const orphans = entries.flatMap((entry) =>
    entry.parents
      // Ids of a kind that no document here has are kept somewhere else.
      .filter((parent) => isDocumentId(parent) && prefixes.has(prefixOf(parent)) && withId(parent).length === 0)
      .map((parent) => warning(`${entry.path}: says that it came from ${parent}, and no document has that id`, 'Mend the id, or take it out')),
  )
  const lines: Fault[] = []
  for (const { path } of selectTargets(workspace, [])) {
    const text = workspace.readText(path)
    const examined = text === undefined ? undefined : examine(workspace, path, text, false)
    if (examined?.facts === undefined) continue
    const severityOf = severitiesFor(workspace, path, examined.template)
    // The other rules are off, so that nothing is asked of the world for their sake.
    const dead = judge(examined.facts, workspace.worldOf(path), (rule) => (referenceRules.has(rule.name) ? severityOf(rule) : 'off'))
      .filter((finding) => referenceRules.has(finding.rule))
    for (const { range, message } of dead.length === 0 ? [] : await placeFindings(dead, examined.document, path)) lines.push(warning(`${path}:${range.start.line}: ${message}`, 'Mend the reference, or take it out'))
  }
  const all = [...orphans, ...lines]
  return all.length <= mostNamed ? all : [...all.slice(0, mostNamed), warning(`${all.length - mostNamed} more references lead nowhere`, 'See `inquest check`')]
}

function prefixOf(id: string): string {
  return id.replace(/-[^-]*$/u, '').toUpperCase()
}

/** Records that nobody can read, or of documents that there are none of. */
export function idleRecords(workspace: Workspace): readonly Fault[] {
  const { host } = workspace
  const folder = workspace.toAbsolute(attestationFolder)
  if (!host.isFolder(folder)) return []
  return host.listFiles(folder, ['.json']).flatMap((file) => {
    const path = `${attestationFolder}/${file}`
    const record = readRecord(host.readText(workspace.toAbsolute(path)) ?? '')
    if (record === undefined) return [{ severity: 'error' as const, message: `${path}: is no record that can be read, so it attests nothing`, remedy: 'Take it back from git, or delete it' }]
    const id = decodeURIComponent(file.split('/')[0] ?? '')
    const known = workspace.index().withId(id).some((entry) => entry.template === record.template)
    return known ? [] : [warning(`${path}: is on record for ${id}, and no document of \`${record.template}\` has that id`, 'Delete it, if the document is gone for good')]
  })
}
