/** The rooms of the house and the one direction in which they import. */

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from './support/repository.js'

/** Which rooms a room may import, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  text: [],
  schema: [],
  finding: ['text'],
  document: ['text', 'finding'],
  template: ['document', 'finding', 'text', 'schema', 'errors'],
  facts: ['template', 'document', 'text', 'finding'],
  evidence: ['text', 'errors'],
  workflow: ['facts', 'template', 'document', 'finding', 'text'],
  rules: ['workflow', 'evidence', 'facts', 'template', 'document', 'finding', 'text'],
  memory: ['errors'],
  report: ['finding', 'text'],
  authoring: ['rules', 'workflow', 'evidence', 'facts', 'template', 'document', 'finding', 'text'],
  engine: ['authoring', 'memory', 'workflow', 'rules', 'evidence', 'facts', 'template', 'document', 'finding', 'text', 'schema', 'errors'],
  fronts: ['engine', 'authoring', 'report', 'finding', 'text', 'errors'],
  index: ['engine', 'document', 'finding', 'text', 'errors'],
  unified: ['engine', 'finding', 'errors'],
}

/** Libraries that one room alone may touch. */
const soleImporters: Readonly<Record<string, readonly string[]>> = {
  'gray-matter': ['document'],
  'js-yaml': ['document'],
  yaml: ['document'],
  satteri: ['document'],
  unified: ['document', 'unified'],
  'remark-parse': ['document'],
  'remark-gfm': ['document'],
  handlebars: ['template'],
  commander: ['fronts'],
  chokidar: ['fronts'],
  'vscode-languageserver/node': ['fronts'],
  diff: ['fronts'],
  picocolors: ['fronts', 'report'],
  'better-sqlite3': ['memory'],
  'node:fs': ['engine', 'memory'],
  zod: ['fronts'],
  '@modelcontextprotocol/server': ['fronts'],
  '@modelcontextprotocol/server/stdio': ['fronts'],
  'node:child_process': ['engine'],
}

interface Import {
  readonly file: string
  readonly room: string
  readonly target: string
}

const sources = readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts'))
  .toSorted()

function roomOf(file: string): string {
  const [first = ''] = file.split('/')
  return first.replace(/\.ts$/u, '')
}

