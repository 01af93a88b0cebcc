/** Findings in the editor: the same as `check` gives, for the text as it stands there. */

import * as fc from 'fast-check'
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Diagnostic, DocumentDiagnosticReport, WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol/node'
import type { PlacedFinding } from '../../src/finding/finding.js'
import { check } from '../../src/index.js'
import { rules } from '../../src/rules/registry.generated.js'
import type { Repository } from '../support/repository.js'
import { createRepository, inquest, projectRoot, sample, scratchFolder } from '../support/repository.js'
import { connect } from '../mcp/session.js'
import type { Editor } from './editor.js'
import { capable, startEditor } from './editor.js'

const file = 'docs/INV-001.md'

/** What of a finding and of a diagnostic has to be one and the same. */
function comparable(findings: readonly PlacedFinding[]): readonly unknown[] {
  return findings.map(({ rule, message, severity, range, related = [] }) => ({
    rule,
    message,
    severity,
    range: { start: { line: range.start.line - 1, character: range.start.column - 1 }, end: { line: range.end.line - 1, character: range.end.column - 1 } },
    related: related.map((one) => one.message),
  }))
}

function comparableDiagnostics(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  const names = ['', 'error', 'warning', 'info', 'info']
  return diagnostics.map(({ code, message, severity, range, relatedInformation = [] }) => ({ rule: code, message, severity: names[severity ?? 0], range, related: relatedInformation.map((one) => one.message) }))
}

async function checked(repository: Repository, content: string, at: string = file): Promise<readonly unknown[]> {
  const { findings } = await check({ cwd: repository.root, text: { path: path.join(repository.root, at), content } })
  return comparable(findings)
}

