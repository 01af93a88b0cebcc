/** Every tool over the wire, in both eras of the protocol, beside what the command line answers. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { Repository } from '../support/repository.js'
import type { Session } from './session.js'
import { connect, eras } from './session.js'

const documentPath = 'docs/investigations/INVESTIGATION-INV-001-nightly-export-loses-rows.md'
/** The finished inquiry as it was before it was closed. */
const open = sample.replace(/^status: .*$/mu, 'status: active').replaceAll('- [x]', '- [ ]')
const work = '---\ntemplate: work_item\nstatus: active\nid: WORK-002\ntitle: Read by key\nversion: "2.0"\nspawned_by: INV-001\n---\n'

const json = (repository: Repository, ...args: readonly string[]): unknown => JSON.parse(inquest(repository.root, [...args, '--json']).stdout)

describe.each(eras)('%s', (era) => {
  let repository: Repository
  let session: Session
  beforeAll(async () => {
    repository = createRepository({ [documentPath]: open, 'docs/items/WORK-002-read-by-key.md': work })
    session = await connect(repository.root, { era })
  })
  afterAll(async () => {
    await session.close()
    expect(session.stderr()).toBe('')
  })

  test('tools say what they take, what they answer and what they change', async () => {
    const { tools } = await session.client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['investigation_new', 'investigation_check', 'investigation_status', 'investigation_advance', 'investigation_close', 'investigation_spawn', 'investigation_reopen', 'investigation_amend']))
    for (const { name, title, description, inputSchema, outputSchema, annotations } of tools) {
      expect({ name, title, description }).toEqual({ name: expect.any(String), title: expect.any(String), description: expect.stringMatching(/\.$/u) })
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(outputSchema).toMatchObject({ type: 'object', required: ['version'] })
      expect(annotations).toMatchObject({ readOnlyHint: expect.any(Boolean), idempotentHint: expect.any(Boolean), destructiveHint: expect.any(Boolean), openWorldHint: false })
    }
    const reading = tools.filter(({ annotations }) => annotations?.readOnlyHint === true).map(({ name }) => name)
    expect(reading).toEqual(expect.arrayContaining(['investigation_status', 'investigation_check']))
    expect(reading).not.toContain('investigation_new')
  })

  test('investigation_status answers as `status --json`', async () => {
    const one = await session.call('investigation_status', { id: 'INV-001' })
    expect(one.structured).toEqual(json(repository, 'status', 'INV-001'))
    expect(one.text).toContain('- H1: ')
    const all = await session.call('investigation_status')
    expect(all.structured).toEqual(json(repository, 'status'))
  })

  test('investigation_check answers as `check --json`, and cuts what is too much', async () => {
    repository.write('docs/investigations/broken.md', sample.replace('INV-001', 'INV-009').replace('**REFUTED**', 'perhaps').replace('| H1 | **CONFIRMED**', '| H7 | **CONFIRMED**'))
    const all = await session.call('investigation_check')
    expect(all.structured).toEqual(json(repository, 'check'))
    expect(all.text).toContain('error[verdict-invalid]')
    const cut = await session.call('investigation_check', { paths: ['docs/investigations/broken.md'], limit: 1, show: 'error' })
    const { findings, omitted } = cut.structured as { readonly findings: readonly { readonly severity: string }[]; readonly omitted: number }
    expect(findings).toMatchObject([{ severity: 'error' }])
    expect(omitted).toBeGreaterThan(0)
    expect(cut.text).toContain('left out')
    const clean = await session.call('investigation_check', { paths: ['docs/items'] })
    expect(clean.structured).toEqual(json(repository, 'check', 'docs/items'))
    repository.git('rm', '-q', '-f', '--cached', '--ignore-unmatch', 'docs/investigations/broken.md')
    repository.write('docs/investigations/broken.md', 'no document any more\n')
  })

  test('a document goes its whole way', async () => {
    const made = await session.call('investigation_new', { template: 'investigation', title: 'Login page is slow' })
    expect(made.structured).toMatchObject({ version: 1, template: 'investigation', priorWork: [] })
    const { id, path } = made.structured as { readonly id: string; readonly path: string }
    expect(repository.read(path)).toContain(`backlog_id: ${id}`)
    const refused = await session.call('investigation_advance', { id })
    expect(refused.structured).toEqual(json(repository, 'advance', id))
    expect(refused.text).toMatch(/^Refused: advance /u)
    expect(refused.isError).not.toBe(true)

    const closed = await session.call('investigation_close', { id: 'INV-001', memory_refs: [103] })
    expect(closed.structured).toMatchObject({ version: 1, id: 'INV-001', path: documentPath, to: 'closed', ticked: expect.arrayContaining(['Findings synthesized']) })
    expect(repository.read(documentPath)).toMatch(/103/u)
    expect((await session.call('investigation_status', { id: 'INV-001' })).structured).toMatchObject({ next: null })

    const reopened = await session.call('investigation_reopen', { id: 'INV-001', why: 'It came\nback', to: 'explore' })
    expect(reopened.structured).toMatchObject({ from: 'closed', to: 'explore' })
    expect(repository.read(documentPath)).toContain('why: It came back')
    const amended = await session.call('investigation_amend', { id: 'INV-001', why: 'Nothing changed' })
    expect(amended.structured).toMatchObject({ id: 'INV-001' })

    const spawned = await session.call('investigation_spawn', { template: 'work_item', title: 'Tell when it is slow', from: 'INV-001', why: 'It was found late' })
    expect(spawned.structured).toMatchObject({ version: 1, template: 'work_item', parent: 'INV-001' })
    const child = spawned.structured as { readonly id: string; readonly path: string }
    expect(repository.read(child.path)).toContain('INV-001')
    expect(repository.read(documentPath)).toContain(child.id)
  })

  test('what cannot be answered is told with its remedy', async () => {
    const unknown = await session.call('investigation_status', { id: 'INV-404' })
    expect(unknown).toMatchObject({ isError: true, structured: { version: 1, error: { code: 'usage', message: 'No document has the id INV-404', hint: expect.any(String) } } })
    expect(unknown.text).toBe('No document has the id INV-404\nSee `inquest list`')
    expect(unknown.structured).toEqual(json(repository, 'status', 'INV-404'))
    const template = await session.call('investigation_new', { template: 'novel', title: 'A' })
    expect(template).toMatchObject({ isError: true, structured: { error: { code: 'usage', hint: expect.stringContaining('investigation') } } })
    repository.write('inquest.yaml', 'documents: 7\n')
    const broken = await session.call('investigation_status', {})
    repository.write('inquest.yaml', 'documents: ["docs/**/*.md"]\n')
    expect(broken).toMatchObject({ isError: true, structured: { error: { code: 'config-invalid', message: expect.stringMatching(/^inquest\.yaml:1: /u) } } })
    await expect(session.client.callTool({ name: 'investigation_guess', arguments: {} })).rejects.toMatchObject({ code: -32602 })
  })
})
