/** Merge conflicts that are not resolved: each is one finding, and nothing writes into a document that holds one. */

import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-protocol/node'
import { check } from '../src/index.js'
import { startEditor } from './lsp/editor.js'
import { connect } from './mcp/session.js'
import { createRepository, inquest, sample } from './support/repository.js'
import type { Repository } from './support/repository.js'

const file = 'docs/INV-001.md'
const row = '| H2 | **REFUTED** | The encoder stops at the first error | High |'
const open = sample.replace('status: complete', 'status: active').replace('memory_refs: [101, 102]', 'memory_refs: []').replace('- [x] **memory_refs', '- [ ] **memory_refs')

const repository = createRepository({ 'inquest.yaml': '' })

async function found(content: string, name = file): Promise<readonly string[]> {
  const { findings } = await check({ cwd: repository.root, text: { path: name, content } })
  return findings.map(({ rule, severity, range }) => `${rule} ${severity} ${range.start.line}`)
}

function lineOf(text: string, wanted: string): number {
  return text.slice(0, text.indexOf(wanted)).split(/\r\n|\n|\r/u).length
}

/** What git makes of two changes to the same lines. */
function merged(base: string | undefined, ours: string, theirs: string, style = 'merge'): Repository {
  const root = createRepository({ 'inquest.yaml': '', '.gitignore': '.inquest/\n', 'docs/WORK-002.md': work, ...(base !== undefined && { [file]: base }) })
  root.git('config', 'merge.conflictStyle', style)
  root.git('add', '-A')
  root.git('commit', '-qm', 'base')
  root.git('checkout', '-qb', 'other')
  root.write(file, theirs)
  root.git('add', '-A')
  root.git('commit', '-qm', 'theirs')
  root.git('checkout', '-q', 'main')
  root.write(file, ours)
  root.git('add', '-A')
  root.git('commit', '-qm', 'ours')
  const merge = spawnSync('git', ['merge', 'other'], { cwd: root.root, encoding: 'utf8' })
  expect(merge.status, merge.stdout).toBe(1)
  return root
}

const work = "---\ntemplate: work_item\nid: WORK-002\ntitle: Read the export's pages by key\nstatus: active\nspawned_by: INV-001\nversion: '1.0'\n---\n# WORK-002\n\n## Context\n\nDeletes shift the pages, see `docs/INV-001.md`.\n"
const change = (from: string, to: string, text = sample): string => {
  expect(text).toContain(from)
  return text.replace(from, () => to)
}

