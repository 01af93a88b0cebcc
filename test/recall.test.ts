/** What is kept of earlier runs gives the same answer as nothing kept at all, whatever happened in between. */

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Host } from '../src/engine/host.js'
import { createNodeHost } from '../src/engine/node-host.js'
import type { CheckInput } from '../src/engine/operations/check.js'
import { check } from '../src/engine/operations/check.js'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, projectRoot, sample } from './support/repository.js'

/** Files older than this are known again by their stamp; younger ones are read, because they may change unseen. */
const past = new Date(Date.now() - 60_000)

const keptIn = '.inquest/cache/findings.jsonl'

/** All that a run answers, and which files it read. */
async function answer(root: string, cache: boolean, more: Partial<CheckInput> = {}, host: Host = createNodeHost(root)): Promise<{ readonly told: unknown; readonly read: readonly string[] }> {
  const read: string[] = []
  const { findings: found, summary, documents: checked, lineAt } = await check(host, { paths: [], cache, onRead: (file, reason) => read.push(`${file}: ${reason}`), ...more })
  const [findings, documents] = [[...found], [...checked]]
  return { told: { findings, summary, documents, lines: findings.map(({ path: file, range }) => lineAt(file, range.start.line)) }, read }
}

/** A work item or an inquiry with a reference to a file, an id, a parent and work that follows from it. */
function document({ id, other, target }: { readonly id: number; readonly other: number; readonly target: number }): string {
  const work = `---\ntemplate: work_item\nid: WORK-00${id}\ntitle: Work\nstatus: active\ncreated: 2026-03-04\nspawned_by: INV-00${other}\nversion: '2.0'\n---\n# Work\n\n@src/${target}.ts\n\n@docs/${target}.md\n`
  if (other % 2 === 0) return work
  return sample
    .replaceAll('INV-001', `INV-00${id}`)
    .replace('## Context', `## Context\n\n@src/${target}.ts`)
    .replace(/WORK-\d+/u, `WORK-00${other}`)
}

type Change =
  | { readonly kind: 'write'; readonly file: number; readonly id: number; readonly other: number; readonly target: number; readonly old: boolean }
  | { readonly kind: 'remove' | 'touch'; readonly file: number }
  | { readonly kind: 'move' | 'link'; readonly file: number; readonly to: number }
  | { readonly kind: 'cite'; readonly target: number; readonly there: boolean }
  | { readonly kind: 'configure'; readonly severity: string | undefined; readonly exclude: boolean }
  | { readonly kind: 'template'; readonly optional: boolean | undefined }
  | { readonly kind: 'damage'; readonly at: number; readonly cut: boolean }
  | { readonly kind: 'run'; readonly part: 'all' | 'folder' | 'file' }

const few = fc.nat({ max: 4 })
const ofKind = <Kind extends Change['kind'], Rest extends object>(kind: Kind, rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> }): fc.Arbitrary<{ readonly kind: Kind } & Rest> => {
  return fc.record(rest).map((made) => ({ kind, ...(made as Rest) }))
}
const changes: fc.Arbitrary<Change> = fc.oneof(
  { arbitrary: ofKind('write', { file: few, id: few, other: few, target: few, old: fc.boolean() }), weight: 5 },
  { arbitrary: ofKind('run', { part: fc.constantFrom('all' as const, 'all' as const, 'folder' as const, 'file' as const) }), weight: 5 },
  ofKind('remove', { file: few }),
  ofKind('touch', { file: few }),
  ofKind('move', { file: few, to: few }),
  ofKind('link', { file: few, to: few }),
  { arbitrary: ofKind('cite', { target: few, there: fc.boolean() }), weight: 2 },
  ofKind('configure', { severity: fc.constantFrom(undefined, 'error', 'off'), exclude: fc.boolean() }),
  ofKind('template', { optional: fc.constantFrom(undefined, true, false) }),
  ofKind('damage', { at: fc.nat({ max: 20_000 }), cut: fc.boolean() }),
)

const ownTemplate = readFileSync(path.join(projectRoot, 'templates/work_item.md'), 'utf8')

/** A host that knows a file by its stamp at once. It is right where the clock of files has moved on before each change. */
function hostOf(root: string, patient: boolean): Host {
  const host = createNodeHost(root)
  return {
    ...host,
    stamp(file) {
      const stamp = host.stamp(file)
      return stamp === undefined || !patient ? stamp : { ...stamp, settled: true }
    },
  }
}

