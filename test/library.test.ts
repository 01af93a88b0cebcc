/** The public library and the unified plugin, as programs import them. */

import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { VFile } from 'vfile'
import { describe, expect, test } from 'vitest'
import { InquestError, applyEdits, check, createDocument, parse, status } from '../src/index.js'
import remarkInquest from '../src/unified.js'
import { createRepository, inquest, sample } from './support/repository.js'

const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
const broken = sample.replace('| H2 | **REFUTED** | The encoder stops at the first error | High |\n', '')

describe('the library', () => {
  test('checks as the command does', async () => {
    const repository = createRepository({ [file]: broken })
    const result = await check({ cwd: repository.root })
    const printed = JSON.parse(inquest(repository.root, ['check', '--json']).stdout) as unknown
    expect({ version: 1, findings: result.findings, summary: result.summary }).toEqual(printed)
    expect(result.failed).toBe(true)
    expect((await check({ cwd: repository.root, failOn: 'never' })).failed).toBe(false)
  })

  test('parses into a tree of plain objects', async () => {
    const { root, top } = await parse(sample)
    expect(structuredClone(root)).toEqual(root)
    expect(JSON.stringify(root)).toContain('nightly export lose')
    expect(JSON.stringify(top)).toContain('nightly export lose')
  })

  test('parses any text', async () => {
    const document = await parse(sample)
    expect(document.data['memory_refs']).toEqual([101, 102])
    expect(document.data['version']).toBe('2.0')
    expect(document.data['date']).toBe('2026-03-02')
    expect(document.top.sections[0]?.sections.map((section) => section.title)).toContain('Closure Checklist')
  })

  test('makes documents and says where they stand', async () => {
    const { root } = createRepository()
    const made = await createDocument('investigation', 'Any', { cwd: root })
    expect(await status(made.id, { cwd: root })).toMatchObject({ id: 'INV-001', phase: 'hypothesize', next: 'explore' })
  })

  test('throws coded errors for a world that fails', async () => {
    const { root } = createRepository()
    await expect(status('INV-009', { cwd: root })).rejects.toThrow(InquestError)
    await expect(check({ cwd: root, paths: ['nope.md'] })).rejects.toMatchObject({ code: 'usage' })
  })

  test('throws a TypeError for a wrong call', () => {
    expect(() => applyEdits('abc', [{ span: { start: 0, end: 2 }, text: '' }, { span: { start: 1, end: 3 }, text: '' }])).toThrow(TypeError)
    expect(applyEdits('abc', [])).toBe('abc')
  })
})

describe('the unified plugin', () => {
  const processor = (cwd: string) => unified().use(remarkParse).use(remarkInquest, { cwd }).use(function compile() {
    this.compiler = () => ''
  })

  test('gives findings as messages of the file', async () => {
    const { root } = createRepository({ [file]: broken })
    const processed = await processor(root).process(new VFile({ path: file, value: broken, cwd: root }))
    expect(processed.messages.map((message) => [message.source, message.ruleId, message.fatal, message.line])).toEqual([
      ['inquest', 'verdict-missing', true, broken.split('\n').indexOf('### Hypothesis Verdicts') + 1],
    ])
  })

  test('is silent for what is no document', async () => {
    const { root } = createRepository()
    expect((await processor(root).process(new VFile({ path: 'README.md', value: '# Hello\n', cwd: root }))).messages).toEqual([])
  })

  test('fails the file where the configuration cannot be used', async () => {
    const { root } = createRepository({ 'inquest.yaml': 'rulez: {}\n' })
    await expect(processor(root).process(new VFile({ path: file, value: broken, cwd: root }))).rejects.toMatchObject({ source: 'inquest', ruleId: 'config-invalid' })
  })
})