describe('a document that is open', () => {
  const repository = createRepository({ [file]: sample, 'inquest.yaml': '', 'docs/other.md': sample.replaceAll('INV-001', 'INV-002') })
  let editor: Editor
  beforeAll(async () => {
    editor = await startEditor(repository.root)
    editor.open(file, sample)
  })
  afterAll(async () => {
    expect(await editor.quit()).toBe(0)
    expect(editor.stderr()).toBe('')
  })

  test('is clean where `check` finds nothing', async () => {
    expect(await editor.diagnostics(file)).toEqual([])
  })

  const examples = rules.flatMap((rule) => rule.examples.map((example, index) => [`${rule.name} ${index + 1}`, example] as const))
  test.each(examples)('has the findings that `check` has: %s', async (_name, { good, bad, setting = [] }) => {
    const text = [...setting, [good, bad] as const].reduce((before, [from, to]) => before.replace(from, () => to), sample)
    editor.setText(file, text)
    const found = await editor.diagnostics(file)
    expect(comparableDiagnostics(found)).toEqual(await checked(repository, text))
    expect(found.length).toBeGreaterThan(0)
  })

  test('has after any changes, made one by one, what it has when read anew', async () => {
    const pieces = fc.constantFrom('\n', '| H3 | x | High | y | 1st |\n', '## Findings\n', '```\n', '**SKIPPED:** why\n', '---\n', 'é😀', '\r\n', '| H1 |', '<!-- inquest-disable verdict-missing: so -->\n', '[What]', '')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at: fc.nat(), length: fc.nat(60), text: pieces }), { minLength: 1, maxLength: 6 }), async (edits) => {
        editor.setText(file, sample)
        for (const { at, length, text } of edits) {
          const now = editor.text(file)
          const start = boundary(now, at % (now.length + 1))
          const piece = now.slice(start, boundary(now, Math.min(now.length, start + length)))
          editor.replace(file, start, start + piece.length, text)
        }
        expect(comparableDiagnostics(await editor.diagnostics(file))).toEqual(await checked(repository, editor.text(file)))
      }),
      { numRuns: 40 },
    )
  })

  test('says what is related, where the rule is explained, and what has no use any more', async () => {
    editor.setText(file, sample.replace(/^\| H2 \| \*\*REF.*\n/mu, '').replace('## References\n', '## References\n\n<!-- inquest-disable evidence-missing: lost -->\n'))
    const found = await editor.diagnostics(file)
    const missing = found.find((one) => one.code === 'verdict-missing')
    expect(missing?.relatedInformation?.[0]).toMatchObject({ message: '`H2` is stated here', location: { uri: editor.uri(file) } })
    expect(readFileSync(fileURLToPath(missing?.codeDescription?.href ?? ''), 'utf8')).toContain('# verdict-missing')
    expect(found.find((one) => one.code === 'suppression-unused')?.tags).toEqual([1])
    expect(found.find((one) => one.code === 'verdict-missing')?.tags).toBeUndefined()
  })

  test('is told as a hint what the phase it is in asks for, and as an error once that is due', async () => {
    const withoutEvidence = sample.replaceAll(/^\| .*`src\/.*\n/gmu, '').replace('| 88 | Offsets skip rows when the table changes while it is read | H1 | Seen in the archive job before |\n', '').replace('status: complete', 'status: active')
    const severities = async (phase: string): Promise<unknown> => {
      editor.setText(file, withoutEvidence.replace(/^lifecycle_phase: .*$/mu, `lifecycle_phase: ${phase}`))
      return (await editor.diagnostics(file)).find((one) => one.code === 'evidence-missing')?.severity
    }
    expect(await severities('hypothesize')).toBeUndefined()
    expect(await severities('explore')).toBe(4)
    expect(await severities('conclude')).toBe(1)
  })

  test('is judged beside the unsaved text of others', async () => {
    editor.setText(file, sample)
    expect(await editor.diagnostics(file)).toEqual([])
    editor.open('docs/other.md', sample)
    expect((await editor.next(file)).map((one) => one.code)).toEqual(['id-duplicate'])
    editor.setText('docs/other.md', sample.replaceAll('INV-001', 'INV-003'))
    expect(await editor.next(file)).toEqual([])
    editor.close('docs/other.md')
  })

  test('that is no document is left alone, and closing one takes its findings away', async () => {
    editor.open('notes.md', '# Notes\n\n| a |\n')
    expect(await editor.diagnostics('notes.md')).toEqual([])
    editor.setText(file, sample.replace('| H2 | **REFUTED**', '| H9 | **REFUTED**'))
    expect(await editor.diagnostics(file)).not.toEqual([])
    editor.close(file)
    expect(await editor.next(file)).toEqual([])
    editor.open(file, sample)
  })
})

/** Never between the two halves of a pair: no editor puts a cursor there. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}

describe('what stands around documents', () => {
  test('configuration, templates and files are read again when they change', async () => {
    const repository = createRepository({ [file]: sample.replace('## References\n', '## References\n\n- @src/gone.ts\n'), 'inquest.yaml': '' })
    const text = repository.read(file)
    const editor = await startEditor(repository.root)
    editor.open(file, text)
    expect((await editor.diagnostics(file)).map((one) => [one.code, one.severity])).toEqual([['reference-unresolved', 2]])
    expect(editor.asked.find((one) => one.method === 'client/registerCapability')?.params).toMatchObject({ registrations: [{ method: 'workspace/didChangeWatchedFiles' }] })

    repository.write('inquest.yaml', 'rules:\n  reference-unresolved: error\n')
    editor.changed('inquest.yaml', 2)
    expect((await editor.next(file)).map((one) => one.severity)).toEqual([1])

    repository.write('inquest.yaml', 'rules:\n  no-such-rule: error\n')
    editor.changed('inquest.yaml', 2)
    expect((await editor.next(file)).map((one) => one.code)).toEqual(['config-invalid'])
    expect(await editor.told('inquest.yaml')).toMatchObject([{ code: 'config-invalid', range: { start: { line: 1 } } }])

    repository.write('inquest.yaml', '')
    editor.changed('inquest.yaml', 2)
    expect((await editor.next(file)).map((one) => one.severity)).toEqual([2])
    expect(await editor.told('inquest.yaml')).toEqual([])

    repository.write('src/gone.ts', '')
    editor.changed('src/gone.ts', 1)
    expect(await editor.next(file)).toEqual([])

    const template = readFileSync(path.join(projectRoot, 'templates/investigation.md'), 'utf8')
    repository.write('.inquest/templates/investigation.md', template.replace('  - heading: Objective\n', '  - heading: Purpose\n'))
    editor.changed('.inquest/templates/investigation.md', 1)
    expect((await editor.next(file)).map((one) => one.code)).toEqual(['section-missing'])
    rmSync(path.join(repository.root, '.inquest'), { recursive: true })
    editor.changed('.inquest/templates/investigation.md', 3)
    expect(await editor.next(file)).toEqual([])
    expect(await editor.quit()).toBe(0)
  })

  test('a mistake in a template is shown at its place, and a template is no document', async () => {
    const template = readFileSync(path.join(projectRoot, 'templates/investigation.md'), 'utf8')
    const at = '.inquest/templates/investigation.md'
    const wrong = template.replace('      - section-empty\n', '      - section-emtpy\n')
    const repository = createRepository({ [file]: sample, 'inquest.yaml': '', [at]: wrong })
    const editor = await startEditor(repository.root)
    editor.open(at, wrong)
    const found = await editor.diagnostics(at)
    expect(found.map((one) => one.code)).toEqual(['template-invalid'])
    expect(found[0]?.message).toContain('section-emtpy')
    expect(found[0]?.range.start.line).toBe(editor.at(at, 'section-emtpy').position.line)
    const { stdout } = inquest(repository.root, ['template', 'check', '--json'])
    expect((JSON.parse(stdout) as { findings: { message: string }[] }).findings.map((one) => one.message)).toEqual(found.map((one) => one.message))
    await expect(editor.request('workspace/executeCommand', { command: 'inquest.status', arguments: [editor.uri(at)] })).rejects.toMatchObject({ message: expect.stringContaining('it is a template') as string })
    // What stands in the editor counts here, while documents are judged by what was saved.
    editor.setText(at, template)
    expect(await editor.diagnostics(at)).toEqual([])
    expect(await editor.quit()).toBe(0)
  })

  test('a file that nobody told of when it came is noticed when it changes', async () => {
    const repository = createRepository({ [file]: sample })
    const editor = await startEditor(repository.root)
    editor.open(file, sample)
    expect(await editor.diagnostics(file)).toEqual([])
    repository.write('docs/twin.md', sample)
    editor.changed('docs/twin.md', 2)
    expect((await editor.next(file)).map((one) => one.code)).toEqual(['id-duplicate'])
    expect(await editor.quit()).toBe(0)
  })

  test('where the editor watches no files, the server does', async () => {
    const repository = createRepository({ [file]: sample, 'inquest.yaml': '' })
    const { didChangeWatchedFiles: _, ...workspace } = capable.workspace ?? {}
    const editor = await startEditor(repository.root, { capabilities: { ...capable, workspace } })
    editor.open(file, sample)
    expect(await editor.diagnostics(file)).toEqual([])
    for (let round = 0; round < 20; round++) {
      // The watcher needs a moment before it sees anything; another write is another chance.
      repository.write('docs/twin.md', `${sample}\n<!-- ${round} -->\n`)
      const found = await Promise.race([editor.next(file), new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 500))])
      if (found === undefined) continue
      expect(found.map((one) => one.code)).toEqual(['id-duplicate'])
      expect(await editor.quit()).toBe(0)
      return
    }
    throw new Error('A file that appeared was never noticed')
  })

  test('a document outside every repository is judged alone', async () => {
    const folder = scratchFolder()
    const editor = await startEditor(folder)
    const alone = sample.replaceAll(/`src\/export\/[^`]*`/gu, 'https://example.org/log')
    editor.open('a.md', alone)
    expect(await editor.diagnostics('a.md')).toEqual([])
    editor.open('b.md', alone)
    expect((await editor.diagnostics('b.md')).map((one) => one.code)).toEqual(['id-duplicate'])
    expect(await editor.quit()).toBe(0)
  })
})

