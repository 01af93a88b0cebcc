/** Every rule's page holds examples; here each of them is put into the sample document and judged. */

import { describe, expect, test } from 'vitest'
import { rules } from '../src/rules/registry.generated.js'
import { createNodeHost } from '../src/engine/node-host.js'
import { examine } from '../src/engine/examine.js'
import { openWorkspace } from '../src/engine/workspace.js'
import type { PlacedFinding } from '../src/finding/finding.js'
import { check } from '../src/index.js'
import { createRepository, sample, samplePath } from './support/repository.js'

const repository = createRepository({
  [samplePath]: sample,
  'docs/work/WORK-002.md': `---
template: work_item
id: WORK-002
title: Read the export's pages by key
status: active
owner: Export team
created: 2026-03-04
spawned_by: INV-001
version: '1.0'
---
# WORK-002: Read the export's pages by key

## Context

Deletes shift the pages.
`,
})

async function judge(content: string): Promise<readonly PlacedFinding[]> {
  const { findings } = await check({ cwd: repository.root, text: { path: samplePath, content } })
  return findings
}

function change(text: string, from: string, to: string): string {
  expect(text, `the sample holds what the example changes: ${from}`).toContain(from)
  return text.replace(from, () => to)
}

test('the sample document has no finding at all', async () => {
  expect(await judge(sample)).toEqual([])
})

describe('every rule', () => {
  test.each(rules.map((rule) => [rule.name, rule] as const))('%s has a page', (name, rule) => {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/u)
    for (const text of [rule.summary, rule.why, rule.remedy]) expect(text).toMatch(/^[A-Z`].*[.!?]$/su)
  })
})

const examples = rules.flatMap((rule) => rule.examples.map((example, index) => [`${rule.name} ${index + 1}`, rule, example] as const))

describe('examples', () => {
  test.each(examples)('%s', async (_name, rule, { good, bad, setting = [] }) => {
    const set = setting.reduce((text, [from, to]) => change(text, from, to), sample)
    const findings = await judge(change(set, good, bad))
    const own = findings.filter((finding) => finding.rule === rule.name)
    expect(own, `findings: ${JSON.stringify(findings, undefined, 1)}`).toHaveLength(1)
    expect(own[0]?.severity).toBe(rule.severity)
    // One defect, one finding: what the example breaks breaks no other rule.
    const others = findings.filter((finding) => finding.rule !== rule.name && finding.severity !== 'info')
    expect(others.map((finding) => `${finding.rule}: ${finding.message}`)).toEqual([])
  })
})

describe('places', () => {
  test.each(examples)('%s is placed precisely', async (_name, rule, { good, bad, setting = [] }) => {
    const set = setting.reduce((text, [from, to]) => change(text, from, to), sample)
    const own = (await judge(change(set, good, bad))).find((finding) => finding.rule === rule.name)
    expect(own?.range.start.line).toBeGreaterThan(1)
    expect(own?.range.end.line).toBeGreaterThanOrEqual(own?.range.start.line ?? 0)
  })
})

test('what a rule cannot do without leaves it nothing to see where it is gone', async () => {
  const workspace = await openWorkspace(createNodeHost(repository.root))
  const world = workspace.worldOf(samplePath)
  for (const [name, rule, { good, bad, setting = [] }] of examples) {
    if (rule.over !== 'facts' || rule.each === undefined) continue
    const set = setting.reduce((text, [from, to]) => change(text, from, to), sample)
    const { facts } = examine(workspace, samplePath, change(set, good, bad), true)
    if (facts === undefined) throw new TypeError(`${name} has no facts`)
    expect([...rule.check({ ...facts, [rule.each]: [] }, world)], name).toEqual([])
  }
})
