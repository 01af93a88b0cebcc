/**
 * Owns the calls that every client of the MCP server makes: each tool with an answer that is not empty, in a repository made for them. Used by
 * scripts/clients.mjs and by test/mcp/clients.test.ts.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const examples = fileURLToPath(new URL('../examples', import.meta.url))
const inquiry = readFileSync(path.join(examples, 'INVESTIGATION-INV-001-nightly-export-loses-rows.md'), 'utf8')

const code = (name) => Array.from({ length: 30 }, (_, index) => `const ${name}${index + 1} = ${index * 7}\n`).join('')

/** An inquiry that cites lines, some of which move and change afterwards. */
const citing = `---
template: investigation
status: active
date: 2026-03-02
backlog_id: INV-002
title: What is cited
lifecycle_phase: explore
version: '2.0'
---
# Investigation: What is cited

## Hypotheses

| # | Hypothesis | Confidence | Test Method | Priority |
|---|------------|------------|-------------|----------|
| **H1** | Lines move | High | Look | 1st |

## Evidence Collection

### Codebase Evidence

| Finding | Source (file:line) | Supports Hypothesis | Notes |
|---------|--------------------|---------------------|-------|
| Found | \`src/moved.ts:10-12\` | H1 | |
| Found | \`src/edited.ts:11\` | against H1 | |
`

/**
 * @param {string} folder an empty folder
 * @param {string} program the entry of inquest
 */
export function prepareRepository(folder, program) {
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  const run = (command, ...args) => {
    const done = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}${done.stdout}`)
    return done.stdout
  }
  const commit = (date) => {
    run('git', 'add', '-A')
    run('git', 'commit', '-q', '-m', 'change', `--date=${date}T12:00:00Z`)
  }
  cpSync(path.join(examples, 'src'), path.join(folder, 'src'), { recursive: true })
  run('git', 'init', '-q')
  run('git', 'config', 'user.name', 'Test Author')
  run('git', 'config', 'user.email', 'author@example.invalid')
  write('inquest.yaml', 'documents: ["docs/**/*.md"]\n')
  write('docs/INV-001.md', inquiry)
  write('docs/INV-002.md', citing)
  // All but closed; its boxes are open, so that closing has something to tick.
  write('docs/INV-003.md', inquiry.replaceAll('INV-001', 'INV-003').replace(/^status: .*$/mu, 'status: active').replace('memory_refs: [101, 102]', 'memory_refs: []').replaceAll('- [x]', '- [ ]').replace('WORK-002', 'WORK-003'))
  write('docs/WORK-002.md', '---\ntemplate: work_item\nstatus: active\nid: WORK-002\ntitle: Read by key\nversion: "2.0"\nspawned_by: INV-001\n---\n')
  write('docs/WORK-003.md', '---\ntemplate: work_item\nstatus: active\nid: WORK-003\ntitle: Read by key\nversion: "2.0"\nspawned_by: INV-003\n---\n')
  // Its findings contradict something.
  const wrong = inquiry.replaceAll('INV-001', 'INV-004').replace('**REFUTED**', 'perhaps').replace('memory_refs: [101, 102]', 'memory_refs: []')
  write('docs/INV-004.md', wrong)
  write('src/moved.ts', code('moved'))
  write('src/edited.ts', code('edited'))
  commit('2026-03-01')
  write('src/moved.ts', `// one\n// two\n${code('moved')}`)
  write('src/edited.ts', code('edited').replace('edited11 = 70', 'edited11 = 71'))
  commit('2026-03-03')
  const like = Array.from({ length: 4 }, (_, index) => `Rows of the nightly export get lost where pages are read by offset, in run ${index}`)
  run(process.execPath, program, 'memory', 'ingest', '--type', 'episteme', '--source', 'notes', ...like)
  run(process.execPath, program, 'memory', 'synthesize')
  run(process.execPath, program, 'memory', 'ingest', '--document', 'INV-004', 'Pages by key lose no rows')
  // The store has it and the list does not, which has a fix.
  write('docs/INV-004.md', wrong)
}

/**
 * The calls, in this order. `filled` names what must not be empty in the answer: `[]` stands for any element of a list.
 * @type {readonly { readonly tool: string; readonly input: Readonly<Record<string, unknown>>; readonly filled: readonly string[] }[]}
 */
export const calls = [
  { tool: 'investigation_check', input: { paths: ['docs', 'src/moved.ts'] }, filled: ['findings', 'findings[].fix.edits', 'findings[].related', 'summary.skipped'] },
  { tool: 'investigation_status', input: {}, filled: ['documents', 'documents[].blockers', 'documents[].hypotheses'] },
  { tool: 'investigation_status', input: { id: 'INV-004' }, filled: ['hypotheses', 'hypotheses[].verdict'] },
  { tool: 'investigation_status', input: { id: 'INV-002' }, filled: ['blockers', 'blockers[].message'] },
  { tool: 'evidence_verify', input: { ids: ['INV-002'] }, filled: ['citations', 'citations[].lines', 'citations[].to.lines', 'citations[].before', 'citations[].now', 'matrices', 'matrices[].hypotheses', 'matrices[].evidence', 'matrices[].evidence[].for', 'matrices[].evidence[].against'] },
  { tool: 'memory_search_with_experience', input: { query: 'row rows' }, filled: ['results', 'results[].snippet.marks', 'results[].provenance', 'results[].clusters', 'results[].members', 'experience'] },
  { tool: 'memory_search_with_experience', input: { query: 'ofset zebra' }, filled: ['absent', 'respelled'] },
  { tool: 'investigation_new', input: { template: 'investigation', title: 'The nightly export loses rows again', id: 'INV-900' }, filled: ['id', 'priorWork', 'experience'] },
  { tool: 'investigation_advance', input: { id: 'INV-900' }, filled: ['refused.blockers'] },
  { tool: 'investigation_close', input: { id: 'INV-003' }, filled: ['ticked', 'stored.ids'] },
  { tool: 'memory_stats', input: {}, filled: ['types', 'verdicts', 'largest'] },
  { tool: 'investigation_reopen', input: { id: 'INV-003', why: 'It came back', to: 'explore' }, filled: ['from', 'to'] },
  { tool: 'investigation_amend', input: { id: 'INV-003', why: 'The wording was not clear' }, filled: ['id'] },
  { tool: 'investigation_spawn', input: { template: 'work_item', title: 'Read the nightly export by key', from: 'INV-003', why: 'It was found late' }, filled: ['parent'] },
  { tool: 'ingester_ingest', input: { content: 'Pages by offset lose rows', source_path: 'docs/INV-003.md', content_type_hint: 'episteme' }, filled: ['ids', 'document'] },
]

/**
 * @param {unknown} answer structured content
 * @param {readonly string[]} filled
 * @returns {readonly string[]} what is missing or empty
 */
export function emptyIn(answer, filled) {
  return filled.filter((place) => {
    const found = place.split('.').reduce((values, key) => values.flatMap((value) => {
      const next = value?.[key.replace(/\[\]$/u, '')]
      return key.endsWith('[]') ? (next ?? []) : [next]
    }), [answer])
    return found.every((value) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
  })
}