describe('positions', () => {
  const wide = sample.replace('| H2 | **REFUTED**', '| H9 | **REFUTED**').replace(/^\| H9 \|/mu, '| 😀é H9 |')
  test.each([
    [['utf-8', 'utf-16'], 'utf-8', 9, 11],
    [['utf-32'], 'utf-32', 5, 7],
    [['utf-7', 'utf-16'], 'utf-16', 6, 8],
    [undefined, 'utf-16', 6, 8],
  ] as const)('are counted as the client asks: %j', async (offered, chosen, start, end) => {
    const repository = createRepository({ [file]: wide })
    const general = offered === undefined ? {} : { positionEncodings: [...offered] }
    const editor = await startEditor(repository.root, { capabilities: { ...capable, general } })
    expect(editor.initialized.capabilities.positionEncoding).toBe(chosen)
    editor.open(file, wide)
    const orphan = (await editor.diagnostics(file)).find((one) => one.code === 'verdict-orphan')
    expect(orphan?.range).toMatchObject({ start: { character: start }, end: { character: end } })
    // A change behind the wide characters of its line lands where it was made.
    const line = orphan?.range.start.line ?? 0
    editor.replaceAt(file, { start: { line, character: start }, end: { line, character: end } }, 'H2', wide.replace('é H9 |', 'é H2 |'))
    expect((await editor.diagnostics(file)).map((one) => one.code)).toEqual([])
    expect(await editor.quit()).toBe(0)
  })
})

