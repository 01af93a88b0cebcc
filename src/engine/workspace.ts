/** Owns one repository as commands see it: its root, configuration, templates, documents and their ids. */

import * as path from 'node:path'
import type { MarkdownEngine } from '../document/markdown.js'
import { loadMarkdown } from '../document/markdown.js'
import { ruleNames } from '../rules/judge.js'
import type { Cited } from '../evidence/cited.js'
import type { Resolution } from '../evidence/resolution.js'
import { resolveCited } from '../evidence/resolution.js'
import { isDocumentId } from '../facts/references.js'
import type { Drift, Pin } from '../evidence/pins.js'
import { driftOf, pinFor, pinKey } from '../evidence/pins.js'
import type { BoundCitation, ConceptPlace, DocumentEntry, World } from '../rules/world.js'
import type { CitedFiles } from './cited.js'
import { openCited } from './cited.js'
import { readAttestations } from './attestations.js'
import type { ConceptLookup } from '../memory/lookup.js'
import { findLookup, memoryPlace } from './memory.js'
import { evidenceFile, evidenceFolder, loadPins } from './pins.js'
import { lastOutcome } from './receipts.js'
import { findRegistered } from './registered.js'
import type { Config, RuleSeverities } from './config.js'
import { loadConfig } from './config.js'
import { compileGlobs } from './globs.js'
import type { Matches } from './globs.js'
import { openHeads } from './heads.js'
import type { FileStamp, Host } from './host.js'
import { detach } from '../text/detach.js'
import type { LineRange } from '../text/span.js'
import type { RepositoryIndex } from './repository-index.js'
import { indexEntries, indexHeads, isSameFile } from './repository-index.js'
import { configName, findConfig } from './root.js'
import { searchBelow } from './search.js'
import type { TemplateRegistry } from './templates.js'
import { openTemplates } from './templates.js'
import { isUnwritten } from './unwritten.js'

/** What a file has to end in to be a document without the configuration saying so. */
export const documentExtensions: readonly string[] = ['.md', '.markdown', '.mdown']

export interface Workspace {
  readonly host: Host
  readonly root: string
  readonly configFile: string | undefined
  readonly config: Config
  readonly engine: MarkdownEngine
  readonly templates: TemplateRegistry
  /** All files that git does not ignore, relative to the root with `/`, in order; listed once. */
  everything(): readonly string[]
  /** Markdown files that may be documents, relative to the root with `/`, in order. */
  files(): readonly string[]
  /** True where the configuration says that the file is a document. */
  declares(file: string): boolean
  excludes(file: string): boolean
  /** What the configuration says of some paths or templates, in its order. */
  readonly overrides: readonly { readonly templates: readonly string[] | undefined; readonly rules: RuleSeverities; covers(file: string): boolean }[]
  /** Documents by id; opened once, from the heads of all files. */
  index(): RepositoryIndex
  /** Of the repository's own templates, relative to the root. */
  readonly templateFolder: string
  /** The pins in a file below the root; none where there is no such file. */
  pinsOf(file: string): readonly Pin[]
  /** What the working tree holds of that which documents cite. */
  readonly cited: CitedFiles
  /** What rules may ask the concept store; undefined where there is none. */
  readonly concepts: ConceptLookup | undefined
  worldOf(file: string): World
  /** What the past of a document is looked up in: the commit that is checked out, and whether all of the past is there. */
  history(): string
  /** Where things are kept that only save time, absolute; undefined where nothing is kept. */
  readonly cacheFolder: string | undefined
  /** Taken once, before anybody reads the file; undefined for a file that is not there, or whose text is not what is on disk. */
  stamp(file: string): FileStamp | undefined
  toRelative(file: string): string
  toAbsolute(file: string): string
  /** A document that is open elsewhere with unsaved text goes before the file. */
  readText(file: string): string | undefined
}

export interface OpenOptions {
  /** Texts to use in place of files, by path relative to the root. */
  readonly overlay?: ReadonlyMap<string, string>
  /** False: nothing is remembered from earlier runs, and nothing for later ones. A text is the folder to keep it in. */
  readonly cache?: boolean | string
  /** Goes before what the configuration says. */
  readonly profile?: Config['profile']
  /** What another thread has read of the repository already. */
  readonly known?: { readonly everything: readonly string[]; readonly entries: readonly DocumentEntry[] }
}

