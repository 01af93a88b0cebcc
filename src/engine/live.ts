/**
 * Owns a workspace that stays open while its documents are written: unsaved texts go before files, and what was
 * read of the repository is read again only where something changed.
 */

import * as path from 'node:path'
import { parseDocument } from '../document/document.js'
import { readFrontmatter } from '../document/frontmatter.js'
import { InquestError } from '../errors.js'
import type { Finding, PlacedFinding } from '../finding/finding.js'
import { compareFindings } from '../finding/finding.js'
import { rules } from '../rules/registry.generated.js'
import type { DocumentEntry } from '../rules/world.js'
import type { Baseline } from './baseline.js'
import { applyBaseline, readBaseline } from './baseline.js'
import type { CitedFiles } from './cited.js'
import { openCited } from './cited.js'
import { configName, findConfig } from './config.js'
import type { Examined } from './examine.js'
import { examine, findingsOf, placeFindings, severitiesFor } from './examine.js'
import type { Host } from './host.js'
import { memoryPlace } from './memory.js'
import { lineReader } from '../text/lines.js'
import { rememberLookup, stampOfStore } from './remembered-lookup.js'
import { selectTargets } from './targets.js'
import type { RepositoryIndex, Workspace } from './workspace.js'
import { documentExtensions, entryOf, indexEntries, isMarkdown, openWorkspace, worldOf } from './workspace.js'

/** A finding as it is shown, with what acting on it needs. */
export interface Diagnosis {
  readonly placed: PlacedFinding
  readonly finding: Finding
  /** True for what the document will owe once it leaves the phase it is in: not due yet, whatever its rule weighs. */
  readonly ahead: boolean
}

/** A document as it stands in the editor or in its file, looked at. */
export interface Looked {
  readonly path: string
  readonly text: string
  readonly workspace: Workspace
  readonly examined: Examined
  /** In the order of `check`, without what the baseline holds. */
  readonly diagnoses: readonly Diagnosis[]
  /** Why the concept store could not be asked. What has nothing to do with it is found all the same; gates stay shut. */
  readonly unasked: InquestError | undefined
  /** For what is only shown: like the workspace, without the store where that cannot be asked. */
  readonly shown: Workspace
}

export interface FileChange {
  /** Absolute. */
  readonly path: string
  readonly kind: 'created' | 'changed' | 'deleted'
}

/** What a change means for others: nothing, what they refer to, or the rules they are judged by. */
export type Reach = 'own' | 'world' | 'all'

export interface LiveWorkspace {
  readonly root: string
  /** Rises whenever something changed that findings of any document may depend on. */
  readonly generation: number
  /** @throws InquestError `config-invalid` while the configuration cannot be used */
  current(): Promise<Workspace>
  /** Sets the unsaved text of a document; undefined gives it back to its file. Paths are relative to the root. */
  hold(file: string, text: string | undefined): Reach
  /** What happened to a file on disk. */
  note(change: FileChange): Reach
  /** Undefined for a file that is not there. @throws InquestError for a configuration or template that cannot be used */
  look(file: string): Promise<Looked | undefined>
  /** The documents that `check` would look at. */
  documents(): Promise<readonly string[]>
  /** Names of what stands in a folder of the repository and is not ignored by git, folders with a `/` at their end. */
  namesIn(folder: string): Promise<readonly string[]>
  /** True where there is neither configuration nor git around. */
  readonly loose: boolean
}

/** The folder that is the root of a repository, or undefined where there is neither configuration nor git. */
export function findRoot(host: Host, folder: string): string | undefined {
  const { root, file } = findConfig(folder, host)
  return file !== undefined || host.exists(path.join(root, '.git')) ? root : undefined
}

