/** Makes up documents whose kinds, lengths and faults are spread as in a repository that has used inquiries for a year. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const inquiry = readFileSync(new URL('../examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md', import.meta.url), 'utf8')
const words = 'the a of to in is for that on with as it by this are was not or from which one all page row table job export query cursor offset lock cache write read time run test log error retry batch queue index file line commit branch build release owner cause effect number sample count limit rate window state event order'.split(' ')

/** How long the files of code are. */
const codeLines = 200

/** The same numbers for the same seed. */
function createRandom(start) {
  let state = start | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One document by its number. */
function makeDocument(number) {
  const random = createRandom(number * 7919 + 17)
  const below = (limit) => Math.floor(random() * limit)
  const pick = (list) => list[below(list.length)]
  const sentence = () => {
    const text = Array.from({ length: 6 + below(14) }, () => (random() < 0.05 ? `\`${pick(words)}_${pick(words)}\`` : random() < 0.03 ? `**${pick(words)}**` : pick(words))).join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }
  const paragraph = () => Array.from({ length: 1 + below(5) }, sentence).join(' ')
  const list = (box) => Array.from({ length: 2 + below(7) }, () => `- ${box ? (random() < 0.8 ? '[x] ' : '[ ] ') : ''}${sentence()}`).join('\n')
  // Real documents cite a line of code in one of some hundred lines of theirs, and half of what they cite is there.
  const place = () => (random() < 0.08 ? `\`src/${pick(words)}.ts:${1 + below(codeLines)}\`` : pick(words))
  const table = () => `| Item | State | Where |\n|---|---|---|\n${Array.from({ length: 2 + below(12) }, () => `| ${pick(words)} ${pick(words)} | ${pick(words)} | ${place()} |`).join('\n')}`
  const code = () => `\`\`\`ts\n${Array.from({ length: 2 + below(12) }, () => `const ${pick(words)} = ${pick(words)}(${below(100)})`).join('\n')}\n\`\`\``
  const references = () => Array.from({ length: 1 + below(4) }, () => `- @docs/${pick(words)}/${pick(words)}.md`).join('\n')
  const block = () => pick([paragraph, paragraph, paragraph, list, () => list(true), table, code])()
  // A few are long, most are short.
  const length = 2 + Math.floor(Math.exp(random() * 2.7))
  const body = () => Array.from({ length }, () => `## ${pick(words)} ${pick(words)}\n\n${Array.from({ length: 1 + below(3) }, block).join('\n\n')}\n`).join('\n')
  const id = String(number).padStart(3, '0')
  const day = `2026-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`
  const head = (fields) => `---\n${Object.entries(fields).map(([key, value]) => `${key}: ${value}`).join('\n')}\n---\n`
  const kind = random()
  if (kind < 0.33) {
    const fields = { template: 'work_item', id: `WORK-${id}`, title: sentence().replaceAll(/[`*:]/gu, ''), status: pick(['active', 'complete']), created: day, priority: pick(['low', 'medium', 'high']), spawned_by: `INV-${id}`, blocked_by: '[]', version: "'2.0'" }
    return { file: `docs/items/WORK-${id}.md`, text: `${head(fields)}# WORK-${id}\n\n@docs/README.md\n${references()}\n\n## Context\n\n${paragraph()}\n\n## Deliverables\n\n${list(true)}\n\n## History\n\n### ${day}\n\n${list()}\n\n## References\n\n${list()}\n\n${body()}` }
  }
  if (kind < 0.52) {
    const fields = { template: 'implementation_plan', status: pick(['draft', 'approved', 'complete']), date: day, backlog_id: `PLAN-${id}`, title: sentence().replaceAll(/[`*:]/gu, ''), author: 'Somebody', version: '"1.5"' }
    return { file: `docs/plans/PLAN-${id}.md`, text: `${head(fields)}# Plan\n\n${references()}\n\n## Goal\n\n[One sentence: what capability this will add]\n\n${paragraph()}\n\n${body()}` }
  }
  if (kind < 0.56) {
    const marred = random() < 0.5 ? inquiry : inquiry.replace(pick(['**REFUTED**', '- [x] **Evidence', '`src/export/pages.ts:31`', '| H2 |']), pick(['perhaps', '[fill in]', 'nowhere', '']))
    return { file: `docs/investigations/INVESTIGATION-INV-${id}.md`, text: `${marred.replaceAll('INV-001', `INV-${id}`)}\n## Appendix\n\n${body()}` }
  }
  if (kind < 0.83) return { file: `docs/checkpoints/${day}-${id}.md`, text: `${head({ template: 'checkpoint', date: day, title: `Session ${id}` })}# Session ${id}\n\n${references()}\n\n${body()}` }
  return { file: `notes/${pick(words)}/${id}.md`, text: `# ${sentence()}\n\n${body()}` }
}

/** Writes so many documents below a folder; answers how many bytes they take. */
export function writeDocuments(folder, count) {
  const code = path.join(folder, 'src')
  mkdirSync(code, { recursive: true })
  for (const word of words.filter((_, at) => at % 2 === 0)) writeFileSync(path.join(code, `${word}.ts`), 'export const row = 1\n'.repeat(codeLines))
  let bytes = 0
  for (let number = 1; number <= count; number++) {
    const { file, text } = makeDocument(number)
    const full = path.join(folder, file)
    mkdirSync(path.dirname(full), { recursive: true })
    writeFileSync(full, text)
    bytes += Buffer.byteLength(text)
  }
  return bytes
}
