/** Owns an inquiry in each form with the places that ask for words, so that a test can put any text into each of them. */

import { prepareTransition, promisedOnClosing } from '../../src/engine/operations/transition.js'
import { createNodeHost } from '../../src/engine/node-host.js'
import type { Workspace } from '../../src/engine/workspace.js'
import { openWorkspace } from '../../src/engine/workspace.js'
import { check } from '../../src/index.js'
import type { PlacedFinding } from '../../src/index.js'
import { createRepository } from '../support/repository.js'

export const title = 'Nightly export loses rows'
export const question = 'Which rows does the nightly export lose, and what is the smallest change that stops it?'

const head = (template: string, version: string, phase: string): string => `---
template: ${template}
status: active
date: 2026-03-02
backlog_id: INV-001
title: ${title}
lifecycle_phase: ${phase}
memory_refs: []
version: '${version}'
---
# ${title}
`

/** None is given before the hypotheses are registered. */
const verdict = (phase: string, given: string): string => (phase === 'hypothesize' ? '' : given)

const lite = (phase: string): string => `${head('investigation-lite', '1.0', phase)}
## Question

${question}

## Hypotheses

| # | Hypothesis | Confidence | Test |
|---|------------|------------|------|
| **H1** | Deletes between two pages shift the offset | High | Delete rows during a run and compare the keys |
| **H2** | Rows that cannot be encoded are dropped | Low | Read the error handling of the encoder |

## Evidence

| Finding | Source | Speaks To |
|---------|--------|-----------|
| Pages are read by offset | \`src/pages.ts:1\` | H1 |
| Encoding errors end the job | \`src/pages.ts:2\` | against H2 |

## Answer

| Hypothesis | Verdict | Why |
|------------|---------|-----|
| H1 | ${verdict(phase, 'Confirmed')} | All missing keys follow a delete |
| H2 | ${verdict(phase, 'Refuted')} | The encoder stops at the first error |

**Answer:** Rows behind a deleted one are skipped, because pages are counted.

## Follow-up

The export is switched off next week.

## Closing

- [ ] **Every hypothesis decided** - each has its verdict
- [ ] **Evidence sourced** - every row can be looked up
- [ ] **Follow-up settled** - it exists, or the reason for none stands there
- [ ] **Learnings stored** - their ids stand in \`memory_refs\`
`

const full = (phase: string): string => `${head('investigation', '2.0', phase)}
## Context

**Trigger:** The export of 1 March held fewer rows than the table.

## Prior Work Query

**Query:** export rows missing

## Objective

**Question:** ${question}

## Scope

- The paging of the export

## Hypotheses

| # | Hypothesis | Confidence | Test Method | Priority |
|---|------------|------------|-------------|----------|
| **H1** | Deletes between two pages shift the offset | High | Delete rows during a run and compare the keys | 1st |

## Exploration Plan

1. [x] Compare the keys of the export with those of the table

## Evidence Collection

### Codebase Evidence

| Finding | Source (file:line) | Supports Hypothesis | Notes |
|---------|--------------------|---------------------|-------|
| Pages are read by offset | \`src/pages.ts:1\` | H1 | No order that survives a delete |

## Findings

### Hypothesis Verdicts

| Hypothesis | Verdict | Key Evidence | Confidence |
|------------|---------|--------------|------------|
| H1 | ${verdict(phase, 'Confirmed')} | All missing keys follow a delete | High |

### Detailed Findings

#### Deletes shift the pages

**Evidence:** The deletes in the log stand right before the gaps.

**Analysis:** A page starts where the one before it ended by count.

## Spawned Work Items

### Immediate (Can implement now)

None, see below.

### Not Spawned Rationale (if no items)

The export is switched off next week.

## Ground Truth Verification

| Item to Verify | Expected State | Verified | Notes |
|----------------|----------------|----------|-------|
| Hypothesis verdicts documented | Every hypothesis has a verdict | [ ] | |
| Evidence has sources | Every row names a file with its line, a concept or an address | [ ] | |
| Spawned items created | Every immediate item is a document | [ ] | |
| Memory stored | The learnings are stored and listed in memory_refs | [ ] | |

**Binary Verification (Yes/No):**

| Question | Answer | If NO, explain |
|----------|--------|----------------|
| Are all evidence sources cited with file and line, concept id or address? | [Yes/No] | |
| Were all hypotheses tested, and does each have a verdict? | [Yes/No] | |
| Are spawned items created, not just listed? | No | Nothing is to be built before the switch |
| Is memory_refs populated in the frontmatter? | [Yes/No] | |

## Closure Checklist

### Required (MUST complete)
- [ ] **Findings synthesized** - the objective is answered under Findings
- [ ] **Evidence sourced** - every row can be looked up
- [ ] **Hypotheses resolved** - every hypothesis has its verdict
- [ ] **Spawned items created** - or the rationale says why there are none
- [ ] **Memory stored** - the learnings are in the store
- [ ] **memory_refs populated** - their ids stand in the frontmatter
- [ ] **lifecycle_phase updated** - to \`conclude\`
- [ ] **Ground Truth Verification complete** - every row and every question above
`