describe('what git leaves', () => {
  const cells = ['| **REFUTED** |', '| **CONFIRMED** |', '| **INCONCLUSIVE** |'] as const
  test.each(['merge', 'diff3', 'zdiff3'])('in a table (%s) is one finding at its first marker, and there is no other', async (style) => {
    const root = merged(sample, change(cells[0], cells[1]), change(cells[0], cells[2]), style)
    const text = root.read(file)
    expect(text).toContain('<<<<<<< HEAD')
    expect(text.includes('|||||||')).toBe(style !== 'merge')
    expect(await found(text)).toEqual([`conflict-unresolved error ${lineOf(text, '<<<<<<<')}`])
    const run = inquest(root.root, ['check', '--format', 'text'])
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('The merge conflict between `HEAD` and `other` is not resolved')
    expect(run.stdout).toContain('1 error')
  })
  test('in the frontmatter is the same finding, and not that it is no YAML', async () => {
    const root = merged(sample, change('author: Export team', 'author: Import team'), change('author: Export team', 'author: Platform team'), 'diff3')
    const text = root.read(file)
    expect(await found(text)).toEqual([`conflict-unresolved error ${lineOf(text, '<<<<<<<')}`])
    expect(inquest(root.root, ['check'])).toMatchObject({ status: 1 })
  })
  test('of two documents that came to the same path is found although no frontmatter is left', async () => {
    const root = merged(undefined, sample, `# Draft\n\n${sample.replaceAll('INV-001', 'INV-009').replace(/^---\n/u, '')}`)
    const text = root.read(file)
    expect(text.startsWith('<<<<<<< HEAD\n---\n')).toBe(true)
    expect((await found(text)).map((one) => one.replace(/\d+$/u, ''))).toContain('conflict-unresolved error ')
    expect(inquest(root.root, ['check'])).toMatchObject({ status: 1 })
    expect(inquest(root.root, ['advance', 'INV-001'])).toMatchObject({ status: 1, stderr: expect.stringContaining(`${file}:1: a merge conflict`) as string })
  })
  test('is one finding for each conflict', async () => {
    const root = merged(sample, change('author: Export team', 'author: A', change(row, '| H2 | **REFUTED** | a | High |')), change('author: Export team', 'author: B', change(row, '| H2 | **REFUTED** | b | High |')))
    const text = root.read(file)
    expect(await found(text)).toEqual([lineOf(text, '<<<<<<<'), text.slice(0, text.lastIndexOf('<<<<<<<')).split('\n').length].map((line) => `conflict-unresolved error ${line}`))
  })
  test.each(['\r\n', '\r'])('is found whatever ends a line (%j)', async (ending) => {
    const text = change(row, `<<<<<<< HEAD\n${row}\n=======\n${row}x\n>>>>>>> other`).replaceAll('\n', ending)
    expect(await found(text)).toEqual([`conflict-unresolved error ${lineOf(text, '<<<<<<<')}`])
  })
})

const conflict = (ours: string, theirs: string): string => `<<<<<<< HEAD\n${ours}\n=======\n${theirs}\n>>>>>>> 1f3a9c2 (Change the verdict)\n`
const analysis = '**Analysis:** A page starts'

describe('a conflict is', () => {
  test.each<[string, string]>([
    ['one whose markers have no names', '<<<<<<<\na\n=======\nb\n>>>>>>>\n'],
    ['one with more signs, as an attribute of the file asks for', '<<<<<<<<<<< HEAD\na\n===========\nb\n>>>>>>>>>>> other\n'],
    ['one that lacks its middle', '<<<<<<< HEAD\na\n\nb\n>>>>>>> other\n'],
    ['one whose first marker is left', '<<<<<<< HEAD\na\n'],
    ['one whose first marker is gone', 'a\n\n=======\n\nb\n\n>>>>>>> other\n'],
    ['one whose first marker is gone, in a paragraph', 'a\n=======\nb\n>>>>>>> other\n'],
    ['one that opens a code block in one side', conflict('```js\na', 'b') + '```\n'],
    ['one that a code block ends in', '```js\n<<<<<<< HEAD\na\n```\n=======\nb\n```\n>>>>>>> other\n'],
    ['one within a comment', '<!--\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n-->\n'],
    ['one whose sides hold an underlined heading', conflict('Title\n=======\n', 'Other title\n=======\n')],
  ])('%s', async (_, text) => {
    const content = change(analysis, `${text}\n${analysis}`)
    expect(await found(content)).toEqual([`conflict-unresolved error ${lineOf(content, text)  + text.slice(0, text.search(/^(?:<|=|>){7}/mu)).split('\n').length - 1}`])
  })
  test('one in any phase, in an archived document, and behind a comment that hides the rule', async () => {
    for (const from of ['status: complete', 'lifecycle_phase: conclude']) {
      for (const to of ['status: active', 'status: archived', 'lifecycle_phase: hypothesize']) {
        const content = change(analysis, `<!-- inquest-disable-file conflict-unresolved: known -->\n<!-- inquest-disable conflict-unresolved: known -->\n${conflict('a', 'b')}\n${analysis}`, sample.replace(from, to))
        expect(await found(content)).toEqual([`conflict-unresolved error ${lineOf(content, '<<<<<<<')}`])
      }
    }
  })
  test('two, one within a side of the other', async () => {
    const content = change(analysis, `<<<<<<< HEAD\n${conflict('a', 'b')}=======\nc\n>>>>>>> other\n\n${analysis}`)
    const line = lineOf(content, '<<<<<<<')
    expect(await found(content)).toEqual([`conflict-unresolved error ${line}`, `conflict-unresolved error ${line + 1}`])
  })
})