describe('diagnostics that are asked for', () => {
  const pulling = { ...capable, textDocument: { ...capable.textDocument, diagnostic: { relatedDocumentSupport: false } } }
  const repository = createRepository({
    'inquest.yaml': '',
    [file]: sample,
    'docs/INV-002.md': sample.replaceAll('INV-001', 'INV-002').replace('| H2 | **REFUTED**', '| H9 | **REFUTED**'),
    'docs/INV-003.md': sample.replaceAll('INV-001', 'INV-003'),
  })
  let editor: Editor
  beforeAll(async () => {
    editor = await startEditor(repository.root, { capabilities: pulling })
  })
  afterAll(async () => {
    expect(await editor.quit()).toBe(0)
  })
  const pull = (of: string, previousResultId?: string): Promise<DocumentDiagnosticReport> => {
    return editor.request('textDocument/diagnostic', { textDocument: { uri: editor.uri(of) }, ...(previousResultId !== undefined && { previousResultId }) })
  }

  test('of one document, open or not, with a result id', async () => {
    const first = await pull('docs/INV-002.md')
    if (first.kind !== 'full') throw new TypeError('The first answer is whole')
    expect(comparableDiagnostics(first.items)).toEqual(await checked(repository, repository.read('docs/INV-002.md'), 'docs/INV-002.md'))
    expect(await pull('docs/INV-002.md', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId })
    editor.open('docs/INV-002.md', repository.read('docs/INV-003.md').replaceAll('INV-003', 'INV-002'))
    expect(await pull('docs/INV-002.md', first.resultId)).toMatchObject({ kind: 'full', items: [] })
    editor.close('docs/INV-002.md')
    expect(await pull('docs/INV-002.md', first.resultId)).toMatchObject({ kind: 'unchanged' })
  })

  test('of the whole workspace, as `check` has them, and only what changed the next time', async () => {
    const ask = (previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> => editor.request('workspace/diagnostic', { previousResultIds })
    const first = await ask([])
    expect(first.items.map((one) => one.uri)).toEqual([editor.uri('docs/INV-002.md')])
    const [item] = first.items
    if (item?.kind !== 'full') throw new TypeError('The first answer is whole')
    const known = [{ uri: item.uri, value: item.resultId ?? '' }]
    expect((await ask(known)).items).toMatchObject([{ kind: 'unchanged', uri: item.uri }])
    editor.open('docs/INV-003.md', sample)
    const uris = (report: WorkspaceDiagnosticReport): unknown => report.items.map((one) => [one.uri, one.kind, one.version])
    expect(uris(await ask(known))).toEqual([
      [editor.uri(file), 'full', null],
      [editor.uri('docs/INV-002.md'), 'unchanged', null],
      [editor.uri('docs/INV-003.md'), 'full', 1],
    ])
    editor.close('docs/INV-003.md')
    repository.write('docs/INV-002.md', sample.replaceAll('INV-001', 'INV-002'))
    editor.changed('docs/INV-002.md', 2)
    expect((await ask(known)).items).toMatchObject([{ kind: 'full', uri: item.uri, items: [] }])
  })

  test('nothing is sent besides, and the client hears when to ask again', async () => {
    editor.open(file, sample.replace('| H2 | **REFUTED**', '| H9 | **REFUTED**'))
    expect(await pull(file)).toMatchObject({ kind: 'full', items: [{ code: 'verdict-missing' }, { code: 'verdict-orphan' }] })
    editor.asked.length = 0
    repository.write('docs/INV-004.md', sample)
    editor.changed('docs/INV-004.md', 1)
    await editor.until(() => editor.asked.some((one) => one.method === 'workspace/diagnostic/refresh'))
    expect(editor.published(file)).toBeUndefined()
  })

  test('of a file that is not there are refused', async () => {
    await expect(pull('docs/none.md')).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('neither open nor a file') as string })
  })
})