async function apply(root: string, change: Change, patient: boolean): Promise<void> {
  const at = (number: number): string => path.join(root, number % 2 === 0 ? `docs/${number}.md` : `docs/more/${number}.md`)
  switch (change.kind) {
    case 'write':
      rmSync(at(change.file), { force: true })
      writeFileSync(at(change.file), document(change))
      if (change.old) utimesSync(at(change.file), past, past)
      break
    case 'remove':
      rmSync(at(change.file), { force: true })
      break
    case 'touch':
      if (existsSync(at(change.file))) utimesSync(at(change.file), past, past)
      break
    case 'move':
      if (existsSync(at(change.file))) renameSync(at(change.file), at(change.to))
      break
    case 'link':
      if (existsSync(at(change.file)) && !existsSync(at(change.to))) {
        rmSync(at(change.to), { force: true })
        symlinkSync(at(change.file), at(change.to))
      }
      break
    case 'cite':
      if (change.there) writeFileSync(path.join(root, `src/${change.target}.ts`), 'x\n')
      else rmSync(path.join(root, `src/${change.target}.ts`), { force: true })
      break
    case 'configure':
      writeFileSync(path.join(root, 'inquest.yaml'), `exclude: [${change.exclude ? "'docs/more/1.md'" : ''}]\n${change.severity === undefined ? '' : `rules:\n  reference-unresolved: ${change.severity}\n`}`)
      break
    case 'template': {
      const own = path.join(root, '.inquest/templates/work_item.md')
      if (change.optional === undefined) rmSync(own, { force: true })
      else writeFileSync(own, ownTemplate.replace('created: { type: datetime', `created: { required: ${!change.optional}, type: ${change.optional ? 'integer' : 'datetime'}`))
      break
    }
    case 'damage': {
      const file = path.join(root, keptIn)
      if (!existsSync(file)) break
      const bytes = readFileSync(file)
      if (change.cut) truncateSync(file, Math.min(bytes.length, change.at))
      else {
        bytes[change.at % bytes.length] = 0x78
        writeFileSync(file, bytes)
      }
      break
    }
    case 'run': {
      const paths = { all: [], folder: [path.join(root, 'docs/more')], file: existsSync(at(0)) ? [at(0)] : [] }[change.part]
      expect((await answer(root, true, { paths }, hostOf(root, patient))).told).toEqual((await answer(root, false, { paths })).told)
      break
    }
  }
}

function createKeeping(files: Readonly<Record<string, string>>): Repository {
  const repository = createRepository({ '.inquest/templates/README.md': 'x\n', ...files })
  for (const file of Object.keys(files)) utimesSync(path.join(repository.root, file), past, past)
  return repository
}