export function openLive(host: Host, root: string, options: { readonly loose: boolean } = { loose: false }): LiveWorkspace {
  const held = new Map<string, string>()
  const looks = new Map<string, Look>()
  /** Held texts that were documents once: one whose template is being typed anew is still meant to be one. */
  const meant = new Set<string>()
  let generation = 0
  let opened: Promise<Opened> | undefined

  const open = (): Promise<Opened> => (opened ??= openOnce(remember(host, root), root, held, options.loose))
  const current = async (): Promise<Opened> => {
    const opening = open()
    try {
      return await opening
    } catch (error) {
      // What could not be opened is tried again once something changed, and at the next question.
      if (opened === opening) opened = undefined
      throw error
    }
  }
  const raise = (reach: Reach): Reach => {
    if (reach !== 'own') generation++
    if (reach === 'all') opened = undefined
    return reach
  }
  /** What the past says may read otherwise once there is a new commit. */
  let commit: string | undefined
  const turnPage = (): void => {
    const now = headOf(host, root)
    if (commit !== undefined && now !== commit) generation++
    commit = now
  }
  /** The head of one document is read again; only what others can see of it concerns them. */
  let ready: Opened | undefined
  const renew = (file: string): Reach => (ready?.renew(file) === true ? raise('world') : 'own')

  return {
    root,
    get generation() {
      return generation
    },
    async current() {
      ready = await current()
      return ready.workspace
    },
    hold(file, text) {
      const before = held.get(file)
      // What was found in the text before is not kept until the next is looked at, and so not moved about in memory.
      looks.delete(file)
      if (text !== undefined) held.set(file, text)
      else {
        held.delete(file)
        meant.delete(file)
      }
      // Configuration and templates count as they are saved.
      if (isRuling(file, ready)) return 'own'
      // A document that has no file yet is there from now on, or is no more.
      const appears = (before === undefined) !== (text === undefined) && !host.exists(path.resolve(root, file))
      if (appears) ready?.forgetFiles()
      const reach = renew(file)
      return appears && reach === 'own' ? raise('world') : reach
    },
    note({ path: absolute, kind }) {
      const file = path.relative(root, absolute).split(path.sep).join('/')
      if (file.startsWith('../') || isOurs(file)) return 'own'
      // Citations are bound and set free by the command line meanwhile.
      if (isRuling(file, ready) || file.startsWith('.inquest/evidence/')) return raise('all')
      // Whether there is a store is asked once; what is in it, every time.
      if (kind !== 'changed' && ready !== undefined && absolute === memoryPlace(ready.workspace).file) return raise('all')
      // Any file may be cited, and any document be referred to.
      ready?.forgetCited()
      if (kind !== 'changed') ready?.forgetFiles()
      if (!held.has(file)) looks.delete(file)
      renew(file)
      return raise('world')
    },
    async look(file) {
      ready = await current()
      turnPage()
      const text = ready.workspace.readText(file)
      if (text === undefined) {
        looks.delete(file)
        return undefined
      }
      const known = looks.get(file)
      if (known !== undefined && known.generation === generation && known.text === text && known.opened === ready) return known.looked
      const look = { generation, text, opened: ready, looked: lookAt(ready, file, text, meant.has(file)) }
      // What is read again now and then is not worth the memory.
      if (!held.has(file)) return look.looked
      // Whoever asks meanwhile gets the same.
      looks.set(file, look)
      try {
        const looked = await look.looked
        if (held.has(file) && looked.examined.skipped === undefined) meant.add(file)
        return looked
      } catch (error) {
        if (looks.get(file) === look) looks.delete(file)
        throw error
      }
    },
    async documents() {
      ready = await current()
      turnPage()
      return selectTargets(ready.workspace, []).map((target) => target.path)
    },
    async namesIn(folder) {
      ready = await current()
      return ready.namesIn(folder)
    },
    loose: options.loose,
  }
}

/** A look at a document, begun or done, with all that it holds for. */
interface Look {
  readonly generation: number
  readonly text: string
  readonly opened: Opened
  readonly looked: Promise<Looked>
}

interface Opened {
  readonly workspace: Workspace
  readonly baseline: Baseline | undefined
  /** True where others see something new in the document. */
  renew(file: string): boolean
  forgetFiles(): void
  forgetCited(): void
  namesIn(folder: string): readonly string[]
}

