/** That completing takes nothing away: what is offered goes on from what is typed, and taking any of it leaves all other text as it was. */

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver-protocol/node'
import type { PlacedFinding } from '../../src/index.js'
import { check } from '../../src/index.js'
import { createRepository, sample } from '../support/repository.js'
import type { Editor } from './editor.js'
import { startEditor } from './editor.js'

const file = 'docs/INV-001.md'
const work = "---\ntemplate: work_item\nid: WORK-002\ntitle: Read the export's pages by key\nstatus: active\nspawned_by: INV-001\nversion: '1.0'\n---\n# WORK-002\n\n## Context\n\nDeletes shift the pages.\n"
const repository = createRepository({ [file]: sample, 'inquest.yaml': '', 'docs/WORK-002.md': work, 'docs/INV-007.md': sample.replaceAll('INV-001', 'INV-007') })
let editor: Editor
let signs: readonly string[]
beforeAll(async () => {
  editor = await startEditor(repository.root)
  editor.open(file, sample)
  signs = editor.initialized.capabilities.completionProvider?.triggerCharacters ?? []
})
afterAll(async () => {
  expect(await editor.quit()).toBe(0)
  expect(editor.stderr()).toBe('')
})

type Client = 'asks at signs' | 'asks at every key'

function pointOf(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

function offsetOf(text: string, { line, character }: { readonly line: number; readonly character: number }): number {
  return text.split('\n').slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character
}

function editOf({ textEdit, label }: CompletionItem): TextEdit {
  if (textEdit === undefined || !('range' in textEdit)) throw new TypeError(`${label} says no place`)
  return textEdit
}

/** What a client puts in place of what is typed: a snippet with its places as they are filled at first. */
function written({ newText }: TextEdit): string {
  return newText.replaceAll(/\$\{\d+:((?:\\.|[^}\\])*)\}/gu, '$1').replaceAll('$0', '').replaceAll(/\\([\\$}])/gu, '$1')
}

/** The items that a client shows once a text has been typed at a place. */
async function shown(text: string, at: number, typed: string, client: Client | 'is asked'): Promise<{ readonly text: string; readonly cursor: number; readonly items: readonly CompletionItem[]; readonly list: CompletionList | undefined }> {
  const now = text.slice(0, at) + typed + text.slice(at)
  const cursor = at + typed.length
  editor.setText(file, now)
  const last = typed.at(-1) ?? ''
  const isSign = signs.includes(last) && client !== 'is asked'
  if (client === 'asks at signs' && !isSign) return { text: now, cursor, items: [], list: undefined }
  const list = await editor.request<CompletionList>('textDocument/completion', {
    textDocument: { uri: editor.uri(file) },
    position: pointOf(now, cursor),
    context: isSign ? { triggerKind: 2, triggerCharacter: last } : { triggerKind: 1 },
  })
  const items = list.items.filter((item) => {
    const word = now.slice(offsetOf(now, editOf(item).range.start), cursor).toLowerCase()
    // Letters in order, as most clients have it.
    let from = 0
    return [...word].every((sign) => (from = (item.filterText ?? item.label).toLowerCase().indexOf(sign, from) + 1) > 0)
  })
  return { text: now, cursor, items, list }
}

/** Types and presses Enter: the first of what is shown, or the end of a line. */
async function typeAndEnter(text: string, at: number, typed: string, client: Client): Promise<string> {
  const { text: now, cursor, items } = await shown(text, at, typed, client)
  const [first] = items
  return first === undefined ? `${now.slice(0, cursor)}\n${now.slice(cursor)}` : take(now, first)
}

function take(text: string, item: CompletionItem): string {
  const edit = editOf(item)
  return text.slice(0, offsetOf(text, edit.range.start)) + written(edit) + text.slice(offsetOf(text, edit.range.end))
}