/** Waits until files that were just made can be known again by their stamps. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2100))
}

describe('findings with and without what was kept', () => {
  test.each([
    ['by their text', false],
    ['by their stamps', true],
  ])('are the same after any changes, files known %s', async (_how, patient) => {
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { minLength: 4, maxLength: 30 }), async (sequence) => {
        const { root } = createKeeping({})
        for (const folder of ['docs/more', 'src']) mkdirSync(path.join(root, folder), { recursive: true })
        for (const change of [...sequence, { kind: 'run', part: 'all' } as const, { kind: 'run', part: 'all' } as const]) {
          if (patient) await new Promise((resolve) => setTimeout(resolve, 8))
          await apply(root, change, patient)
        }
      }),
      { numRuns: 15 },
    )
  })

  test('are the same where the stamps of all files stand and one answer does not', async () => {
    const { root, write } = createKeeping({ 'docs/0.md': document({ id: 1, other: 2, target: 1 }), 'docs/1.md': document({ id: 2, other: 3, target: 2 }) })
    await settle()
    await answer(root, true)
    expect((await answer(root, true)).read).toEqual([])
    write('src/1.ts', 'x\n')
    const { told, read } = await answer(root, true)
    expect(read).toEqual(['docs/0.md: the answer to exists("src/1.ts") is another'])
    expect(told).toEqual((await answer(root, false)).told)
    // A document elsewhere takes the id.
    write('docs/2.md', document({ id: 1, other: 2, target: 1 }))
    const after = await answer(root, true)
    expect(after.read.toSorted()).toEqual(['docs/0.md: the answer to documentsWithId("WORK-001") is another', 'docs/2.md: it was not checked before'])
    expect(after.told).toEqual((await answer(root, false)).told)
  }, 20_000)

  test('a run over a part leaves what is known of the rest, and does not take it for looked at', async () => {
    const first = document({ id: 1, other: 2, target: 1 })
    const { root, write } = createKeeping({ 'docs/0.md': first, 'docs/more/1.md': document({ id: 2, other: 2, target: 1 }) })
    await settle()
    await answer(root, true)
    // The part that is checked takes the id of a document that is not.
    write('docs/more/1.md', first)
    await answer(root, true, { paths: [path.join(root, 'docs/more')] })
    const { told, read } = await answer(root, true)
    expect(read).toEqual(['docs/0.md: the answer to documentsWithId("WORK-001") is another'])
    expect(told).toEqual((await answer(root, false)).told)
  }, 20_000)

  test('see a change that left size and time as they were', async () => {
    const { root } = createKeeping({ 'docs/0.md': document({ id: 1, other: 2, target: 1 }) })
    await answer(root, true)
    writeFileSync(path.join(root, 'docs/0.md'), document({ id: 1, other: 2, target: 3 }))
    utimesSync(path.join(root, 'docs/0.md'), past, past)
    expect((await answer(root, true)).told).toEqual((await answer(root, false)).told)
  })

  test('follow the history in which registered hypotheses are looked up', async () => {
    const repository = createKeeping({})
    inquest(repository.root, ['new', 'investigation', 'Why'])
    const file = 'docs/investigations/INVESTIGATION-INV-001-why.md'
    repository.write(file, sample.replace('status: complete', 'status: active').replace('lifecycle_phase: conclude', 'lifecycle_phase: hypothesize'))
    expect(inquest(repository.root, ['advance', 'INV-001']).status).toBe(0)
    repository.write(file, repository.read(file).replace('| **H2** | ', '| **H2** | Not that '))
    await answer(repository.root, true)
    const before = await answer(repository.root, true)
    expect(before.read).toEqual([])
    expect(JSON.stringify(before.told)).toContain('registration-broken')
    // The registered wording comes into the history, the file is as it was.
    const broken = repository.read(file)
    repository.write(file, broken.replace('Not that ', ''))
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'registered')
    repository.write(file, broken)
    const after = await answer(repository.root, true)
    expect(after.read).toHaveLength(1)
    expect(after.read[0]).toContain('the answer to registeredHypotheses(')
    expect(after.told).toEqual((await answer(repository.root, false)).told)
    expect(after.told).not.toEqual(before.told)
  }, 20_000)
})

describe('the command', () => {
  test('says what it reads anew, and why; keeps nothing where told so; keeps it where told so', () => {
    const { root } = createRepository({ 'docs/0.md': document({ id: 1, other: 2, target: 1 }) })
    const bare = inquest(root, ['check', '--verbose'])
    expect(bare.stderr).toBe('read anew: docs/0.md: nothing is kept\n')
    expect(existsSync(path.join(root, '.inquest'))).toBe(false)
    const kept = inquest(root, ['check', '--verbose', '--cache-dir', 'kept'])
    expect(kept.stderr).toBe('read anew: docs/0.md: it was not checked before\n')
    const again = inquest(root, ['check', '--verbose', '--cache-dir', 'kept'])
    expect(again).toEqual({ ...kept, stderr: '' })
    expect(inquest(root, ['check', '--verbose', '--cache-dir', 'kept', '--no-cache']).stderr).toBe('read anew: docs/0.md: nothing is kept\n')
    writeFileSync(path.join(root, 'inquest.yaml'), 'fail_on: warning\n')
    expect(inquest(root, ['check', '--verbose', '--cache-dir', 'kept']).stderr).toBe('read anew: docs/0.md: the configuration changed\n')
    writeFileSync(path.join(root, 'kept/findings.jsonl'), 'nonsense')
    expect(inquest(root, ['check', '--verbose', '--cache-dir', 'kept']).stderr).toBe('read anew: docs/0.md: what was kept is damaged\n')
  })

  test('answers the same from several processes at once', async () => {
    const { root } = createKeeping(Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`docs/${index}.md`, document({ id: index % 3, other: index % 5, target: index })])))
    const expected = inquest(root, ['check', '--json', '--no-cache']).stdout
    const runs = Array.from({ length: 6 }, async () => {
      const child = spawn(process.execPath, [path.join(projectRoot, 'dist/cli.js'), 'check', '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
      let out = ''
      for await (const chunk of child.stdout) out += String(chunk)
      return out
    })
    expect(new Set([...(await Promise.all(runs)), inquest(root, ['check', '--json']).stdout])).toEqual(new Set([expected]))
  })
})
