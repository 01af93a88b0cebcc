/** What is remembered of other documents between runs gives the same findings as nothing remembered at all. */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNodeHost } from '../src/engine/node-host.js'
import { openWorkspace } from '../src/engine/workspace.js'
import { createRepository, inquest, sample } from './support/repository.js'

/** Files older than this are remembered; younger ones are read again in any case. */
const past = new Date(Date.now() - 60_000)

function document(id: string, parent: string): string {
  return `---\ntemplate: work_item\nid: ${id}\ntitle: Work\nstatus: active\ncreated: 2026-03-04\nspawned_by: ${parent}\nversion: '1.0'\n---\n# Work\n`
}

async function entries(root: string, cache: boolean): Promise<readonly unknown[]> {
  return (await openWorkspace(createNodeHost(root), root, { cache })).index().entries
}

type Change =
  | { readonly kind: 'write'; readonly file: number; readonly id: number; readonly parent: number; readonly old: boolean }
  | { readonly kind: 'remove'; readonly file: number }
  | { readonly kind: 'move'; readonly file: number; readonly to: number }
  | { readonly kind: 'run' }

const file = fc.nat({ max: 4 })
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), file, id: fc.nat({ max: 9 }), parent: fc.nat({ max: 9 }), old: fc.boolean() }),
  fc.record({ kind: fc.constant('remove' as const), file }),
  fc.record({ kind: fc.constant('move' as const), file, to: file }),
  fc.constant({ kind: 'run' as const }),
)

describe('the index with and without what was remembered', () => {
  test('is the same after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { maxLength: 25 }), async (sequence) => {
        const { root } = createRepository({ '.inquest/x': '' })
        mkdirSync(path.join(root, 'docs'))
        const at = (number: number): string => path.join(root, `docs/${number}.md`)
        for (const change of [...sequence, { kind: 'run' } as const]) {
          if (change.kind === 'write') {
            // Texts of one length, so that sizes tell nothing apart.
            writeFileSync(at(change.file), document(`WORK-00${change.id}`, `INV-00${change.parent}`))
            if (change.old) utimesSync(at(change.file), past, past)
          } else if (change.kind === 'remove') rmSync(at(change.file), { force: true })
          else if (change.kind === 'move') {
            if (existsSync(at(change.file))) renameSync(at(change.file), at(change.to))
          } else expect(await entries(root, true)).toEqual(await entries(root, false))
        }
      }),
      { numRuns: 25 },
    )
  })

  test('sees a change that left size and time as they were', async () => {
    const repository = createRepository({ '.inquest/x': '', 'docs/a.md': document('WORK-001', 'INV-001') })
    const full = path.join(repository.root, 'docs/a.md')
    utimesSync(full, past, past)
    await entries(repository.root, true)
    writeFileSync(full, document('WORK-002', 'INV-001'))
    utimesSync(full, past, past)
    expect(await entries(repository.root, true)).toMatchObject([{ id: 'WORK-002' }])
  })

  test('survives a memory that is no memory', async () => {
    const repository = createRepository({ '.inquest/cache/heads.json': '{"format":', 'docs/a.md': document('WORK-001', 'INV-001') })
    expect(await entries(repository.root, true)).toMatchObject([{ id: 'WORK-001' }])
    expect(() => JSON.parse(readFileSync(path.join(repository.root, '.inquest/cache/heads.json'), 'utf8')) as unknown).not.toThrow()
  })

  test('nothing is kept where the repository was not set up, and git is never shown what is', () => {
    const bare = createRepository({ 'docs/a.md': sample })
    inquest(bare.root, ['list'])
    expect(existsSync(path.join(bare.root, '.inquest'))).toBe(false)
    const set = createRepository({ 'docs/a.md': sample, '.inquest/templates/README.md': 'x\n' })
    set.git('add', '-A')
    set.git('commit', '-qm', 'all')
    inquest(set.root, ['list'])
    expect(statSync(path.join(set.root, '.inquest/cache/heads.json')).isFile()).toBe(true)
    expect(set.git('status', '--porcelain')).toBe('')
  })
})
