/** What the editor knows of the concept store: which concepts there are to name, what they say, and which the list lacks. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CodeAction, CompletionList, Hover } from 'vscode-languageserver-protocol/node'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { Editor } from './editor.js'
import { startEditor } from './editor.js'

const file = 'docs/INV-001.md'
const text = sample.replace('memory_refs: [101, 102]', 'memory_refs: []').replace('status: complete', 'status: active').replace('- [x] **memory_refs', '- [ ] **memory_refs')
const repository = createRepository({ [file]: text, 'inquest.yaml': '' })
let editor: Editor
let listed = ''

beforeAll(async () => {
  expect(inquest(repository.root, ['memory', 'ingest', '--document', 'INV-001', 'Pages by offset lose rows in an export', 'Encoders stop at the first error']).status).toBe(0)
  listed = repository.read(file)
  expect(listed).toContain('memory_refs: [1, 2]')
  editor = await startEditor(repository.root)
  editor.open(file, listed)
})
afterAll(async () => {
  expect(await editor.quit()).toBe(0)
  expect(editor.stderr()).toBe('')
})

const hover = async (at: string, offset: number): Promise<string> => ((await editor.request<Hover | null>('textDocument/hover', editor.at(file, at, offset)))?.contents as { value: string } | undefined)?.value ?? ''
const offered = async (at: string, offset: number): Promise<CompletionList> => editor.request('textDocument/completion', editor.at(file, at, offset))

test('a hover tells what a concept says and where it was learned', async () => {
  expect(await hover('memory_refs: [1, 2]', 'memory_refs: ['.length)).toMatch(/^\*\*Concept 1\*\* \(.+\)\n\nPages by offset lose rows in an export\n\nLearned in:\n- INV-001, \d{4}-\d{2}-\d{2}$/u)
  editor.type(file, '| 88 | Offsets skip rows', '| 2 | Offsets skip rows')
  expect(await hover('| 2 | Offsets', 2)).toContain('Encoders stop at the first error')
  // What the store does not have has nothing to tell.
  editor.type(file, '| 2 | Offsets', '| 88 | Offsets')
  expect(await hover('| 88 | Offsets', 2)).toBe('')
})

test('concepts are offered with their texts, by the title and by what is typed', async () => {
  const inList = await offered('memory_refs: [1, 2]', 'memory_refs: ['.length)
  expect(inList.isIncomplete).toBe(true)
  expect(inList.items.map((one) => [one.label, one.detail])).toContainEqual(['1', 'Pages by offset lose rows in an export'])
  editor.type(file, '| 88 | Offsets', '| encoders | Offsets')
  const inCell = await offered('| encoders | Offsets', '| encoders'.length)
  expect(inCell.items.map((one) => one.label)).toEqual(['2'])
  expect(inCell.items[0]?.textEdit).toMatchObject({ newText: '2', range: { start: editor.at(file, 'encoders | Offsets').position } })
  editor.setText(file, listed)
})

test('a concept that the list lacks is added by a quick fix that somebody looks at, and not by fixing all', async () => {
  editor.setText(file, listed.replace('memory_refs: [1, 2]', 'memory_refs: [2]'))
  expect((await editor.diagnostics(file)).map((one) => one.code)).toContain('memory-ref-unrecorded')
  const { textDocument, position } = editor.at(file, '[2]')
  const actionsOf = (kind: string): Promise<CodeAction[]> => editor.request('textDocument/codeAction', { textDocument, range: { start: position, end: position }, context: { diagnostics: [], only: [kind] } })
  expect(await actionsOf('source.fixAll.inquest')).toEqual([])
  const chosen = (await actionsOf('quickfix')).find((one) => one.title === 'Add 1 to `memory_refs` (look at the result)')
  expect(chosen).toMatchObject({ kind: 'quickfix' })
  expect(chosen?.isPreferred).toBe(undefined)
  const { edit } = await editor.request<CodeAction>('codeAction/resolve', chosen ?? {})
  editor.apply(edit ?? {})
  expect(editor.text(file)).toMatch(/^memory_refs: \[2, 1\]$/mu)
  expect((await editor.diagnostics(file)).map((one) => one.code)).not.toContain('memory-ref-unrecorded')
})

test('what was learned on a branch is not written into the document that has the id on another', () => {
  const branches = createRepository({ 'inquest.yaml': '', '.gitignore': '.inquest/\n' })
  branches.git('add', '-A')
  branches.git('commit', '-qm', 'start')
  branches.git('checkout', '-q', '-b', 'topic')
  branches.write(file, listed.replace('memory_refs: [1, 2]', 'memory_refs: []').replace('status: complete', 'status: active'))
  expect(inquest(branches.root, ['memory', 'ingest', '--document', 'INV-001', 'Encoders stop at the first error']).status).toBe(0)
  branches.git('add', '-A')
  branches.git('commit', '-qm', 'learned')
  branches.git('checkout', '-q', 'main')
  const other = listed.replace('memory_refs: [1, 2]', 'memory_refs: []').replace('title: Nightly export loses rows', 'title: Login page is slow')
  branches.write(file, other)
  expect(inquest(branches.root, ['check']).stdout).toContain('memory-ref-unrecorded')
  inquest(branches.root, ['fix'])
  expect(branches.read(file)).toBe(other)
})

test('where there is no store, nothing is offered and nothing is made', async () => {
  const bare = createRepository({ [file]: listed, 'inquest.yaml': '' })
  const other = await startEditor(bare.root)
  other.open(file, listed)
  expect((await other.request<CompletionList>('textDocument/completion', other.at(file, '[1, 2]', 1))).items).toEqual([])
  expect(JSON.stringify(await other.request('textDocument/hover', other.at(file, '[1, 2]', 1)))).not.toContain('Concept')
  expect(existsSync(path.join(bare.root, '.inquest'))).toBe(false)
  expect(await other.quit()).toBe(0)
})

test('where only the export is there, it is read in place of the store, and again when it changes', async () => {
  inquest(repository.root, ['memory', 'export'])
  const exported = repository.read('.inquest/memory.jsonl')
  const clone = createRepository({ [file]: listed.replace('[1, 2]', '[1, 2, 3]'), 'inquest.yaml': '', '.inquest/memory.jsonl': exported })
  const other = await startEditor(clone.root)
  other.open(file, clone.read(file))
  const unknown = async (): Promise<readonly unknown[]> => (await other.diagnostics(file)).filter((one) => one.code === 'memory-ref-unknown').map((one) => one.message)
  expect(await unknown()).toEqual([expect.stringContaining('3')])
  const told = await other.request<Hover>('textDocument/hover', other.at(file, '[1, 2, 3]', 1))
  expect((told.contents as { value: string }).value).toContain('Pages by offset lose rows in an export')
  const inList = await other.request<CompletionList>('textDocument/completion', other.at(file, '[1, 2, 3]', 1))
  expect(inList.items.map((one) => [one.label, one.detail])).toContainEqual(['1', 'Pages by offset lose rows in an export'])
  expect(existsSync(path.join(clone.root, '.inquest/memory.db'))).toBe(false)
  clone.write('.inquest/memory.jsonl', exported.replace('"id":2,', '"id":3,'))
  const next = other.next(file)
  other.changed('.inquest/memory.jsonl', 2)
  await next
  expect(await unknown()).toEqual([expect.stringContaining('2')])
  expect(await other.quit()).toBe(0)
  expect(other.stderr()).toBe('')
})

test('a store that is made while a document is open is asked from then on', async () => {
  const young = createRepository({ [file]: listed, 'docs/INV-002.md': text.replaceAll('INV-001', 'INV-002'), 'inquest.yaml': '' })
  const other = await startEditor(young.root)
  other.open(file, listed)
  const codes = async (): Promise<readonly unknown[]> => (await other.diagnostics(file)).map((one) => one.code)
  expect(await codes()).not.toContain('memory-ref-unknown')
  expect(inquest(young.root, ['memory', 'ingest', '--document', 'INV-002', 'Only one is known here']).status).toBe(0)
  const next = other.next(file)
  other.changed('.inquest/memory.db', 1)
  await next
  expect(await codes()).toContain('memory-ref-unknown')
  expect(await other.quit()).toBe(0)
})

test('what the store answered is kept until the store is written, of which nobody need tell', async () => {
  const kept = createRepository({ [file]: listed.replace('[1, 2]', '[1, 2, 3]'), 'docs/INV-002.md': text.replaceAll('INV-001', 'INV-002'), 'inquest.yaml': '' })
  expect(inquest(kept.root, ['memory', 'ingest', '--document', 'INV-002', 'One', 'Two']).status).toBe(0)
  // What was written a moment ago may be written again without looking different, and is asked anew.
  await new Promise((resolve) => setTimeout(resolve, 2200))
  const other = await startEditor(kept.root)
  other.open(file, kept.read(file))
  const unknown = async (): Promise<readonly unknown[]> => (await other.diagnostics(file)).filter((one) => one.code === 'memory-ref-unknown').map((one) => one.message)
  for (const key of ['a', 'b']) {
    other.type(file, '# Investigation', `# Investigation ${key}`)
    expect(await unknown()).toEqual([expect.stringContaining('3')])
  }
  expect(inquest(kept.root, ['memory', 'ingest', '--document', 'INV-002', 'Three']).status).toBe(0)
  other.type(file, '# Investigation', '# Investigation c')
  expect(await unknown()).toEqual([])
  expect(await other.quit()).toBe(0)
})
