/** Citations held against git over the wire: as on the command line, and without writing or running anything. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample, scratchFolder } from '../support/repository.js'
import { connect, eras } from './session.js'

const documentPath = 'docs/INV-001.md'

/** In milliseconds; a busy machine takes its time. */
const longest = 120_000

const code = (name: string): string => Array.from({ length: 30 }, (_, index) => `const ${name}${index + 1} = ${index * 7}\n`).join('')

const cited = ['src/moved.ts:10-12', 'src/edited.ts:11', 'src/same.ts:3']
const document = `---
template: investigation
status: active
date: 2026-03-02
backlog_id: INV-001
title: What is cited
lifecycle_phase: explore
version: '2.0'
---
# Investigation: What is cited

## Hypotheses

| # | Hypothesis | Confidence | Test Method | Priority |
|---|------------|------------|-------------|----------|
| **H1** | Lines move | High | Look | 1st |

## Evidence Collection

### Codebase Evidence

| Finding | Source (file:line) | Supports Hypothesis | Notes |
|---------|--------------------|---------------------|-------|
${cited.map((one) => `| Found | \`${one}\` | H1 | |`).join('\n')}
| Run | \`run: mark\` | H1 | |
`

describe.each(eras)('%s', (era) => {
  test('evidence_verify answers as `verify --json`, and changes nothing', async () => {
    const mark = path.join(scratchFolder(), 'ran')
    const repository = createRepository({
      [documentPath]: document,
      'docs/INV-002.md': sample.replace('INV-001', 'INV-002'),
      'inquest.yaml': `documents: ["docs/**/*.md"]\nevidence: ${JSON.stringify({ commands: { mark: { run: [process.execPath, '-e', `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`] } } })}\n`,
      'src/moved.ts': code('moved'),
      'src/edited.ts': code('edited'),
      'src/same.ts': code('same'),
    })
    const commit = (date: string): void => {
      repository.git('add', '-A')
      repository.git('commit', '-q', '-m', 'change', `--date=${date}T12:00:00Z`)
    }
    commit('2026-03-01')
    repository.write('src/moved.ts', `// one\n// two\n${code('moved')}`)
    repository.write('src/edited.ts', code('edited').replace('edited11 = 70', 'edited11 = 71'))
    commit('2026-03-03')
    const session = await connect(repository.root, { era })

    const one = await session.call('evidence_verify', { ids: ['INV-001'] })
    const { citations, summary, documents, matrices } = JSON.parse(inquest(repository.root, ['verify', 'INV-001', '--json']).stdout) as Readonly<Record<string, unknown>>
    expect(one.structured).toEqual({ version: 1, citations, summary, documents, matrices })
    expect(summary).toEqual({ ok: 1, moved: 1, changed: 1 })
    expect(one.text).toMatch(/^- docs\/INV-001\.md:\d+ src\/moved\.ts:10-12: moved \(to 12-14[;)]/mu)
    expect(one.text).toContain('  - const edited11 = 70\n  + const edited11 = 71')
    expect(one.text).not.toContain('src/same.ts')

    const steps: number[] = []
    await session.client.callTool({ name: 'evidence_verify', arguments: {} }, { onprogress: ({ progress }) => void steps.push(progress) })
    expect(steps.length).toBeGreaterThan(0)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    const enough = new AbortController()
    const cancelled = session.client.callTool({ name: 'evidence_verify', arguments: {} }, { signal: enough.signal, onprogress: () => enough.abort('enough') })
    await expect(cancelled).rejects.toThrow('enough')

    const all = await session.call('evidence_verify')
    expect(all.structured).toMatchObject({ documents: 2 })
    expect(all.structured).not.toHaveProperty('matrices')
    const cut = await session.call('evidence_verify', { ids: [documentPath], limit: 1 })
    expect(cut.structured).toMatchObject({ citations: [{ citation: 'src/moved.ts:10-12', state: 'moved' }], summary, omitted: 2 })
    expect(cut.text).toContain('left out')
    for (const id of ['INV-404', '../../etc/passwd']) {
      expect(await session.call('evidence_verify', { ids: [id] })).toMatchObject({ isError: true, structured: { error: { code: 'usage' } } })
    }
    expect(await session.call('evidence_verify', { ids: ['INV-001'], run: true })).toMatchObject({ isError: true, structured: { error: { code: 'usage' } } })
    const { tools } = await session.client.listTools()
    expect(tools.find(({ name }) => name === 'evidence_verify')?.annotations).toMatchObject({ readOnlyHint: true, idempotentHint: true, destructiveHint: false })
    await session.close()
    expect(session.stderr()).toBe('')
    expect(repository.git('status', '--porcelain')).toBe('')
    expect(existsSync(mark)).toBe(false)
  }, longest)
})
