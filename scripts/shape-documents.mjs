/** Owns the shapes that have cost readers of Markdown dearly, and the places of an inquiry in which they may stand. For fuzz.mjs and shapes.mjs. */

/** Each of some length. */
export const shapes = {
  quotes: (length) => '> '.repeat(length / 2),
  lists: (length) => '- '.repeat(length / 2),
  'lists further in': (length) => Array.from({ length: Math.sqrt(length) }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join(''),
  'one line': (length) => 'word '.repeat(length / 5),
  'one word': (length) => 'w'.repeat(length),
  'blank lines': (length) => '\n'.repeat(length),
  blanks: (length) => `a${' '.repeat(length)}b`,
  brackets: (length) => '['.repeat(length),
  'closed brackets': (length) => '[a b] '.repeat(length / 6),
  'brackets behind colons': (length) => 'a: [a b]. '.repeat(length / 10),
  emphasis: (length) => '*a _b '.repeat(length / 6),
  stars: (length) => '**'.repeat(length / 2),
  code: (length) => '`a` '.repeat(length / 4),
  backticks: (length) => Array.from({ length: Math.sqrt(length) }, (_, index) => '`'.repeat(index)).join(' '),
  links: (length) => '[a]('.repeat(length / 4),
  comments: (length) => '<!-- a --> '.repeat(length / 11),
  'open comments': (length) => '<!-- '.repeat(length / 5),
  suppressions: (length) => '<!-- inquest-disable verdict-missing: why -->\n\n'.repeat(length / 48),
  'suppressions under headings': (length) => '## a\n\n<!-- inquest-disable verdict-missing: why -->\n\n'.repeat(length / 54),
  headings: (length) => '## a\n\n'.repeat(length / 6),
  'known headings': (length) => '## Findings\n\n### Hypotheses\n\n'.repeat(length / 30),
  'a heading of dots': (length) => `## ${'.'.repeat(length)}x\n`,
  labels: (length) => '**Label:** value\n'.repeat(length / 17),
  prompts: (length) => '**Label:** [What to write]\n\n'.repeat(length / 28),
  items: (length) => '- a\n'.repeat(length / 4),
  'items with prompts': (length) => `- a\n${'\n  b [c d] e `f`\n'.repeat(length / 17)}`,
  tasks: (length) => '- [ ] a\n'.repeat(length / 8),
  fences: (length) => '```js\ncode\n\n## a\n\n'.repeat(length / 18),
  definitions: (length) => Array.from({ length: length / 20 }, (_, index) => `[a${index}]: /b "c"\n`).join(''),
  table: (length) => `| a | b |\n|---|---|\n${'| c | d |\n'.repeat(length / 10)}`,
  'wide table': (length) => `${'| a '.repeat(length / 8)}|\n${'|---'.repeat(length / 8)}|\n| b |\n`,
  'wide and short rows': (length) => `${'| a '.repeat(length / 16)}|\n${'|---'.repeat(length / 16)}|\n${'| b |\n'.repeat(length / 12)}`,
  strokes: (length) => `${'|'.repeat(length / 2)}\n${'|-'.repeat(length / 4)}\n`,
  addresses: (length) => 'https://example.org/a_b '.repeat(length / 24),
  'at signs': (length) => 'a@'.repeat(length / 2),
  ids: (length) => 'A-1-'.repeat(length / 4),
  citations: (length) => '`src/a.ts:12-14` and `b/c.py:3` '.repeat(length / 32),
  'citations in lines': (length) => '- `src/a.ts:12-14`\n'.repeat(length / 19),
  'files cited whole': (length) => 'docs/a.md (full file) '.repeat(length / 22),
  'paths to read': (length) => '@docs/a.md\n\n'.repeat(length / 12),
  'links to places': (length) => '[a](/b "c") '.repeat(length / 12),
  'links by name': (length) => `${'[a][b] '.repeat(length / 7)}\n\n[b]: /c\n`,
  'brackets within brackets': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
  'emphasis within emphasis': (length) => '*a **b '.repeat(length / 14) + 'b** a*'.repeat(length / 14),
  footnotes: (length) => Array.from({ length: length / 30 }, (_, index) => `a[^${index}]\n\n[^${index}]: b\n\n`).join(''),
  tags: (length) => '<a b="c">'.repeat(length / 9),
  'open tags': (length) => '<a '.repeat(length / 3),
  'tags in blocks': (length) => '<div>\n\na\n\n</div>\n\n'.repeat(length / 20),
  'numbers at claims': (length) => '- [x] all 9 hypotheses, all 3 of the 4 evidence items\n'.repeat(length / 54),
  'addresses in cells': (length) => `| a | b |\n|---|---|\n${'| https://example.org|https://example.org |\n'.repeat(length / 44)}`,
  'ranges of hypotheses': (length) => 'H1-H200, '.repeat(length / 9),
  'quotes in lists': (length) => '- a\n\n  > b\n  >\n  > - c\n\n'.repeat(length / 27),
  'quoted code': (length) => '**Evidence:** `src/a.ts:1`\n\n```ts\n// src/a.ts:2\na\n```\n\n'.repeat(length / 56),
  'marks of runs': (length) => '```run tests\nok\n```\n\n'.repeat(length / 22),
  'skipped sections': (length) => '## Findings\n\n**SKIPPED:** why\n\n'.repeat(length / 32),
  'underlined headings': (length) => 'a\n---\n\n'.repeat(length / 7),
}

/** Sections of an inquiry in which a shape may stand, so that the rules for them have to look at it. */
export const places = {
  'under no heading': (shape) => shape,
  'under Context': (shape) => `## Context\n\n${shape}\n`,
  'as hypotheses': (shape) => `## Hypotheses\n\n| # | Hypothesis | Confidence | Test Method | Priority |\n|---|---|---|---|---|\n${rowsOf(shape, (cell, index) => `| **H${index}** | ${cell} | High | ${cell} | 1st |`)}`,
  'as evidence': (shape) => `## Evidence Collection\n\n### Codebase Evidence\n\n| Finding | Source (file:line) | Supports Hypothesis | Notes |\n|---|---|---|---|\n${rowsOf(shape, (cell, index) => `| ${cell} | ${cell} | H${index} ${cell} | |`)}`,
  'as verdicts': (shape) => `## Findings\n\n### Hypothesis Verdicts\n\n| Hypothesis | Verdict | Key Evidence | Confidence |\n|---|---|---|---|\n${rowsOf(shape, (cell, index) => `| H${index} | ${cell} | ${cell} | High |`)}`,
  'as spawned work': (shape) => `## Spawned Work Items\n\n### Immediate\n\n- ${shape}\n`,
  'as a closing checklist': (shape) => `## Closure Checklist\n\n### Required\n\n- [x] **Evidence:** all 9 evidence items ${shape}\n`,
}

function rowsOf(shape, row) {
  return shape
    .split(/[\r\n]+/u)
    .filter((line) => line.trim() !== '')
    .map((line, index) => `${row(line.replaceAll('|', '/').trim(), index + 1)}\n`)
    .join('')
}

export const head = "---\ntemplate: investigation\nstatus: complete\ndate: 2026-03-02\nbacklog_id: INV-001\ntitle: Made up\nauthor: Nobody\nlifecycle_phase: conclude\nversion: '2.0'\nmemory_refs: [1]\n---\n# Investigation: Made up\n\n"