const imports: readonly Import[] = sources.flatMap((file) => {
  const text = readFileSync(path.join(projectRoot, 'src', file), 'utf8')
  const found = text.matchAll(/(?:^(?:import|export)\b[^'"]*?from\s+|^import\s+|\bimport\()['"]([^'"]+)['"]/gmu)
  return [...found].map((match) => ({ file, room: roomOf(file), target: match[1] ?? '' }))
})

test('there are sources and imports to look at', () => {
  expect(sources.length).toBeGreaterThan(80)
  expect(imports.length).toBeGreaterThan(200)
})

test('every source lies in a room', () => {
  expect(sources.filter((file) => !(roomOf(file) in mayImport))).toEqual([])
})

test('rooms import in one direction', () => {
  const wrong = imports.filter(({ file, room, target }) => {
    if (!target.startsWith('.')) return false
    const other = roomOf(path.posix.normalize(path.posix.join(path.posix.dirname(file), target)).replace(/\.js$/u, '.ts'))
    return other !== room && mayImport[room]?.includes(other) !== true
  })
  expect(wrong).toEqual([])
})

test('libraries are imported by their room alone', () => {
  const wrong = imports.filter(({ room, target }) => soleImporters[target]?.includes(room) === false)
  expect(wrong).toEqual([])
})

test('a server is started in one way, which ends it with its client', () => {
  const holding = (pattern: RegExp): readonly string[] => sources.filter((file) => pattern.test(readFileSync(path.join(projectRoot, 'src', file), 'utf8')))
  expect(holding(/\bserveGuarded\b/u)).toEqual(['engine/guard.ts', 'fronts/lsp/thread.ts', 'fronts/mcp/thread.ts'])
  expect(holding(/\bguard\(\{/u)).toEqual(['engine/guard.ts', 'fronts/cli/verbs/lsp.ts', 'fronts/cli/verbs/mcp.ts'])
  // The thread of a server has no standard streams and no signals of its own.
  expect(holding(/process\.(?:stdin|stdout)\b|process\.on(?:ce)?\('SIG/u).filter((file) => /^(?:engine|fronts\/(?:lsp|mcp))\//u.test(file))).toEqual(['engine/guard.ts'])
})

test('fronts do not import each other', () => {
  const frontOf = (file: string): string => file.split('/')[1] ?? ''
  const wrong = imports.filter(({ file, room, target }) => {
    if (room !== 'fronts' || !target.startsWith('.')) return false
    // The command line starts a server by its script.
    const other = path.posix.normalize(path.posix.join(path.posix.dirname(file), target)).replace(/\.js$/u, '.ts')
    return other.startsWith('fronts/') && frontOf(other) !== frontOf(file)
  })
  expect(wrong).toEqual([])
})

test('the extension for VS Code knows the server by what it answers alone', () => {
  const folder = path.join(projectRoot, 'fronts/vscode/src')
  const files = readdirSync(folder)
  expect(files.length).toBeGreaterThan(5)
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), 'utf8')
    expect(text, file).toMatch(/^\/\*\* Owns /u)
    const targets = [...text.matchAll(/^import\b[^'"]*?from\s+'([^']+)'/gmu)].map((match) => match[1] ?? '')
    expect(targets.filter((target) => !/^(?:\.\/[a-z-]+\.js|node:.+|vscode|vscode-languageclient\/node)$/u.test(target)), file).toEqual([])
  }
})

test('phases and headings of one template are named by no code', () => {
  const wrong = sources
    .filter((file) => ['rules', 'engine', 'workflow'].includes(roomOf(file)))
    .filter((file) => /\b(?:EXPLORE|HYPOTHESIZE|CONCLUDE|Hypotheses)\b/u.test(readFileSync(path.join(projectRoot, 'src', file), 'utf8')))
  expect(wrong).toEqual([])
})

test('the concept store is reached by one way', () => {
  const memory = sources.filter((file) => roomOf(file) === 'memory')
  const holding = (pattern: RegExp, among: readonly string[] = sources): readonly string[] => among.filter((file) => pattern.test(readFileSync(path.join(projectRoot, 'src', file), 'utf8')))
  // Types cost nothing and load nothing.
  expect(holding(/require\('better-sqlite3'\)|^import (?!type)[^\n]*'better-sqlite3'|import\('better-sqlite3'\)/mu)).toEqual(['memory/driver.ts'])
  // Whoever starts a thread for a store asks first whether it could be opened at all.
  expect(holding(/loadDriver\(/u)).toEqual(['memory/connection.ts', 'memory/driver.ts', 'memory/threaded.ts'])
  expect(holding(/BEGIN IMMEDIATE|exec\(['"`]BEGIN|\.transaction\(/u)).toEqual(['memory/connection.ts'])
  expect(holding(/\b(?:SELECT|INSERT INTO|DELETE FROM|PRAGMA)\b|\.pragma\(/u).filter((file) => roomOf(file) !== 'memory')).toEqual([])
  // Closing a file that SQLite has open takes its locks away, so names and numbers are all that is asked of `fs`.
  // What reads one as bytes does so only where nothing can be written.
  const asked = memory.filter((file) => file !== 'memory/snapshot.ts').flatMap((file) => [...readFileSync(path.join(projectRoot, 'src', file), 'utf8').matchAll(/^import \{([^}]*)\} from 'node:fs'/gmu)].flatMap((match) => (match[1] ?? '').split(',').map((name) => name.trim())))
  expect([...new Set(asked)].toSorted()).toEqual(['accessSync', 'constants', 'mkdirSync', 'realpathSync', 'rmdirSync', 'statSync', 'statfsSync'])
  expect(holding(/import \* as \w+ from 'node:fs'|'node:fs\/promises'/u, memory)).toEqual([])
})

test('every source opens with what it owns', () => {
  const silent = sources.filter((file) => {
    const text = readFileSync(path.join(projectRoot, 'src', file), 'utf8').replace(/^#!.*\n/u, '')
    return !file.includes('.generated.') && !/^\/\*\*\s+(?:\* )?Owns /u.test(text)
  })
  expect(silent).toEqual([])
})

test('what is made for each document is written without getters', () => {
  // V8 gives an object that is written with getters a hidden class of its own, in old space, with all that the getters see:
  // a document would be kept until the next full collection, and a check of thousands take twice the time and memory.
  const rooms = new Set(['text', 'document', 'facts', 'evidence', 'workflow', 'rules', 'finding'])
  const indented = /^ {4,}get \w+\(\)/mu
  expect(indented.test('  return {\n    get lines() {')).toBe(true)
  expect(sources.filter((file) => rooms.has(roomOf(file)) && indented.test(readFileSync(path.join(projectRoot, 'src', file), 'utf8')))).toEqual([])
})
