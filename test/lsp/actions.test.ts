/** What the editor offers to do about findings, and where a document can go from here. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CodeAction, CodeLens, Location } from 'vscode-languageserver-protocol/node'
import { check } from '../../src/index.js'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { Editor } from './editor.js'
import { capable, startEditor } from './editor.js'

const file = 'docs/INV-001.md'
const repository = createRepository({ [file]: sample, 'inquest.yaml': '', 'docs/WORK-002.md': '---\ntemplate: work_item\nid: WORK-002\ntitle: Read pages by key\nstatus: active\nspawned_by: INV-001\nversion: \'1.0\'\n---\n# WORK-002\n\n## Context\n\nDeletes shift the pages.\n' })
let editor: Editor
beforeAll(async () => {
  editor = await startEditor(repository.root)
  editor.open(file, sample)
})
afterAll(async () => {
  expect(await editor.quit()).toBe(0)
  expect(editor.stderr()).toBe('')
})

function without(...pieces: (string | RegExp)[]): string {
  return pieces.reduce<string>((text, piece) => {
    expect(text).toMatch(piece)
    return text.replace(piece, '')
  }, sample)
}

/** Quick fixes for a text that is selected; moves for a cursor in it, because a selection is a title. */
async function actionsAt(text: string, only: string[]): Promise<CodeAction[]> {
  const { textDocument, position } = editor.at(file, text)
  const end = only.includes('quickfix') ? editor.at(file, text, text.length).position : position
  return editor.request('textDocument/codeAction', { textDocument, range: { start: position, end }, context: { diagnostics: [], only } })
}

/** Chooses the action with the title, as a person does from the menu. */
async function choose(actions: readonly CodeAction[], title: string): Promise<void> {
  const offered = actions.find((one) => one.title === title)
  expect(actions.map((one) => one.title)).toContain(title)
  const resolved = await editor.request<CodeAction>('codeAction/resolve', offered ?? {})
  if (resolved.edit !== undefined) editor.apply(resolved.edit)
}

async function rulesNow(): Promise<readonly unknown[]> {
  return (await editor.diagnostics(file)).map((one) => one.code)
}

describe('citations', () => {
  const cited = 'docs/INV-003.md'
  const open = async (): Promise<{ root: ReturnType<typeof createRepository>; own: Editor }> => {
    const root = createRepository({ [cited]: sample.replaceAll('INV-001', 'INV-003'), 'inquest.yaml': '' })
    root.git('add', '-A')
    root.git('commit', '-qm', 'cited')
    expect(inquest(root.root, ['verify', '--pin']).status).toBe(0)
    root.write('src/export/pages.ts', `// Read by the nightly job.\n${root.read('src/export/pages.ts')}`)
    root.write('src/export/encode.ts', root.read('src/export/encode.ts').replaceAll('cannot be encoded', 'is left out'))
    root.git('commit', '-qam', 'moved')
    const own = await startEditor(root.root)
    own.open(cited, root.read(cited))
    return { root, own }
  }

  test('are relocated by the operation of verify, and said to stand where they do not move', async () => {
    const { own } = await open()
    // What is not saved is written with the rest of the text in view.
    own.type(cited, '**Analysis:**', '**Analysis:** Unsaved.')
    const offered = async (wanted: string): Promise<CodeAction | undefined> => {
      const { textDocument, position } = own.at(cited, wanted, 3)
      const actions = await own.request<CodeAction[]>('textDocument/codeAction', { textDocument, range: { start: position, end: position }, context: { diagnostics: [], only: ['refactor.rewrite'] } })
      expect(actions.every((one) => one.edit === undefined)).toBe(true)
      return actions[0]
    }
    expect((await offered('src/export/pages.ts:41-58'))?.title).toBe('Relocate `src/export/pages.ts:41-58` to where its lines are now')
    const resolved = await own.request<CodeAction>('codeAction/resolve', (await offered('src/export/pages.ts:41-58')) ?? {})
    own.apply(resolved.edit ?? {})
    expect(own.text(cited)).toContain('`src/export/pages.ts:42-59`')
    const changed = await own.request<CodeAction>('codeAction/resolve', (await offered('src/export/encode.ts:17')) ?? {})
    expect(changed.edit).toEqual({ documentChanges: [] })
    expect(own.asked.at(-1)?.params).toMatchObject({ message: 'There is nothing to relocate about src/export/encode.ts:17: changed' })
    expect(await offered('The loss was first seen')).toBeUndefined()
    expect(await own.quit()).toBe(0)
  })

  test('show what they were bound to beside what stands there now', async () => {
    const { root, own } = await open()
    const hover = async (wanted: string): Promise<string> => ((await own.request<{ contents: { value: string } } | null>('textDocument/hover', own.at(cited, wanted, 4)))?.contents.value ?? '')
    const text = await hover('src/export/encode.ts:17')
    expect(text).toMatch(/\*\*Bound\*\* at commit `[0-9a-f]{10}`: `src\/export\/encode.ts:17` has changed since[\s\S]*cannot be encoded[\s\S]*\*\*At present\*\*[\s\S]*is left out/u)
    expect(await hover('src/export/pages.ts:41-58')).toContain('moved to 42-59')
    // A binding that is made or given up meanwhile is noticed.
    root.write('.inquest/evidence/INV-003.pins.jsonl', '')
    own.changed('.inquest/evidence/INV-003.pins.jsonl', 2)
    expect(await hover('src/export/encode.ts:17')).not.toContain('Bound')
    expect(await own.quit()).toBe(0)
  })
})

