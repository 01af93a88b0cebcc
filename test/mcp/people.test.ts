/** What only a person can say: asked where the client can ask, plainly refused where it cannot, never made up. */

import { describe, expect, test } from 'vitest'
import { createRepository, sample } from '../support/repository.js'
import type { Repository } from '../support/repository.js'
import { connect, eras } from './session.js'

const documentPath = 'docs/INV-001.md'
const skip = '**SKIPPED:** The code and the log of one night decide both hypotheses.'
const open = sample.replace(/^status: .*$/mu, 'status: active')

/** Three gaps, each a sentence wide: a skip, a No, and nothing that follows. */
const gaps = open
  .replace(skip, '**SKIPPED:**')
  .replace('| No | It is WORK-002 |', '| No |  |')
  .replace(/- \[ \] \*\*WORK-002[^]*?delete\n/u, '- [ ] **[Id]: [Title]**\n  - Fixes: [Which finding]\n')
  .replace('None - nothing else came up.', '- [ ] **[Id]: [Title]**')

function repositoryWith(text: string): Repository {
  return createRepository({ [documentPath]: text, 'docs/WORK-002.md': '---\ntemplate: work_item\nstatus: active\nid: WORK-002\ntitle: Read by key\nversion: "2.0"\nspawned_by: INV-001\n---\n' })
}

describe.each(eras)('%s', (era) => {
  test('a closing that wants for nothing but reasons asks for them, and closes with them', async () => {
    const repository = repositoryWith(gaps)
    const asked: string[] = []
    const session = await connect(repository.root, {
      era,
      person({ message, requestedSchema }) {
        asked.push(message, ...Object.values(requestedSchema.properties).map(({ title }) => title ?? ''))
        return { action: 'accept', content: Object.fromEntries(Object.keys(requestedSchema.properties).map((key, index) => [key, `Reason ${index} of a <b>person</b> | or two`])) }
      },
    })
    const closed = await session.call('investigation_close', { id: 'INV-001' })
    await session.close()
    expect(asked).toEqual([expect.stringContaining('close INV-001'), 'Why is "External Evidence (if applicable)" skipped?', 'Why does nothing follow from it?', 'Was the fix measured?'])
    expect(closed.structured).toMatchObject({ id: 'INV-001', to: 'closed' })
    const text = repository.read(documentPath)
    expect(text).toContain('**SKIPPED:** Reason 0 of a \\<b>person\\</b> | or two')
    expect(text).toContain('None - Reason 1 of a')
    expect(text).toContain(String.raw`| No | Reason 2 of a \<b>person\</b> \| or two |`)
    expect(text).toMatch(/^status: (?:complete|closed)$/mu)
  })

  test('who declines is not asked again, and nothing is written', async () => {
    const repository = repositoryWith(gaps)
    let times = 0
    const session = await connect(repository.root, {
      era,
      person() {
        times++
        return { action: 'decline' }
      },
    })
    const refused = await session.call('investigation_close', { id: 'INV-001' })
    const reopened = await session.call('investigation_reopen', { id: 'INV-001' })
    await session.close()
    expect(times).toBe(2)
    expect(refused.structured).toMatchObject({ refused: { transition: 'close', blockers: [{ rule: 'skip-without-rationale' }, { rule: 'spawn-missing' }, { rule: 'answer-unexplained' }] } })
    expect(reopened).toMatchObject({ isError: true, structured: { error: { code: 'usage', message: '`reopen` needs a reason' } } })
    expect(repository.read(documentPath)).toBe(gaps)
  })

  test('a client that cannot ask gets the refusal', async () => {
    const repository = repositoryWith(gaps)
    const session = await connect(repository.root, { era })
    const refused = await session.call('investigation_close', { id: 'INV-001' })
    const reopened = await session.call('investigation_reopen', { id: 'INV-001', why: ' ' })
    await session.close()
    expect(refused.structured).toMatchObject({ refused: { reason: expect.stringContaining('3 findings') } })
    expect(refused.text).toContain('error[skip-without-rationale]')
    expect(reopened).toMatchObject({ isError: true, text: expect.stringContaining('Ask whoever decided it') })
    expect(repository.read(documentPath)).toBe(gaps)
  })

  test('nobody is asked where reasons alone open no gate, and empty words are no reason', async () => {
    const repository = repositoryWith(gaps.replace('| H2 | **REFUTED**', '| H2 | '))
    let times = 0
    const session = await connect(repository.root, {
      era,
      person({ requestedSchema }) {
        times++
        return { action: 'accept', content: Object.fromEntries(Object.keys(requestedSchema.properties).map((key) => [key, 'TBD'])) }
      },
    })
    const mixed = await session.call('investigation_close', { id: 'INV-001' })
    expect(times).toBe(0)
    expect(mixed.structured).toMatchObject({ refused: { blockers: expect.arrayContaining([expect.objectContaining({ rule: 'verdict-missing' })]) } })
    repository.write(documentPath, gaps)
    const bare = await session.call('investigation_close', { id: 'INV-001' })
    await session.close()
    expect(times).toBe(1)
    expect(bare.structured).toHaveProperty('refused')
    expect(repository.read(documentPath)).toBe(gaps)
  })

  test('the reason for reopening is asked for and recorded', async () => {
    const repository = repositoryWith(open.replaceAll('- [ ] **Find', '- [x] **Find'))
    const session = await connect(repository.root, { era, person: () => ({ action: 'accept', content: { why: 'The rows\nare gone again' } }) })
    await session.call('investigation_close', { id: 'INV-001' })
    const reopened = await session.call('investigation_reopen', { id: 'INV-001' })
    await session.close()
    expect(reopened.structured).toMatchObject({ from: 'closed', to: 'conclude' })
    expect(repository.read(documentPath)).toContain('why: The rows are gone again')
  })
})
