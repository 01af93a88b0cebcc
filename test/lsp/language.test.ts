/** What helps reading and writing in the editor: hovers, completions, going to and fro, names, shapes and colours. */

import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CompletionItem,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  LinkedEditingRanges,
  Location,
  SelectionRange,
  SemanticTokens,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver-protocol/node'
import { createRepository, sample } from '../support/repository.js'
import type { Editor } from './editor.js'
import { startEditor } from './editor.js'

const file = 'docs/INV-001.md'
const work = "---\ntemplate: work_item\nid: WORK-002\ntitle: Read pages by key\nstatus: active\nspawned_by: INV-001\nversion: '1.0'\n---\n# WORK-002\n\n## Context\n\nDeletes shift the pages, as INV-001 shows. See [the inquiry](INV-001.md#findings).\n"
const repository = createRepository({ [file]: sample, 'inquest.yaml': '', 'docs/WORK-002.md': work, 'docs/INV-007.md': sample.replaceAll('INV-001', 'INV-007').replace('title: Nightly export loses rows', 'title: Another one') })
let editor: Editor
beforeAll(async () => {
  editor = await startEditor(repository.root)
  editor.open(file, sample)
})
beforeEach(() => editor.setText(file, sample))
afterAll(async () => {
  expect(await editor.quit()).toBe(0)
  expect(editor.asked.filter((one) => one.method === 'window/logMessage')).toEqual([])
})

const about = <R>(method: string, wanted: string, offset = 0, more: object = {}): Promise<R> => editor.request(method, { ...editor.at(file, wanted, offset), ...more })
const whole = <R>(method: string, more: object = {}): Promise<R> => editor.request(method, { textDocument: { uri: editor.uri(file) }, ...more })
const textsOf = (ranges: readonly { start: { line: number; character: number }; end: { line: number; character: number } }[]): string[] => {
  const lines = editor.text(file).split('\n')
  return ranges.map(({ start, end }) => (start.line === end.line ? (lines[start.line]?.slice(start.character, end.character) ?? '') : lines.slice(start.line, end.line + 1).join('\n')))
}

describe('hover', () => {
  const hover = async (wanted: string, offset = 0): Promise<string> => {
    const found = await about<Hover | null>('textDocument/hover', wanted, offset)
    return found === null ? '' : (found.contents as { value: string }).value
  }
  test('tells of a hypothesis what speaks for and against it, and how it was decided', async () => {
    const text = await hover('against H2', 8)
    expect(text).toContain('**H2** Rows that cannot be encoded are dropped without a word')
    expect(text).toContain('Confidence: Medium')
    expect(text).toContain('- against: Encoding errors end the job (`src/export/encode.ts:17`)')
    expect(text).toContain('Verdict: **REFUTED**')
  })
  test('shows the code that a citation means', async () => {
    const text = await hover('src/export/encode.ts:17', 4)
    expect(text).toContain('`src/export/encode.ts`, 19 lines')
    expect(text).toContain(repository.read('src/export/encode.ts').split('\n')[16] ?? 'no line')
  })
  test('tells what a section is for, and when it is due', async () => {
    expect(await hover('## Evidence Collection', 5)).toMatch(/What was found, where it stands[\s\S]*Required, or left out[\s\S]*phase `explore`/u)
    expect(await hover('### Hypothesis Verdicts', 5)).toContain('a table: Hypothesis, Verdict, Key Evidence (optional), Confidence (optional)')
  })
  test('tells of another document, of a field, of a rule, and nothing of plain words', async () => {
    expect(await hover('WORK-002: Read', 3)).toContain('**WORK-002** Read pages by key\n\nwork_item, active')
    expect(await hover('lifecycle_phase:', 3)).toContain('**lifecycle_phase** string, required')
    editor.type(file, '## References\n', '## References\n\n<!-- inquest-disable verdict-missing: why -->\n')
    expect(await hover('inquest-disable verdict', 2)).toContain('# verdict-missing')
    expect(await hover('The loss was first seen', 2)).toBe('')
  })
})

