/** Owns the use case `init`: sets a repository up, and changes nothing that is there already. */

import * as path from 'node:path'
import { findConfig, configName } from '../config.js'
import type { Host } from '../host.js'
import { builtinFolder } from '../templates.js'

export interface InitStep {
  /** Relative to the root. */
  readonly path: string
  readonly change: 'created' | 'extended' | 'kept'
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
export function init(host: Host): InitResult {
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
  steps.push(extendGitignore(host, at('.gitignore')))
  return { root, steps }
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
