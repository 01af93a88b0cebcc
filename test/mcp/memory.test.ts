/** What was learned, stored over the wire: once, listed by its document, beside other writers. */

import { rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from '../support/repository.js'
import { connect, eras } from './session.js'

const documentPath = 'docs/INV-001.md'
const open = sample.replace(/^status: .*$/mu, 'status: active').replace('memory_refs: [101, 102]', 'memory_refs: []').replaceAll('- [x] **', '- [ ] **')
const work = '---\ntemplate: work_item\nstatus: active\nid: WORK-002\ntitle: Read by key\nversion: "2.0"\nspawned_by: INV-001\n---\n'

/** In milliseconds; a busy machine takes its time. */
const longest = 120_000

describe.each(eras)('%s', (era) => {
  test('a learning is stored once, and the document that it came from lists it', async () => {
    const repository = createRepository({ [documentPath]: open, 'docs/WORK-002.md': work })
    const session = await connect(repository.root, { era })
    const first = await session.call('ingester_ingest', { content: 'Pages by offset lose rows', source_path: documentPath, content_type_hint: 'episteme' })
    expect(first.structured).toMatchObject({ version: 1, document: 'INV-001', replayed: false, ids: [expect.any(Number)] })
    const { ids } = first.structured as { readonly ids: readonly number[] }
    expect(repository.read(documentPath)).toContain(`memory_refs: [${ids[0]}]`)
    const again = await session.call('ingester_ingest', { content: ' Pages by offset lose rows\n', source_path: 'INV-001', content_type_hint: 'episteme' })
    expect(again.structured).toMatchObject({ ids, replayed: true })
    const plain = await session.call('ingester_ingest', { content: 'Nobody reads logs', source_path: 'closure:2026-03' })
    expect(plain.structured).toMatchObject({ replayed: false })
    expect(plain.structured).not.toHaveProperty('document')

    // Beside each other, and beside the command line.
    const calls = Array.from({ length: 4 }, (_one, index) => session.call('ingester_ingest', { content: `Learning ${index}`, source_path: documentPath }))
    const beside = inquest(repository.root, ['memory', 'ingest', '--document', 'INV-001', 'From the command line', '--json'])
    const all = await Promise.all(calls)
    const stored = [...all.map(({ structured }) => structured), JSON.parse(beside.stdout) as object].flatMap((one) => (one as { readonly ids: readonly number[] }).ids)
    expect(new Set(stored).size).toBe(5)
    for (const id of stored) expect(repository.read(documentPath)).toMatch(new RegExp(`memory_refs: \\[[^\\]]*\\b${id}\\b`, 'u'))
    expect(inquest(repository.root, ['memory', 'check']).status).toBe(0)
    await session.close()
    // Whoever comes first finishes what another has begun, and says so.
    expect(session.stderr().replaceAll(/^inquest: finished storing .*\n/gmu, '')).toBe('')
  }, longest)

  test('what others change meanwhile is noticed with the next call', async () => {
    const repository = createRepository({ 'docs/WORK-002.md': work })
    const session = await connect(repository.root, { era })
    const store = async (content: string, source: string): Promise<Readonly<Record<string, unknown>>> => (await session.call('ingester_ingest', { content, source_path: source })).structured
    const provenance = async (id: number): Promise<Readonly<Record<string, unknown>>> => (JSON.parse(inquest(repository.root, ['memory', 'show', String(id), '--json']).stdout) as { readonly concepts: readonly [{ readonly provenance: readonly [Readonly<Record<string, unknown>>] }] }).concepts[0].provenance[0]
    expect(await store('First', documentPath)).toMatchObject({ ids: [1] })
    // What git said has settled by now.
    await sleep(300)
    expect(await store('Second', documentPath)).toMatchObject({ ids: [2] })

    repository.write(documentPath, open)
    expect(await store('Third', documentPath)).toMatchObject({ ids: [3], document: 'INV-001' })
    repository.git('add', documentPath)
    repository.git('commit', '-qm', 'start')
    repository.git('config', 'user.name', 'Somebody Else')
    expect(await store('Fourth', 'notes')).toMatchObject({ ids: [4] })
    expect(await provenance(4)).toMatchObject({ commit: repository.git('rev-parse', '--short=12', 'HEAD').trim(), author: 'Somebody Else' })
    repository.write('docs/.gitignore', 'INV-001.md\n')
    repository.git('rm', '-q', '--cached', documentPath)
    expect(await store('Fifth', documentPath)).not.toHaveProperty('document')

    for (const end of ['', '-wal', '-shm']) rmSync(path.join(repository.root, `.inquest/memory.db${end}`))
    expect(await store('Anew', 'notes')).toMatchObject({ ids: [1] })
    await session.close()
    expect(await provenance(1)).toMatchObject({ author: 'Somebody Else' })
  }, longest)

  test('closing stores what was learned and tells it', async () => {
    const repository = createRepository({ [documentPath]: open, 'docs/WORK-002.md': work })
    const session = await connect(repository.root, { era })
    const both = await session.call('investigation_close', { id: 'INV-001', learnings: ['A'], memory_refs: [1] })
    expect(both).toMatchObject({ isError: true, structured: { error: { code: 'usage' } } })
    const closed = await session.call('investigation_close', { id: 'INV-001', learnings: ['Read pages by key', 'Count what was written'] })
    expect(closed.structured).toMatchObject({ to: 'closed', stored: { ids: [expect.any(Number), expect.any(Number)], replayed: false } })
    expect(closed.text).toMatch(/Stored what was learned: \d+, \d+/u)
    expect(inquest(repository.root, ['check']).status).toBe(0)
    await session.close()
  }, longest)
})