describe('no conflict is', () => {
  test.each<[string, string]>([
    ['a heading that is underlined', 'Summary\n=======\n'],
    ['an underlined heading and a deep quote', 'Summary\n=======\n\nSaid before:\n\n>>>>>>> so it was said\n>>>>>>> and more\n'],
    ['a quote in a quote', '>>>>>>> so it was said\n'],
    ['an example in a fence', `\`\`\`\n${conflict('a', 'b')}\`\`\`\n`],
    ['an example in a fence of tildes', `~~~text\n${conflict('a', 'b')}~~~\n`],
    ['each marker in a fence of its own', '```\n<<<<<<< HEAD\n```\n\nand\n\n```\n=======\n```\n\nand\n\n```\n>>>>>>> other\n```\n'],
    ['an example in indented code', conflict('a', 'b').replaceAll(/^/gmu, '    ')],
    ['an example in a quote', conflict('a', 'b').replaceAll(/^/gmu, '> ')],
    ['an example in a list', `- so:\n\n${conflict('a', 'b').replaceAll(/^/gmu, '  ')}`],
    ['an example in <pre>', `<pre>\n${conflict('a', 'b')}</pre>\n`],
    ['fewer signs', '<<<<<< HEAD\na\n======\nb\n>>>>>> other\n'],
    ['signs with words behind them at once', '<<<<<<<HEAD and >>>>>>>other\n'],
    ['signs within a line', 'Git writes `<<<<<<< HEAD` and then ======= and >>>>>>> other.\n'],
  ])('%s', async (_, text) => {
    const content = change(analysis, `${text}\n${analysis}`)
    expect((await found(content)).filter((one) => one.startsWith('conflict'))).toEqual([])
  })
})

test('a conflict anywhere is found once, and no fix changes a byte', async () => {
  const lines = sample.split('\n')
  const root = createRepository({ 'inquest.yaml': '', [file]: sample })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: lines.length - 1 }), fc.integer({ min: 0, max: 6 }), fc.constantFrom('\n', '\r\n'), async (at, length, ending) => {
      const side = lines.slice(at, at + length)
      const text = [...lines.slice(0, at), '<<<<<<< HEAD', ...side, '=======', ...side.map((line) => `${line}!`), '>>>>>>> other', ...lines.slice(at + length)].join(ending)
      const { findings } = await check({ cwd: root.root, text: { path: file, content: text } })
      expect(findings.map((one) => [one.rule, one.range.start.line, one.fix])).toEqual([['conflict-unresolved', at + 1, undefined]])
    }),
    { numRuns: 150 },
  )
  for (const at of [3, 60, 84, 120]) {
    const text = [...lines.slice(0, at), '<<<<<<< HEAD', ...lines.slice(at, at + 2), '=======', '>>>>>>> other', ...lines.slice(at + 2)].join('\n')
    root.write(file, text)
    expect(inquest(root.root, ['fix', '--unsafe', '--tick'])).toMatchObject({ status: 1, stderr: `inquest: ${file}:${at + 1}: a merge conflict is not resolved, so nothing is written into the file\n` })
    expect(root.read(file)).toBe(text)
  }
})

/** All files of a folder but what git and the cache keep. */
function everythingIn(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const names = files.map((one) => path.relative(root, path.join(one.parentPath, one.name))).filter((name) => !/^(?:\.git|\.inquest\/cache|\.inquest\/ids)\//u.test(name))
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]))
}

