/** The built-in templates: each compiles, scaffolds a document of its own, lets a finished one pass and an unfinished one not. */

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../src/document/document.js'
import { loadMarkdown } from '../src/document/markdown.js'
import { createNodeHost } from '../src/engine/node-host.js'
import { createDocument } from '../src/engine/operations/new.js'
import { extractFacts } from '../src/facts/extract.js'
import type { PlacedFinding } from '../src/index.js'
import { check } from '../src/index.js'
import { ruleNames } from '../src/rules/judge.js'
import { rules } from '../src/rules/registry.generated.js'
import { builtinTemplates } from '../src/template/builtin.generated.js'
import { compileTemplate } from '../src/template/compile.js'
import { selectTemplate } from '../src/template/listing.js'
import { packTemplate, unpackTemplate } from '../src/template/packed.js'
import type { Template } from '../src/template/template.js'
import { createRepository, projectRoot } from './support/repository.js'

const templateLabel = ({ name, version }: Template): string => `${name} ${version}`
const folder = path.join(projectRoot, 'templates')
const files = readdirSync(folder).filter((file) => file.endsWith('.md'))
const engine = await loadMarkdown()
const compiled = files.map((file) => {
  const document = parseDocument(readFileSync(path.join(folder, file), 'utf8'), engine)
  return { file, made: compileTemplate(document, `builtin:${file}`, ruleNames) }
})
const templates = compiled.flatMap(({ made }) => (made.kind === 'compiled' ? [made.template] : []))
const each = templates.map((template) => [templateLabel(template), template] as const)

test('all that the project ships are there', () => {
  expect(templates.map(templateLabel).toSorted()).toEqual([
    'architecture_decision_record 1.1',
    'implementation_plan 2.0',
    'investigation 1.2',
    'investigation 2.0',
    'investigation-explore-first 1.0',
    'investigation-lite 1.0',
    'postmortem 1.0',
    'work_item 1.0',
    'work_item 2.0',
  ])
})

describe('every template', () => {
  test.each(compiled.map(({ file, made }) => [file, made] as const))('%s compiles without a mistake', (_file, made) => {
    expect(made).toMatchObject({ kind: 'compiled' })
  })

  test.each(each)('%s is listed as it is written', (_label, template) => {
    const { name, version, accepts, unversioned, tracked } = template
    const listed = builtinTemplates.filter((listing) => `builtin:${listing.file}` === template.source)
    expect(listed).toEqual([expect.objectContaining({ name, version, accepts, unversioned, tracked, idFields: template.id?.fields })])
  })

  test.each(each)('%s is the same after it was packed by the build', (_label, template) => {
    const file = template.source.replace('builtin:', '')
    expect(unpackTemplate(packTemplate(template))).toEqual(template)
    expect(unpackTemplate(readFileSync(path.join(projectRoot, `dist/templates/${file}.json`), 'utf8'))).toEqual(template)
  })

  test.each(each)('%s judges the documents it makes, and no other template does', (_label, template) => {
    expect(selectTemplate(templates, template.name, template.version)).toBe(template)
    const others = templates.filter((other) => other !== template)
    expect(selectTemplate(others, template.name, template.version)).toBeUndefined()
    expect(others.filter((other) => other.name === template.name && other.unversioned && template.unversioned)).toEqual([])
  })

  test.each(each)('%s has gates of rules that can keep a document from leaving a phase', (_label, template) => {
    const able = new Set(rules.filter((rule) => rule.over === 'facts').map((rule) => rule.name))
    const gates = template.machine.phases.map((phase) => [...phase.gate])
    expect(gates.flat().filter((rule) => !able.has(rule))).toEqual([])
    // Named once, a rule is due on leaving that phase; named again it would never be looked at.
    expect(gates.flat().toSorted()).toEqual([...new Set(gates.flat())].toSorted())
    expect(gates.flat()).not.toEqual([])
  })

  test.each(each)('%s says what each phase and each required section is for', (_label, template) => {
    expect(template.machine.phases.filter((phase) => phase.summary === undefined)).toEqual([])
    for (const summary of template.sections.flatMap((section) => section.summary ?? [])) {
      // It stands behind "expected:" in messages, so it is one sentence.
      expect(summary).toMatch(/^[A-Z][^.]*\.$/u)
    }
  })
})

