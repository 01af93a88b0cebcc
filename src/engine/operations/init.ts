/** Owns the use case `init`: sets a repository up, and changes nothing that is there already. */

import * as path from 'node:path'
import { findConfig, configName } from '../root.js'
import type { Host } from '../host.js'
import type { AgentName } from '../setup/agents.js'
import type { CiName } from '../setup/ci.js'
import type { InitStep } from '../setup/pieces.js'
import { builtinFolder } from '../templates.js'

export type { InitStep } from '../setup/pieces.js'

/** What `init` can set up beside the repository itself. */
export const agentChoices: readonly AgentName[] = ['claude', 'codex', 'cursor', 'gemini', 'copilot', 'opencode']
export const ciChoices: readonly CiName[] = ['github', 'gitlab', 'pre-commit']

export interface InitInput {
  readonly agents?: readonly AgentName[]
  readonly ci?: readonly CiName[]
  /** Writes anew what people edited. */
  readonly force?: boolean
  /** The version of the program, for stamps. */
  readonly version: string
}

export interface InitResult {
  readonly root: string
  readonly steps: readonly InitStep[]
}

const schemaFile = '.inquest/config.schema.json'

const configText = `# yaml-language-server: $schema=${schemaFile}
# Every key may be left out; docs/configuration.md of the package says what each does.

# Which files are documents. Without this, every Markdown file that names a known template is one.
# documents: ['docs/**/*.md']

# Files that are never looked at.
# exclude: ['docs/archive/**']

# Severities by rule: off, info, warning or error.
# rules:
#   verdict-unsupported: error

# Severities for some paths or templates; later entries win.
# overrides:
#   - paths: ['docs/old/**']
#     rules: { evidence-unsourced: warning }
`

const ignoredByGit = ['.inquest/cache/', '.inquest/ids/', '.inquest/pending/', '*.inquest-lock', '*.inquest-tmp', '*.inquest-displaced', '.inquest/*.db', '.inquest/*.db-*']

/** Idempotent: a second run answers that everything was kept. */
export async function init(host: Host, input: InitInput): Promise<InitResult> {
  const { root } = findConfig(host.cwd, host)
  const at = (file: string): string => path.join(root, file)
  const steps: InitStep[] = []
  const create = (file: string, text: string): void => {
    steps.push({ path: file, change: host.createFile(at(file), text) ? 'created' : 'kept' })
  }
  create(configName, configText)
  const schema = host.readText(path.join(path.dirname(builtinFolder(host)), 'schema', 'config.schema.json')) ?? ''
  const before = host.readText(at(schemaFile))
  if (before === undefined) create(schemaFile, schema)
  else if (before === schema) steps.push({ path: schemaFile, change: 'kept' })
  else {
    // The schema belongs to the version of the program, not to a person.
    host.replaceFile(at(schemaFile), before, schema)
    steps.push({ path: schemaFile, change: 'extended' })
  }
  create('.inquest/templates/README.md', templatesReadme)
  const folder = 'docs/investigations'
  steps.push({ path: `${folder}/`, change: host.isFolder(at(folder)) ? 'kept' : 'created' })
  host.makeFolder(at(folder))
  steps.push(extendGitignore(host, at('.gitignore')), ...(await furtherSteps(host, root, input)))
  return { root, steps }
}

/** Loads what agents and CI are given only where somebody asks for it. */
async function furtherSteps(host: Host, root: string, { agents = [], ci = [], force = false, version }: InitInput): Promise<readonly InitStep[]> {
  if (agents.length + ci.length === 0) return []
  const [{ agentPieces }, { ciPieces }, { writePiece }] = await Promise.all([import('../setup/agents.js'), import('../setup/ci.js'), import('../setup/pieces.js')])
  return joined([...agentPieces(host, root, agents), ...ciPieces(ci)].map((piece) => writePiece({ host, root, version, force }, piece)))
}

/** One step for each file, though several pieces went into it. */
function joined(steps: readonly InitStep[]): readonly InitStep[] {
  const weights: readonly InitStep['change'][] = ['kept', 'updated', 'extended', 'created', 'left']
  const byPath = new Map<string, InitStep>()
  for (const step of steps) {
    const known = byPath.get(step.path)
    if (known === undefined || weights.indexOf(step.change) > weights.indexOf(known.change)) byPath.set(step.path, step)
  }
  return [...byPath.values()]
}

const templatesReadme = `Templates of this repository: one Markdown file each, its frontmatter the schema and the phases, its body the scaffold.
Start from a built-in one with \`inquest template show investigation > .inquest/templates/investigation.md\`;
\`inquest template check\` says what is wrong with it.
`

function extendGitignore(host: Host, file: string): InitStep {
  const before = host.readText(file)
  const present = new Set((before ?? '').split(/\r?\n/u).map((line) => line.trim()))
  const missing = ignoredByGit.filter((line) => !present.has(line))
  if (missing.length === 0) return { path: '.gitignore', change: 'kept' }
  const newline = before?.includes('\r\n') === true ? '\r\n' : '\n'
  const added = missing.map((line) => line + newline).join('')
  if (before === undefined) {
    host.createFile(file, added)
    return { path: '.gitignore', change: 'created' }
  }
  const gap = before === '' || before.endsWith('\n') ? '' : newline
  host.replaceFile(file, before, `${before}${gap}${added}`)
  return { path: '.gitignore', change: 'extended' }
}