export interface Place {
  readonly name: string
  /** The document with a text in the place. */
  put(text: string): string
  readonly event: 'advance' | 'close'
  readonly template: 'investigation' | 'investigation-lite'
  /** True for a place within a line, where a text cannot be a block. */
  readonly inline: boolean
}

function place(name: string, [document, from, event]: readonly [document: string, from: string, event: Place['event']], around: readonly [before: string, behind: string] = ['', '']): Place {
  if (!document.includes(from)) throw new TypeError(`There is no ${from}`)
  return { name, event, template: document.includes('template: investigation-lite') ? 'investigation-lite' : 'investigation', inline: around[0] === '', put: (text) => document.replace(from, () => around[0] + text + around[1]) }
}

const sections = { context: '**Trigger:** The export of 1 March held fewer rows than the table.\n' }

/** Every place that asks for words, in two forms. */
export const places: readonly Place[] = [
  place('the question', [lite('hypothesize'), question, 'advance']),
  place('a statement', [lite('hypothesize'), 'Rows that cannot be encoded are dropped', 'advance']),
  place('a test', [lite('hypothesize'), 'Read the error handling of the encoder', 'advance']),
  place('a finding', [lite('explore'), 'Encoding errors end the job', 'advance']),
  place('a reason of a verdict', [lite('conclude'), 'The encoder stops at the first error', 'close']),
  place('the answer', [lite('conclude'), 'Rows behind a deleted one are skipped, because pages are counted.', 'close']),
  place('why nothing follows', [lite('conclude'), 'The export is switched off next week.', 'close']),
  place('a skipped section', [full('hypothesize'), sections.context, 'advance'], ['**SKIPPED:** ', '\n']),
  place('the label of a section', [full('hypothesize'), 'The export of 1 March held fewer rows than the table.', 'advance']),
  place('a section', [full('hypothesize'), sections.context, 'advance'], ['\n', '\n']),
  place('a list', [full('hypothesize'), 'The paging of the export', 'advance']),
  place('the objective', [full('hypothesize'), question, 'advance']),
  place('a step of the plan', [full('explore'), 'Compare the keys of the export with those of the table', 'advance']),
  place('key evidence', [full('conclude'), 'All missing keys follow a delete', 'close']),
  place('a part of the findings', [full('conclude'), 'A page starts where the one before it ended by count.', 'close']),
  place('the findings', [full('conclude'), '#### Deletes shift the pages\n\n**Evidence:** The deletes in the log stand right before the gaps.\n\n**Analysis:** A page starts where the one before it ended by count.\n', 'close'], ['\n', '\n']),
  place('the rationale for no work', [full('conclude'), 'The export is switched off next week.', 'close']),
  place('the explanation of a No', [full('conclude'), 'Nothing is to be built before the switch', 'close']),
]

export const bases: readonly Place[] = [place('the short form', [lite('conclude'), title, 'close']), place('the long form', [full('conclude'), title, 'close'])]

const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
const repository = createRepository({ 'src/pages.ts': 'const page = 500\nconst strict = true\n', [file]: lite('hypothesize') })
let opened: Promise<Workspace> | undefined

/** What keeps the gate shut; undefined where it opens. */
export async function refusal(text: string, event: Place['event']): Promise<readonly PlacedFinding[] | undefined> {
  const workspace = await (opened ??= openWorkspace(createNodeHost(repository.root)))
  const answer = await prepareTransition(workspace, file, text, { type: event }, { given: [], promised: event === 'close' ? promisedOnClosing(workspace, file, text) : [] })
  return answer.kind === 'refused' ? answer.blockers : undefined
}

export async function findings(text: string): Promise<readonly PlacedFinding[]> {
  return (await check({ cwd: repository.root, text: { path: file, content: text } })).findings
}