describe.each<Client>(['asks at signs', 'asks at every key'])('a dash and Enter are a dash and a line, for a client that %s', (client) => {
  const places: readonly (readonly [string, string, number])[] = [
    ['on the line below a table', sample.replace('| H2 | **REFUTED** | The encoder stops at the first error | High |\n', '$&\n'), sample.indexOf('\n\n### Detailed') + 1],
    ['on an empty line behind a table', sample.replace('| H2 | **REFUTED** | The encoder stops at the first error | High |\n', '$&\n\n'), sample.indexOf('\n\n### Detailed') + 2],
    ['at the start of a line of prose', sample.replace('**Analysis:**', '\n**Analysis:**'), sample.indexOf('**Analysis:**')],
    ['behind a word of prose', sample, sample.indexOf('page starts') + 4],
    ['behind prose and a blank', sample.replace('by count, not by key.', 'by count '), sample.indexOf('by count, not') + 9],
    ['as a bullet of its own', sample.replace('- The loss was first', '\n- The loss was first'), sample.indexOf('- The loss was first')],
    ['as a bullet in a list of follow-ups', sample.replace('### Future', '\n\n### Future'), sample.indexOf('### Future')],
    ['in a cell for hypotheses', sample.replace('| H1 | No order', '|  | No order'), sample.indexOf('| H1 | No order') + 2],
    ['in a cell for a verdict', sample.replace('| **REFUTED** |', '|  |'), sample.indexOf('| **REFUTED** |') + 2],
    ['in a cell for a concept', sample.replace('| 88 | Offsets skip', '|  | Offsets skip'), sample.indexOf('| 88 | Offsets skip') + 2],
    ['in a cell for a source', sample.replace('| `src/export/encode.ts:17` |', '|  |'), sample.indexOf('| `src/export/encode.ts:17` |') + 2],
    ['in the line below a header', sample, sample.indexOf('|------------') + 2],
    ['in the frontmatter', sample.replace('related: []\n', 'related:\n\n'), sample.indexOf('related: []') + 9],
    ['in a value of the frontmatter', sample.replace('author: Export team', 'author: Export '), sample.indexOf('author: Export team') + 15],
    ['before a heading', sample.replace('## References', '\n\n## References'), sample.indexOf('## References') + 1],
  ]
  test.each(places)('%s', async (_, text, at) => {
    const isItem = text.slice(0, at).endsWith('related:\n')
    // In a list of the frontmatter a dash and a blank are an item, and in a cell for a verdict a star may open one.
    for (const typed of ['-', '---', '. ', ...(isItem ? [] : ['- ', '+ ', '1. ', ': ']), ...(text.charAt(at - 2) === '|' ? [] : ['*'])]) {
      expect(await typeAndEnter(text, at, typed, client), typed).toBe(`${text.slice(0, at)}${typed}\n${text.slice(at)}`)
    }
  })
})

describe('a list that opens', () => {
  const labels = async (text: string, at: number, typed: string, client: Client | 'is asked' = 'asks at signs'): Promise<readonly string[]> => (await shown(text, at, typed, client)).items.map((one) => one.label)
  const verdict = '| **REFUTED** |'
  test('is that of the place that a sign opens', async () => {
    expect(signs).not.toContain('-')
    const cell = sample.replace('| H1 | No order', '| | No order')
    expect(await labels(cell, cell.indexOf('| | No order') + 1, ' ')).toEqual(['H1', 'H2'])
    expect(await labels(sample, sample.indexOf('| No order') + 1, ' ')).toEqual([])
    const against = sample.replace('against H2', 'against')
    expect(await labels(against, against.indexOf('| against |') + 9, ' ')).toEqual(['H1', 'H2'])
    const status = sample.replace('status: complete', 'status:')
    expect(await labels(status, status.indexOf('status:') + 7, ' ')).toContain('complete')
    const colon = await shown(sample.replace('status: complete', 'status'), sample.indexOf('status: complete') + 6, ':', 'asks at signs')
    expect(colon.items.map((one) => one.textEdit?.newText)).toContain(' complete')
    const row = sample.replace('\n\n### Detailed', '\n\n\n### Detailed')
    expect(await labels(row, row.indexOf('\n\n\n### Detailed') + 1, '|')).toEqual(['row: Hypothesis Verdicts', 'H1', 'H2'])
    const heading = sample.replace(/## Exploration Plan\n[\s\S]*?(?=## Evidence)/u, '\n')
    expect(await labels(heading, heading.indexOf('\n## Evidence'), '##')).toContain('Exploration Plan')
    expect(await labels(heading, heading.indexOf('\n## Evidence'), '####')).toEqual([])
  })
  test('shrinks with what is typed, and says that there are more', async () => {
    const cell = sample.replace(verdict, '|  |')
    const at = sample.indexOf(verdict) + 2
    expect((await shown(cell, at, '', 'is asked')).list).toMatchObject({ isIncomplete: false, items: { length: 5 } })
    const one = await shown(cell, at, 'ref', 'is asked')
    expect(one.list).toMatchObject({ isIncomplete: true, items: [{ label: '**REFUTED**', filterText: 'REFUTED**' }] })
    expect((await shown(cell, at, '**r', 'is asked')).items.map((item) => item.label)).toEqual(['**REFUTED**'])
    expect(await labels(cell, at, 'nobody knows', 'is asked')).toEqual([])
  })
  test('never takes the place of what stands there', async () => {
    expect(await labels(sample, sample.indexOf('The encoder stops') + 4, '', 'is asked')).toEqual([])
    // In the middle of a word, of a path, of a key that the template knows.
    expect(await labels(sample, sample.indexOf('H1 | No order') + 1, '', 'is asked')).toEqual([])
    expect(await labels(sample, sample.indexOf('src/export/pages.ts') + 11, '', 'is asked')).toEqual([])
    expect(await labels(sample, sample.indexOf('status: complete') + 3, '', 'is asked')).toEqual([])
    expect(await labels(sample, sample.indexOf('## Findings') + 5, '', 'is asked')).toEqual([])
    const said = sample.replace(verdict, '| **REFUTED** by the log |')
    expect(await labels(said, said.indexOf('**REFUTED** by') + 5, '', 'is asked')).toEqual([])
  })
})

const watched = /^(?:table-invalid|section-missing|field-)/u

async function findingsOf(content: string): Promise<ReadonlySet<string>> {
  const { findings } = await check({ cwd: repository.root, text: { path: file, content } })
  return new Set(findings.filter(({ rule }) => watched.test(rule)).map(({ rule, subject, message }: PlacedFinding) => `${rule} ${rule.startsWith('field-') ? '' : message} ${subject}`))
}

/** What a person who wrote a word would still call the same word. */
function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
}