/** Opens the repository around a folder. @throws InquestError for a configuration that cannot be used */
export async function openWorkspace(host: Host, folder: string = host.cwd, options: OpenOptions = {}): Promise<Workspace> {
  const engine = await loadMarkdown()
  const found = findConfig(folder, host)
  const written = await loadConfig(found, host, engine, ruleNames)
  const config = options.profile === undefined ? written : { ...written, profile: options.profile }
  const { root } = found
  const templates = await openTemplates(root, path.resolve(root, config.templates), host, engine)
  const overlay = options.overlay ?? new Map<string, string>()
  const declared = await compileGlobs(config.documents ?? [])
  const excluded = await compileGlobs(config.exclude)
  const everywhere: Matches = () => true
  const overrides = await Promise.all(
    config.overrides.map(async ({ paths, templates: named, rules }) => ({ templates: named, rules, covers: paths === undefined ? everywhere : await compileGlobs(paths) })),
  )
  const templateFolder = path.relative(root, path.resolve(root, config.templates)).split(path.sep).join('/')
  const excludes = (file: string): boolean => excluded(file) || file.startsWith(`${templateFolder}/`)
  const concepts = await findLookup({ root, config, host })
  const stamps = new Map<string, FileStamp | undefined>()
  const existing = new Map<string, boolean>()
  let history: string | undefined
  let everything = options.known?.everything ?? (await host.endListing(root))
  const pins = new Map<string, readonly Pin[]>()
  let pinned: boolean | undefined
  let files: readonly string[] | undefined
  let index: RepositoryIndex | undefined

  const workspace: Workspace = {
    host,
    root,
    configFile: found.file,
    config,
    engine,
    templates,
    everything: () => (everything ??= host.listFiles(root, undefined)),
    files: () => (files ??= workspace.everything().filter((file) => isMarkdown(file) && !excludes(file))),
    declares: declared,
    excludes,
    templateFolder,
    overrides,
    index: () => (index ??= options.known === undefined ? indexHeads(workspace, () => openHeads(workspace, overlay)) : indexEntries(workspace, options.known.entries)),
    cited: openCited(host, root, () => workspace.everything()),
    concepts,
    pinsOf(file) {
      // Most repositories hold none, and asking once is cheaper than for each document.
      if (!(pinned ??= host.isFolder(path.join(root, evidenceFolder)))) return []
      const known = pins.get(file) ?? loadPins(host, root, file)
      pins.set(file, known)
      return known
    },
    worldOf: (file) => worldOf(workspace, file, existing),
    history: () => (history ??= host.git(root, ['rev-parse', 'HEAD', '--is-shallow-repository']) ?? ''),
    cacheFolder: cacheFolderOf(host, root, options),
    stamp(file) {
      if (overlay.has(file)) return undefined
      if (!stamps.has(file)) stamps.set(file, host.stamp(path.isAbsolute(file) ? file : `${root}/${file}`))
      return stamps.get(file)
    },
    toRelative: (file) => path.relative(root, path.resolve(host.cwd, file)).split(path.sep).join('/'),
    toAbsolute: (file) => path.resolve(root, file),
    readText: (file) => overlay.get(file) ?? host.readText(path.resolve(root, file)),
  }
  return workspace
}

/** By its extension. */
export function isMarkdown(file: string): boolean {
  const name = file.toLowerCase()
  return documentExtensions.some((extension) => name.endsWith(extension))
}

/** Only a repository that was set up for inquest has a place where things are kept, unless somebody names one. */
function cacheFolderOf(host: Host, root: string, { cache }: OpenOptions): string | undefined {
  if (typeof cache === 'string') return path.resolve(host.cwd, cache)
  return cache !== false && host.isFolder(path.join(root, '.inquest')) ? path.join(root, '.inquest/cache') : undefined
}

/** A path, or the id of a document in the place of one. */
function citedFrom(workspace: Workspace, file: string, written: string): Cited {
  const found = workspace.cited.find(written, file.slice(0, file.lastIndexOf('/') + 1))
  if (found.kind !== 'absent' || !isDocumentId(written)) return found
  const documents = workspace.index().withId(written).map((entry) => entry.path)
  return documents.length === 0 ? found : workspace.cited.among(documents)
}

/** Whether a citation can be looked up, by all that rules, gates, ticks and `verify` go by. */
function resolveFrom(workspace: Workspace, file: string, written: string, lines: readonly LineRange[]): Resolution {
  const { cited } = workspace
  const resolution = resolveCited(citedFrom(workspace, file, written), lines, {
    at: (path) => cited.at(path),
    standing(path) {
      const standing = cited.standing(path)
      // What a document that git does not have yet cites will come with it.
      return standing === 'untracked' && cited.standing(file) !== 'tracked' ? undefined : standing
    },
    document: file,
    isOwn: (path) => path === configName || path.startsWith('.inquest/') || path.startsWith(`${workspace.templateFolder}/`),
  })
  if (resolution.state !== 'resolved' || resolution.path !== written) return resolution
  // Kept for each citation of each document.
  return resolution.weak === undefined ? { state: 'resolved' } : { state: 'resolved', weak: resolution.weak }
}