/** What may be left to the author of a new document. */
const authorsPart = new Set([
  'section-empty',
  'placeholder-left',
  'hypothesis-missing',
  'evidence-missing',
  'verdict-missing',
  'spawn-missing',
  'memory-refs-missing',
  'checklist-incomplete',
  'verification-incomplete',
  'answer-missing',
  'field-missing',
])

const newcomers = createRepository()
const scaffolds = new Map<Template, Promise<Scaffold>>()

interface Scaffold {
  readonly file: string
  readonly text: string
}

function scaffold(template: Template): Promise<Scaffold> {
  const made = scaffolds.get(template) ?? create(template)
  scaffolds.set(template, made)
  return made
}

async function create(template: Template): Promise<Scaffold> {
  const made = await createDocument(createNodeHost(newcomers.root), {
    template: `${template.name}@${template.version}`,
    title: 'Nightly export | loses <b>rows</b>: [why]?',
    // Older formats judge what there is and say nowhere where new documents go.
    ...(template.file === undefined && { path: path.join(newcomers.root, `docs/older/${template.name}-${template.version}.md`) }),
  })
  return { file: made.path, text: newcomers.read(made.path) }
}

async function judge(root: string, file: string, content: string): Promise<readonly PlacedFinding[]> {
  const { findings } = await check({ cwd: root, text: { path: file, content } })
  return findings
}

const rulesOf = (findings: readonly PlacedFinding[], severity = 'error'): readonly string[] => {
  return [...new Set(findings.filter((finding) => finding.severity === severity).map((finding) => finding.rule))].toSorted()
}

/** Replaces what has to be there, so that a change that changes nothing is noticed. */
function change(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, () => to)
  expect(changed, `the document holds what is to be changed: ${String(from)}`).not.toBe(text)
  return changed
}

