/** The published schema of the answers as JSON, held against real ones. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import { beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../../src/rules/registry.generated.js'
import { createRepository, inquest, projectRoot, sample, samplePath } from '../support/repository.js'

const schema = JSON.parse(readFileSync(path.join(projectRoot, 'schema/report.schema.json'), 'utf8')) as Record<string, unknown>

/** The schema lets keys be added; the tests do not, so that none is added without a word. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, below]) => [key, closed(below)] as const)
  return { ...Object.fromEntries(entries), ...('properties' in value && 'type' in value && { additionalProperties: false }) }
}

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false }).addSchema({ ...(closed(schema) as object), $id: 'closed' }, 'closed').addSchema(schema, 'published')

function compiled(name: string): ValidateFunction {
  const found = ajv.getSchema(name)
  if (found === undefined) throw new Error(`There is no schema ${name}`)
  return found
}

function mistakes(name: string, value: unknown): unknown {
  const validate = compiled(name)
  return validate(value) === true ? [] : validate.errors
}

/** The names under every `properties`. */
function keysOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'properties' in value && typeof value.properties === 'object' && value.properties !== null ? Object.keys(value.properties) : []
  return [...own, ...Object.values(value).flatMap(keysOf)]
}

/** A repository in which each rule's examples are documents of their own. */
const repository = createRepository({ [samplePath]: sample, 'docs/other.md': '---\ntemplate: no-such-kind\n---\n# Other\n' })
let answer = ''

beforeAll(() => {
  for (const rule of rules) {
    for (const [index, { good, bad }] of rule.examples.entries()) repository.write(`docs/${rule.name}-${index}.md`, sample.replace(good, () => bad))
  }
  answer = inquest(repository.root, ['check', '--json']).stdout
})

describe('json', () => {
  test('fits the schema, with nothing in it that the schema does not name', () => {
    const { findings } = JSON.parse(answer) as { readonly findings: readonly Record<string, unknown>[] }
    expect(findings.length).toBeGreaterThan(80)
    for (const key of ['section', 'phase', 'subject', 'fix', 'related']) expect(findings.some((finding) => key in finding), key).toBe(true)
    expect(mistakes('closed', JSON.parse(answer))).toEqual([])
    expect(mistakes('published', JSON.parse(answer))).toEqual([])
  })

  test('fits it with a baseline, and of a clean run', () => {
    const other = createRepository({ [samplePath]: sample })
    expect(mistakes('closed', JSON.parse(inquest(other.root, ['check', '--update-baseline', '--json']).stdout))).toEqual([])
    expect(mistakes('closed', JSON.parse(inquest(createRepository().root, ['check', '--json']).stdout))).toEqual([])
  })

  test('every key of the schema is told of in the handbook', () => {
    const page = readFileSync(path.join(projectRoot, 'docs/json.md'), 'utf8')
    const names = keysOf(schema)
    expect(names).toContain('applicability')
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`, 'u').test(page))).toEqual([])
  })
})

describe('jsonl', () => {
  test('every line fits the schema of a line', () => {
    const lines = inquest(repository.root, ['check', '--format', 'jsonl']).stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)
    expect(lines.length).toBeGreaterThan(80)
    expect(lines.flatMap((line) => mistakes('closed#/definitions/line', line))).toEqual([])
  })
})

test('the schema sees mistakes', () => {
  const finding = (JSON.parse(answer) as { readonly findings: readonly Record<string, unknown>[] }).findings[0]
  const summary = { documents: 1, errors: 1, warnings: 0, infos: 0, skipped: [] }
  expect(mistakes('published', { version: 1, findings: [finding], summary })).toEqual([])
  expect(mistakes('published', { version: 1, findings: [{ ...finding, later: true }], summary })).toEqual([])
  expect(mistakes('closed', { version: 1, findings: [{ ...finding, later: true }], summary })).not.toEqual([])
  expect(mistakes('published', { version: 2, findings: [finding], summary })).not.toEqual([])
  expect(mistakes('published', { version: 1, findings: [{ ...finding, severity: 'fatal' }], summary })).not.toEqual([])
  expect(mistakes('published', { version: 1, findings: [finding], summary: { ...summary, errors: -1 } })).not.toEqual([])
})
