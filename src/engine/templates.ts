/** Owns the templates at hand: the repository's own before the built-in ones, each compiled when it is first needed. */

import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from '../document/document.js'
import type { MarkdownEngine } from '../document/markdown.js'
import { InquestError } from '../errors.js'
import { ruleNames } from '../rules/judge.js'
import { builtinTemplates } from '../template/builtin.generated.js'
import type { TemplateMistake } from '../template/compile.js'
import type { TemplateListing } from '../template/listing.js'
import { selectTemplate } from '../template/listing.js'
import { unpackTemplate } from '../template/packed.js'
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
  readonly mistakes: readonly TemplateMistake[]
}

export interface TemplateRegistry {
  readonly listings: readonly TemplateOrigin[]
  /** Files in the repository's template folder that are no usable templates. */
  readonly faulty: readonly FaultyTemplate[]
  /** The same for the same templates of the repository: their files, and what stands in them. */
  readonly digest: string
  /** The template that judges documents of a name and version. @throws InquestError `config-invalid` for a broken one */
  find(name: string, version: string | undefined): Template | undefined
  /** The newest template of a name. */
  latest(name: string): Template | undefined
  /** @throws InquestError `config-invalid` for a broken one */
  open(origin: TemplateOrigin): Template
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

/** Where the build has packed the built-in templates; undefined where the source runs without having been built. */
function packedFolder(host: Host): string | undefined {
  const here = path.dirname(fileURLToPath(import.meta.url))
  return [here, path.dirname(here)].map((at) => path.join(at, 'templates')).find((folder) => host.exists(path.join(folder, 'investigation.md.json')))
}

/** The files of a template folder, those that git ignores too; its README is for people. */
export function templateFiles(host: Host, folder: string): readonly string[] {
  const files: string[] = []
  const open = host.isFolder(folder) ? [''] : []
  const seen = new Set<string>()
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    // Links may lead back to where they are.
    const real = host.realPath(path.join(folder, at))
    if (seen.has(real)) continue
    seen.add(real)
    for (const name of host.listFolder(path.join(folder, at))) {
      const below = path.posix.join(at, name)
      if (host.isFolder(path.join(folder, below))) open.push(below)
      else if (/\.md$/iu.test(name) && name.toLowerCase() !== 'readme.md') files.push(below)
    }
  }
  return files.toSorted()
}

/** In bytes. */
const longestTemplate = 1 << 22

/** @param own the repository's template folder, absolute */
export async function openTemplates(root: string, own: string, host: Host, engine: MarkdownEngine): Promise<TemplateRegistry> {
  const folder = builtinFolder(host)
  const packed = packedFolder(host)
  const ownFiles = templateFiles(host, own)
  // What the build has packed needs no compiler, and most repositories have no templates of their own.
  const compiler = ownFiles.length === 0 && packed !== undefined ? undefined : await import('../template/compile.js')
  const compile = (file: string, source: string): import('../template/compile.js').Compiled => {
    if (compiler === undefined) throw new TypeError('There is nothing to compile')
    const text = host.readText(file, longestTemplate) ?? ''
    if (file.startsWith(own)) texts.push(source, text)
    return compiler.compileTemplate(parseDocument(text, engine), source, ruleNames)
  }

  const texts: string[] = []
  const opened = new Map<string, Template>()
  const faulty: FaultyTemplate[] = []
  const listings: TemplateOrigin[] = []
  for (const file of ownFiles) {
    const full = path.join(own, file)
    const source = path.relative(root, full).split(path.sep).join('/')
    const made = compile(full, source)
    if (made.kind === 'faulty') {
      faulty.push({ name: made.name, path: full, source, mistakes: made.mistakes })
      continue
    }
    opened.set(full, made.template)
    const { name, version, accepts, unversioned, id, tracked } = made.template
    listings.push({ file, path: full, source, builtin: false, name, version, accepts, unversioned, tracked, idFields: id?.fields ?? [] })
  }
  for (const listing of builtinTemplates) {
    listings.push({ ...listing, path: path.join(folder, listing.file), source: `builtin:${listing.file}`, builtin: true })
  }

  const openBuiltin = (origin: TemplateOrigin): Template => {
    if (packed !== undefined) return unpackTemplate(host.readText(path.join(packed, `${origin.file}.json`)) ?? '')
    const made = compile(origin.path, origin.source)
    if (made.kind === 'compiled') return made.template
    throw new InquestError('environment', `${origin.source}: ${made.mistakes[0]?.message ?? 'the template cannot be used'}`, { hint: 'Install inquest again' })
  }
  const open = (origin: TemplateOrigin): Template => {
    const known = opened.get(origin.path)
    if (known !== undefined) return known
    const template = openBuiltin(origin)
    opened.set(origin.path, template)
    return template
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
    digest: ownFiles.length === 0 ? '' : (await import('node:crypto')).createHash('sha256').update(JSON.stringify(texts)).digest('base64'),
    find(name, version) {
      refuseBroken(name)
      const origin = selectTemplate(listings, name, version)
      return origin === undefined ? undefined : open(origin)
    },
    latest(name) {
      refuseBroken(name)
      const named = listings.filter((one) => one.name === name)
      const ownFirst = named.some((one) => !one.builtin) ? named.filter((one) => !one.builtin) : named
      const [newest] = ownFirst.toSorted((a, b) => compareVersions(b.version, a.version))
      return newest === undefined ? undefined : open(newest)
    },
    open,
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
