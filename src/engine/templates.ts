/** Owns the templates at hand: the repository's own before the built-in ones, each compiled when it is first needed. */

import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from '../document/document.js'
import type { Document } from '../document/document.js'
import type { MarkdownEngine } from '../document/markdown.js'
import { InquestError } from '../errors.js'
import { ruleNames } from '../rules/judge.js'
import { builtinTemplates } from '../template/builtin.generated.js'
import type { Compiled, TemplateMistake } from '../template/compile.js'
import { compileTemplate } from '../template/compile.js'
import type { TemplateListing } from '../template/listing.js'
import { selectTemplate } from '../template/listing.js'
import type { Template } from '../template/template.js'
import type { Host } from './host.js'

export interface TemplateOrigin extends TemplateListing {
  /** Absolute. */
  readonly path: string
  /** As people know it: a path in the repository, or `builtin:<file>`. */
  readonly source: string
  readonly builtin: boolean
}

export interface FaultyTemplate {
  /** The name it means to have, where that can be read. */
  readonly name: string | undefined
  readonly path: string
  readonly source: string
  readonly document: Document
  readonly mistakes: readonly TemplateMistake[]
}

export interface TemplateRegistry {
  readonly listings: readonly TemplateOrigin[]
  /** Files in the repository's template folder that are no usable templates. */
  readonly faulty: readonly FaultyTemplate[]
  /** The template that judges documents of a name and version. @throws InquestError `config-invalid` for a broken one */
  find(name: string, version: string | undefined): Template | undefined
  /** The newest template of a name. */
  latest(name: string): Template | undefined
  read(origin: TemplateOrigin): { readonly document: Document; readonly compiled: Compiled }
}

/** The package's `templates/` folder, beside the source as well as beside the bundle. */
export function builtinFolder(host: Host): string {
  let at = path.dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < 4; up++) {
    const folder = path.join(at, 'templates')
    if (host.exists(path.join(folder, 'investigation.md'))) return folder
    at = path.dirname(at)
  }
  throw new InquestError('environment', 'The built-in templates are not where the package keeps them', { hint: 'Install inquest again' })
}

/** The files of a template folder; its README is for people. */
export function templateFiles(host: Host, folder: string): readonly string[] {
  if (!host.isFolder(folder)) return []
  return host.listFiles(folder, ['.md']).filter((file) => path.posix.basename(file).toLowerCase() !== 'readme.md')
}

/** @param own the repository's template folder, absolute */
export function openTemplates(root: string, own: string, host: Host, engine: MarkdownEngine): TemplateRegistry {
  const folder = builtinFolder(host)
  const compiled = new Map<string, { document: Document; compiled: Compiled }>()
  const read = (file: string, source: string): { document: Document; compiled: Compiled } => {
    const known = compiled.get(file)
    if (known !== undefined) return known
    const document = parseDocument(host.readText(file) ?? '', engine)
    const made = { document, compiled: compileTemplate(document, source, ruleNames) }
    compiled.set(file, made)
    return made
  }

  const faulty: FaultyTemplate[] = []
  const listings: TemplateOrigin[] = []
  const ownFiles = templateFiles(host, own)
  for (const file of ownFiles) {
    const full = path.join(own, file)
    const source = path.relative(root, full).split(path.sep).join('/')
    const made = read(full, source)
    if (made.compiled.kind === 'faulty') {
      faulty.push({ name: made.compiled.name, path: full, source, document: made.document, mistakes: made.compiled.mistakes })
      continue
    }
    const { name, version, accepts, unversioned, id, tracked } = made.compiled.template
    listings.push({ file, path: full, source, builtin: false, name, version, accepts, unversioned, tracked, idFields: id?.fields ?? [] })
  }
  for (const listing of builtinTemplates) {
    listings.push({ ...listing, path: path.join(folder, listing.file), source: `builtin:${listing.file}`, builtin: true })
  }

  const open = (origin: TemplateOrigin | undefined): Template | undefined => {
    if (origin === undefined) return undefined
    const made = read(origin.path, origin.source).compiled
    if (made.kind === 'compiled') return made.template
    const [first] = made.mistakes
    throw new InquestError('config-invalid', `${origin.source}: ${first?.message ?? 'the template cannot be used'}`, { hint: 'Run `inquest template check`' })
  }
  /** A broken template of the repository is not silently replaced by the built-in one of its name. */
  const refuseBroken = (name: string): void => {
    const broken = faulty.find((one) => one.name === name)
    if (broken === undefined) return
    throw new InquestError('config-invalid', `${broken.source}: ${broken.mistakes[0]?.message ?? 'the template cannot be used'}`, { hint: 'Run `inquest template check`' })
  }
  return {
    listings,
    faulty,
    find(name, version) {
      refuseBroken(name)
      return open(selectTemplate(listings, name, version))
    },
    latest(name) {
      refuseBroken(name)
      const named = listings.filter((one) => one.name === name)
      const ownFirst = named.some((one) => !one.builtin) ? named.filter((one) => !one.builtin) : named
      return open(ownFirst.toSorted((a, b) => compareVersions(b.version, a.version))[0])
    },
    read: (origin) => read(origin.path, origin.source),
  }
}

function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
