/**
 * What the documentation shows is what happens: its sessions are run, its links followed, its programs started.
 * `UPDATE_DOCS=1 npx vitest run test/docs.test.ts` writes what the sessions print now into the pages.
 */

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Code, Nodes } from 'mdast'
import { describe, expect, test } from 'vitest'
import { parse } from '../src/index.js'
import type { Repository } from './support/repository.js'
import { createRepository, projectRoot, scratchFolder } from './support/repository.js'
import { isAsShown, readSession, runCommand, writeSession } from './support/shell-session.js'
import { writeSections } from './support/written-sections.js'

interface Page {
  /** From the project's root, with `/`. */
  readonly file: string
  readonly text: string
  /** All nodes, in document order. */
  readonly nodes: readonly Nodes[]
}

const files = ['README.md', 'CHANGELOG.md', ...markdownBelow('docs')]
const pages = await Promise.all(files.map(readPage))
const pageOf = new Map(pages.map((page) => [page.file, page]))

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith('.md'))
    .toSorted()
}

async function readPage(file: string): Promise<Page> {
  const text = readFileSync(path.join(projectRoot, file), 'utf8')
  return { file, text, nodes: allNodes((await parse(text)).root) }
}

function allNodes(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap((child: Nodes) => allNodes(child))] : [node]
}

function pageAt(file: string): Page {
  const found = pageOf.get(file)
  if (found === undefined) throw new Error(`There is no page ${file}`)
  return found
}

// ---------------------------------------------------------------- sessions, files and programs

type Runnable = { readonly node: Code } & (
  /** `at=2026-03-10T14:20:00Z` behind `console` sets the clock, until another session does. */
  | { readonly kind: 'session'; readonly at: string | undefined }
  /** `title=` writes a file, `append=` adds to one, `sections=` replaces what stands under the same headings of one. */
  | { readonly kind: 'file'; readonly path: string; readonly how: 'title' | 'append' | 'sections' }
  | { readonly kind: 'program' }
)

function runnables({ nodes }: Page): readonly Runnable[] {
  return nodes.flatMap((node): Runnable[] => {
    if (node.type !== 'code') return []
    const [, key, value] = /^(title|append|sections|at)=(\S+)$/u.exec(node.meta ?? '') ?? []
    if ((node.meta ?? '') !== '' && key === undefined) throw new Error(`Unknown words behind the fence: ${node.meta}`)
    if (node.lang === 'console') return [{ node, kind: 'session', at: key === 'at' ? value : undefined }]
    if (key !== undefined && key !== 'at' && value !== undefined) return [{ node, kind: 'file', path: value, how: key as 'title' | 'append' | 'sections' }]
    return node.lang === 'js' ? [{ node, kind: 'program' }] : []
  })
}

interface Reader extends Repository {
  readonly env: NodeJS.ProcessEnv
  readonly setClock: (at: string) => void
}

