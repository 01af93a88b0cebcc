/** Owns `inquest.yaml`: what it says, and that a mistake in it is told at its place. */

import type { MarkdownEngine } from '../document/markdown.js'
import { parseDocument } from '../document/document.js'
import { locateFields } from '../document/positions.js'
import { InquestError } from '../errors.js'
import type { Severity } from '../finding/finding.js'
import { validateWith } from '../schema/validate.js'
import { compileGlob, GlobError } from './globs.js'
import type { Host } from './host.js'
import type { Found } from './root.js'
import { configName } from './root.js'

export type RuleSeverities = Readonly<Record<string, Severity | 'off'>>

export interface Override {
  readonly paths: readonly string[] | undefined
  readonly templates: readonly string[] | undefined
  readonly rules: RuleSeverities
}

export interface Config {
  /** Undefined: every Markdown file that names a known template is a document. */
  readonly documents: readonly string[] | undefined
  readonly exclude: readonly string[]
  readonly templates: string
  readonly baseline: string
  readonly author: string | undefined
  readonly memory: {
    readonly file: string
    readonly export: string
    /** A command that sums up clusters; their own sentences do where it is left out. */
    readonly summarize?: string
  }
  readonly failOn: Severity | 'never'
  readonly ids: Readonly<Record<string, { readonly prefix?: string; readonly digits?: number }>>
  readonly files: Readonly<Record<string, string>>
  readonly rules: RuleSeverities
  readonly overrides: readonly Override[]
  readonly evidence: EvidenceConfig
}

const usualLimits: EvidenceLimits = { memory: 4096, processes: 1024, output: 16, disk: 4096 }

const defaultConfig: Config = {
  documents: undefined,
  exclude: [],
  templates: '.inquest/templates',
  baseline: 'inquest-baseline.json',
  author: undefined,
  memory: { file: '.inquest/memory.db', export: '.inquest/memory.jsonl' },
  failOn: 'error',
  ids: {},
  files: {},
  rules: {},
  overrides: [],
  evidence: evidenceOf(undefined),
}

/** What documents may have run, and how; nothing unless the configuration says so. */
export interface EvidenceConfig {
  /** Seconds. */
  readonly timeout: number
  /** Names of variables that are passed on. */
  readonly env: readonly string[]
  /** Files and folders that git ignores and the commands need. */
  readonly include: readonly string[]
  readonly limits: EvidenceLimits
  readonly commands: Readonly<Record<string, EvidenceCommand>>
}

/** What one command may take; all but the number of processes in megabytes. */
export interface EvidenceLimits {
  readonly memory: number
  /** Threads count. */
  readonly processes: number
  readonly output: number
  readonly disk: number
}

export interface EvidenceCommand {
  /** Program and arguments; no shell reads them. */
  readonly run: readonly string[]
  readonly timeout?: number
  readonly env?: readonly string[]
  readonly limits?: Partial<EvidenceLimits>
  /** True where it needs the network. */
  readonly network?: boolean
}

export function evidenceOf(source: EvidenceSource | undefined): EvidenceConfig {
  return { timeout: 60, env: [], include: [], commands: {}, ...source, limits: { ...usualLimits, ...source?.limits } }
}

export type EvidenceSource = Partial<Omit<EvidenceConfig, 'limits'>> & { readonly limits?: Partial<EvidenceLimits> }