describe('quick fixes', () => {
  test('a missing section is written at its place, with the prompts of the template', async () => {
    editor.setText(file, without(/## Objective\n[\s\S]*?(?=## Scope)/u))
    const [finding] = await editor.diagnostics(file)
    expect(finding?.code).toBe('section-missing')
    const actions = await actionsAt('## Prior Work Query', ['quickfix'])
    expect(actions.every((one) => one.edit === undefined && one.kind === 'quickfix' && one.diagnostics?.[0]?.code === 'section-missing')).toBe(true)
    // The template does not let this section be skipped.
    expect(actions.map((one) => one.title)).toEqual(['Insert the section "Objective"', 'Hide `section-missing` here, with a reason to write'])
    await choose(actions, 'Insert the section "Objective"')
    expect(editor.text(file)).toContain('\n\n## Objective\n\n**Question:** [The one question that this inquiry answers]\n\n## Scope\n')
    expect(await rulesNow()).not.toContain('section-missing')
    expect(await rulesNow()).toContain('section-empty')
  })

  test('a section can be left out, and its reason is still asked for', async () => {
    editor.setText(file, without(/## Exploration Plan\n[\s\S]*?(?=## Evidence)/u))
    expect(await rulesNow()).toEqual(['section-missing'])
    await choose(await actionsAt('## Hypotheses', ['quickfix']), 'Insert "Exploration Plan" as SKIPPED, with a reason to write')
    expect(await rulesNow()).toEqual(['skip-without-rationale'])
    editor.type(file, '[Why this does not apply here]', 'One log and one file decide it.')
    expect(await rulesNow()).toEqual([])
  })

  test('a section that says nothing can be marked as left out', async () => {
    editor.setText(file, sample.replace(/(## Exploration Plan\n)[\s\S]*?(?=## Evidence)/u, '$1\nN/A\n\n'))
    expect(await rulesNow()).toEqual(['skip-unmarked'])
    await choose(await actionsAt('N/A', ['quickfix']), 'Mark "Exploration Plan" as SKIPPED, with a reason to write')
    expect(editor.text(file)).toContain('## Exploration Plan\n\n**SKIPPED:** [Why this does not apply here]\n\n## Evidence')
  })

  test('each hypothesis without a verdict gets a row, and no verdict', async () => {
    editor.setText(file, without(/^\| H1 \| \*\*CON.*\n/mu, /^\| H2 \| \*\*REF.*\n/mu))
    const actions = await actionsAt('### Hypothesis Verdicts', ['quickfix'])
    await choose(actions, 'Add verdict rows for H1, H2')
    expect(editor.text(file)).toContain('|------------|---------|--------------|------------|\n| H1 | [Confirmed/Refuted/Inconclusive] | [The rows that decide it] | [High/Medium/Low] |\n| H2 | [Confirmed')
    expect(await rulesNow()).toContain('verdict-missing')
    editor.setText(file, without(/^\| H2 \| \*\*REF.*\n/mu))
    await choose(await actionsAt('### Hypothesis Verdicts', ['quickfix']), 'Add a verdict row for H2')
    expect(editor.text(file)).toMatch(/^\| H1 \| \*\*CONFIRMED.*\n\| H2 \| \[Confirmed\/Refuted\/Inconclusive\] \|/mu)
  })

  test('evidence that is missing gets a row for its hypothesis', async () => {
    editor.setText(file, without(/^\| Encoding errors end.*\n/mu))
    expect(await rulesNow()).toContain('verdict-unsupported')
    const at = (await editor.diagnostics(file)).find((one) => one.code === 'verdict-unsupported')
    const actions = await editor.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: editor.uri(file) }, range: at?.range, context: { diagnostics: [] } })
    await choose(actions, 'Add an evidence row for H2')
    expect(editor.text(file)).toContain('| Pages are read by offset | `src/export/pages.ts:41-58` | H1 | No order that survives a delete |\n| [What stands there] | [path:line] | H2 | [What it means] |\n')
  })

  test('a finding can be hidden where it stands, and the comment asks for a reason', async () => {
    editor.setText(file, without(/^\| H2 \| \*\*REF.*\n/mu))
    await choose(await actionsAt('### Hypothesis Verdicts', ['quickfix']), 'Hide `verdict-missing` here, with a reason to write')
    expect(await rulesNow()).toEqual(['suppression-unexplained'])
    editor.type(file, '<!-- inquest-disable verdict-missing: -->', '<!-- inquest-disable verdict-missing: the log was deleted -->')
    expect(await rulesNow()).toEqual([])
  })

  test('safe fixes are preferred, and can be applied all at once', async () => {
    const spoilt = sample.replace('## References\n', '## References\n\n<!-- inquest-disable evidence-missing: lost -->\n').replace('| H1 | Seen in the archive job before |', '| H1 |')
    for (const text of [spoilt, spoilt.replaceAll('\n', '\r\n')]) {
      editor.setText(file, text)
      expect(await rulesNow()).toEqual(['table-invalid', 'suppression-unused'])
      const [fix] = await actionsAt('| H1 |', ['quickfix'])
      expect(fix?.diagnostics?.[0]?.code === 'table-invalid' ? fix.isPreferred : undefined).toBe(fix?.diagnostics?.[0]?.code === 'table-invalid' ? true : undefined)
      const all = await actionsAt('## Context', ['source.fixAll.inquest'])
      expect(all.map((one) => [one.title, one.kind])).toEqual([['Apply all safe fixes of inquest', 'source.fixAll.inquest']])
      expect(await actionsAt('## Context', ['source.fixAll.other'])).toEqual([])
      expect((await actionsAt('## Context', ['source'])).map((one) => one.kind)).toEqual(['source.fixAll.inquest'])
      await choose(all, 'Apply all safe fixes of inquest')
      expect(await rulesNow()).toEqual([])
      const { findings } = await check({ cwd: repository.root, text: { path: path.join(repository.root, file), content: editor.text(file) } })
      expect(findings).toEqual([])
      expect(editor.text(file).includes('\r\n')).toBe(text.includes('\r\n'))
    }
  })

  test('an action that was offered for a text that is gone is refused', async () => {
    editor.setText(file, without(/^\| H2 \| \*\*REF.*\n/mu))
    const [action] = await actionsAt('### Hypothesis Verdicts', ['quickfix'])
    editor.setText(file, sample)
    await expect(editor.request('codeAction/resolve', action ?? {})).rejects.toMatchObject({ code: -32801 })
  })

  test('a follow-up that does not point back is pointed back, in its own file', async () => {
    repository.write('docs/WORK-002.md', repository.read('docs/WORK-002.md').replace('spawned_by: INV-001\n', ''))
    editor.changed('docs/WORK-002.md', 2)
    editor.setText(file, sample)
    const finding = (await editor.diagnostics(file)).find((one) => one.code === 'spawn-unlinked')
    expect(finding).toBeDefined()
    const actions = await editor.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: editor.uri(file) }, range: finding?.range, context: { diagnostics: [], only: ['quickfix'] } })
    const resolved = await editor.request<CodeAction>('codeAction/resolve', actions[0] ?? {})
    expect(actions[0]?.title).toBe('Set `spawned_by: INV-001` in docs/WORK-002.md')
    expect(resolved.edit?.documentChanges).toMatchObject([{ textDocument: { uri: editor.uri('docs/WORK-002.md'), version: null }, edits: [{ newText: 'spawned_by: INV-001\n' }] }])
    repository.write('docs/WORK-002.md', repository.read('docs/WORK-002.md').replace('status: active\n', 'status: active\nspawned_by: INV-001\n'))
    editor.changed('docs/WORK-002.md', 2)
  })

  test('a client that resolves nothing gets the edits with the offer', async () => {
    const { codeAction: _, ...textDocument } = capable.textDocument ?? {}
    const plain = await startEditor(repository.root, {
      capabilities: { ...capable, workspace: { ...capable.workspace, workspaceEdit: {} }, textDocument: { ...textDocument, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } } },
    })
    plain.open(file, without(/^\| H2 \| \*\*REF.*\n/mu))
    const [finding] = await plain.diagnostics(file)
    const [action] = await plain.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: plain.uri(file) }, range: finding?.range, context: { diagnostics: [] } })
    expect(action?.edit?.changes?.[plain.uri(file)]).toHaveLength(1)
    expect(await plain.quit()).toBe(0)
  })
})

