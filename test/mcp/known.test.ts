/** What is known, asked over the wire: the words of the command line, the modes of documents in the field, concepts by their address. */

import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { Repository } from '../support/repository.js'
import { connect, eras } from './session.js'

const documentPath = 'docs/INV-001.md'

/** In milliseconds; a busy machine takes its time. */
const longest = 120_000

const json = (repository: Repository, ...args: readonly string[]): unknown => JSON.parse(inquest(repository.root, [...args, '--json']).stdout)

function store(repository: Repository, type: string, ...texts: readonly string[]): readonly number[] {
  return (json(repository, 'memory', 'ingest', '--type', type, '--source', 'notes', ...texts) as { readonly ids: readonly number[] }).ids
}

/** Four of a kind, with their summary, and one of each other kind. */
function filled(): { readonly repository: Repository; readonly of: Readonly<Record<string, readonly number[]>> } {
  const repository = createRepository({ [documentPath]: sample.replace('memory_refs: [101, 102]', 'memory_refs: []') })
  const like = Array.from({ length: 4 }, (_one, index) => `Rows of the nightly export get lost where pages are read by offset, in run ${index}`)
  const of = {
    episteme: store(repository, 'episteme', ...like),
    techne: store(repository, 'techne', 'To keep each row, read by key'),
    doxa: store(repository, 'doxa', 'A row more or less hurts nobody'),
  }
  expect(inquest(repository.root, ['memory', 'synthesize']).status).toBe(0)
  return { repository, of }
}

const idsOf = (structured: unknown): readonly number[] => (structured as { readonly results: readonly { readonly id: number }[] }).results.map(({ id }) => id).toSorted((a, b) => a - b)

describe.each(eras)('%s', (era) => {
  test('memory_search_with_experience answers as `memory search --json`, and each mode leaves out what it says', async () => {
    const { repository, of } = filled()
    const session = await connect(repository.root, { era })
    const asked = json(repository, 'memory', 'search', 'row', 'rows')
    const found = await session.call('memory_search_with_experience', { query: 'row rows' })
    expect(found.structured).toEqual(asked)
    expect((await session.call('memory_search_with_experience', { query: 'row rows', mode: 'semantic' })).structured).toEqual(asked)
    expect(found.text).toContain(`- ${of.techne?.[0]} (techne, notes): To keep each row, read by key`)

    const own = Object.values(of).flat().toSorted((a, b) => a - b)
    const summaries = idsOf(found.structured).filter((id) => !own.includes(id))
    expect(summaries).toHaveLength(1)
    const recovered = await session.call('memory_search_with_experience', { query: 'row rows', mode: 'session_recovery' })
    expect(idsOf(recovered.structured)).toEqual(own)
    const known = await session.call('memory_search_with_experience', { query: 'row rows', mode: 'knowledge_lookup' })
    expect(idsOf(known.structured)).toEqual(own.filter((id) => !of.doxa?.includes(id)))
    expect(known.structured).toMatchObject({ more: false })
    const cut = await session.call('memory_search_with_experience', { query: 'row rows', mode: 'knowledge_lookup', limit: 2 })
    expect(idsOf(cut.structured)).toHaveLength(2)
    expect(cut.structured).toMatchObject({ more: true })
    expect(cut.text).toContain('There are more')

    // What a closed inquiry supposed comes from its document.
    const supposed = await session.call('memory_search_with_experience', { query: 'INV-001' })
    expect(supposed.structured).toMatchObject({ experience: expect.arrayContaining([expect.objectContaining({ document: 'INV-001', hypothesis: 'H1', verdict: 'confirmed' })]) })
    expect(supposed.text).toContain('- INV-001 H1, confirmed: ')
    for (const input of [{ query: ' ' }, { query: 'row', mode: 'guess' }, { query: 'row', limit: 0 }]) {
      expect(await session.call('memory_search_with_experience', input)).toMatchObject({ isError: true, structured: { error: { code: 'usage' } } })
    }
    await session.close()
    expect(session.stderr()).toBe('')
  }, longest)

  test('memory_stats answers as `memory stats --json`', async () => {
    const { repository } = filled()
    const session = await connect(repository.root, { era })
    const counted = await session.call('memory_stats')
    expect(counted.structured).toEqual(json(repository, 'memory', 'stats'))
    expect(counted.structured).toMatchObject({ concepts: 7, clusters: 1 })
    expect(counted.text).toContain('7 concepts')
    await session.close()
  }, longest)

  test('without a store a search says so, and counting is an error with its remedy', async () => {
    const repository = createRepository({ [documentPath]: sample })
    const session = await connect(repository.root, { era })
    const found = await session.call('memory_search_with_experience', { query: 'zebra' })
    expect(found.structured).toMatchObject({ results: [], note: expect.stringContaining('no concept store') })
    expect(found.text).toContain('Nothing is known about it.')
    const counted = await session.call('memory_stats')
    expect(counted).toMatchObject({ isError: true, structured: { error: { code: 'store-missing', hint: expect.any(String) } } })
    expect(counted.structured).toEqual(json(repository, 'memory', 'stats'))
    await expect(session.client.readResource({ uri: 'inquest://concept/1' })).rejects.toMatchObject({ code: -32602 })
    await session.close()
  }, longest)

  test('a concept is read by its address', async () => {
    const { repository, of } = filled()
    const session = await connect(repository.root, { era })
    const [first = 0] = of.episteme ?? []
    const uri = `inquest://concept/${first}`
    const { contents } = await session.client.readResource({ uri })
    expect(contents).toMatchObject([{ uri, mimeType: 'text/markdown', text: expect.stringContaining('in run 0') }])
    const { text } = contents[0] as { readonly text: string }
    const [summary] = /inquest:\/\/concept\/\d+/u.exec(text) ?? []
    expect(summary).toBeDefined()
    expect((await session.client.readResource({ uri: summary ?? '' })).contents).toMatchObject([{ text: expect.stringContaining(`- ${uri}: `) }])
    for (const none of ['inquest://concept/999999', 'inquest://concept/a', 'inquest://concept/%231', 'inquest://concept/0']) {
      await expect(session.client.readResource({ uri: none }), none).rejects.toMatchObject({ code: -32602 })
    }
    const { resourceTemplates } = await session.client.listResourceTemplates()
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain('inquest://concept/{id}')
    const completed = await session.client.complete({ ref: { type: 'ref/resource', uri: 'inquest://concept/{id}' }, argument: { name: 'id', value: String(first) } })
    expect(completed.completion.values[0]).toBe(String(first))
    expect(completed.completion.values.every((id) => id.startsWith(String(first)))).toBe(true)
    const none = await session.client.complete({ ref: { type: 'ref/resource', uri: 'inquest://concept/{id}' }, argument: { name: 'id', value: 'a1' } })
    expect(none.completion.values).toEqual([])
    await session.close()
  }, longest)
})
