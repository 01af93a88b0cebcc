/** `inquest check` as a user runs it: formats, exit statuses, which files are documents, refusals. */

import { linkSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample, scratchFolder } from './support/repository.js'

const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
const verdictRow = '| H2 | **REFUTED** | The encoder stops at the first error | High |\n'
const broken = sample.replace(verdictRow, '')

interface Answer {
  readonly version: number
  readonly findings: readonly { rule: string; severity: string; path: string; subject?: string; range: { start: { line: number; column: number } }; related?: { message: string }[] }[]
  readonly summary: { documents: number; errors: number; warnings: number; infos: number; skipped: { path: string; reason: string }[]; baselined?: number; stale?: number }
}

function answer(stdout: string): Answer {
  return JSON.parse(stdout) as Answer
}

describe('a sound document', () => {
  const repository = createRepository({ [file]: sample })

  test('gives no finding and exit status 0', () => {
    const run = inquest(repository.root, ['check'])
    expect(run).toMatchObject({ status: 0, stderr: '', stdout: 'no finding in 1 document\n' })
  })

  test('is answered as JSON without prose', () => {
    const run = inquest(repository.root, ['check', '--json'])
    expect(answer(run.stdout)).toEqual({ version: 1, findings: [], summary: { documents: 1, errors: 0, warnings: 0, infos: 0, skipped: [] } })
  })
})

