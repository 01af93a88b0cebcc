/** Arguments that nobody means well: every call is answered, nothing outside the repository is touched, the server lives on. */

import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRepository, sample, scratchFolder } from '../support/repository.js'
import type { Repository } from '../support/repository.js'
import type { Session } from './session.js'
import { connect } from './session.js'

let repository: Repository
let session: Session
let outside: string

/** In milliseconds; a busy machine takes its time. */
const longest = 180_000

beforeAll(async () => {
  outside = scratchFolder()
  writeFileSync(path.join(outside, 'INV-666.md'), sample.replaceAll('INV-001', 'INV-666'))
  repository = createRepository({ 'docs/INV-001.md': sample })
  mkdirSync(path.join(repository.root, 'links'))
  symlinkSync(outside, path.join(repository.root, 'links/out'))
  session = await connect(repository.root)
})
afterAll(async () => {
  expect((await session.call('investigation_status', { id: 'INV-001' })).isError).not.toBe(true)
  await session.close()
  expect(readdirSync(outside)).toEqual(['INV-666.md'])
  expect(readFileSync(path.join(outside, 'INV-666.md'), 'utf8')).toBe(sample.replaceAll('INV-001', 'INV-666'))
})

test('places outside the repository are refused, whatever they are called', async () => {
  const files = [path.join(outside, 'INV-666.md'), path.relative(repository.root, path.join(outside, 'INV-666.md')), 'docs/../../x.md', '/etc/passwd', '..', '~/../..', 'docs/\u0000.md']
  for (const file of files) {
    const refusals = [
      await session.call('investigation_check', { paths: [file] }),
      await session.call('investigation_status', { id: file }),
      await session.call('investigation_advance', { id: file }),
      await session.call('investigation_close', { id: file }),
      await session.call('investigation_reopen', { id: file, why: 'Because' }),
      await session.call('investigation_new', { template: 'investigation', title: 'A', path: file }),
      await session.call('investigation_spawn', { template: 'work_item', title: 'A', from: file }),
      await session.call('investigation_spawn', { template: 'work_item', title: 'A', from: 'INV-001', path: file }),
    ]
    for (const { isError, structured, text } of refusals) {
      expect({ file, isError, code: (structured['error'] as { readonly code: string }).code }).toEqual({ file, isError: true, code: 'usage' })
      expect(text).not.toMatch(/\n\s+at /u)
    }
  }
}, longest)

test('what the schema does not allow is told with its place', async () => {
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    ['investigation_check', { paths: 'docs' }, /`paths`: /u],
    ['investigation_check', { paths: [1] }, /`paths\.0`: /u],
    ['investigation_check', { limit: 0.5 }, /`limit`: /u],
    ['investigation_check', { show: 'all' }, /`show`: /u],
    ['investigation_check', { path: 'docs' }, /Unrecognized key/u],
    ['investigation_status', { id: 7 }, /`id`: /u],
    ['investigation_status', { id: 'x'.repeat(2_000_000) }, /`id`: /u],
    ['investigation_new', { template: 'investigation' }, /`title`: /u],
    ['investigation_new', { template: 'investigation', title: ' ' }, /`title`: /u],
    ['investigation_new', { template: 'investigation', title: 'A', id: '../../x' }, /`id`: /u],
    ['investigation_close', { id: 'INV-001', memory_refs: ['1'] }, /`memory_refs\.0`: /u],
    ['investigation_close', { id: 'INV-001', memory_refs: [-1] }, /`memory_refs\.0`: /u],
  ]
  for (const [name, input, told] of cases) {
    const { isError, structured, text } = await session.call(name, input)
    expect({ name, isError, code: (structured['error'] as { readonly code: string }).code }).toEqual({ name, isError: true, code: 'usage' })
    expect(text).toMatch(told)
    expect(text.length).toBeLessThan(1000)
  }
})

test('a commit that looks like an option is none', async () => {
  const refused = await session.call('investigation_check', { changed_since: '--output=/tmp/x' })
  expect(refused).toMatchObject({ isError: true, structured: { error: { code: 'usage' } } })
})

test('whatever is sent, each call is answered in its shape', async () => {
  const { tools } = await session.client.listTools()
  const strange = fc.oneof(fc.constantFrom('INV-001', 'docs/INV-001.md', '__proto__', '', '..', '/', '%2e%2e%2f', 'constructor', '\u202E', '$(id)', '{{id}}', '-rf', '--'), fc.string({ unit: 'binary', maxLength: 60 }), fc.jsonValue({ maxDepth: 3 }))
  const calls = fc.constantFrom(...tools).chain(({ name, inputSchema }) => {
    const known = Object.keys(inputSchema.properties ?? {})
    const unknown = fc.string({ maxLength: 12 })
    // Some tools take nothing.
    const key = known.length === 0 ? unknown : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: unknown })
    return fc.tuple(fc.constant(name), fc.dictionary(key, strange, { maxKeys: known.length + 1, noNullPrototype: true }))
  })
  await fc.assert(
    fc.asyncProperty(calls, async ([name, input]) => {
      const { content, structured, text } = await session.call(name, input)
      expect(content).toMatchObject([{ type: 'text' }])
      expect(structured['version']).toBe(1)
      expect((structured['error'] as { readonly code: string } | undefined)?.code).not.toBe('internal')
      expect(text).not.toMatch(/\n\s+at .*\.js/u)
    }),
    { numRuns: 80 },
  )
}, longest)

test('titles stay text', async () => {
  const { structured } = await session.call('investigation_new', { template: 'investigation', title: '{{constructor}} ::error:: <!-- x --> \u001B[31m "a": b' })
  const { path: file } = structured as { readonly path: string }
  expect(file).toMatch(/^docs\/investigations\/[\w-]+\.md$/u)
  const checked = await session.call('investigation_check', { paths: [file] })
  expect(checked.structured).toMatchObject({ summary: { documents: 1, errors: 0 } })
})
