/** The verbs around the check: init, status, list, tree, fix, template, explain. */

import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRepository, inquest, projectRoot, sample } from './support/repository.js'

const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
const work = (id: string, more = ''): string => `---
template: work_item
id: ${id}
title: Work ${id}
status: active
owner: Export team
created: 2026-03-04
${more}version: '1.0'
---
# ${id}: Work

## Context

Deletes shift the pages.
`

function json(stdout: string): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>
}

describe('init', () => {
  test('sets a repository up, and changes nothing the second time', () => {
    const repository = createRepository({ '.gitignore': 'node_modules/' })
    const first = inquest(repository.root, ['init', '--json'])
    expect(json(first.stdout)['steps']).toEqual([
      { path: 'inquest.yaml', change: 'created' },
      { path: '.inquest/config.schema.json', change: 'created' },
      { path: '.inquest/templates/README.md', change: 'created' },
      { path: 'docs/investigations/', change: 'created' },
      { path: '.gitignore', change: 'extended' },
    ])
    expect(repository.read('.gitignore')).toBe('node_modules/\n.inquest/cache/\n.inquest/ids/\n.inquest/pending/\n*.inquest-lock\n*.inquest-tmp\n*.inquest-displaced\n.inquest/*.db\n.inquest/*.db-*\n')
    const before = repository.git('status', '--porcelain', '-uall')
    const second = inquest(repository.root, ['init', '--json'])
    expect((json(second.stdout)['steps'] as { change: string }[]).map((step) => step.change)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept'])
    expect(repository.git('status', '--porcelain', '-uall')).toBe(before)
    expect(inquest(repository.root, ['check'])).toMatchObject({ status: 0, stderr: '' })
  })

  test('keeps what a person wrote', () => {
    const repository = createRepository({ 'inquest.yaml': 'rules: { field-unknown: off }\n', '.gitignore': 'a\r\n.inquest/cache/\r\n' })
    inquest(repository.root, ['init'])
    expect(repository.read('inquest.yaml')).toBe('rules: { field-unknown: off }\n')
    expect(repository.read('.gitignore')).toBe('a\r\n.inquest/cache/\r\n.inquest/ids/\r\n.inquest/pending/\r\n*.inquest-lock\r\n*.inquest-tmp\r\n*.inquest-displaced\r\n.inquest/*.db\r\n.inquest/*.db-*\r\n')
  })
})

describe('status', () => {
  const exploring = sample.replace('status: complete', 'status: active').replace('lifecycle_phase: conclude', 'lifecycle_phase: explore').replaceAll('[x]', '[ ]').replace('| Yes |', '| |')

  test('says what is due next, what blocks it, and how hypotheses stand', () => {
    const repository = createRepository({ [file]: exploring.replace('`src/export/encode.ts:17`', '`src/export/encode.ts`') })
    const answer = json(inquest(repository.root, ['status', 'INV-001', '--json']).stdout)
    expect(answer).toMatchObject({ version: 1, id: 'INV-001', path: file, title: 'Nightly export loses rows', status: 'active', phase: 'explore', next: 'conclude' })
    expect((answer['blockers'] as { rule: string }[]).map((finding) => finding.rule)).toEqual(['evidence-unsourced'])
    expect(answer['hypotheses']).toMatchObject([
      { id: 'H1', confidence: 'High', for: 2, against: 0, verdict: 'confirmed' },
      { id: 'H2', confidence: 'Medium', for: 0, against: 1, verdict: 'refuted' },
    ])
  })

  test('names what closing asks for in the last phase', () => {
    const open = exploring.replace('lifecycle_phase: explore', 'lifecycle_phase: conclude').replace('- [ ] **Findings', '- [ ] **Asked the owners**\n- [ ] **Findings')
    const repository = createRepository({ [file]: open })
    const answer = json(inquest(repository.root, ['status', 'INV-001', '--json']).stdout)
    expect(answer).toMatchObject({ phase: 'conclude', next: 'closed' })
    // What the document proves is ticked on the way; what only a person can say is left.
    expect((answer['blockers'] as { rule: string; subject: string }[]).map((finding) => [finding.rule, finding.subject])).toEqual([['checklist-incomplete', 'Asked the owners']])
  })

  test('of a closed document has nothing next', () => {
    const repository = createRepository({ [file]: sample })
    expect(json(inquest(repository.root, ['status', 'INV-001', '--json']).stdout)).toMatchObject({ next: null, blockers: [] })
    expect(inquest(repository.root, ['status']).stdout).toBe('no open inquiry\n')
  })

  test('without an id is the table of all that is open', () => {
    const repository = createRepository({ [file]: exploring, 'docs/b.md': sample.replace('INV-001', 'INV-002') })
    expect(inquest(repository.root, ['status']).stdout).toBe(
      'id       phase    next      blockers  verdicts  title\nINV-001  explore  conclude  0         2/2       Nightly export loses rows\n',
    )
  })

  test('tells an inquiry from the work item that shares its id, and refuses to guess', () => {
    const repository = createRepository({ [file]: sample, 'docs/work/a.md': work('INV-001') })
    expect(json(inquest(repository.root, ['status', 'INV-001', '--json']).stdout)['path']).toBe(file)
    expect(json(inquest(repository.root, ['status', 'work_item:INV-001', '--json']).stdout)['path']).toBe('docs/work/a.md')
    repository.write('docs/c.md', sample)
    const run = inquest(repository.root, ['status', 'INV-001'])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('2 documents have the id INV-001')
    expect(json(inquest(repository.root, ['status', 'docs/c.md', '--json']).stdout)['path']).toBe('docs/c.md')
  })
})

describe('references between documents', () => {
  const rules = (root: string, target: string): readonly (readonly [string, string | undefined])[] => {
    const { findings } = JSON.parse(inquest(root, ['check', target, '--json']).stdout) as { findings: { rule: string; subject?: string; severity: string }[] }
    return findings.map((finding) => [finding.rule, finding.subject])
  }

  test('spawned work that no document holds is told where such work is tracked', () => {
    expect(rules(createRepository({ [file]: sample }).root, file)).toEqual([])
    expect(rules(createRepository({ [file]: sample, 'docs/w.md': work('WORK-001') }).root, file)).toEqual([['spawn-unresolved', 'WORK-002']])
  })

  test('work that is meant for later may not exist yet', () => {
    const later = sample.replace('### Immediate (Can implement now)', '### Future (Requires more work first)').replace('### Future (Requires more work first)\n\nNone', '### Immediate (Can implement now)\n\nNone')
    expect(rules(createRepository({ [file]: later, 'docs/w.md': work('WORK-001') }).root, file).filter(([rule]) => rule === 'spawn-unresolved')).toEqual([])
  })

  test('a child that does not point back is told', () => {
    expect(rules(createRepository({ [file]: sample, 'docs/w.md': work('WORK-002') }).root, file)).toEqual([['spawn-unlinked', 'WORK-002']])
    expect(rules(createRepository({ [file]: sample, 'docs/w.md': work('WORK-002', 'spawned_by: INV-001\n') }).root, file)).toEqual([])
    expect(rules(createRepository({ [file]: sample, 'docs/w.md': work('WORK-002', 'spawned_by_investigation: INV-001\n') }).root, file)).toEqual([])
  })

  test('an id given twice is told in both, and may be shared with a work item', () => {
    const repository = createRepository({ [file]: sample, 'docs/w.md': work('INV-001'), 'docs/x.md': work('WORK-002', 'spawned_by: INV-001\n') })
    expect(rules(repository.root, file)).toEqual([])
    repository.write('docs/copy.md', sample)
    expect(rules(repository.root, file)).toEqual([['id-duplicate', 'INV-001']])
    expect(rules(repository.root, 'docs/copy.md')).toEqual([['id-duplicate', 'INV-001']])
  })

  test('an @path that leads nowhere is told, counted from the root or the document', () => {
    const text = sample.replace('- The log of the night of 1 March', '@docs/there.md\n@beside.md\n@docs/gone.md\n\nA mention of @someone and a@example.invalid')
    const repository = createRepository({ [file]: text, 'docs/there.md': 'x\n', 'docs/investigations/beside.md': 'x\n' })
    expect(rules(repository.root, file)).toEqual([['reference-unresolved', 'docs/gone.md']])
  })
})

describe('list and tree', () => {
  const files = { [file]: sample, 'docs/w.md': work('WORK-002', 'spawned_by: INV-001\n'), 'docs/v.md': work('WORK-003', 'spawned_by: WORK-002\n'), 'docs/u.md': work('WORK-004') }

  test('list filters', () => {
    const repository = createRepository(files)
    const ids = (...args: readonly string[]): readonly string[] => (json(inquest(repository.root, ['list', '--json', ...args]).stdout)['documents'] as { id: string }[]).map((one) => one.id)
    expect(ids()).toEqual(['INV-001', 'WORK-004', 'WORK-003', 'WORK-002'])
    expect(ids('--template', 'work_item')).toEqual(['WORK-004', 'WORK-003', 'WORK-002'])
    expect(ids('--status', 'complete')).toEqual(['INV-001'])
    expect(ids('--phase', 'conclude')).toEqual(['INV-001'])
    expect(ids('--open', '--template', 'investigation')).toEqual([])
  })

  test('tree draws the lineage', () => {
    const repository = createRepository(files)
    expect(inquest(repository.root, ['tree']).stdout).toBe(
      'INV-001  Nightly export loses rows  (complete, conclude)\n└─ WORK-002  Work WORK-002  (active)\n   └─ WORK-003  Work WORK-003  (active)\n',
    )
    expect(inquest(repository.root, ['tree', 'WORK-002']).stdout).toBe('WORK-002  Work WORK-002  (active)\n└─ WORK-003  Work WORK-003  (active)\n')
  })

  test('a document that is its own ancestor ends the walk', () => {
    const repository = createRepository({ 'a.md': work('WORK-001', 'spawned_by: WORK-002\n'), 'b.md': work('WORK-002', 'spawned_by: WORK-001\n') })
    expect(inquest(repository.root, ['tree', 'WORK-001'])).toMatchObject({ status: 0 })
  })
})

describe('fix', () => {
  const ragged = sample.replace('| H2 | **REFUTED** | The encoder stops at the first error | High |', '| H2 | **REFUTED** | The encoder stops at the first error |')

  test('--diff shows and writes nothing', () => {
    const repository = createRepository({ [file]: ragged })
    const { stdout } = inquest(repository.root, ['fix', '--diff'])
    expect(stdout).toContain(`--- a/${file}`)
    expect(stdout).toContain('+| H2 | **REFUTED** | The encoder stops at the first error | |')
    expect(repository.read(file)).toBe(ragged)
  })

  test('changes the bytes it must and no other', () => {
    for (const form of [ragged, `\uFEFF${ragged.replaceAll('\n', '\r\n')}`]) {
      const repository = createRepository({ [file]: form })
      expect(inquest(repository.root, ['fix']).stdout).toBe('1 finding fixed in 1 file\n')
      expect(repository.read(file)).toBe(form.replace('| The encoder stops at the first error |\r', '| The encoder stops at the first error | |\r').replace('| The encoder stops at the first error |\n', '| The encoder stops at the first error | |\n'))
      expect(inquest(repository.root, ['fix']).stdout).toBe('nothing to fix\n')
    }
  })

  test('leaves unsafe ones for --unsafe', () => {
    const open = sample.replace('#### Deletes shift the pages\n', '#### Deletes shift the pages\n\n```sql\nDELETE FROM rows\n\n')
    const repository = createRepository({ [file]: open })
    expect(inquest(repository.root, ['fix']).stdout).toBe('nothing to fix\n1 more with --unsafe\n')
    expect(repository.read(file)).toBe(open)
    inquest(repository.root, ['fix', '--unsafe'])
    expect(inquest(repository.root, ['check']).status).toBe(0)
  })

  test('never writes a verdict, a rationale or a tick', () => {
    const lacking = sample.replaceAll('[x]', '[ ]').replace('**REFUTED**', '').replace('**SKIPPED:** The code and the log of one night decide both hypotheses.', '**SKIPPED:**')
    const repository = createRepository({ [file]: lacking })
    inquest(repository.root, ['fix', '--unsafe'])
    expect(repository.read(file)).toBe(lacking)
  })

  test('does not touch a file that is no UTF-8', () => {
    const repository = createRepository({})
    const bytes = Buffer.concat([Buffer.from(ragged), Buffer.from([0xff, 0xfe, 0x0a])])
    repository.write(file, '')
    writeFileSync(path.join(repository.root, file), bytes)
    const run = inquest(repository.root, ['fix'])
    expect(run.status).toBe(3)
    expect(run.stderr).toContain('is not valid UTF-8')
    expect(readFileSync(path.join(repository.root, file)).equals(bytes)).toBe(true)
  })
})

describe('template', () => {
  test('list names the built-in ones', () => {
    const { templates } = json(inquest(createRepository().root, ['template', 'list', '--json']).stdout) as { templates: { name: string; version: string; phases: string[] }[] }
    expect(templates.find((one) => one.name === 'investigation' && one.version === '2.0')?.phases).toEqual(['hypothesize', 'explore', 'conclude'])
  })

  test('show gives the file, which is a template to start from', () => {
    const repository = createRepository()
    const { stdout } = inquest(repository.root, ['template', 'show', 'investigation'])
    expect(stdout).toBe(readFileSync(path.join(projectRoot, 'templates/investigation.md'), 'utf8'))
    repository.write('.inquest/templates/investigation.md', stdout.replace('prefix: INV', 'prefix: ASK'))
    expect(inquest(repository.root, ['template', 'check']).stdout).toBe('no finding in 1 template\n')
    expect(inquest(repository.root, ['new', 'investigation', 'Own']).stdout).toContain('ASK-001')
  })

  const mistakes: readonly (readonly [string, (text: string) => string, string, RegExp])[] = [
    ['a gate that names no rule', (text) => text.replace('- hypothesis-missing\n', '- hypothesis-mising\n'), 'the gate names `hypothesis-mising`, which is no rule', /^ +- hypothesis-mising$/u],
    ['an unknown phase', (text) => text.replace('  - heading: Objective\n    phase: hypothesize', '  - heading: Objective\n    phase: hypothesise'), '`hypothesise` is no phase of this template', /phase: hypothesise/u],
    ['an unknown kind', (text) => text.replace('kind: checklist', 'kind: checklst'), 'must be one of', /checklst/u],
    ['an unknown key', (text) => text.replace('optional: true', 'optionl: true'), 'unknown key `optionl`', /optionl/u],
    ['a field that is not declared', (text) => text.replace('memory: memory_refs', 'memory: memories'), '`memories` is not declared under `fields`', /memory: memories/u],
    ['a table without its key column', (text) => text.replace("hypothesis: { heading: Hypothesis, aliases: ['#', ID], type: ref }", 'who: { heading: Hypothesis }'), 'a table of verdicts needs a column `hypothesis`', /./u],
    ['a scaffold with a slip', (text) => text.replace('# Investigation: {{title}}', '# Investigation: {{titel}}'), 'the scaffold cannot be rendered', /./u],
    ['a scaffold that makes no document of its own', (text) => text.replace('initial: investigation', 'initial: other'), 'needs the initial value `investigation`', /./u],
  ]
  test.each(mistakes)('check finds %s at its place', (_name, change, message, line) => {
    const text = readFileSync(path.join(projectRoot, 'templates/investigation.md'), 'utf8')
    expect(change(text)).not.toBe(text)
    const repository = createRepository({ '.inquest/templates/investigation.md': change(text) })
    const run = inquest(repository.root, ['template', 'check', '--json'])
    expect(run.status).toBe(1)
    const { findings } = JSON.parse(run.stdout) as { findings: { message: string; range: { start: { line: number } } }[] }
    expect(findings[0]?.message).toContain(message)
    expect(change(text).split('\n')[(findings[0]?.range.start.line ?? 0) - 1]).toMatch(line)
  })

  test('a broken one of the repository is told by those who need it, not passed over', () => {
    const repository = createRepository({ '.inquest/templates/own.md': '---\ntemplate: own\n---\n', 'docs/a.md': '---\ntemplate: own\n---\n# A\n' })
    const run = inquest(repository.root, ['new', 'own', 'Title'])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('.inquest/templates/own.md: lacks the key `version`\n  Run `inquest template check`')
    expect(inquest(repository.root, ['check'])).toMatchObject({ status: 2, stdout: '' })
  })

  test('code in a repository\'s template does not run', () => {
    const text = readFileSync(path.join(projectRoot, 'templates/investigation.md'), 'utf8')
    for (const evil of ['{{constructor.constructor "return process"}}', '{{lookup this "__proto__"}}', '{{#with (lookup . "constructor")}}x{{/with}}', '{{log "x"}}']) {
      const repository = createRepository({ '.inquest/templates/investigation.md': `${text}\n${evil}\n` })
      const run = inquest(repository.root, ['new', 'investigation', 'Any'])
      expect(run.status, evil).toBe(2)
      expect(run.stderr).toContain('the scaffold cannot be rendered')
    }
  })
})

describe('stats', () => {
  test('counts verdicts and holds confidence against them', () => {
    const other = sample.replace('INV-001', 'INV-002').replace('| High | Delete rows', '| Med-High | Delete rows').replace('| Medium | Read', '| Low | Read').replace('**CONFIRMED**', 'Partially confirmed').replace('**REFUTED**', '')
    const repository = createRepository({ [file]: sample, 'docs/b.md': other.replace('status: complete', 'status: active'), 'docs/w.md': work('WORK-001') })
    expect(json(inquest(repository.root, ['stats', '--json']).stdout)).toEqual({
      version: 1,
      documents: { open: 1, closed: 1, archived: 0, other: 0 },
      hypotheses: 4,
      verdicts: { confirmed: 1, refuted: 1, inconclusive: 0, 'partially confirmed': 1, subsumed: 0, none: 1 },
      calibration: [
        { confidence: 'high', decided: 1, confirmed: 1, refuted: 0 },
        { confidence: 'medium-high', decided: 1, confirmed: 0, refuted: 0 },
        { confidence: 'medium', decided: 1, confirmed: 0, refuted: 1 },
      ],
      citations: { total: 4, stale: 0 },
    })
    expect(inquest(repository.root, ['stats']).stdout).toContain('confidence   decided  confirmed  refuted  share confirmed\nhigh         1        1          0        100 %\n')
    expect(inquest(createRepository().root, ['stats']).stdout).toBe('no document states a hypothesis\n')
  })
})

test('explain shows the page of a rule, and all rules without a name', () => {
  const repository = createRepository()
  expect(inquest(repository.root, ['explain', 'verdict-missing']).stdout).toMatch(/^# verdict-missing\n\n.*\n\nSeverity: `error`\./u)
  expect(inquest(repository.root, ['explain']).stdout.trim().split('\n').length).toBeGreaterThan(40)
  expect(inquest(repository.root, ['explain', 'verdict-mising']).stderr).toContain('Did you mean')
})