/** @throws InquestError `config-invalid` that names file, line and remedy. */
export async function loadConfig(found: Found, host: Host, engine: MarkdownEngine, knownRules: ReadonlySet<string>): Promise<Config> {
  if (found.file === undefined) return defaultConfig
  const source = host.readText(found.file) ?? ''
  // The file is read as the frontmatter of a document, with the same engine and the same refusals.
  const head = '---\n'
  const document = parseDocument(`${head}${source}${source.endsWith('\n') ? '' : '\n'}---\n`, engine)
  const name = configName
  if (document.frontmatter.kind !== 'read') {
    if (source.trim() === '') return defaultConfig
    const at = document.frontmatter.kind === 'invalid' ? document.lines.pointAt(document.frontmatter.at.start).line - 1 : 1
    const problem = document.frontmatter.kind === 'invalid' ? document.frontmatter.problem.replace('The frontmatter is', 'it is') : 'it holds no keys and values'
    throw new InquestError('config-invalid', `${name}:${Math.max(1, at)}: ${problem}`, {
      hint: 'Mend the line; `inquest init` writes a configuration to start from',
      at: { path: name, line: Math.max(1, at) },
    })
  }
  const { configMatches } = await import('../schema/config.generated.js')
  const problems = [...validateWith(configMatches, document.data)]
  for (const { path: at, rules } of ruleMaps(document.data as ConfigSource)) {
    for (const rule of Object.keys(rules)) {
      if (!knownRules.has(rule)) problems.push({ path: [...at, rule], message: `there is no rule \`${rule}\`` })
    }
  }
  if (problems.length === 0) problems.push(...wrongGlobs(document.data as ConfigSource))
  const [first] = problems
  if (first !== undefined) {
    const positions = await locateFields(document)
    const span = positions?.find(first.path)
    const line = span === undefined ? 1 : document.lines.pointAt(span.start).line - 1
    const where = first.path.length === 0 ? '' : `\`${first.path.join('.')}\`: `
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
    throw new InquestError('config-invalid', `${name}:${line}: ${where}${first.message}${more}`, {
      hint: 'The keys and values that are allowed stand in schema/config.schema.json and docs/configuration.md',
      at: { path: name, line },
    })
  }
  return complete(document.data as ConfigSource)
}

interface ConfigSource {
  readonly documents?: readonly string[]
  readonly exclude?: readonly string[]
  readonly templates?: string
  readonly baseline?: string
  readonly author?: string
  readonly memory?: Partial<Config['memory']>
  readonly fail_on?: Severity | 'never'
  readonly ids?: Config['ids']
  readonly files?: Config['files']
  readonly rules?: RuleSeverities
  readonly overrides?: readonly { readonly paths?: readonly string[]; readonly templates?: readonly string[]; readonly rules: RuleSeverities }[]
  readonly evidence?: EvidenceSource
}

function ruleMaps(source: ConfigSource): readonly { path: readonly string[]; rules: RuleSeverities }[] {
  const overrides = Array.isArray(source.overrides) ? source.overrides : []
  return [
    { path: ['rules'], rules: source.rules ?? {} },
    ...overrides.map((override, index) => ({ path: ['overrides', String(index), 'rules'], rules: override?.rules ?? {} })),
  ].filter(({ rules }) => typeof rules === 'object')
}

/** Globs that cannot be matched; asked of a configuration that has its form. */
function wrongGlobs({ documents = [], exclude = [], overrides = [] }: ConfigSource): readonly { path: readonly string[]; message: string }[] {
  const written = [
    ...documents.map((glob, at) => ({ path: ['documents', String(at)], glob })),
    ...exclude.map((glob, at) => ({ path: ['exclude', String(at)], glob })),
    ...overrides.flatMap(({ paths = [] }, index) => paths.map((glob, at) => ({ path: ['overrides', String(index), 'paths', String(at)], glob }))),
  ]
  return written.flatMap(({ path, glob }) => {
    try {
      compileGlob(glob)
      return []
    } catch (error) {
      if (error instanceof GlobError) return [{ path, message: `the glob ${error.message}` }]
      throw error
    }
  })
}

function complete(source: ConfigSource): Config {
  return {
    documents: source.documents,
    exclude: source.exclude ?? [],
    templates: source.templates ?? defaultConfig.templates,
    baseline: source.baseline ?? defaultConfig.baseline,
    author: source.author,
    memory: { ...defaultConfig.memory, ...source.memory },
    failOn: source.fail_on ?? defaultConfig.failOn,
    ids: source.ids ?? {},
    files: source.files ?? {},
    rules: source.rules ?? {},
    overrides: (source.overrides ?? []).map((override) => ({ paths: override.paths, templates: override.templates, rules: override.rules })),
    evidence: evidenceOf(source.evidence),
  }
}