/** A repository of somebody who installed the package, with the examples beside it and `inquest` on the path. */
function createReader(): Reader {
  const repository = createRepository()
  const modules = path.join(repository.root, 'node_modules')
  mkdirSync(modules)
  symlinkSync(projectRoot, path.join(modules, 'inquest'))
  for (const name of ['unified', 'vfile', 'remark-parse', 'remark-gfm']) symlinkSync(path.join(projectRoot, 'node_modules', name), path.join(modules, name))
  const bin = scratchFolder()
  const program = path.join(bin, 'inquest')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${path.join(projectRoot, 'dist/cli.js')}' "$@"\n`)
  chmodSync(program, 0o755)
  const env: NodeJS.ProcessEnv = {
    PATH: [bin, path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
    HOME: bin,
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
  }
  const setClock = (at: string): void => {
    const milliseconds = Date.parse(at)
    if (Number.isNaN(milliseconds)) throw new Error(`No time: ${at}`)
    env['SOURCE_DATE_EPOCH'] = String(milliseconds / 1000)
    // The ids of commits on a page hang on their dates.
    for (const who of ['AUTHOR', 'COMMITTER']) env[`GIT_${who}_DATE`] = new Date(milliseconds).toISOString()
  }
  setClock('2026-03-09T09:00:00Z')
  return { ...repository, env, setClock }
}

/** In milliseconds; a page starts up to a hundred programs, and a busy machine takes its time. */
const longestPage = 180_000

/** A page is run from its top to its end in one repository. Answers the page with the outputs as they are now. */
async function runPage(shown: Page): Promise<string> {
  const reader = createReader()
  const parts: string[] = []
  let done = 0
  for (const [index, block] of runnables(shown).entries()) {
    const { node } = block
    if (block.kind === 'file') await writeFile(reader, block)
    else if (block.kind === 'program') runProgram(reader, node, index)
    else {
      if (block.at !== undefined) reader.setClock(block.at)
      const steps = readSession(node.value).map(({ command, output }) => {
        const printed = runCommand(command, reader.root, reader.env)
        return { command, output: isAsShown(output, printed) ? output : printed }
      })
      const start = node.position?.start.offset ?? 0
      const opening = shown.text.slice(start, shown.text.indexOf('\n', start) + 1)
      parts.push(shown.text.slice(done, start), `${opening}${writeSession(steps)}\n\`\`\``)
      done = node.position?.end.offset ?? 0
    }
  }
  return [...parts, shown.text.slice(done)].join('')
}

async function writeFile(reader: Reader, { path: file, how, node: { value } }: Extract<Runnable, { kind: 'file' }>): Promise<void> {
  if (how === 'sections') reader.write(file, await writeSections(reader.read(file), value))
  else reader.write(file, `${how === 'append' ? reader.read(file) : ''}${value}\n`)
}

function runProgram({ root, env }: Reader, node: Code, index: number): void {
  const file = path.join(root, `block-${index}.mjs`)
  writeFileSync(file, node.value)
  const run = spawnSync(process.execPath, [file], { cwd: root, env, encoding: 'utf8' })
  expect({ status: run.status, stderr: run.stderr }, node.value).toEqual({ status: 0, stderr: '' })
}

describe('what pages show', () => {
  const shown = pages.filter((one) => runnables(one).length > 0)
  test('is shown at all', () => {
    expect(shown.map((one) => one.file)).toEqual(expect.arrayContaining(['README.md', 'docs/cli.md', 'docs/getting-started.md', 'docs/json.md', 'docs/templates.md']))
  })
  test.each(shown.map((one) => [one.file, one] as const))('%s', async (file, one) => {
    const now = await runPage(one)
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path.join(projectRoot, file), now)
    else expect(now).toBe(one.text)
  }, longestPage)
})

test('in the tutorial every gate refuses before it opens, with the blockers that the page speaks of', () => {
  const told: string[] = []
  let rules = new Set<string>()
  for (const line of pageAt('docs/tutorial.md').text.split('\n')) {
    const rule = /^(?:error|warning)\[([\w-]+)\]: /u.exec(line)?.[1]
    if (rule !== undefined) rules.add(rule)
    if (line.startsWith('$ ')) rules = new Set()
    const [, verb, id] = /^refused: (\w+) ([\w-]+): /u.exec(line) ?? []
    if (verb !== undefined) told.push(`${id} ${verb}: ${[...rules].toSorted().join(', ')}`)
    const [moved] = /^[A-Z]+-\d+: \w+ → \w+$/u.exec(line) ?? []
    if (moved !== undefined) told.push(moved)
  }
  expect(told).toEqual([
    'INV-001 advance: hypothesis-missing, section-empty',
    'INV-001 advance: hypothesis-incomplete',
    'INV-001: hypothesize → explore',
    'INV-001 advance: evidence-missing, section-empty',
    'INV-001 advance: evidence-unsourced, hypothesis-untested',
    'INV-001: explore → conclude',
    'INV-001 close: checklist-incomplete, memory-refs-missing, placeholder-left, spawn-missing, verdict-missing',
    'INV-001 close: placeholder-left',
    'INV-001: conclude → closed',
    'WORK-001 close: checklist-incomplete',
    'WORK-001: work → closed',
  ])
})

// ---------------------------------------------------------------- links

interface Link {
  readonly from: string
  readonly url: string
  /** The file that a relative link means, from the project's root; undefined for addresses. */
  readonly target: string | undefined
  readonly anchor: string | undefined
}