describe('forms that mean the same', () => {
  const repository = createRepository({ [file]: sample, justfile: 'recipe:\n'.repeat(310) })
  const table: readonly (readonly [string, (text: string) => string])[] = [
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['lone CR', (text) => text.replaceAll('\n', '\r')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['comment lines before the opening ---', (text) => `# generated: 2026-03-02\n<!-- by hand -->\n\n${text}`],
    ['no final newline', (text) => text.trimEnd()],
    ['plain ids', (text) => text.replaceAll(/\*\*(H\d)\*\*/gu, '$1')],
    ['ids with text behind', (text) => text.replace('| H1 | **CONFIRMED**', '| H1: offsets | Confirmed')],
    ['verdicts with a note', (text) => text.replace('**REFUTED**', 'Refuted (for now)')],
    ['a verdict that points to another', (text) => text.replace('**REFUTED**', 'Subsumed by H1').replace('against H2', 'H2')],
    ['[X]', (text) => text.replaceAll('[x]', '[X]')],
    ['a block list', (text) => text.replace('[101, 102]', '\n  - 101\n  - 102')],
    ['a range of concepts', (text) => text.replace('[101, 102]', "['101-102']")],
    ['a note in a heading', (text) => text.replace('### Hypothesis Verdicts', '### Hypothesis Verdicts (if applicable)')],
    ['numbered headings', (text) => text.replace('## Scope', '## 4. Scope').replace('## Objective', '## 3. Objective:')],
    ['headings one level up', (text) => text.replaceAll(/^## /gmu, '# ')],
    ['setext headings', (text) => text.replace('## References\n', 'References\n----------\n')],
    ['a list of lines', (text) => text.replace(':41-58`', ':41,58`')],
    ['a list of ranges', (text) => text.replace(':41-58`', ':41-44, 50-58`')],
    ['L before lines', (text) => text.replace(':41-58`', ':L41-L58`')],
    ['a note behind lines', (text) => text.replace(':41-58`', ':41-58` (whole grep, no match)')],
    ['a whole file', (text) => text.replace(':41-58`', '` (full file)')],
    ['a file without extension', (text) => text.replace('src/export/pages.ts:41-58', 'justfile:310')],
    ['a path once for two places', (text) => text.replace(':41-58`', ':41-50` vs `:51-58`')],
    ['another ending: a disposition table', (text) => text.replace(/## Spawned Work Items[\s\S]*?(?=## Ground)/u, '## Work Disposition\n\n| Finding | Recommended Work | Disposition | ID / Rationale |\n|---|---|---|---|\n| Paging | Read by key | SPAWNED | WORK-002 |\n| Import | Look at it | DEFERRED | WORK-900, next year |\n\n')],
    ['a reason in place of spawned work', (text) => text.replace(/### Immediate[\s\S]*?(?=## Ground)/u, '### Not Spawned Rationale\n\n**RATIONALE:** The change was made on the spot.\n\n')],
    ['a skipped optional section', (text) => text.replace('- The log of the night of 1 March', '**SKIPPED:** Nothing to refer to.')],
    ['N/A with a reason', (text) => text.replace('- The log of the night of 1 March', 'N/A - nothing to refer to')],
    ['an unknown section', (text) => `${text}\n## Notes of mine\n\n[Anything at all](x.md), TBD\n\n| a |\n|---|\n| [ ] |\n`],
    ['an example in a fence', (text) => text.replace('#### Deletes', '```md\n## Closure Checklist\n- [ ] not real\n[Not a prompt]\n```\n\n#### Deletes')],
    ['unticked boxes that close nothing', (text) => text.replaceAll(/^1\. \[x\]|^2\. \[x\]/gmu, '1. [ ]')],
  ]
  test.each(table)('%s', (_name, change) => {
    const changed = change(sample)
    expect(changed).not.toBe(sample)
    repository.write(file, changed)
    const run = inquest(repository.root, ['check', file, '--json'])
    expect(answer(run.stdout).findings).toEqual([])
    expect(run.status).toBe(0)
  })
})

describe('a broken document', () => {
  const repository = createRepository({ [file]: broken })

  test('shows the line, the place, the rule and a summary', () => {
    const run = inquest(repository.root, ['check'])
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('error[verdict-missing]: Hypothesis `H2` has no verdict')
    expect(run.stdout).toMatch(/ --> docs\/investigations\/INVESTIGATION-INV-001-rows\.md:\d+:1 \(Hypothesis Verdicts\)\n {3,}\|\n\d+ \| ### Hypothesis Verdicts\n {3,}\| \^{23}\n/u)
    expect(run.stdout).toMatch(/1 error in 1 document\n$/u)
  })

  test('names the ticks that claim otherwise beside the finding, not as findings', () => {
    const { findings } = answer(inquest(repository.root, ['check', '--json']).stdout)
    expect(findings.map((finding) => [finding.rule, finding.subject])).toEqual([['verdict-missing', 'H2']])
    const related = findings[0]?.related?.map((one) => one.message).join('\n')
    expect(related).toContain('"Hypotheses resolved" is ticked all the same')
    expect(related).toContain('is answered Yes all the same')
  })

  test('jsonl: a line for each finding and one for the summary', () => {
    const lines = inquest(repository.root, ['check', '--format', 'jsonl']).stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.map((line) => Object.keys(line))).toEqual([
      ['version', 'finding'],
      ['version', 'summary'],
    ])
  })

  test('--statistics counts by rule', () => {
    expect(inquest(repository.root, ['check', '--statistics']).stdout).toMatch(/^ +1 {2}error {4}verdict-missing +in 1 document\n1 error, 0 warnings, 0 infos in 1 document\n$/u)
  })

  test('--fail-on decides the exit status', () => {
    expect(inquest(repository.root, ['check', '--fail-on', 'never']).status).toBe(0)
    expect(inquest(repository.root, ['check', '--fail-on', 'error']).status).toBe(1)
  })

  test('is read from standard input under the name it has', () => {
    const run = inquest(repository.root, ['check', '-', '--stdin-filename', file, '--json'], { input: broken })
    expect(run.status).toBe(1)
    expect(answer(run.stdout).findings.map((finding) => [finding.rule, finding.path])).toEqual([['verdict-missing', file]])
  })

  test('is coloured only where asked', () => {
    expect(inquest(repository.root, ['check']).stdout).not.toContain('\u001B')
    expect(inquest(repository.root, ['check'], { env: { NO_COLOR: '', FORCE_COLOR: '1' } }).stdout).toContain('\u001B[31m')
  })
})

describe('what is due when', () => {
  const untouched = (status: string, phase: string): string => sample.replace('status: complete', `status: ${status}`).replace('lifecycle_phase: conclude', `lifecycle_phase: ${phase}`).replaceAll('[x]', '[ ]').replace('| Yes |', '| |').replace(verdictRow, '')
  const rulesOf = (text: string, severity: string): readonly string[] => {
    const repository = createRepository({ [file]: text })
    return answer(inquest(repository.root, ['check', '--json']).stdout)
      .findings.filter((finding) => finding.severity === severity)
      .map((finding) => finding.rule)
  }

  test('a document that concludes owes no verdict and no tick yet', () => {
    const text = untouched('active', 'conclude')
    expect(rulesOf(text, 'error')).toEqual([])
    expect(rulesOf(text, 'info')).toContain('verdict-missing')
    expect(rulesOf(text, 'info')).toContain('checklist-incomplete')
  })

  test('one that explores is not even told of them', () => {
    expect(rulesOf(untouched('active', 'explore'), 'info')).not.toContain('verdict-missing')
  })

  test('a complete one owes all of it', () => {
    expect(new Set(rulesOf(untouched('complete', 'conclude'), 'error'))).toEqual(new Set(['verdict-missing', 'checklist-incomplete', 'verification-incomplete', 'answer-missing']))
  })

  test('an archived one owes its syntax only', () => {
    expect(rulesOf(untouched('archived', 'conclude'), 'error')).toEqual([])
    expect(rulesOf(untouched('archived', 'conclude').replace('#### Deletes', '```\n\n#### Deletes'), 'error')).toEqual(['fence-unclosed'])
  })

  test('a tick is contradicted before its time', () => {
    const text = sample.replace('status: complete', 'status: active').replace('lifecycle_phase: conclude', 'lifecycle_phase: explore').replace(verdictRow, '')
    expect(rulesOf(text, 'error')).toEqual(['checklist-untrue'])
  })
})

describe('one defect gives one finding', () => {
  const cases: readonly (readonly [string, (text: string) => string, readonly string[]])[] = [
    ['a section of verdicts that is gone', (text) => text.replace(/## Findings[\s\S]*?(?=## Spawned)/u, ''), ['section-missing']],
    ['a table of hypotheses without its id column', (text) => text.replace('| # | Hypothesis |', '| Number | Hypothesis |'), ['table-invalid']],
    ['a section that cannot be skipped', (text) => text.replace(/(## Findings\n)[\s\S]*?(?=## Spawned)/u, '$1\n**SKIPPED:** No time.\n\n'), ['skip-not-allowed']],
    ['one unknown hypothesis in many rows', (text) => text.replaceAll('| H1 |', '| H7 |').replace('| H7 | **CONF', '| H1 | **CONF'), ['evidence-orphan']],
    ['a fence without end', (text) => text.replace('#### Deletes shift the pages\n', '#### Deletes shift the pages\n\n```sql\nDELETE FROM rows\n'), ['fence-unclosed']],
    ['a fence that the next one closes', (text) => text.replace('**Analysis:**', '```sql\nDELETE FROM rows\n\n#### More\n\n```sql\nSELECT 1\n```\n\n**Analysis:**'), ['fence-unclosed']],
  ]
  test.each(cases)('%s', (_name, change, expected) => {
    const repository = createRepository({ [file]: change(sample) })
    const { findings } = answer(inquest(repository.root, ['check', '--json']).stdout)
    expect(findings.filter((finding) => finding.severity === 'error').map((finding) => finding.rule)).toEqual(expected)
  })
})

describe('which files are documents', () => {
  const files = {
    [file]: sample,
    'README.md': '# A readme\n',
    'docs/other.md': '---\ntemplate: no-such-kind\n---\n# Other\n',
    'docs/plain.md': '---\ntitle: no template\n---\n# Other\n',
    'node_modules/dependency/INV-009.md': sample.replace('INV-001', 'INV-009'),
    '.gitignore': 'node_modules/\n',
  }

  test('without a configuration: those that name a known template', () => {
    const { summary, findings } = answer(inquest(createRepository(files).root, ['check', '--json']).stdout)
    expect(findings).toEqual([])
    expect(summary.documents).toBe(1)
    expect(summary.skipped).toEqual([{ path: 'docs/other.md', reason: 'there is no template `no-such-kind`' }])
  })

  test('a file that is named and is none is told, not passed', () => {
    const { summary } = answer(inquest(createRepository(files).root, ['check', 'README.md', '--json']).stdout)
    expect(summary).toMatchObject({ documents: 0, skipped: [{ path: 'README.md', reason: 'it has no frontmatter' }] })
  })

  test('a file that is named and names no known template is a finding', () => {
    const run = inquest(createRepository(files).root, ['check', 'docs/other.md', '--json'])
    expect(answer(run.stdout).findings.map((finding) => finding.rule)).toEqual(['template-unknown'])
    expect(run.status).toBe(1)
  })

  test('with a configuration: those that match, whatever they hold', () => {
    const repository = createRepository({ ...files, 'inquest.yaml': "documents: ['docs/**/*.md']\nexclude: ['docs/plain.md']\n", 'docs/bare.md': '# Bare\n' })
    const { findings, summary } = answer(inquest(repository.root, ['check', '--json']).stdout)
    expect(findings.map((finding) => [finding.path, finding.rule])).toEqual([
      ['docs/bare.md', 'frontmatter-missing'],
      ['docs/other.md', 'template-unknown'],
    ])
    expect(summary.documents).toBe(3)
  })

  test('installed packages are nobody\'s documents, ignored by git or not', () => {
    const repository = createRepository({ ...files, '.gitignore': '' })
    expect(answer(inquest(repository.root, ['check', '--json']).stdout).summary.documents).toBe(1)
  })

  test('what git lists and is not there is nobody\'s document', () => {
    const repository = createRepository(files)
    repository.write('docs/deleted.md', sample.replace('INV-001', 'INV-005'))
    repository.git('add', '-A')
    repository.git('commit', '-qm', 'all')
    rmSync(path.join(repository.root, 'docs/deleted.md'))
    symlinkSync('nowhere.md', path.join(repository.root, 'docs/dangling.md'))
    symlinkSync('.', path.join(repository.root, 'docs/folder.md'))
    for (const verb of ['check', 'fix', 'list', 'status', 'tree', 'doctor']) expect(inquest(repository.root, [verb]), verb).toMatchObject({ status: 0, stderr: '' })
    expect(answer(inquest(repository.root, ['check', '--json']).stdout).summary.documents).toBe(1)
    expect(inquest(repository.root, ['check', 'docs/deleted.md']).status).toBe(2)
  })

  test('a link to a document, of either kind, is no second one with its id', () => {
    const repository = createRepository(files)
    symlinkSync(path.basename(file), path.join(repository.root, path.dirname(file), 'soft.md'))
    linkSync(path.join(repository.root, file), path.join(repository.root, path.dirname(file), 'hard.md'))
    expect(inquest(repository.root, ['check'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^no finding in 3 documents$/mu) as string })
    repository.write('docs/copy.md', repository.read(file))
    expect(answer(inquest(repository.root, ['check', '--json']).stdout).findings.map((finding) => finding.rule)).toContain('id-duplicate')
  })

  test('the configuration is found upwards from the folder at hand', () => {
    const repository = createRepository({ ...files, 'inquest.yaml': 'rules: { verdict-invalid: off }\n', 'docs/bad.md': sample.replace('INV-001', 'INV-006').replace('**REFUTED**', 'perhaps') })
    expect(inquest(path.join(repository.root, 'docs'), ['check', 'bad.md']).status).toBe(0)
    expect(inquest(path.join(repository.root, 'docs'), ['-C', '..', 'check', 'docs/bad.md']).status).toBe(0)
    repository.write('docs/inquest.yaml', '')
    expect(inquest(path.join(repository.root, 'docs'), ['check', 'bad.md']).status).toBe(1)
  })

  test('a folder without git is walked', () => {
    const folder = scratchFolder()
    const repository = createRepository(files)
    mkdirSync(path.join(folder, 'x'))
    const run = inquest(folder, ['check', repository.root, '--json'])
    expect(answer(run.stdout).summary.documents).toBe(1)
  })
})

describe('configuration', () => {
  test('severities by rule, by path and by template', () => {
    const repository = createRepository({
      [file]: broken,
      'docs/old/INV-002.md': broken.replace('INV-001', 'INV-002'),
      'inquest.yaml': 'rules:\n  verdict-missing: warning\noverrides:\n  - paths: ["docs/old/**"]\n    rules: { verdict-missing: off }\n',
    })
    const run = inquest(repository.root, ['check', '--json'])
    expect(answer(run.stdout).findings.map((finding) => [finding.path, finding.severity])).toEqual([[file, 'warning']])
    expect(run.status).toBe(0)
    repository.write('inquest.yaml', 'overrides:\n  - templates: [investigation@1]\n    rules: { verdict-missing: off }\n')
    expect(inquest(repository.root, ['check']).status).toBe(1)
    repository.write('inquest.yaml', 'overrides:\n  - templates: [investigation]\n    rules: { verdict-missing: off }\n')
    expect(inquest(repository.root, ['check']).status).toBe(0)
  })

  const mistakes: readonly (readonly [string, string, string])[] = [
    ['an unknown key', 'rulez: {}\n', 'inquest.yaml:1: `rulez`: unknown key `rulez`'],
    ['an unknown rule', 'exclude: []\nrules:\n  no-such-rule: off\n', 'inquest.yaml:3: `rules.no-such-rule`: there is no rule `no-such-rule`'],
    ['a wrong severity', 'rules:\n  verdict-missing: fatal\n', 'inquest.yaml:2: `rules.verdict-missing`: must be one of `off`, `info`, `warning`, `error`'],
    ['no YAML', 'rules: [\n', 'inquest.yaml:1: it is not valid YAML'],
    ['a wrong type', 'documents: docs\n', 'inquest.yaml:1: `documents`: must be array'],
  ]
  test.each(mistakes)('%s is refused at its place', (_name, config, message) => {
    const repository = createRepository({ [file]: sample, 'inquest.yaml': config })
    const run = inquest(repository.root, ['check'])
    expect(run.status).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain(`inquest: ${message}`)
    expect(JSON.parse(inquest(repository.root, ['check', '--json']).stdout)).toMatchObject({ version: 1, error: { code: 'config-invalid' } })
  })

  test('an empty configuration is none', () => {
    expect(inquest(createRepository({ [file]: sample, 'inquest.yaml': '# nothing yet\n' }).root, ['check']).status).toBe(0)
  })
})

describe('suppressions', () => {
  const rulesOf = (text: string): readonly string[] => {
    return answer(inquest(createRepository({ [file]: text }).root, ['check', '--json']).stdout).findings.map((finding) => finding.rule)
  }
  const untidy = sample.replace('- [x] **Findings synthesized**', '- [ ] **Findings synthesized**')

  test('hide what they name, in their section', () => {
    expect(rulesOf(untidy)).toEqual(['checklist-incomplete'])
    expect(rulesOf(untidy.replace('## Closure Checklist\n', '## Closure Checklist\n\n<!-- inquest-disable checklist-incomplete: agreed on 4 March -->\n'))).toEqual([])
    expect(rulesOf(untidy.replace('## Context\n', '## Context\n\n<!-- inquest-disable checklist-incomplete: agreed on 4 March -->\n'))).toEqual(['suppression-unused', 'checklist-incomplete'])
  })

  test('before the first section they hold for the whole document', () => {
    expect(rulesOf(untidy.replace('\n## Context', '\n<!-- inquest-disable checklist-incomplete: agreed on 4 March -->\n\n## Context'))).toEqual([])
  })

  test('unused and unknown ones are told, and fixed away', () => {
    const text = sample.replace('## References\n', '## References\n\n<!-- inquest-disable no-such-rule: why -->\n')
    expect(rulesOf(text)).toEqual(['suppression-unused'])
    const repository = createRepository({ [file]: text })
    expect(inquest(repository.root, ['fix']).stdout).toBe('1 finding fixed in 1 file\n')
    expect(repository.read(file)).toBe(sample.replace('## References\n', '## References\n\n'))
  })
})

describe('a baseline', () => {
  test('keeps known findings quiet and new ones loud', () => {
    const repository = createRepository({ [file]: broken })
    expect(inquest(repository.root, ['check', '--update-baseline']).status).toBe(0)
    expect(inquest(repository.root, ['check']).stdout).toContain('1 finding known to the baseline')
    expect(inquest(repository.root, ['check', '--no-baseline']).status).toBe(1)
    repository.write(file, broken.replace('## Context\n', '## Context\n\nOne more line above.\n'))
    expect(inquest(repository.root, ['check']).status).toBe(0)
    repository.write(file, broken.replace('| H1 | **CONFIRMED**', '| H1 | maybe'))
    const run = inquest(repository.root, ['check', '--json'])
    expect(answer(run.stdout).findings.map((finding) => finding.rule)).toEqual(['verdict-invalid'])
  })

  test('tells of entries that match nothing any more', () => {
    const repository = createRepository({ [file]: broken.replace('| H1 | **CONFIRMED**', '| H1 | maybe') })
    inquest(repository.root, ['check', '--update-baseline'])
    repository.write(file, broken)
    expect(answer(inquest(repository.root, ['check', '--json']).stdout).summary).toMatchObject({ baselined: 1, stale: 1 })
    repository.write(file, sample)
    expect(answer(inquest(repository.root, ['check', '--json']).stdout).summary).toMatchObject({ baselined: 0, stale: 2 })
  })

  test('that cannot be read is refused', () => {
    const repository = createRepository({ [file]: sample, 'inquest-baseline.json': '{' })
    expect(inquest(repository.root, ['check'])).toMatchObject({ status: 2, stdout: '' })
  })
})

describe('refusals', () => {
  const repository = createRepository({ [file]: sample })
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['check', 'nope.md'], 'inquest: nope.md: there is no such file or folder'],
    [['check', '--format', 'xml'], "option '--format <name>' argument 'xml' is invalid"],
    [['check', '--nope'], "unknown option '--nope'"],
    [['chekc'], "unknown command 'chekc'"],
    [['status', 'INV-999'], 'inquest: No document has the id INV-999'],
    [['explain', 'no-such-rule'], 'inquest: There is no rule "no-such-rule"'],
    [['new', 'no-such-template', 'Title'], 'inquest: There is no template "no-such-template"'],
    [['new', 'investigation', ' '], 'inquest: A document needs a title'],
    [['tree', 'INV-999'], 'inquest: No document has the id INV-999'],
    [['template', 'frobnicate'], 'inquest: `template` knows no `frobnicate`'],
    [['check', '--stdin-filename', 'x.md'], 'inquest: `--stdin-filename` goes with `-`'],
    [['-C', 'no/such/folder', 'check'], 'inquest: no/such/folder: there is no such folder'],
  ]
  test.each(cases)('%j exits with 2 and one line that says why', (args, message) => {
    const run = inquest(repository.root, args)
    expect(run.status).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain(message)
    expect(run.stderr).not.toMatch(/\n\s+at /u)
  })

  test.each(cases)('%j with --json answers the error as JSON', (args, message) => {
    const run = inquest(repository.root, [...args, '--json'])
    expect(run).toMatchObject({ status: 2, stderr: '' })
    const { version, error } = JSON.parse(run.stdout) as { version: number; error: { code: string; message: string } }
    expect(version).toBe(1)
    expect(error.code).toBe('usage')
    expect(`inquest: ${error.message}`).toContain(message.replace(/^inquest: /u, ''))
  })

  test('each verb has help that leads with examples', () => {
    for (const verb of ['init', 'new', 'check', 'fix', 'status', 'advance', 'close', 'reopen', 'amend', 'spawn', 'list', 'tree', 'stats', 'template', 'renumber', 'doctor', 'completions', 'explain']) {
      const run = inquest(repository.root, [verb, '--help'])
      expect(run.status).toBe(0)
      expect(run.stdout).toMatch(new RegExp(`^Examples:\\n {2}inquest ${verb}`, 'u'))
      expect(inquest(repository.root, ['help', verb]).stdout).toBe(run.stdout)
    }
  })
})

describe('text that would command a terminal', () => {
  test('is shown as signs', () => {
    const repository = createRepository({ [file]: sample.replace('**CONFIRMED**', 'maybe\u001B[2J\u202E') })
    const { stdout } = inquest(repository.root, ['check'])
    expect(stdout).toContain('\uFFFD[2J\uFFFD')
    expect([...stdout].filter((character) => ['\u001B', '\u202E'].includes(character))).toEqual([])
  })
})
