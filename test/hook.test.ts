/** Conversations with a coding agent, as Claude Code holds them with its hooks: JSON in, exit status and words out. */

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { assert, constantFrom, json, oneof, property, record, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Repository, Run } from './support/repository.js'
import { createRepository, inquest, projectRoot, sample, samplePath } from './support/repository.js'

const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'
const open = sample.replace('status: complete', 'status: active').replaceAll('[x]', '[ ]')

function hook(repository: Repository, event: string, more: object, env: Readonly<Record<string, string>> = {}): Run {
  const input = { session_id: 'session-1', transcript_path: '/nowhere.jsonl', cwd: repository.root, permission_mode: 'default', hook_event_name: event, ...more }
  return inquest(repository.root, ['hook', event], { input: JSON.stringify(input), env: { CLAUDE_PROJECT_DIR: repository.root, ...env } })
}

function edit(repository: Repository, old: string, fresh: string, name = file): object {
  return { tool_name: 'Edit', tool_input: { file_path: path.join(repository.root, name), old_string: old, new_string: fresh } }
}

/** In milliseconds: a conversation of many turns on a busy machine. */
const longest = 180_000

const silent = { status: 0, stdout: '', stderr: '' }

describe('PreToolUse', () => {
  const repository = createRepository({ [file]: open, 'notes.md': '# Notes\n\nstatus: active\n', 'conf.yaml': 'status: active\n' })
  const before = (more: object): Run => hook(repository, 'PreToolUse', more)

  const refused: readonly (readonly [string, object, readonly RegExp[]])[] = [
    ['a phase', edit(repository, 'lifecycle_phase: conclude', 'lifecycle_phase: explore'), [/`lifecycle_phase` would go from `conclude` to `explore` by hand\. Run: inquest reopen INV-001 --to explore --why/u]],
    ['a phase that is taken out', edit(repository, 'lifecycle_phase: conclude\n', ''), [/from `conclude` to nothing/u]],
    ['a closed status', edit(repository, 'status: active', 'status: complete'), [/`status` would go from `active` to `complete` by hand\. Run: inquest close INV-001/u]],
    ['learnings', edit(repository, 'memory_refs: [101, 102]', 'memory_refs: [101, 102, 103]'), [/`memory_refs` would be changed by hand\. Run: inquest memory ingest --document INV-001 "/u]],
    ['a history', edit(repository, 'related: []\n', 'related: []\nphase_history:\n- event: close\n  phase: conclude\n  at: 2026-03-04T16:20:00Z\n'), [/`phase_history` would be changed by hand\. The verbs advance, close, reopen and amend write it/u]],
    ['the whole file', { tool_name: 'Write', tool_input: { file_path: path.join(repository.root, file), content: sample } }, [/`status` would go from `active` to `complete`/u]],
    ['its frontmatter', { tool_name: 'Write', tool_input: { file_path: path.join(repository.root, file), content: '# Rows\n' } }, [/`lifecycle_phase` would go from `conclude` to nothing/u, /`memory_refs` would be changed/u]],
    ['one edit of several', { tool_name: 'MultiEdit', tool_input: { file_path: path.join(repository.root, file), edits: [{ old_string: 'title: ', new_string: 'title: Why ' }, { old_string: 'status: active', new_string: 'status: closed' }] } }, [/`status` would go/u]],
    ['a new document that is complete', { tool_name: 'Write', tool_input: { file_path: path.join(repository.root, 'docs/other.md'), content: sample } }, [/A new document would stand in `lifecycle_phase: conclude`.*Run: inquest new investigation/u, /would be `status: complete`/u, /would list learnings/u]],
    ['a record of what an agent did', { tool_name: 'Write', tool_input: { file_path: path.join(repository.root, '.inquest/attestations/INV-001/a.json'), content: '{}' } }, [/It is a record of what an agent did/u]],
  ]
  test.each(refused)('%s is refused with the verb to use', (_name, call, reasons) => {
    const run = before(call)
    expect({ status: run.status, stdout: run.stdout }).toEqual({ status: 2, stdout: '' })
    for (const reason of reasons) expect(run.stderr).toMatch(reason)
  })

  const allowed: readonly (readonly [string, object])[] = [
    ['words', edit(repository, '# Investigation: Nightly', '# Investigation: The nightly')],
    ['a field of the author', edit(repository, 'related: []', 'related: [INV-002]')],
    ['another open status', edit(repository, 'status: active', 'status: blocked')],
    ['the same list in another style', edit(repository, 'memory_refs: [101, 102]', 'memory_refs:\n- 101\n- 102')],
    ['what the tool itself will refuse', edit(repository, 'no such text', 'status: complete')],
    ['other Markdown', edit(repository, 'status: active', 'status: complete', 'notes.md')],
    ['other files', edit(repository, 'status: active', 'status: complete', 'conf.yaml')],
    ['a tool that writes nothing', { tool_name: 'Read', tool_input: { file_path: path.join(repository.root, file) } }],
    ['a new document in its first phase', { tool_name: 'Write', tool_input: { file_path: path.join(repository.root, 'docs/new.md'), content: '---\ntemplate: investigation\nversion: 2.0\nstatus: active\nlifecycle_phase: hypothesize\nmemory_refs: []\n---\n# New\n' } }],
  ]
  test.each(allowed)('%s may be written', (_name, call) => {
    expect(before(call)).toEqual(silent)
  })

  test('the reasons hold nothing that a terminal obeys', () => {
    const { stderr } = before(edit(repository, 'lifecycle_phase: conclude', 'lifecycle_phase: "\\e[2Jexplore"'))
    expect(stderr).toContain('[2Jexplore')
    // eslint-disable-next-line no-control-regex
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/u)
  })

  test('a document with lines of Windows is no way around', () => {
    const windows = createRepository({ [file]: open.replaceAll('\n', '\r\n') })
    expect(hook(windows, 'PreToolUse', edit(windows, 'status: active\ndate', 'status: complete\ndate')).status).toBe(2)
  })

  test('what was changed past a verb may be set back', () => {
    const mended = createRepository({ [file]: open })
    expect(inquest(mended.root, ['reopen', 'INV-001', '--to', 'explore', '--why', 'More evidence']).status).toBe(0)
    mended.write(file, mended.read(file).replace('lifecycle_phase: explore', 'lifecycle_phase: conclude').replace('status: active', 'status: complete'))
    expect(hook(mended, 'PreToolUse', edit(mended, 'lifecycle_phase: conclude', 'lifecycle_phase: explore'))).toEqual(silent)
    expect(hook(mended, 'PreToolUse', edit(mended, 'status: complete', 'status: active'))).toEqual(silent)
    expect(hook(mended, 'PreToolUse', edit(mended, 'lifecycle_phase: conclude', 'lifecycle_phase: hypothesize')).status).toBe(2)
  }, longest)

  test('a configuration that cannot be used holds documents, and never its own mending', () => {
    const broken = createRepository({ [file]: open, 'inquest.yaml': 'no_such_key: 1\n' })
    const run = hook(broken, 'PreToolUse', edit(broken, 'status: active', 'status: complete'))
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('inquest cannot judge the document: inquest.yaml:1: ')
    expect(hook(broken, 'PreToolUse', edit(broken, 'no_such_key: 1\n', '', 'inquest.yaml'))).toEqual(silent)
  })
})

describe('PostToolUse and Stop', () => {
  test('an agent hears of its findings, is held back once when it says it is done, and is let go', () => {
    const repository = createRepository({ [file]: sample.replace(/^\| H2 \| \*\*REFUTED.*\n/mu, ''), 'docs/other.md': sample.replace('INV-001', 'INV-002').replace('**REFUTED**', 'perhaps') })
    const edited = hook(repository, 'PostToolUse', { ...edit(repository, 'a', 'b'), tool_response: { success: true } })
    expect({ status: edited.status, stdout: edited.stdout }).toEqual({ status: 2, stdout: '' })
    expect(edited.stderr).toMatch(new RegExp(`^${file}:80: error\\[verdict-missing\\]: Hypothesis \`H2\` has no verdict`, 'mu'))
    // What it did not write is not its business.
    expect(edited.stderr).not.toContain('docs/other.md')

    const stopped = hook(repository, 'Stop', { stop_hook_active: false })
    expect({ status: stopped.status, stdout: stopped.stdout }).toEqual({ status: 2, stdout: '' })
    expect(stopped.stderr).toContain('error[verdict-missing]')
    expect(stopped.stderr).toContain(`you wrote ${file}, which says that it is complete`)
    expect(stopped.stderr).not.toContain('docs/other.md')

    const again = hook(repository, 'Stop', { stop_hook_active: true })
    expect({ status: again.status, stderr: again.stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(again.stdout)).toEqual({ systemMessage: `inquest: ${file} says that it is complete and is not; see \`inquest check\`` })

    repository.write(file, sample)
    expect(hook(repository, 'PostToolUse', edit(repository, 'a', 'b'))).toEqual(silent)
    expect(hook(repository, 'Stop', { stop_hook_active: false })).toEqual(silent)
  }, longest)

  test('another session, and a document that claims nothing, stop nobody', () => {
    const repository = createRepository({ [file]: sample.replace('**REFUTED**', 'perhaps'), 'docs/open.md': open.replace('INV-001', 'INV-002').replace('**REFUTED**', 'perhaps') })
    expect(hook(repository, 'PostToolUse', edit(repository, 'a', 'b', 'docs/open.md')).status).toBe(2)
    expect(hook(repository, 'Stop', {})).toEqual(silent)
    expect(hook(repository, 'PostToolUse', edit(repository, 'a', 'b')).status).toBe(2)
    expect(hook(repository, 'Stop', { session_id: 'session-2' })).toEqual(silent)
    expect(hook(repository, 'Stop', {}).status).toBe(2)
  }, longest)

  test('what is no document has no findings', () => {
    const repository = createRepository({ 'notes.md': '# Notes\n', 'post.md': '---\ntemplate: blog\n---\n# Post\n', '.inquest/templates/mine.md': '---\ntemplate: investigation\n---\n' })
    for (const name of ['notes.md', 'post.md', '.inquest/templates/mine.md', 'gone.md']) expect(hook(repository, 'PostToolUse', edit(repository, 'a', 'b', name)), name).toEqual(silent)
  })

  test('a template that cannot be used is told, and holds a claim back', () => {
    const repository = createRepository({ [file]: sample })
    expect(hook(repository, 'PostToolUse', edit(repository, 'a', 'b'))).toEqual(silent)
    repository.write('.inquest/templates/investigation.md', '---\ntemplate: investigation\n---\n')
    for (const event of ['PostToolUse', 'Stop']) {
      const run = hook(repository, event, edit(repository, 'a', 'b'))
      expect(run.status).toBe(2)
      expect(run.stderr).toContain('inquest cannot judge the document: .inquest/templates/investigation.md: ')
    }
    expect(hook(repository, 'Stop', { stop_hook_active: true }).status).toBe(1)
  })
})

describe('SubagentStop', () => {
  const own = readFileSync(path.join(projectRoot, 'templates/investigation.md'), 'utf8')
    .replace('sections:\n', "attestations:\n  - kind: explored-by-agent\n    agents: [investigator]\n    phase: explore\n    summary: Evidence was gathered by the agent for it.\nsections:\n")
    .replace('gate: [evidence-missing,', 'gate: [attestation-missing, evidence-missing,')
    .replace('          - { claim: memory_refs populated, rules: [memory-refs-missing] }\n  - heading: Closure', '          - { claim: memory_refs populated, rules: [memory-refs-missing] }\n          - { claim: by the investigator, rules: [attestation-missing], about: explored-by-agent }\n  - heading: Closure')
    .replace('| Is memory_refs populated in the frontmatter? | [Yes/No] | |\n', '| Is memory_refs populated in the frontmatter? | [Yes/No] | |\n| Was evidence gathered by the investigator? | [Yes/No] | |\n')
  const asked = '| Was the fix measured? |'
  const exploring = open.replace('lifecycle_phase: conclude', 'lifecycle_phase: explore').replace(asked, `| Was evidence gathered by the investigator? |  | |\n${asked}`)
  const log = (prompt: string): string => `${JSON.stringify({ type: 'user', message: { role: 'user', content: prompt } })}\nno json\n`

  function waiting(): Repository {
    const repository = createRepository({ '.inquest/templates/investigation.md': own, [file]: exploring, 'log.jsonl': log('Explore INV-001, please.') })
    repository.git('add', '.')
    repository.git('commit', '-qm', 'An inquiry')
    return repository
  }
  const end = (repository: Repository, more: object = {}): Run => hook(repository, 'SubagentStop', { agent_id: 'agent-7', agent_type: 'investigator', agent_transcript_path: path.join(repository.root, 'log.jsonl'), stop_hook_active: false, ...more })

  test('what a template requires is given by the record, and by nothing else', () => {
    const repository = waiting()
    expect(inquest(repository.root, ['template', 'check']).stdout).toBe('no finding in 1 template\n')
    const refused = inquest(repository.root, ['advance', 'INV-001'])
    expect(refused.status).toBe(1)
    expect(refused.stdout).toContain('error[attestation-missing]: Nothing attests `explored-by-agent`, expected a record of the agent `investigator` in the phase `explore`')

    // A tick is no record.
    repository.write(file, repository.read(file).replace('| Was evidence gathered by the investigator? |  |', '| Was evidence gathered by the investigator? | Yes |'))
    const { stdout } = inquest(repository.root, ['check'])
    expect(stdout).toContain('error[checklist-untrue]: "Was evidence gathered by the investigator?" is answered Yes, but nothing attests `explored-by-agent`')
    repository.write(file, repository.read(file).replace('| Was evidence gathered by the investigator? | Yes |', '| Was evidence gathered by the investigator? |  |'))

    expect(end(repository, { agent_type: 'Explore' })).toEqual(silent)
    const recorded = end(repository)
    expect({ status: recorded.status, stderr: recorded.stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(recorded.stdout)).toEqual({ systemMessage: 'inquest: on record for INV-001: investigator worked on it' })
    const [made = '', ...more] = readdirSync(path.join(repository.root, '.inquest/attestations/INV-001'))
    expect(more).toEqual([])
    expect(JSON.parse(repository.read(`.inquest/attestations/INV-001/${made}`))).toEqual({
      template: 'investigation',
      document: file,
      agent: 'investigator',
      run: 'agent-7',
      phase: 'explore',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u) as string,
      commit: repository.git('rev-parse', '--short=12', 'HEAD').trim(),
    })
    expect(repository.git('status', '--porcelain')).toContain('?? .inquest/attestations/')

    const moved = inquest(repository.root, ['advance', 'INV-001'])
    expect(moved.stdout).toContain('INV-001: explore → conclude')
    expect(moved.stdout).toContain('  Was evidence gathered by the investigator?\n')
    expect(repository.read(file)).toContain('| Was evidence gathered by the investigator? | Yes |')
  }, longest)

  test('a run in another phase, of a plugin, twice, or about another document', () => {
    const repository = waiting()
    const blocked = (): boolean => inquest(repository.root, ['status', 'INV-001']).stdout.includes('attestation-missing')
    repository.write(file, repository.read(file).replace('lifecycle_phase: explore', 'lifecycle_phase: hypothesize'))
    end(repository, { agent_id: 'early' })
    repository.write(file, repository.read(file).replace('lifecycle_phase: hypothesize', 'lifecycle_phase: explore'))
    expect(blocked()).toBe(true)
    repository.write('log.jsonl', log('Explore INV-0011 and XINV-001.'))
    expect(JSON.parse(end(repository, { agent_id: 'other' }).stdout)).toEqual({ systemMessage: 'inquest: investigator wrote no document and was told of none, so nothing is on record; name the id in its task' })
    expect(blocked()).toBe(true)
    expect(end(repository, { agent_type: 'foo:investigator', last_assistant_message: 'INV-001 is done' })).toEqual(silent)
    for (let run = 0; run < 2; run++) end(repository, { agent_id: 'late', agent_type: 'inquest:investigator', last_assistant_message: 'INV-001 is done' })
    expect(blocked()).toBe(false)
    expect(readdirSync(path.join(repository.root, '.inquest/attestations/INV-001'))).toHaveLength(2)
    repository.write('.inquest/attestations/INV-001/broken.json', '{')
    expect(blocked()).toBe(false)
    // It goes with the document where that gets another id.
    expect(inquest(repository.root, ['renumber', 'INV-001', '--to', 'INV-005', '--write']).status).toBe(0)
    expect(inquest(repository.root, ['status', 'INV-005']).stdout).not.toContain('attestation-missing')
  }, longest)

  test('the document that it wrote goes before those that it was told of', () => {
    const repository = waiting()
    repository.write('docs/second.md', exploring.replace('INV-001', 'INV-002'))
    hook(repository, 'PostToolUse', { ...edit(repository, 'a', 'b', 'docs/second.md'), agent_id: 'agent-7', agent_type: 'investigator' })
    expect(JSON.parse(end(repository).stdout)).toEqual({ systemMessage: 'inquest: on record for INV-002: investigator worked on it' })
    expect(existsSync(path.join(repository.root, '.inquest/attestations/INV-001'))).toBe(false)
  })

  test('where no template asks, nothing is written', () => {
    const repository = createRepository({ [samplePath]: exploring, 'log.jsonl': log('INV-001') })
    expect(end(repository)).toEqual(silent)
    expect(existsSync(path.join(repository.root, '.inquest'))).toBe(false)
  })
})

describe('input that nobody expected', () => {
  const repository = createRepository({ [file]: open })
  const odd = ['', 'no json', '[]', '"text"', '{}', '{"tool_name":"Edit"}', '{"hook_event_name":"Stop"}', '{"tool_name":"Edit","tool_input":{"file_path":1}}', '{"tool_name":"MultiEdit","tool_input":{"file_path":"a.md","edits":{}}}', '{"tool_name":"MultiEdit","tool_input":{"file_path":"a.md","edits":[1]}}']
  test.each(['PreToolUse', 'PostToolUse', 'Stop', 'SubagentStop'].flatMap((event) => odd.map((input) => [event, input] as const)).filter((_one, index) => index % 5 === 0))('%s of %s holds nobody back, and shows no stack', (event, input) => {
    const run = inquest(repository.root, ['hook', event], { input })
    expect([0, 1]).toContain(run.status)
    if (run.status === 1) expect(run.stderr).toMatch(/^inquest hook: .+\n(?: {2}.+\n)?$/u)
    expect(run.stderr).not.toMatch(/\n\s+at /u)
  })

  test('an event that there is none of, and none at all', () => {
    expect(inquest(repository.root, ['hook', 'Notification'], { input: '{}' })).toEqual({ status: 1, stdout: '', stderr: 'inquest hook: there is no event "Notification"\n  There are PreToolUse, PostToolUse, Stop, SubagentStop\n' })
    expect(inquest(repository.root, ['hook'], { input: '{"hook_event_name":"Stop"}' })).toEqual(silent)
    expect(inquest(repository.root, ['hook', 'pre-tool-use'], { input: '{}' })).toEqual(silent)
  })

  test('whatever stands in the fields', () => {
    const value = oneof(string(), json(), constantFrom(null, 1, true, [], {}))
    const input = record({ session_id: value, cwd: value, tool_name: constantFrom('Edit', 'Write', 'MultiEdit'), tool_input: oneof(value, record({ file_path: oneof(value, constantFrom(file, '.', '/')), content: value, old_string: value, new_string: value, edits: value })), agent_type: value, agent_transcript_path: value, stop_hook_active: value })
    assert(
      property(constantFrom('PreToolUse', 'PostToolUse', 'Stop', 'SubagentStop'), input, (event, one) => {
        const run = inquest(repository.root, ['hook', event], { input: JSON.stringify(one) })
        expect(run.stderr).not.toMatch(/\n\s+at |TypeError|internal/u)
        expect(run.status).not.toBe(3)
        if (run.status === 2) expect(run.stderr).not.toBe('')
      }),
      { numRuns: 10 },
    )
  }, longest)
})