test('whatever is typed wherever, taking what is offered keeps all other text and breaks nothing', async () => {
  const line = fc.constantFrom('', '-', '- ', '- [ ] ', '|', '| | |', '| H1 | **CONFIRMED** | x | High |', '## Objective', '### Memory Evidence', 'Some words about H1.', '> | a | b |', '```', '<!-- a comment', '-->', 'title: x', '**SKIPPED:** why', '1. [ ] look', '@src/', 'N/A', '| 88 | a | H1 | b |')
  const change = fc.record({ at: fc.nat(), kind: fc.constantFrom('insert', 'remove', 'replace', 'cut') , line })
  const typed = fc.oneof(fc.constantFrom('-', ' ', '|', '| ', '#', '## ', '@', '/', ':', ': ', '*', '**', 'H', 'h', 'W', 'WORK-', 'S', '[', 'Yes', 'c', '**R', '<!-- inquest-disable ', 's', '`src/', 'x', '1', '"', "'", ','), fc.string({ maxLength: 2 }).filter((one) => !/[\r\n]/u.test(one)))
  let taken = 0
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), fc.nat(), fc.boolean(), typed, fc.constantFrom<Client | 'is asked'>('asks at signs', 'asks at every key', 'is asked'), async (changes, position, atEnd, keys, client) => {
      const lines = sample.split('\n')
      for (const { at, kind, line: other } of changes) {
        const index = at % lines.length
        if (kind === 'insert') lines.splice(index, 0, other)
        else if (kind === 'remove') lines.splice(index, 1)
        else if (kind === 'replace') lines[index] = other
        else lines[index] = (lines[index] ?? '').slice(0, at % ((lines[index] ?? '').length + 1))
      }
      const before = lines.join('\n')
      const anywhere = position % (before.length + 1)
      const at = atEnd ? (before.indexOf('\n', anywhere) === -1 ? before.length : before.indexOf('\n', anywhere)) : anywhere
      const { text, cursor, list } = await shown(before, at, keys, client)
      if (list === undefined || list.items.length === 0) return
      const known = new Set([...(await findingsOf(before)), ...(await findingsOf(text))])
      for (const item of list.items) {
        taken++
        const edit = editOf(item)
        const [start, end] = [offsetOf(text, edit.range.start), offsetOf(text, edit.range.end)]
        // On the line of the cursor, around it.
        expect([edit.range.start.line, edit.range.end.line]).toEqual([pointOf(text, cursor).line, pointOf(text, cursor).line])
        expect(start).toBeLessThanOrEqual(cursor)
        expect(end).toBeGreaterThanOrEqual(cursor)
        // What gives way is the beginning of what comes.
        const after = take(text, item)
        expect(bare(text.slice(cursor, end))).toBe('')
        expect(bare(written(edit)), `${item.label} for ${text.slice(start, end)}`).toContain(bare(text.slice(start, cursor)))
        // A word does not grow together with what stands beside it.
        expect(/[\p{L}\p{N}_]$/u.test(written(edit)) && /^[\p{L}\p{N}_]/u.test(text.slice(end))).toBe(false)
        // Who names another template asks for other sections and fields.
        if (/(?:^|\n)(?:template|version):.*$/u.test(text.slice(0, cursor))) continue
        const fresh = [...(await findingsOf(after))].filter((one) => !known.has(one))
        expect(fresh, `${item.label} taken in\n${text.slice(Math.max(0, start - 200), start)}⟦${text.slice(start, cursor)}⟧${text.slice(cursor, cursor + 120)}`).toEqual([])
      }
    }),
    { numRuns: 500 },
  )
  expect(taken).toBeGreaterThan(40)
}, 300_000)