describe('a new document', () => {
  test.each(each)('of %s lacks only what its author has to write', async (_label, template) => {
    const { file, text } = await scaffold(template)
    expect(text).not.toMatch(/\{\{/u)
    const findings = await judge(newcomers.root, file, text)
    expect(findings.filter((finding) => finding.severity !== 'info')).toEqual([])
    expect(findings.map((finding) => finding.rule).filter((rule) => !authorsPart.has(rule))).toEqual([])
  })

  test.each(each)('of %s cannot be closed as it is', async (_label, template) => {
    const { file, text } = await scaffold(template)
    const { statusField, statuses, phaseField, historyField, closedIn } = template.machine
    const [closed = ''] = [...statuses].find(([, standing]) => standing === 'closed') ?? []
    // Without its history, which tells on whoever sets the phase by hand.
    const untold = historyField === undefined ? text : change(text, new RegExp(`^${historyField}:.*\\n(?:[ -] .*\\n)*`, 'mu'), '')
    let claim = change(untold, new RegExp(`^${statusField}: .*$`, 'mu'), `${statusField}: ${closed}`)
    const last = template.machine.phases.at(-1)?.name ?? ''
    expect(closedIn).toContain(last)
    if (phaseField !== undefined && !new RegExp(`^${phaseField}: ${last}$`, 'mu').test(claim)) {
      claim = change(claim, new RegExp(`^${phaseField}: .*$`, 'mu'), `${phaseField}: ${last}`)
    }
    const found = rulesOf(await judge(newcomers.root, file, claim))
    expect(found.filter((rule) => !authorsPart.has(rule))).toEqual([])
    expect(found).toContain('section-empty')
    // Whatever closes the template's documents is missing in a new one.
    const gates = new Set(template.machine.phases.flatMap((phase) => [...phase.gate]))
    const unfilled = ['hypothesis-missing', 'evidence-missing', 'spawn-missing', 'memory-refs-missing', 'verification-incomplete', 'answer-missing']
    expect(found).toEqual(expect.arrayContaining(unfilled.filter((rule) => gates.has(rule))))
  })

  const proven = new Set(['investigation', 'investigation-lite', 'investigation-explore-first', 'postmortem'])
  test.each(each.filter(([, { name, version }]) => proven.has(name) && version !== '1.2'))('of %s has no closing box that nothing proves', async (_label, template) => {
    const { text } = await scaffold(template)
    const boxes = extractFacts(parseDocument(text, engine), template).claims.filter((claim) => claim.kind === 'closing')
    expect(boxes.length).toBeGreaterThanOrEqual(4)
    expect(boxes.filter((box) => box.bindings.length === 0).map((box) => box.label)).toEqual([])
  })
})

const source = 'src/export/pages.ts'
const repository = createRepository({
  [source]: 'line\n'.repeat(60),
  'docs/work/WORK-002.md': `---
template: work_item
id: WORK-002
title: Read the export's pages by key
status: active
owner: Export team
created: 2026-03-04
spawned_by: INV-001
version: '2.0'
---
# WORK-002: Read the export's pages by key

## Context

Deletes shift the pages.
`,
})

interface Step {
  readonly name: string
  readonly changes: readonly (readonly [from: string | RegExp, to: string])[]
  readonly errors: readonly string[]
}

async function expectErrors(file: string, finished: string, { changes, errors }: Step): Promise<void> {
  const text = changes.reduce((changed, [from, to]) => change(changed, from, to), finished)
  const findings = await judge(repository.root, file, text)
  expect(rulesOf(findings), JSON.stringify(findings, undefined, 1)).toEqual([...errors].toSorted())
}

const openBoxes = [/- \[x\] /gu, '- [ ] '] as const
const noRefs = ['memory_refs: [101]', 'memory_refs: []'] as const

describe('investigation-lite', () => {
  const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
  const finished = `---
template: investigation-lite
status: complete
date: 2026-03-02
backlog_id: INV-001
title: Nightly export loses rows
lifecycle_phase: conclude
memory_refs: [101]
version: '1.0'
---
# Nightly export loses rows

## Question

The export of 1 March held 49,812 of 50,000 rows. Which ones are lost, and why?

## Hypotheses

| # | Hypothesis | Confidence | Test |
|---|------------|------------|------|
| **H1** | Deletes between two pages shift the offset | High | Delete during a run; refuted if all keys arrive |

## Evidence

| Finding | Source | Speaks To |
|---------|--------|-----------|
| Pages are read by offset | \`${source}:41-58\` | H1 |

## Answer

| Hypothesis | Verdict | Why |
|------------|---------|-----|
| H1 | Confirmed | All missing keys follow a delete |

**Answer:** Rows behind a deleted one are skipped, because pages are counted and not keyed.

## Follow-up

- [ ] **WORK-002: Read the export's pages by key**

## Closing

- [x] **Every hypothesis decided** - each has its verdict
- [x] **Evidence sourced** - every row can be looked up
- [x] **Follow-up settled** - it exists, or the reason for none stands there
- [x] **Learnings stored** - their ids stand in \`memory_refs\`
`

  test('lets a finished document pass without a word', async () => {
    expect(await judge(repository.root, file, finished)).toEqual([])
  })

  test('fits on a screen', () => {
    const body = finished.slice(finished.indexOf('# Nightly'))
    expect(body.split('\n').length).toBeLessThan(50)
  })

  const steps: readonly Step[] = [
    { name: 'no verdict', changes: [['| H1 | Confirmed | All missing keys follow a delete |\n', '']], errors: ['verdict-missing'] },
    { name: 'no answer in words', changes: [[/\*\*Answer:\*\*.*\n/u, '']], errors: ['field-missing'] },
    { name: 'a prompt in place of the answer', changes: [[/\*\*Answer:\*\*.*\n/u, '**Answer:** [The question, answered in one sentence]\n']], errors: ['field-missing'] },
    { name: 'no source', changes: [[`\`${source}:41-58\``, 'the paging']], errors: ['evidence-unsourced'] },
    { name: 'no confidence', changes: [['| High | Delete', '|  | Delete']], errors: ['hypothesis-incomplete'] },
    { name: 'follow-up that nobody wrote', changes: [['WORK-002', 'WORK-003']], errors: ['spawn-unresolved'] },
    { name: 'no follow-up', changes: [[/- \[ \] \*\*WORK-002.*\n/u, '']], errors: ['spawn-missing'] },
    { name: 'a reason in place of follow-up', changes: [[/- \[ \] \*\*WORK-002.*\n/u, 'The export is switched off next week.\n']], errors: [] },
    { name: 'nothing stored', changes: [noRefs], errors: ['memory-refs-missing'] },
    { name: 'a box left open', changes: [['- [x] **Evidence', '- [ ] **Evidence']], errors: ['checklist-incomplete'] },
    { name: 'ticks before anything was looked at', changes: [['status: complete', 'status: active'], ['lifecycle_phase: conclude', 'lifecycle_phase: hypothesize'], noRefs], errors: ['checklist-untrue'] },
  ]
  test.each(steps)('$name', (step) => expectErrors(file, finished, step))
})

describe('investigation-explore-first', () => {
  const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
  const hypothesis = '| **H1** | Deletes between two pages shift the offset | High | Delete rows during a run | All keys arrive |\n'
  const evidence = `| Pages are read by offset | \`${source}:41-58\` | H1 | No order that survives a delete |\n`
  const result = '| 188 keys are missing behind deletes | `' + source + ':12` | H1 | Repeated three times |\n'
  const verdict = '| H1 | Confirmed | The repeated run | High |\n'
  const spawned = "| Pages are counted | Read the export's pages by key | SPAWNED | WORK-002 |\n"
  const finished = `---
template: investigation-explore-first
status: complete
date: 2026-03-02
backlog_id: INV-001
title: Nightly export loses rows
lifecycle_phase: conclude
memory_refs: [101]
version: '1.0'
---
# Investigation: Nightly export loses rows

## Context

**Trigger:** The export of 1 March held 49,812 of 50,000 rows.

**Problem Statement:** It is not known which rows are missing.

## Prior Work Query

| Concept ID | Content Summary | Relevance |
|------------|-----------------|-----------|
| 88 | Offsets skip rows when the table changes | Describes the same loss |

## Objective

**Question:** Which rows are lost, and why?

## Exploration

The job reports success, so its log was read first and its paging afterwards.

### Evidence

| Finding | Source | Speaks To | Notes |
|---------|--------|-----------|-------|
${evidence}
## Hypotheses

| # | Hypothesis | Confidence | Test | Would Refute It |
|---|------------|------------|------|-----------------|
${hypothesis}
## Validation

### Test Results

| Result | Source | Tests Hypothesis | Notes |
|--------|--------|------------------|-------|
${result}
### Hypothesis Verdicts

| Hypothesis | Verdict | Key Evidence | Confidence Now |
|------------|---------|--------------|----------------|
${verdict}
## Epistemic Review

| Finding | Standing | Basis |
|---------|----------|-------|
| Deletes shift the pages | KNOWN | The repeated run |
| No other job reads by offset | UNKNOWN | Nobody has looked |

**Verdict:** PROCEED

**Rationale:** The cause is shown, and what is unknown does not touch the fix.

## Work Disposition

| Finding | Recommended Work | Disposition | ID / Rationale |
|---------|------------------|-------------|----------------|
${spawned}| Other jobs | Look for offsets | DEFERRED | WORK-900, after the fix |

## Closure Checklist

- [x] **Evidence sourced** - every row can be looked up
- [x] **Hypotheses decided** - every one has its verdict
- [x] **Epistemic review complete** - with a verdict and its rationale
- [x] **Findings disposed of** - spawned, deferred, or the reason for none stands there
- [x] **Learnings stored** - their ids stand in \`memory_refs\`
- [x] **lifecycle_phase updated** - to \`conclude\`
`
  const standing = (phase: string): readonly (readonly [string | RegExp, string])[] => [
    ['status: complete\n', 'status: active\n'],
    ...(phase === 'conclude' ? [] : [['lifecycle_phase: conclude', `lifecycle_phase: ${phase}`] as const]),
    openBoxes,
    noRefs,
  ]
  const nothingDecided = [[verdict, ''], [result, '']] as const
  const nothingSupposed = [[hypothesis, ''], ['| H1 | No order', '| - | No order'], ...nothingDecided] as const

  test('lets a finished document pass without a word', async () => {
    expect(await judge(repository.root, file, finished)).toEqual([])
  })

  const steps: readonly Step[] = [
    { name: 'exploring asks for no hypothesis', changes: [...standing('explore'), ...nothingSupposed], errors: [] },
    { name: 'exploring is not left without evidence', changes: [...standing('hypothesize'), ...nothingSupposed, [evidence.replace('| H1 |', '| - |'), '']], errors: ['evidence-missing'] },
    { name: 'hypothesizing is not left without a hypothesis', changes: [...standing('validate'), ...nothingSupposed], errors: ['hypothesis-missing'] },
    { name: 'hypothesizing is not left without a test', changes: [...standing('validate'), ...nothingDecided, ['| Delete rows during a run |', '|  |']], errors: ['hypothesis-incomplete'] },
    { name: 'validating asks for no verdict yet', changes: [...standing('validate'), ...nothingDecided], errors: [] },
    { name: 'validating is not left without verdicts', changes: [...standing('conclude'), [verdict, '']], errors: ['verdict-missing'] },
    { name: 'concluding asks for no box yet', changes: standing('conclude'), errors: [] },
    { name: 'no decision in the review', changes: [['**Verdict:** PROCEED\n', '']], errors: ['field-missing'] },
    { name: 'a decision that is none', changes: [['**Verdict:** PROCEED', '**Verdict:** MAYBE']], errors: ['field-invalid'] },
    { name: 'a decision with a note', changes: [['**Verdict:** PROCEED', '**Verdict:** **DEFER** until May']], errors: [] },
    { name: 'a standing that is none', changes: [['| UNKNOWN |', '| GUESSED |']], errors: ['table-invalid'] },
    { name: 'no column for what would refute it', changes: [[' Would Refute It |', ''], ['-----------------|\n| **H1**', '\n| **H1**'], [' All keys arrive |', '']], errors: ['table-invalid'] },
    { name: 'spawned work that nobody wrote', changes: [['WORK-002', 'WORK-003']], errors: ['spawn-unresolved'] },
    { name: 'nothing disposed of', changes: [[spawned, ''], [/\| Other jobs.*\n/u, '']], errors: ['spawn-missing'] },
    { name: 'a reason for no work', changes: [[spawned, ''], [/\| Other jobs.*\n/u, '\n### No Follow-On Work\n\nThe export is switched off next week.\n']], errors: [] },
    { name: 'complete before the last phase', changes: [['lifecycle_phase: conclude', 'lifecycle_phase: validate']], errors: ['phase-invalid'] },
    { name: 'ticks before anything was looked at', changes: standing('explore').filter((one) => one !== openBoxes), errors: ['checklist-untrue'] },
  ]
  test.each(steps)('$name', (step) => expectErrors(file, finished, step))
})

describe('the first format of investigations', () => {
  const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
  const finished = `---
template: investigation
status: complete
date: 2026-03-02
backlog_id: INV-001
title: Nightly export loses rows
author: Export team
lifecycle_phase: discovery
version: "1.0"
---
# Investigation: Nightly export loses rows

## Context

The export of 1 March held 49,812 of 50,000 rows.

## Objective

1. Find the rows
2. Find the cause

## Scope

### In Scope
- The paging

### Out of Scope
- The import

## Hypotheses

1. **H1:** Deletes between two pages shift the offset
2. **H2:** Rows that cannot be encoded are dropped

## Investigation Steps

1. [x] Compare the keys
2. [ ] Look for other jobs

## Findings

### H1 confirmed

Pages are read by offset.

## Spawned Work Items

- [ ] E2-900: Read the export's pages by key

## Expected Deliverables

- [x] Findings report
- [ ] Memory storage (concepts)

## References

- The log of that night
`

  test('owes nothing that came with the second', async () => {
    expect(await judge(repository.root, file, finished)).toEqual([])
  })

  const noVersion = ['version: "1.0"\n', ''] as const
  const steps: readonly Step[] = [
    { name: 'no version is the first format too', changes: [noVersion], errors: [] },
    { name: 'the second asks for more', changes: [['"1.0"', '"2.0"']], errors: ['hypothesis-missing', 'memory-refs-missing', 'phase-invalid', 'section-missing', 'spawn-unresolved'] },
    { name: 'no hypotheses', changes: [[/## Hypotheses[\s\S]*(?=## Investigation Steps)/u, '']], errors: [] },
    { name: 'hypotheses without ids', changes: [['**H1:** ', ''], ['**H2:** ', '']], errors: ['hypothesis-missing'] },
    { name: 'one id twice', changes: [['**H2:**', '**H1:**']], errors: ['hypothesis-duplicate'] },
    { name: 'nothing found', changes: [[/### H1 confirmed[\s\S]*(?=## Spawned)/u, '']], errors: ['section-empty'] },
    { name: 'nothing spawned', changes: [[/- \[ \] E2-900.*\n/u, '']], errors: ['spawn-missing'] },
    { name: 'work under a heading of its own', changes: [['## Spawned Work Items\n', '## Spawned Work Items\n\n### Immediate (fixes the export)\n']], errors: [] },
    { name: 'a prompt left', changes: [['The export of 1 March held 49,812 of 50,000 rows.', '[What happened]']], errors: ['section-empty'] },
    { name: 'a closing list that is open', changes: [['## Expected Deliverables', '## Closure Checklist']], errors: ['checklist-incomplete'] },
    { name: 'a phase of neither format', changes: [['lifecycle_phase: discovery', 'lifecycle_phase: pondering']], errors: ['phase-invalid'] },
  ]
  test.each(steps)('$name', (step) => expectErrors(file, finished, step))
})

describe('postmortem', () => {
  const file = 'docs/postmortems/PM-001-rows.md'
  const timeline = '| 2026-03-01 02:00 UTC | The export starts | Scheduler |\n'
  const action = "| Read the export's pages by key | Export team | 2026-03-20 | WORK-002 |\n"
  const finished = `---
template: postmortem
id: PM-001
title: Nightly export loses rows
status: complete
date: 2026-03-02
lifecycle_phase: improve
severity: 2
memory_refs: [101]
version: '1.0'
---
# Postmortem: Nightly export loses rows

## Summary

The export left out 188 of 50,000 rows and reported success.

## Impact

One partner worked with an incomplete list for nine hours.

## Timeline

| Time | What Happened | Source |
|------|---------------|--------|
${timeline}| 2026-03-01 11:00 UTC | The partner asks about a missing row | Mail |

## Root Cause

Pages are counted, so a delete between two of them shifts the next one.

### Evidence

| Finding | Source | Notes |
|---------|--------|-------|
| Pages are read by offset | \`${source}:41-58\` | The last link |

## What Went Well

- The partner noticed within a day.

## What Went Wrong

- Nobody compares the number of rows.

## Action Items

| Action | Owner | Due | Work Item |
|--------|-------|-----|-----------|
${action}
## Learnings

- An export that cannot say how many rows it should hold cannot fail.

## Closure Checklist

- [x] **Timeline written** - with its times, from the first cause to the end
- [x] **Causes backed by evidence** - every row can be looked up
- [x] **Actions created** - as documents with an owner, not just listed
- [x] **Learnings stored** - their ids stand in \`memory_refs\`
`
  // The action's document was spawned by an inquiry, which is worth a word and no error.
  test('lets a finished document pass', async () => {
    const findings = await judge(repository.root, file, finished)
    expect(findings.map(({ rule, subject }) => [rule, subject])).toEqual([['spawn-unlinked', 'WORK-002']])
    expect(await judge(repository.root, file, change(finished, 'id: PM-001', 'id: INV-001'))).toEqual([])
  })

  const steps: readonly Step[] = [
    { name: 'no evidence for the cause', changes: [[/\| Pages are read by offset.*\n/u, '']], errors: ['evidence-missing'] },
    { name: 'a cause that cannot be looked up', changes: [[`\`${source}:41-58\``, 'the code']], errors: ['evidence-unsourced'] },
    { name: 'no timeline', changes: [[timeline, ''], [/\| 2026-03-01 11:00.*\n/u, '']], errors: ['section-empty'] },
    { name: 'no action', changes: [[action, '']], errors: ['spawn-missing'] },
    { name: 'a reason for no action', changes: [[action, '\n### No Action Needed\n\nThe export is switched off next week.\n']], errors: [] },
    { name: 'an action that nobody wrote down', changes: [['WORK-002', 'WORK-003']], errors: ['spawn-unresolved'] },
    { name: 'nothing learned', changes: [[/- An export that.*\n/u, '']], errors: ['section-empty'] },
    { name: 'a summary that is skipped', changes: [[/The export left out.*\n/u, '**SKIPPED:** The title says it.\n']], errors: ['skip-not-allowed'] },
    { name: 'still at the causes', changes: [['status: complete', 'status: active'], ['lifecycle_phase: improve', 'lifecycle_phase: analyse'], openBoxes, noRefs, [action, '']], errors: [] },
  ]
  test.each(steps)('$name', (step) => expectErrors(file, finished, step))
})

describe('plans, work items and decisions', () => {
  const plan = `---
template: implementation_plan
status: complete
backlog_id: E2-085
title: Read the export's pages by key
lifecycle_phase: plan
---
# Implementation plan

## Goal

Every row of the table is exported once.

## Layer 0: Inventory

- ${source}
`
  const item = `---
template: work_item
id: WORK-007
title: Read the export's pages by key
status: complete
closed: 2026-03-09
acceptance_criteria: [every key arrives]
queue_position: done
version: '2.0'
---
# WORK-007

## Context

**Problem:** Deletes shift the pages.
---

## History

- Done.
`
  const decision = `---
template: architecture_decision_record
status: accepted
date: 2026-03-09
adr_id: ADR-007
title: Pages are read by key
lifecycle_phase: decide
decision: accepted
---
# ADR-007

## Context

Deletes shift the pages.

## Considered Options

### By offset

It is what there is.

### By key

It survives deletes.

## Decision

By key, because it survives deletes.

## Consequences

Every table needs a key.
`
  const steps: readonly (Step & { readonly file: string; readonly finished: string })[] = [
    { name: 'a plan in an older layout passes', file: 'docs/plans/a.md', finished: plan, changes: [], errors: [] },
    { name: 'a plan without a goal', file: 'docs/plans/a.md', finished: plan, changes: [[/## Goal[\s\S]*(?=## Layer)/u, '']], errors: ['section-missing'] },
    { name: 'a plan that was only scaffolded', file: 'docs/plans/a.md', finished: plan, changes: [['Every row of the table is exported once.', '[One sentence]']], errors: ['section-empty'] },
    { name: 'a plan in no known state', file: 'docs/plans/a.md', finished: plan, changes: [['status: complete', 'status: finished']], errors: ['phase-invalid'] },
    { name: 'a work item with its criteria in the frontmatter passes', file: 'docs/work/a.md', finished: item, changes: [], errors: [] },
    { name: 'a rule without a blank line above it makes no heading', file: 'docs/work/a.md', finished: item, changes: [['Deletes shift the pages.\n---', '[Problem and root cause]\n---']], errors: ['section-empty'] },
    { name: 'a work item of the first format needs its deliverables', file: 'docs/work/a.md', finished: item, changes: [["version: '2.0'", "version: '1.0'"]], errors: ['section-missing'] },
    { name: 'a work item put away is held to nothing', file: 'docs/work/a.md', finished: item, changes: [['status: complete', 'status: wontfix'], [/## Context[\s\S]*(?=## History)/u, '']], errors: [] },
    { name: 'a work item without context', file: 'docs/work/a.md', finished: item, changes: [[/## Context[\s\S]*(?=## History)/u, '']], errors: ['section-missing'] },
    { name: 'a work item at work owes nothing yet', file: 'docs/work/a.md', finished: item, changes: [['status: complete', 'status: active'], [/## Context[\s\S]*(?=## History)/u, '']], errors: [] },
    { name: 'two work items with one id', file: 'docs/work/a.md', finished: item, changes: [['id: WORK-007', 'id: WORK-002']], errors: ['id-duplicate'] },
    { name: 'a plan with the id of its work item', file: 'docs/plans/a.md', finished: plan, changes: [['backlog_id: E2-085', 'backlog_id: WORK-002']], errors: [] },
    { name: 'a decision passes', file: 'docs/ADR/a.md', finished: decision, changes: [], errors: [] },
    { name: 'a decision with underlined headings passes', file: 'docs/ADR/a.md', finished: decision.replaceAll(/^## (.*)$/gmu, '$1\n---'), changes: [], errors: [] },
    { name: 'a decision without alternatives', file: 'docs/ADR/a.md', finished: decision, changes: [[/### By offset[\s\S]*(?=## Decision)/u, '']], errors: ['section-empty'] },
    { name: 'a decision that is skipped', file: 'docs/ADR/a.md', finished: decision, changes: [['By key, because it survives deletes.', '**SKIPPED:** Nobody could decide.']], errors: ['skip-not-allowed'] },
    { name: 'a proposal owes nothing yet', file: 'docs/ADR/a.md', finished: decision, changes: [['status: accepted', 'status: proposed'], [/## Consequences[\s\S]*$/u, '']], errors: [] },
  ]
  test.each(steps)('$name', (step) => expectErrors(step.file, step.finished, step))
})