const inBody = change(row, conflict(row, `${row}x`).trimEnd(), open)
const inHead = change('author: Export team\n', conflict('author: Export team', 'author: Import team'), open)

describe.each([['the body', inBody], ['the frontmatter', inHead]])('no verb writes into a document with a conflict in %s', (_, text) => {
  const line = lineOf(text, '<<<<<<<')
  const said = `${file}:${line}: a merge conflict is not resolved, so nothing is written into the file`
  const prepare = (): Repository => {
    const root = createRepository({ 'inquest.yaml': '', [file]: text, 'docs/WORK-002.md': work.replace('spawned_by: INV-001', 'spawned_by: null') })
    root.git('add', '-A')
    root.git('commit', '-qm', 'start')
    return root
  }

  test.each<[string, readonly string[]]>([
    ['fix', ['fix', '--unsafe', '--tick', file]],
    ['advance', ['advance', 'INV-001']],
    ['advance by path', ['advance', file]],
    ['close', ['close', 'INV-001', '--learning', 'Pages shift']],
    ['reopen', ['reopen', 'INV-001', '--why', 'It came back']],
    ['amend', ['amend', 'INV-001', '--why', 'H2 was too wide']],
    ['renumber', ['renumber', 'INV-001', '--write']],
    ['renumber of another document that it names', ['renumber', 'WORK-002', '--write']],
    ['spawn', ['spawn', 'work_item', 'Another item', '--from', 'INV-001']],
    ['memory ingest', ['memory', 'ingest', '--document', 'INV-001', 'Pages shift']],
    ['verify --pin', ['verify', '--pin']],
    ['verify --relocate', ['verify', '--relocate', '--write', '--pin']],
  ])('%s', (_name, argv) => {
    const root = prepare()
    const before = everythingIn(root.root)
    const run = inquest(root.root, argv)
    expect(run.stderr, run.stdout).toContain(`inquest: ${said}\n`)
    expect(run.status).toBe(1)
    expect(everythingIn(root.root)).toEqual(before)
  })

  test('what others are to say of it is left alone too', () => {
    const root = createRepository({ 'inquest.yaml': '', [file]: open, 'docs/WORK-002.md': change('# WORK-002\n', `${conflict('# WORK-002', '# WORK-002: x')}`, work.replace('spawned_by: INV-001\n', '')) })
    const before = everythingIn(root.root)
    const run = inquest(root.root, ['fix', '--unsafe'])
    expect(run.stderr).toContain('docs/WORK-002.md:8: a merge conflict')
    expect(everythingIn(root.root)).toEqual(before)
  })

  test('other documents are fixed all the same', () => {
    const root = prepare()
    root.write('docs/INV-002.md', change('| H2 | **REFUTED** | The encoder stops at the first error | High |', '| H2 | **REFUTED** | The encoder stops |', sample.replaceAll('INV-001', 'INV-002')))
    const run = inquest(root.root, ['fix', '--unsafe', '--json'])
    expect(JSON.parse(run.stdout)).toMatchObject({ files: expect.arrayContaining([expect.objectContaining({ path: 'docs/INV-002.md' })]) as unknown, refused: [{ path: file, line, message: said }] })
    expect(run.status).toBe(1)
    expect(root.read(file)).toBe(text)
  })

  test('an editor is offered no edit, and commands are refused', async () => {
    const root = prepare()
    const editor = await startEditor(root.root)
    editor.open(file, text)
    editor.open('docs/WORK-002.md', root.read('docs/WORK-002.md'))
    expect((await editor.diagnostics(file)).map((one) => [one.code, one.range.start.line + 1])).toEqual([['conflict-unresolved', line]])
    const range = { start: { line: 0, character: 0 }, end: { line: 500, character: 0 } }
    expect(await editor.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: editor.uri(file) }, range, context: { diagnostics: [] } })).toEqual([])
    const uri = editor.uri(file)
    for (const [command, given] of [['inquest.advance', [uri]], ['inquest.close', [uri]], ['inquest.amend', [uri, { why: 'so' }]], ['inquest.reopen', [uri, { why: 'so' }]], ['inquest.spawn', [uri, { template: 'work_item', title: 'More' }]]] as const) {
      await expect(editor.request('workspace/executeCommand', { command, arguments: given }), command).rejects.toMatchObject({ message: expect.stringContaining(said) as string })
    }
    for (const data of [{ uri, all: true }, { uri, rule: 'table-invalid', remedy: 'fix', at: 0 }, { uri, citation: 'src/export/encode.ts:17', at: text.indexOf('src/export/encode.ts:17') }]) {
      await expect(editor.request('codeAction/resolve', { title: 'old', data })).rejects.toMatchObject({ message: expect.stringContaining(said) as string })
    }
    const at = editor.at(file, '| H1 | **CONF', 3)
    if (text === inBody) await expect(editor.request('textDocument/rename', { ...at, newName: 'H7' })).rejects.toMatchObject({ message: expect.stringContaining(said) as string })
    else expect(await editor.request('textDocument/rename', { ...at, newName: 'H7' })).toBe(null)
    expect(await editor.request('textDocument/linkedEditingRange', editor.at(file, '**H2**', 3))).toBe(null)
    expect(await editor.request('textDocument/completion', editor.at(file, '| H1 | No order', 3))).toMatchObject({ items: [] })
    const renamed = await editor.request<WorkspaceEdit | null>('workspace/willRenameFiles', { files: [{ oldUri: editor.uri('src/export/encode.ts'), newUri: editor.uri('src/export/coder.ts') }] })
    expect(renamed).toBe(null)
    expect(editor.asked.filter((one) => one.method === 'workspace/applyEdit')).toEqual([])
    expect(await editor.quit()).toBe(0)
  })

  test('tools of the MCP server are refused', async () => {
    const root = prepare()
    const before = everythingIn(root.root)
    const session = await connect(root.root)
    const calls = [
      ['investigation_advance', { id: 'INV-001' }],
      ['investigation_close', { id: 'INV-001' }],
      ['investigation_reopen', { id: 'INV-001', why: 'It came back' }],
      ['investigation_amend', { id: 'INV-001', why: 'H2 was too wide' }],
      ['investigation_spawn', { from: 'INV-001', template: 'work_item', title: 'Another item' }],
      ['ingester_ingest', { content: 'Pages shift', source_path: 'INV-001' }],
    ] as const
    for (const [name, given] of calls) {
      const answer = await session.client.callTool({ name, arguments: given })
      expect(JSON.stringify(answer), name).toContain(said)
    }
    await session.close()
    expect(everythingIn(root.root)).toEqual(before)
  })
})

test('`status` tells the conflict as what is in the way', () => {
  const root = createRepository({ 'inquest.yaml': '', [file]: inBody })
  const run = inquest(root.root, ['status', 'INV-001', '--json'])
  expect(JSON.parse(run.stdout)).toMatchObject({ blockers: [{ rule: 'conflict-unresolved', range: { start: { line: lineOf(inBody, '<<<<<<<') } } }] })
})

test('a repository may turn the rule off, and still nothing is written', () => {
  const root = createRepository({ 'inquest.yaml': 'rules: { conflict-unresolved: off }\n', [file]: inBody })
  const run = inquest(root.root, ['check', '--format', 'json'])
  const { findings } = JSON.parse(run.stdout) as { readonly findings: readonly { readonly rule: string }[] }
  const found = findings.map((finding) => finding.rule)
  expect(found).not.toContain('conflict-unresolved')
  expect(found).toContain('table-invalid')
  expect(inquest(root.root, ['fix', '--unsafe'])).toMatchObject({ status: 1, stderr: expect.stringContaining('a merge conflict') as string })
  expect(root.read(file)).toBe(inBody)
})