async function openOnce(given: Host, root: string, overlay: ReadonlyMap<string, string>, loose: boolean): Promise<Opened> {
  // Without a repository around it, a document has no neighbours but those that are open with it.
  const host: Host = loose ? { ...given, listFiles: () => [] } : given
  const base = await openWorkspace(host, root, { overlay })
  const concepts = base.concepts && rememberLookup(base.concepts, () => stampOfStore(host, memoryPlace(base).file))
  /** By path; undefined for files that are no documents. Empty until somebody asks for the index. */
  const entries = new Map<string, DocumentEntry | undefined>()
  let filled = false
  let files: readonly string[] | undefined
  let index: RepositoryIndex | undefined
  let cited: CitedFiles | undefined
  let everything: readonly string[] | undefined

  const listFiles = (): readonly string[] => {
    const onDisk = host.listFiles(root, documentExtensions).filter((file) => !base.excludes(file))
    const listed = new Set(onDisk)
    // What git ignores is no document, open or not; what has no file yet is one.
    const unsaved = [...overlay.keys()].filter((file) => !listed.has(file) && isMarkdown(file) && !base.excludes(file) && (loose || !host.exists(base.toAbsolute(file))))
    return unsaved.length === 0 ? onDisk : [...onDisk, ...unsaved].toSorted()
  }
  const readEntry = (file: string): DocumentEntry | undefined => {
    const text = workspace.readText(file)
    const frontmatter = text === undefined ? undefined : readFrontmatter(text)
    return frontmatter?.kind === 'read' ? entryOf(workspace, file, frontmatter.data) : undefined
  }
  const fill = (): void => {
    filled = true
    for (const file of base.files()) entries.set(file, undefined)
    for (const entry of base.index().entries) entries.set(entry.path, entry)
  }
  const entryAt = (file: string): DocumentEntry | undefined => {
    if (!entries.has(file)) entries.set(file, readEntry(file))
    return entries.get(file)
  }
  const workspace: Workspace = {
    ...base,
    concepts,
    everything: () => (everything ??= host.listFiles(root, undefined)),
    files: () => (files ??= listFiles()),
    index() {
      if (!filled) fill()
      return (index ??= indexEntries(workspace, workspace.files().flatMap((file) => entryAt(file) ?? [])))
    },
    get cited() {
      return (cited ??= openCited(host, root, () => workspace.everything()))
    },
    worldOf: (file) => worldOf(workspace, file),
    // What was true of a file when the workspace was opened says nothing of it now.
    stamp: () => undefined,
  }
  return {
    workspace,
    baseline: readBaseline(base),
    renew(file) {
      if (!filled || !isMarkdown(file)) return false
      const now = readEntry(file)
      const same = JSON.stringify(entries.get(file)) === JSON.stringify(now)
      entries.set(file, now)
      if (!same) index = undefined
      return !same
    },
    forgetFiles() {
      files = undefined
      index = undefined
    },
    forgetCited() {
      cited = undefined
      everything = undefined
    },
    namesIn(folder) {
      const names = workspace.everything().flatMap((file) => {
        if (!file.startsWith(folder)) return []
        const slash = file.indexOf('/', folder.length)
        return [slash === -1 ? file.slice(folder.length) : file.slice(folder.length, slash + 1)]
      })
      return [...new Set(names)]
    },
  }
}

function isTemplate(file: string, workspace: Workspace | undefined): boolean {
  const folder = path.posix.normalize(workspace?.config.templates ?? '.inquest/templates')
  return file.startsWith(`${folder}/`) && path.posix.basename(file).toLowerCase() !== 'readme.md'
}

/** Files that decide how all documents are judged. */
function isRuling(file: string, opened: Opened | undefined): boolean {
  if (file === configName) return true
  const workspace = opened?.workspace
  if (isTemplate(file, workspace) || file === path.posix.normalize(workspace?.config.baseline ?? 'inquest-baseline.json')) return true
  return workspace !== undefined && path.join(workspace.root, file) === memoryPlace(workspace).export
}

/** What inquest and git write for themselves changes no finding. */
function isOurs(file: string): boolean {
  return /^\.inquest\/(?:cache|ids|pending)\/|(?:^|\/)\.git\/|\.inquest-lock$|\.tmp$/u.test(file)
}