function placeOfConcepts({ config, concepts }: Workspace): ConceptPlace {
  if (config.memory.external === true) return 'elsewhere'
  return concepts === undefined ? 'nowhere' : 'here'
}

function driftFrom(workspace: Workspace, pin: Pin | undefined, { lines }: BoundCitation): (Drift & { readonly pin: string }) | undefined {
  return pin === undefined ? undefined : { ...driftOf(pin, workspace.cited.lines(pin.path, 1, Number.POSITIVE_INFINITY), lines), pin: pinKey(pin) }
}

/** The pins of one document, looked up once for all that it cites. */
function pinsFor(workspace: Workspace, file: string): (citation: BoundCitation) => Pin | undefined {
  let found: { readonly id: string | undefined; readonly template: string; readonly pins: readonly Pin[] } | undefined
  return ({ id, template, path: written, lines }) => {
    if (found === undefined || found.id !== id || found.template !== template) {
      found = { id, template, pins: workspace.pinsOf(evidenceFile({ id, path: file }, 'pins')).filter((pin) => pin.template === template) }
    }
    if (found.pins.length === 0) return undefined
    return pinFor(found.pins, { path: written, lines }, (of) => workspace.cited.lines(of.path, 1, Number.POSITIVE_INFINITY))
  }
}

/** @param known which files were looked for already, and are there or not */
export function worldOf(workspace: Workspace, file: string, known = new Map<string, boolean>()): World {
  const pinOf = pinsFor(workspace, file)
  const isThis = (other: string): boolean => other === file || isSameFile(workspace, other, file)
  const { trackers } = workspace.config
  return {
    path: file,
    isThis,
    documentsWithId: (id) => workspace.index().withId(id),
    tracksWork: () => workspace.index().tracksBeside(file),
    registeredHypotheses(digest) {
      // Before the past is looked through, so that a commit made meanwhile is noticed.
      workspace.history()
      return findRegistered(workspace, file, digest)
    },
    resolves: (written, lines) => resolveFrom(workspace, file, written, lines),
    resolvedThen(citation, begun, passed) {
      workspace.history()
      return workspace.cited.provenance.resolvedThen(file, citation, begun, passed)
    },
    addedWith(begun, citations) {
      workspace.history()
      return workspace.cited.provenance.addedWith(file, begun, citations)
    },
    contains(path, texts) {
      const text = workspace.cited.text(path)?.toLowerCase()
      return text === undefined ? undefined : texts.map((one) => text.includes(one.toLowerCase()))
    },
    search: (written, text) => searchBelow(workspace, file, isThis, written, text),
    keepsConcepts: () => placeOfConcepts(workspace),
    tracker: (id) => trackers.find(({ prefix }) => id.startsWith(`${prefix}-`))?.url.replaceAll('{id}', encodeURIComponent(id)),
    lacksDocument: (id) => workspace.index().lacks(id),
    isUnwritten: (other) => isUnwritten(workspace, other),
    cited: (written) => citedFrom(workspace, file, written),
    drift: (citation) => driftFrom(workspace, pinOf(citation), citation),
    isPinTrue(citation) {
      workspace.history()
      const pin = pinOf(citation)
      return pin === undefined ? undefined : workspace.cited.isPinTrue(pin)
    },
    citedLines: (of, start, end) => workspace.cited.lines(of, start, end),
    attestations: (template, id) => readAttestations(workspace, template, id),
    unknownConcepts: (ids) => workspace.concepts?.unknown(ids) ?? ids,
    recordedConcepts: (template, document) => workspace.concepts?.recordedFor({ repository: memoryPlace(workspace).repository, template, document }) ?? [],
    lastRun: ({ id, template, ...run }) => lastOutcome(workspace, { id, path: file }, template, run),
    exists(target) {
      const seen = known.get(target)
      if (seen !== undefined) return seen
      const inside = path.resolve(workspace.root, target)
      // What lies outside the repository is nobody's business here.
      const there = (inside === workspace.root || inside.startsWith(workspace.root + path.sep)) && workspace.host.exists(inside)
      known.set(detach(target), there)
      return there
    },
  }
}