describe('completion', () => {
  /** What is offered where `|` stands once the text is typed. */
  const offered = async (before: string, typed: string, cursor = typed.length): Promise<CompletionItem[]> => {
    editor.type(file, before, typed)
    const { items } = await about<CompletionList>('textDocument/completion', typed, cursor)
    return items
  }
  const labels = async (before: string, typed: string, cursor?: number): Promise<string[]> => (await offered(before, typed, cursor)).map((one) => one.label)
  const take = (item: CompletionItem | undefined): string => {
    const edit = item?.textEdit
    if (edit === undefined || !('range' in edit)) throw new TypeError('Nothing is offered')
    editor.apply({ changes: { [editor.uri(file)]: [edit] } })
    return editor.text(file)
  }

  test('of ids in cells that refer to hypotheses', async () => {
    const items = await offered('| H1 | No order', '| H | No order', 3)
    expect(items.map((one) => [one.label, one.detail])).toEqual([
      ['H1', 'Rows deleted between two pages shift the offset, so that others are skipped'],
      ['H2', 'Rows that cannot be encoded are dropped without a word'],
    ])
    expect(take(items[1])).toContain('| H2 | No order')
  })
  test('of verdicts, confidences, answers and boxes in the cells for them', async () => {
    const items = await offered('| **REFUTED** | The encoder', '| R | The encoder', 3)
    expect(items.map((one) => [one.label, one.filterText])).toEqual([['**REFUTED**', 'REFUTED**']])
    expect(take(items[0])).toBe(sample)
    expect(await labels('| Medium |', '| M |', 3)).toEqual(['Medium'])
    editor.setText(file, sample)
    expect(await labels('| Medium |', '|  |', 2)).toEqual(['High', 'Medium', 'Low'])
    expect(await labels('| Yes | All 2', '|  | All 2', 2)).toEqual(['Yes', 'No', 'N/A'])
    expect(await labels('| [x] | H1 and', '|  | H1 and', 2)).toEqual(['[x]', '[ ]'])
  })
  test('of keys and values in the frontmatter, before it is valid again', async () => {
    expect(await labels('generated: 2026-03-02', 'gen')).toContain('generated')
    editor.setText(file, sample)
    expect(await labels('lifecycle_phase: conclude', 'lifecycle_phase: ')).toEqual(['hypothesize', 'explore', 'conclude'])
    editor.setText(file, sample)
    expect(await labels('status: complete', 'status: c')).toEqual(['complete', 'closed'])
    editor.setText(file, sample)
    expect(await labels('status: complete', 'status: ')).toEqual(expect.arrayContaining(['complete', 'closed', 'active']))
    editor.setText(file, sample)
    const items = await offered('spawned_by: null', 'spawned_by: INV')
    expect(items.map((one) => [one.label, one.detail])).toEqual([['INV-007', 'Another one']])
    expect(take(items[0])).toContain('spawned_by: INV-007\n')
    editor.setText(file, sample)
    expect(await labels('template: investigation', 'template: ')).toContain('work_item')
    editor.setText(file, sample)
    expect(await labels('related: []', 'related: [INV-007, W]', 20)).toEqual(['WORK-002'])
    editor.setText(file, sample)
    expect(await labels('related: []', 'related: []', 10)).toEqual(['INV-007', 'WORK-002'])
  })
  test('of files where a path is written', async () => {
    expect(await labels('`src/export/pages.ts:41-58`', '`src/export/', 12)).toEqual(['encode.ts', 'pages.ts'])
    editor.setText(file, sample)
    const items = await offered('- The log of the night of 1 March', '- @sr')
    expect(items.map((one) => one.label)).toEqual(['src/'])
    expect(take(items[0])).toContain('- @src/')
  })
  test('of sections that are missing, as snippets with places to fill', async () => {
    editor.setText(file, sample.replace(/## Exploration Plan\n[\s\S]*?(?=## Evidence)/u, '## \n\n'))
    const { items } = await about<CompletionList>('textDocument/completion', '## \n\n## Evidence', 3)
    const plan = items.find((one) => one.label === 'Exploration Plan')
    expect(plan).toMatchObject({ detail: 'required', insertTextFormat: 2 })
    expect(plan?.textEdit?.newText).toMatch(/^## Exploration Plan\n\n### Phase 1: Evidence Gathering\n1\. \[ \] \$\{1:\[What to read or run first\]\}/u)
    expect(items.map((one) => one.label)).toContain('Session Progress Tracker')
    expect(items.map((one) => one.label)).not.toContain('Findings')
  })
  test('of rules to hide, rows to fill, and of ids in running text', async () => {
    expect(await labels('## References\n', '## References\n\n<!-- inquest-disable verd')).toContain('verdict-missing')
    editor.setText(file, sample.replace(/(\| H2 \| \*\*REFUTED.*\n)/u, '$1\n'))
    const at = editor.at(file, '\n\n### Detailed Findings')
    const { items } = await editor.request<CompletionList>('textDocument/completion', at)
    expect(items.map((one) => one.label)).toEqual(['row: Hypothesis Verdicts'])
    expect(items[0]?.textEdit).toMatchObject({ newText: '| ${1:[Hypothesis]} | ${2:[Confirmed/Refuted/Inconclusive]} | ${3:[The rows that decide it]} | ${4:[High/Medium/Low]} |$0' })
    editor.setText(file, sample)
    expect(await labels('by count, not by key.', 'by count, as H')).toEqual(['H1', 'H2'])
    editor.setText(file, sample)
    expect(await labels('by count, not by key.', 'by count, as wo')).toEqual(['WORK-002'])
    editor.setText(file, sample.replace(/(## Exploration Plan\n)[\s\S]*?(?=## Evidence)/u, '$1\n\n\n'))
    expect((await about<CompletionList>('textDocument/completion', '## Exploration Plan\n', 21)).items.map((one) => one.label)).toEqual(['**SKIPPED:**'])
    expect((await about<CompletionList>('textDocument/completion', '# Investigation', 0)).items.map((one) => one.label)).not.toContain('row: Hypotheses')
  })
})

describe('hypotheses', () => {
  test('lead to where they are stated, and from there to all that speaks of them', async () => {
    const [stated] = await about<Location[]>('textDocument/definition', 'against H2', 9)
    expect(stated).toMatchObject({ uri: editor.uri(file), range: { start: editor.at(file, '**H2** |').position } })
    const all = await about<Location[]>('textDocument/references', '**H2**', 3, { context: { includeDeclaration: true } })
    expect(textsOf(all.map((one) => one.range))).toEqual(all.map(() => 'H2'))
    expect(all).toHaveLength((sample.match(/\bH2\b/gu) ?? []).length)
    expect(await about<Location[]>('textDocument/references', '**H2**', 3, { context: { includeDeclaration: false } })).toHaveLength(all.length - 1)
  })
  test('can be given another id, everywhere at once', async () => {
    expect(await about('textDocument/prepareRename', '| H2 | **REFUTED', 3)).toMatchObject({ placeholder: 'H2' })
    const edit = await about<WorkspaceEdit>('textDocument/rename', '| H2 | **REFUTED', 3, { newName: 'H5' })
    editor.apply(edit)
    expect(editor.text(file)).toBe(sample.replaceAll(/\bH2\b/gu, 'H5'))
    expect((await editor.diagnostics(file)).map((one) => one.code)).toEqual([])
    await expect(about('textDocument/rename', '| H1 | **CONF', 3, { newName: 'H5' })).rejects.toMatchObject({ code: -32602, message: '`H5` is stated already' })
    await expect(about('textDocument/rename', '| H1 | **CONF', 3, { newName: 'first' })).rejects.toMatchObject({ message: '`first` is no id of a hypothesis in this template' })
    editor.setText(file, sample.replace('| 88 | Offsets skip rows when the table changes while it is read | H1 |', '| 88 | Offsets skip | H1-H3 |'))
    await expect(about('textDocument/rename', '**H2**', 3, { newName: 'H5' })).rejects.toMatchObject({ message: expect.stringContaining('within a range of ids on line') as string })
    await expect(about('textDocument/prepareRename', 'WORK-002: Read', 3)).rejects.toMatchObject({ message: expect.stringContaining('inquest renumber WORK-002') as string })
    expect(await about('textDocument/prepareRename', 'The loss was', 3)).toBe(null)
  })
  test('are written at all places together from where they are stated', async () => {
    const linked = await about<LinkedEditingRanges>('textDocument/linkedEditingRange', '**H2**', 3)
    expect(textsOf(linked.ranges)).toEqual(linked.ranges.map(() => 'H2'))
    expect(linked.ranges).toHaveLength((sample.match(/\bH2\b/gu) ?? []).length)
    expect(await about('textDocument/linkedEditingRange', '| H2 | **REFUTED', 3)).toBe(null)
  })
  test('are called by what speaks of them, and call what they are subsumed by', async () => {
    editor.type(file, '| H2 | **REFUTED** |', '| H2 | **SUBSUMED** by H1 |')
    const [item] = await about<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', '**H2**', 3)
    expect(item).toMatchObject({ name: 'H2', detail: 'Rows that cannot be encoded are dropped without a word' })
    const incoming = await editor.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item })
    expect(incoming.map(({ from }) => from.detail)).toEqual(expect.arrayContaining(['evidence', 'verdict', 'text']))
    expect(await editor.request('callHierarchy/outgoingCalls', { item })).toMatchObject([{ to: { name: 'H1' } }])
  })
})

describe('documents', () => {
  test('are led to by their ids, and found wherever they are named', async () => {
    expect(await about('textDocument/definition', 'WORK-002: Read', 3)).toMatchObject([{ uri: editor.uri('docs/WORK-002.md') }])
    const named = await about<Location[]>('textDocument/references', 'backlog_id: INV-001', 14, { context: { includeDeclaration: true } })
    expect(named.map((one) => one.uri)).toEqual([editor.uri(file), ...[1, 2, 3].map(() => editor.uri('docs/WORK-002.md'))])
    expect(await about<Location[]>('textDocument/references', 'backlog_id: INV-001', 14, { context: { includeDeclaration: false } })).toHaveLength(3)
  })
  test('are found by id, by title and by letters of them; so are hypotheses of open ones', async () => {
    const find = async (query: string): Promise<string[]> => (await editor.request<WorkspaceSymbol[]>('workspace/symbol', { query })).map((one) => one.name)
    expect(await find('inv7')).toEqual(['INV-007 Another one'])
    expect(await find('by key')).toEqual(['WORK-002 Read pages by key'])
    expect(await find('cannot be enc')).toEqual(['H2 Rows that cannot be encoded are dropped without a word'])
  })
  test('citations lead to their lines, from a click as well', async () => {
    expect(await about('textDocument/definition', 'src/export/pages.ts:41-58', 5)).toEqual([{ uri: pathToFileURL(path.join(repository.root, 'src/export/pages.ts')).href, range: { start: { line: 40, character: 0 }, end: { line: 40, character: 0 } } }])
    const links = await whole<DocumentLink[]>('textDocument/documentLink')
    expect(links.map((one) => one.target?.replace(pathToFileURL(repository.root).href, ''))).toEqual(['/src/export/pages.ts#L41', '/src/export/encode.ts#L17'])
    expect(textsOf(links.map((one) => one.range))).toEqual(['src/export/pages.ts:41-58', 'src/export/encode.ts:17'])
  })
  test('say the new name of a file that is renamed, before it is', async () => {
    editor.setText(file, sample.replace('- The log of the night of 1 March', '- @src/export/pages.ts\n- [the work](WORK-002.md)'))
    const rename = (from: string, to: string): Promise<WorkspaceEdit | null> => editor.request('workspace/willRenameFiles', { files: [{ oldUri: editor.uri(from), newUri: editor.uri(to) }] })
    const changes = async (from: string, to: string): Promise<unknown> => {
      const edit = await rename(from, to)
      return (edit?.documentChanges ?? []).flatMap((one) => ('edits' in one ? one.edits.map((text) => [one.textDocument.uri.slice(editor.uri('').length + 1), 'newText' in text ? text.newText : '']) : []))
    }
    expect(await changes('src/export/pages.ts', 'src/reading/pages.ts')).toEqual([
      [file, 'src/reading/pages.ts'],
      [file, 'src/reading/pages.ts'],
      ['docs/INV-007.md', 'src/reading/pages.ts'],
    ])
    expect(await changes('src/export', 'lib')).toEqual(expect.arrayContaining([[file, 'lib/encode.ts'], [file, 'lib/pages.ts']]))
    expect(await changes('docs/WORK-002.md', 'docs/items/WORK-002.md')).toEqual([
      [file, 'items/WORK-002.md'],
      ['docs/WORK-002.md', '../INV-001.md#findings'],
    ])
    expect(await rename('src/export/none.ts', 'src/other.ts')).toBe(null)
  })
})

describe('shape', () => {
  test('the outline holds sections and what stands in them', async () => {
    const [title] = await whole<DocumentSymbol[]>('textDocument/documentSymbol')
    expect(title?.name).toBe('Investigation: Nightly export loses rows')
    const hypotheses = title?.children?.find((one) => one.name === 'Hypotheses')
    expect(hypotheses?.children?.map((one) => [one.name, one.detail])).toEqual([
      ['H1', 'Rows deleted between two pages shift the offset, so that others are skipped'],
      ['H2', 'Rows that cannot be encoded are dropped without a word'],
    ])
    const findings = title?.children?.find((one) => one.name === 'Findings')?.children?.find((one) => one.name === 'Hypothesis Verdicts')
    expect(findings?.children?.map((one) => [one.name, one.detail])).toEqual([['H1', 'CONFIRMED'], ['H2', 'REFUTED']])
    // A range that does not hold the one that is selected is refused by clients.
    const check = (symbol: DocumentSymbol): void => {
      expect(symbol.selectionRange.start.line).toBeGreaterThanOrEqual(symbol.range.start.line)
      expect(symbol.selectionRange.end.line).toBeLessThanOrEqual(symbol.range.end.line)
      symbol.children?.forEach(check)
    }
    if (title !== undefined) check(title)
  })
  test('sections, tables and the frontmatter fold', async () => {
    const folds = await whole<FoldingRange[]>('textDocument/foldingRange')
    const lines = sample.split('\n')
    expect(folds[0]).toMatchObject({ startLine: 0, endLine: lines.indexOf('---', 1) })
    const evidence = lines.indexOf('## Evidence Collection')
    expect(folds.find((one) => one.startLine === evidence)?.endLine).toBe(lines.indexOf('## Findings') - 2)
    expect(folds.every((one) => one.endLine > one.startLine)).toBe(true)
  })
  test('a selection grows from the word to the cell, the row, the table, the section, the whole', async () => {
    const [inmost] = await whole<SelectionRange[]>('textDocument/selectionRange', { positions: [editor.at(file, 'cannot be encoded', 3).position] })
    const grown: string[] = []
    for (let at = inmost; at !== undefined; at = at.parent) grown.push(textsOf([at.range])[0] ?? '')
    expect(grown[0]).toBe('cannot')
    expect(grown[1]).toBe('Rows that cannot be encoded are dropped without a word')
    expect(grown.some((one) => one.startsWith('| **H2** |'))).toBe(true)
    expect(grown.some((one) => one.startsWith('| # | Hypothesis |'))).toBe(true)
    expect(grown.some((one) => one.startsWith('## Hypotheses'))).toBe(true)
    expect(grown.at(-1)?.startsWith('---\ntemplate')).toBe(true)
  })
  test('figures stand beside hypotheses and lists', async () => {
    const hints = await whole<InlayHint[]>('textDocument/inlayHint', { range: { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } } })
    expect(hints.map((one) => one.label)).toEqual(expect.arrayContaining(['2 for, 0 against, confirmed', '0 for, 1 against, refuted', '3/3', '2/2']))
    const none = await whole<InlayHint[]>('textDocument/inlayHint', { range: { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } } })
    expect(none).toEqual([])
  })
  test('ids, verdicts and citations have their colours', async () => {
    const read = ({ data }: SemanticTokens): unknown[] => {
      const found: unknown[] = []
      let line = 0
      let character = 0
      for (let at = 0; at < data.length; at += 5) {
        const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5)
        line += down
        character = down === 0 ? character + right : right
        found.push([editor.text(file).split('\n')[line]?.slice(character, character + length), ['variable', 'class', 'enumMember', 'string'][type], modifiers])
      }
      return found
    }
    const all = read(await whole('textDocument/semanticTokens/full'))
    expect(all).toEqual(expect.arrayContaining([['INV-001', 'class', 1], ['H1', 'variable', 1], ['H2', 'variable', 0], ['src/export/encode.ts:17', 'string', 0], ['**REFUTED**', 'enumMember', 0], ['WORK-002', 'class', 0]]))
    const { position } = editor.at(file, '| H2 | **REFUTED**')
    const some = read(await whole('textDocument/semanticTokens/range', { range: { start: position, end: { line: position.line + 1, character: 0 } } }))
    expect(some).toEqual([['H2', 'variable', 0], ['**REFUTED**', 'enumMember', 0]])
  })
})

test('a text that is no document, or none yet, is answered with nothing, at any place', async () => {
  for (const text of ['', '---\n', '# Notes\n\n| a | b |\n|---|---|\n| H1 | `x.ts:1` |\n', '---\ntemplate: \n---\n# New\n', sample.slice(0, 300)]) {
    editor.setText(file, text)
    for (let line = 0; line <= text.split('\n').length; line++) {
      const at = { textDocument: { uri: editor.uri(file) }, position: { line, character: 3 } }
      for (const method of ['hover', 'completion', 'definition', 'prepareRename', 'linkedEditingRange', 'prepareCallHierarchy']) await editor.request(`textDocument/${method}`, at)
    }
    for (const method of ['documentSymbol', 'foldingRange', 'documentLink', 'semanticTokens/full', 'codeLens']) await whole(`textDocument/${method}`)
  }
  editor.setText(file, '---\ntemplate: \n---\n# New\n')
  const { items } = await about<CompletionList>('textDocument/completion', 'template: ', 10)
  expect(items.map((one) => one.label)).toContain('investigation')
})