async function lookAt({ workspace, baseline }: Opened, file: string, text: string, named: boolean): Promise<Looked> {
  if (isTemplate(file, workspace)) return lookAtTemplate(workspace, file, text)
  try {
    return { ...(await judge(workspace, baseline, file, text, named)), workspace, shown: workspace, unasked: undefined }
  } catch (error) {
    if (!(error instanceof InquestError) || !error.code.startsWith('store-')) throw error
    const shown: Workspace = { ...workspace, concepts: undefined, worldOf: (one) => worldOf(shown, one) }
    return { ...(await judge(shown, baseline, file, text, named)), workspace, shown, unasked: error }
  }
}

/** A template has the form of a document of its own, and is judged as a template. */
async function lookAtTemplate(workspace: Workspace, file: string, text: string): Promise<Looked> {
  const { mistakesIn } = await import('./operations/template.js')
  const document = parseDocument(text, workspace.engine)
  const examined: Examined = { path: file, document, template: undefined, facts: undefined, skipped: 'it is a template' }
  const mistakes = await mistakesIn(workspace, file, document).catch((error: unknown) => {
    // A new document cannot be tried among others while a saved template cannot be used; those documents say so.
    if (error instanceof InquestError && error.code === 'config-invalid') return []
    throw error
  })
  const diagnoses = mistakes.map((placed): Diagnosis => {
    const { range, rule, severity, message } = placed
    const at = { start: document.lines.offsetAt(range.start), end: document.lines.offsetAt(range.end) }
    return { placed, finding: { rule, severity, message, at }, ahead: false }
  })
  return { path: file, text, workspace, shown: workspace, examined, diagnoses, unasked: undefined }
}

async function judge(workspace: Workspace, baseline: Baseline | undefined, file: string, text: string, named: boolean): Promise<Omit<Looked, 'workspace' | 'shown' | 'unasked'>> {
  const examined = examine(workspace, file, text, named)
  const findings = findingsOf(workspace, examined)
  const placed = await placeFindings(findings, examined.document, file)
  const severityOf = severitiesFor(workspace, file, examined.template)
  const heavier = new Set(rules.filter((rule) => !['info', 'off'].includes(severityOf(rule))).map((rule) => rule.name))
  const diagnoses = placed.flatMap((one, index): Diagnosis[] => {
    const finding = findings[index]
    return finding === undefined ? [] : [{ placed: one, finding, ahead: one.severity === 'info' && heavier.has(one.rule) }]
  })
  const shown = baseline === undefined ? undefined : new Set((await applyBaseline(baseline, placed.toSorted(compareFindings), [file], lineReader(() => text))).findings)
  return {
    path: file,
    text,
    examined,
    diagnoses: diagnoses.filter(({ placed: one }) => shown?.has(one) !== false).toSorted((a, b) => compareFindings(a.placed, b.placed)),
  }
}

/**
 * The host with what git says of the past kept until the commit at hand changes: rules ask it anew for each key
 * that is pressed.
 */
function remember(host: Host, root: string): Host {
  const answers = new Map<string, string | undefined>()
  let at: string | undefined
  return {
    ...host,
    git(folder, args) {
      if (!args.includes('log') && args[0] !== 'show') return host.git(folder, args)
      const commit = headOf(host, root)
      if (commit === undefined) return host.git(folder, args)
      if (commit !== at) answers.clear()
      at = commit
      const key = JSON.stringify([folder, args])
      if (!answers.has(key)) answers.set(key, host.git(folder, args))
      return answers.get(key)
    },
  }
}

/** The commit at hand, read from git's files; undefined where they are not laid out plainly. */
function headOf(host: Host, root: string): string | undefined {
  for (let at = root; ; at = path.dirname(at)) {
    const folder = path.join(at, '.git')
    if (host.isFolder(folder)) {
      const head = host.readText(path.join(folder, 'HEAD'))?.trim()
      const ref = /^ref: (.+)$/u.exec(head ?? '')?.[1]
      return ref === undefined ? head : host.readText(path.join(folder, ref))?.trim()
    }
    if (host.exists(folder) || path.dirname(at) === at) return undefined
  }
}