function linksOf({ file, nodes }: Page): readonly Link[] {
  return nodes.flatMap((node): Link[] => {
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return []
    if (/^[a-z][a-z+.-]*:/iu.test(node.url)) return [{ from: file, url: node.url, target: undefined, anchor: undefined }]
    const [place = '', anchor] = node.url.split('#')
    const target = place === '' ? file : path.posix.normalize(path.posix.join(path.posix.dirname(file), decodeURI(place)))
    return [{ from: file, url: node.url, target, anchor }]
  })
}

/** The anchors that GitHub gives to headings. */
function anchorsOf({ text, nodes }: Page): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const node of nodes) {
    if (node.type !== 'heading') continue
    const title = text.slice(node.position?.start.offset, node.position?.end.offset).replace(/^#+\s*/u, '')
    const words = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1').toLowerCase()
    const anchor = words.replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replaceAll(' ', '-')
    let unique = anchor
    for (let more = 1; anchors.has(unique); more++) unique = `${anchor}-${more}`
    anchors.add(unique)
  }
  return anchors
}

const links = pages.flatMap(linksOf)

test('links lead to files and headings that are there', () => {
  const dead = links.filter(({ target, anchor }) => {
    if (target === undefined) return false
    if (!existsSync(path.join(projectRoot, target))) return true
    const to = pageOf.get(target)
    return anchor !== undefined && (to === undefined || !anchorsOf(to).has(anchor))
  })
  expect(links.filter((link) => link.target !== undefined).length).toBeGreaterThan(100)
  expect(dead).toEqual([])
})

test('every page of the handbook can be reached from its contents', () => {
  const reached = new Set(['docs/index.md'])
  for (const file of reached) {
    for (const { from, target } of links) if (from === file && target !== undefined && pageOf.has(target)) reached.add(target)
  }
  expect(files.filter((file) => file.startsWith('docs/') && !reached.has(file))).toEqual([])
})

test('the README leads to the handbook', () => {
  expect(linksOf(pageAt('README.md')).map(({ target }) => target)).toContain('docs/index.md')
})

// ---------------------------------------------------------------- what the source says

test('files and folders of the project that pages name are there', () => {
  const named = pages
    .filter((one) => one.file.startsWith('docs/decisions/') || ['docs/architecture.md', 'README.md', 'docs/templates.md'].includes(one.file))
    .flatMap((one) => one.nodes.flatMap((node) => (node.type === 'inlineCode' && /^(?:src|scripts|test|schema|templates|examples)\/[\w./-]*$/u.test(node.value) ? [node.value] : [])))
  expect(named.length).toBeGreaterThan(30)
  const gone = named.filter((name) => {
    const place = path.join(projectRoot, name)
    return !existsSync(place) || statSync(place).isDirectory() !== name.endsWith('/')
  })
  expect(gone).toEqual([])
})

test('generated pages are what the source gives', () => {
  const run = spawnSync(process.execPath, ['scripts/generate-docs.mjs', '--check'], { cwd: projectRoot, encoding: 'utf8' })
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
})

test('every key of the configuration and of templates has its words', () => {
  for (const [schema, file] of [['config', 'docs/configuration.md'], ['template', 'docs/templates.md']] as const) {
    const { text } = pageAt(file)
    const silent = [...keysOf(JSON.parse(readFileSync(path.join(projectRoot, `schema/${schema}.schema.json`), 'utf8')))].filter((key) => !text.includes(`\`${key}\``))
    expect(silent, file).toEqual([])
  }
})

/** The names under every `properties` of a JSON schema, `$schema` left out: it is the editor's. */
function keysOf(schema: unknown): ReadonlySet<string> {
  const keys = new Set<string>()
  const open: unknown[] = [schema]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const { properties } = next as { readonly properties?: Readonly<Record<string, unknown>> }
    if (properties !== undefined) for (const key of Object.keys(properties)) if (key !== '$schema') keys.add(key)
    open.push(...Object.values(next).filter((value) => value !== null && value !== undefined))
  }
  return keys
}

test('the architecture tells of every room', () => {
  const rooms = readdirSync(path.join(projectRoot, 'src'), { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
  const told = [...pageAt('docs/architecture.md').text.matchAll(/^\| `([\w.]+\/?)` \|/gmu)].map((match) => match[1]).filter((name) => name !== 'src/')
  expect(told.toSorted()).toEqual(rooms.toSorted())
})