const corpus = path.join(projectRoot, '../shared/corpus/haios')
describe('one text has the same findings', () => {
  /** What the library, the command line, the language server and the MCP server say of a whole repository. */
  async function expectAgreement(repository: Repository, atLeastDocuments: number): Promise<void> {
    const { findings, summary } = await check({ cwd: repository.root })
    expect(summary.documents).toBeGreaterThanOrEqual(atLeastDocuments)
    expect(findings.length).toBeGreaterThan(0)

    const { stdout } = inquest(repository.root, ['check', '--format', 'json'])
    const printed = JSON.parse(stdout) as { readonly findings: readonly PlacedFinding[]; readonly summary: unknown }
    expect(printed.findings).toEqual(findings)
    expect(printed.summary).toEqual(summary)

    const editor = await startEditor(repository.root)
    const answer = await editor.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] })
    expect(answer.items.flatMap((one) => (one.kind === 'full' ? comparableDiagnostics(one.items) : []))).toEqual(comparable(findings))
    expect(await editor.quit()).toBe(0)

    const session = await connect(repository.root)
    const { structured } = await session.call('investigation_check', { limit: 10_000 })
    await session.close()
    expect(structured).toEqual({ version: 1, findings: printed.findings, summary: printed.summary })
  }

  test('in each front: an example of every rule', async () => {
    const examples = rules.flatMap((rule) => rule.examples.map(({ good, bad, setting = [] }) => [...setting, [good, bad] as const].reduce((before, [from, to]) => before.replace(from, () => to), sample)))
    const id = (index: number): string => `INV-${String(index + 101)}`
    await expectAgreement(createRepository({ 'inquest.yaml': '', ...Object.fromEntries(examples.map((text, index) => [`docs/${id(index)}.md`, text.replaceAll('INV-001', id(index))])) }), rules.length)
  })

  test.skipIf(!existsSync(corpus))('in each front: real documents (a corpus beside this checkout)', async () => {
    const repository = createRepository()
    // Every third is as good as all, in a third of the time.
    const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).toSorted()
    for (const name of names.filter((_, index) => index % 3 === 0)) repository.write(name, readFileSync(path.join(corpus, name), 'utf8'))
    await expectAgreement(repository, 200)
  }, 240_000)
})