describe('going on', () => {
  const open = sample.replace('status: complete', 'status: active')
  const run = (command: string, ...given: unknown[]): Promise<Record<string, unknown>> => editor.request('workspace/executeCommand', { command, arguments: given })
  const lensAt = async (): Promise<CodeLens> => {
    const [lens] = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: editor.uri(file) } })
    return editor.request('codeLens/resolve', lens ?? {})
  }

  test('the lens tells what is in the way of the next phase, and leads there', async () => {
    editor.setText(file, open.replace(/^lifecycle_phase: .*$/mu, 'lifecycle_phase: explore').replaceAll(/^\| .*`src\/.*\n/gmu, '').replace(/^\| 88 \| Offsets.*\| H1 \|.*\n/mu, ''))
    const { command, range } = await lensAt()
    expect(command).toMatchObject({ title: 'conclude: 1 blocker', command: 'inquest.showBlockers' })
    expect(range.start.line).toBe(editor.at(file, '# Investigation:').position.line)
    const locations = command?.arguments?.[2] as Location[]
    expect(locations).toMatchObject([{ uri: editor.uri(file), range: { start: editor.at(file, '## Evidence Collection').position } }])
    editor.asked.length = 0
    expect(await run('inquest.showBlockers', editor.uri(file))).toEqual(locations)
    expect(editor.asked.map((one) => one.method).filter((method) => method.startsWith('window/'))).toEqual(['window/showMessage', 'window/showDocument'])
  })

  test('a gate that is shut stays shut, and says why', async () => {
    editor.setText(file, open.replace(/^lifecycle_phase: .*$/mu, 'lifecycle_phase: explore').replaceAll(/^\| .*`src\/.*\n/gmu, '').replace(/^\| 88 \| Offsets.*\| H1 \|.*\n/mu, ''))
    const before = editor.text(file)
    const actions = await actionsAt('## Context', ['refactor.inquest'])
    expect(actions.map((one) => one.title)).toContain('Advance INV-001 to conclude')
    editor.asked.length = 0
    const answer = await run('inquest.advance', editor.uri(file))
    expect(answer).toMatchObject({ id: 'INV-001', refused: { transition: 'advance', blockers: [{ rule: 'evidence-missing' }], locations: [{ uri: editor.uri(file) }] } })
    expect(editor.asked.filter((one) => one.method.startsWith('window/'))).toMatchObject([{ method: 'window/showMessage', params: { type: 2 } }])
    expect(editor.text(file)).toBe(before)
  })

  test('advancing changes the text in the editor as the command changes the file', async () => {
    const text = open.replace(/^lifecycle_phase: .*$/mu, 'lifecycle_phase: explore')
    editor.setText(file, text)
    expect((await lensAt()).command).toMatchObject({ title: 'ready: advance to conclude', command: 'inquest.advance' })
    const twin = createRepository({ [file]: text, 'inquest.yaml': '', 'docs/WORK-002.md': repository.read('docs/WORK-002.md') })
    expect(await run('inquest.advance', editor.uri(file))).toMatchObject({ id: 'INV-001', from: 'explore', to: 'conclude' })
    expect(inquest(twin.root, ['advance', 'INV-001']).status).toBe(0)
    const timeless = (after: string): string => after.replaceAll(/\d{4}-\d{2}-\d{2}T[\d:]+Z/gu, 'then')
    expect(timeless(editor.text(file))).toBe(timeless(twin.read(file)))
    // Nothing was written behind the editor's back.
    expect(repository.read(file)).toBe(sample)
  })

  test('closing stores what was learned, and the file lists it at once', async () => {
    const learned = open.replace('memory_refs: [101, 102]', 'memory_refs: []').replace('- [x] **memory_refs', '- [ ] **memory_refs')
    const twin = createRepository({ [file]: learned, 'inquest.yaml': '', 'docs/WORK-002.md': repository.read('docs/WORK-002.md') })
    const other = await startEditor(twin.root)
    other.open(file, learned)
    const close = (): Promise<object> => other.request('workspace/executeCommand', { command: 'inquest.close', arguments: [other.uri(file)] })
    expect(await other.request('workspace/executeCommand', { command: 'inquest.status', arguments: [other.uri(file)] })).toMatchObject({ next: 'closed', blockers: [] })
    other.type(file, 'Read the pages by key.', 'Read pages by their key.')
    await expect(close()).rejects.toMatchObject({ message: expect.stringContaining('has to be saved') as string })
    expect(existsSync(path.join(twin.root, '.inquest/memory.db'))).toBe(false)
    twin.write(file, other.text(file))
    other.changed(file, 2)
    const answer = (await close()) as { to: string; stored: { ids: number[] } }
    expect(answer.to).toBe('closed')
    expect(answer.stored.ids.length).toBeGreaterThan(0)
    expect(twin.read(file)).toContain(`memory_refs: [${answer.stored.ids.join(', ')}]`)
    expect(inquest(twin.root, ['memory', 'check', '--json']).status).toBe(0)
    // The editor reads the file again, and finds nothing wrong with it.
    other.setText(file, twin.read(file))
    expect((await other.diagnostics(file)).filter(({ severity }) => severity === 1)).toEqual([])
    expect(await other.quit()).toBe(0)
    expect(other.stderr()).toBe('')
  })

  test('closing ticks what is proven; reopening and amending need a reason', async () => {
    editor.setText(file, open.replaceAll('- [x]', '- [ ]'))
    expect((await actionsAt('## Context', ['refactor.inquest'])).map((one) => one.title)).toEqual(['Close INV-001'])
    expect(await run('inquest.close', editor.uri(file))).toMatchObject({ to: 'closed', ticked: ['Findings synthesized', 'Hypotheses resolved', 'memory_refs populated'] })
    expect(editor.text(file)).toContain('status: complete')
    expect((await actionsAt('## Context', ['refactor.inquest'])).map((one) => one.title)).toEqual(['Reopen INV-001'])
    await expect(run('inquest.reopen', editor.uri(file))).rejects.toMatchObject({ code: -32803 })
    expect(await run('inquest.reopen', editor.uri(file), { why: 'It came back', to: 'hypothesize' })).toMatchObject({ from: 'closed', to: 'hypothesize' })
    expect(await run('inquest.advance', editor.uri(file))).toMatchObject({ to: 'explore' })
    editor.type(file, 'Rows that cannot be encoded', 'Rows that can hardly be encoded')
    expect(await rulesNow()).toContain('registration-broken')
    expect((await actionsAt('## Context', ['refactor.inquest'])).map((one) => one.title)).toContain('Record an amendment of INV-001')
    expect(await run('inquest.amend', editor.uri(file), { why: 'The wording was wrong' })).toMatchObject({ id: 'INV-001' })
    expect(editor.text(file)).toContain('why: The wording was wrong')
    expect(await rulesNow()).not.toContain('registration-broken')
  })

  test('a follow-up is created through the editor, and named in its parent', async () => {
    editor.setText(file, open.replace(/(## Spawned Work Items\n)/u, '$1\n- [ ] Count the rows after each page\n'))
    const actions = await actionsAt('Count the rows after each page', ['refactor.inquest'])
    const spawn = actions.find((one) => one.title === 'Spawn: work_item "Count the rows after each page"')
    expect(spawn?.command?.command).toBe('inquest.spawn')
    const made = await run('inquest.spawn', ...(spawn?.command?.arguments ?? []))
    expect(made).toMatchObject({ id: 'WORK-003', template: 'work_item' })
    expect(editor.text(file)).toContain('- [ ] **WORK-003: Count the rows after each page**\n')
    expect(editor.texts.get(String(made['uri']))?.text).toMatch(/^id: WORK-003$[\s\S]*^spawned_by: INV-001$/mu)
    expect(existsSync(path.join(repository.root, String(made['path'])))).toBe(false)
    expect(editor.asked).toContainEqual({ method: 'window/showDocument', params: { uri: made['uri'], takeFocus: true } })
    // A selection names one as well, and the next gets the next id.
    const next = await run('inquest.spawn', editor.uri(file), { template: 'investigation', title: 'Why pages were split', why: 'H1 stands' })
    expect(next).toMatchObject({ id: 'INV-002' })
    expect(editor.text(file)).toContain('**INV-002: Why pages were split**')
  })

  test('views can ask for documents, templates and where one stands', async () => {
    editor.setText(file, open)
    expect(await run('inquest.status', editor.uri(file))).toMatchObject({ id: 'INV-001', phase: 'conclude', next: 'closed', hypotheses: [{ id: 'H1', for: 2 }, { id: 'H2', against: 1 }] })
    const { hypotheses, blockers, locations, moves } = (await run('inquest.status', editor.uri(file))) as { hypotheses: { range: object }[]; blockers: object[]; locations: Location[]; moves: object }
    expect(hypotheses[1]?.range).toEqual({ start: editor.at(file, '**H2**').position, end: editor.at(file, '**H2**', 6).position })
    expect(locations).toHaveLength(blockers.length)
    expect(moves).toEqual({ close: true, reopen: false, amend: false })
    expect(await run('inquest.list', { open: true })).toMatchObject({ documents: [{ id: 'INV-001', uri: editor.uri(file) }, { id: 'WORK-002' }] })
    expect((await run('inquest.templates'))['templates']).toContainEqual(expect.objectContaining({ name: 'investigation', version: '2.0', title: 'Investigation', phases: ['hypothesize', 'explore', 'conclude'] }))
    const { rules } = (await run('inquest.rules')) as { rules: { name: string; severity: string; uri: string }[] }
    expect(existsSync(fileURLToPath(rules.find(({ name }) => name === 'verdict-missing')?.uri ?? ''))).toBe(true)
    const made = await run('inquest.new', { title: 'Why the export is late' })
    expect(editor.texts.get(String(made['uri']))?.text).toContain('# Investigation: Why the export is late')
    await expect(run('inquest.nothing')).rejects.toMatchObject({ code: -32602 })
    await expect(run('inquest.advance', 'file:///nowhere/at/all.md')).rejects.toMatchObject({ code: -32602 })
  })
})
