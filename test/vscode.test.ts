/** The extension for VS Code as it is packed: what it carries, and that its server serves by itself. `npm run vscode` uses it in VS Code. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseInquest, describeChoice } from '../fronts/vscode/src/choice.js'
import { check } from '../src/index.js'
import { startEditor } from './lsp/editor.js'
import { createRepository, projectRoot, sample, scratchFolder } from './support/repository.js'
import { unzip } from './support/zip.js'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly main: string
  readonly icon: string
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[]
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>
    readonly snippets: readonly { readonly path: string }[]
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] }
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string } }[] }[]
    readonly yamlValidation: readonly { readonly url: string }[]
    readonly problemMatchers: readonly { readonly pattern: readonly { readonly regexp: string }[] }[]
  }
}

/** In bytes; the server with the pages of its rules is most of it. */
const largest = 1_000_000

const folder = scratchFolder()
const program = path.join(folder, 'server/cli.js')
let files: ReadonlyMap<string, Buffer> = new Map()
let size = 0
let manifest: Manifest

beforeAll(() => {
  const vsix = path.join(folder, 'inquest.vsix')
  const packed = spawnSync(process.execPath, [path.join(projectRoot, 'scripts/vscode-package.mjs'), '--out', vsix], { cwd: projectRoot, encoding: 'utf8' })
  expect(packed.status, packed.stderr).toBe(0)
  size = readFileSync(vsix).length
  expect(packed.stdout).toContain(`inquest.vsix: ${size} bytes`)
  files = unzip(vsix)
  for (const [name, content] of files) {
    if (!name.startsWith('extension/')) continue
    const file = path.join(folder, name.slice('extension/'.length))
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
}, 120_000)

describe('the VSIX', () => {
  test('holds what it needs and nothing of the workshop', () => {
    const { contributes } = manifest
    const named = [
      manifest.main,
      manifest.icon,
      ...contributes.snippets.map((one) => one.path),
      ...contributes.viewsContainers.activitybar.map((one) => one.icon),
      ...contributes.walkthroughs.flatMap((one) => one.steps.map((step) => step.media.markdown)),
      ...contributes.yamlValidation.map((one) => one.url),
      'server/templates/investigation.md',
      'server/docs/rules/verdict-missing.md',
      'THIRD-PARTY-LICENSES.txt',
    ]
    expect(named.filter((name) => !existsSync(path.join(folder, name)))).toEqual([])
    for (const name of ['readme.md', 'changelog.md', 'LICENSE.txt']) expect([...files.keys()]).toContain(`extension/${name}`)
    const allowed = /^(?:\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(?:package\.json|readme\.md|changelog\.md|LICENSE\.txt|THIRD-PARTY-LICENSES\.txt|snippets\.json|config\.schema\.json|dist\/extension\.cjs|media\/[a-z]+\.(?:png|svg)|walkthrough\/[a-z]+\.md|server\/(?:package\.json|[\w.-]+\.js|templates\/[\w-]+\.md(?:\.json)?|docs\/rules\/[\w-]+\.md)))$/u
    expect([...files.keys()].filter((name) => !allowed.test(name))).toEqual([])
    expect([...files.keys()].filter((name) => files.get(name)?.includes('sourceMappingURL') === true)).toEqual([])
    expect(size).toBeLessThan(largest)
  })

  test('is of the version of the project', () => {
    const project = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as Manifest
    expect(manifest.version).toBe(project.version)
    expect(files.get('extension.vsixmanifest')?.toString()).toContain(`Version="${project.version}"`)
    const log = readFileSync(path.join(projectRoot, 'fronts/vscode/CHANGELOG.md'), 'utf8')
    expect(log).toContain(`## ${project.version}`)
  })

  test('registers every command that it offers', () => {
    const registered = readFileSync(path.join(projectRoot, 'fronts/vscode/src/commands.ts'), 'utf8')
    const offered = [...manifest.contributes.commands, ...Object.values(manifest.contributes.menus).flat()].flatMap(({ command }) => command ?? [])
    expect(offered.filter((command) => !registered.includes(`'${command}': `))).toEqual([])
  })
})

describe('the server in it', () => {
  const broken = sample.replace('**REFUTED**', 'perhaps').replace(/## Objective\n[\s\S]*?(?=## Scope)/u, '')

  test('finds what `check` finds, and leads to the pages that it carries', async () => {
    const repository = createRepository({ 'docs/INV-001.md': broken, 'inquest.yaml': '' })
    const editor = await startEditor(repository.root, { program })
    editor.open('docs/INV-001.md', broken)
    const told = await editor.diagnostics('docs/INV-001.md')
    const { findings } = await check({ cwd: repository.root })
    expect(findings.length).toBeGreaterThan(1)
    expect(told.map((one) => [one.code, one.message, one.range.start.line + 1])).toEqual(findings.map((one) => [one.rule, one.message, one.range.start.line]))
    const page = fileURLToPath(told[0]?.codeDescription?.href ?? '')
    expect(page.startsWith(path.join(folder, 'server/docs/rules'))).toBe(true)
    expect(existsSync(page)).toBe(true)
    expect(await editor.quit()).toBe(0)
    expect(editor.stderr()).toBe('')
  })

  test('takes a document through its gate and starts another', async () => {
    const open = sample.replace('status: complete', 'status: active').replace('lifecycle_phase: conclude', 'lifecycle_phase: explore').replace('memory_refs: [101, 102]', 'memory_refs: []').replace('- [x] **memory_refs', '- [ ] **memory_refs')
    const repository = createRepository({ 'docs/INV-001.md': open, 'inquest.yaml': '' })
    const editor = await startEditor(repository.root, { program })
    editor.open('docs/INV-001.md', open)
    expect(await editor.request('workspace/executeCommand', { command: 'inquest.advance', arguments: [editor.uri('docs/INV-001.md')] })).toMatchObject({ from: 'explore', to: 'conclude' })
    expect(editor.text('docs/INV-001.md')).toMatch(/^lifecycle_phase: conclude$/mu)
    editor.type('docs/INV-001.md', '**REFUTED**', 'perhaps')
    expect(await editor.request('workspace/executeCommand', { command: 'inquest.close', arguments: [editor.uri('docs/INV-001.md'), { quiet: true }] })).toMatchObject({ refused: { transition: 'close', blockers: [{ rule: 'verdict-invalid' }] } })
    // A client that shows a refusal itself is not told twice.
    expect(editor.asked.filter(({ method }) => method === 'window/showMessage')).toEqual([])
    expect(await editor.request('workspace/executeCommand', { command: 'inquest.new', arguments: [{ title: 'Crash on ingest' }] })).toMatchObject({ id: 'INV-002' })
    expect(await editor.quit()).toBe(0)
  })

  test('finds what it can beside a store that it has no driver for, and opens no gate', async () => {
    const perhaps = sample.replace('**REFUTED**', 'perhaps').replace('status: complete', 'status: active')
    const repository = createRepository({ 'docs/INV-001.md': perhaps, 'inquest.yaml': '' })
    mkdirSync(path.join(repository.root, '.inquest'))
    writeFileSync(path.join(repository.root, '.inquest/memory.db'), 'SQLite format 3\0')
    const editor = await startEditor(repository.root, { program })
    editor.open('docs/INV-001.md', perhaps)
    const told = await editor.diagnostics('docs/INV-001.md')
    expect(told.map((one) => [one.code, one.severity])).toEqual([['verdict-invalid', 1], ['store-unavailable', 2]])
    const ask = (command: string): Promise<object> => editor.request('workspace/executeCommand', { command, arguments: [editor.uri('docs/INV-001.md')] })
    expect(await ask('inquest.status')).toMatchObject({ next: 'closed', hypotheses: [{ id: 'H1' }, { id: 'H2' }] })
    await expect(ask('inquest.close')).rejects.toMatchObject({ message: expect.stringContaining('needs better-sqlite3') as string })
    expect(await editor.quit()).toBe(0)
  })

  test('checks as a task, and the editor can read what it prints', () => {
    const repository = createRepository({ 'docs/INV-001.md': broken, 'inquest.yaml': '' })
    const run = spawnSync(process.execPath, [program, 'check'], { cwd: repository.root, encoding: 'utf8' })
    expect(run.status).toBe(1)
    const [first, second] = (manifest.contributes.problemMatchers[0]?.pattern ?? []).map(({ regexp }) => new RegExp(regexp, 'u'))
    const lines = run.stdout.split('\n')
    const heads = lines.flatMap((line, at) => (first?.test(line) === true ? [at] : []))
    expect(heads).toHaveLength(2)
    for (const at of heads) expect(second?.exec(lines[at + 1] ?? '')?.slice(1)).toEqual(['docs/INV-001.md', expect.stringMatching(/^\d+$/u), expect.stringMatching(/^\d+$/u)])
  })
})

describe('which inquest serves', () => {
  const bundled = path.join(folder, 'server')

  function install(at: string): string {
    mkdirSync(path.join(at, 'node_modules/inquest/dist'), { recursive: true })
    writeFileSync(path.join(at, 'node_modules/inquest/package.json'), '{ "name": "inquest", "version": "7.0.0", "bin": { "inquest": "dist/cli.js" } }')
    writeFileSync(path.join(at, 'node_modules/inquest/dist/cli.js'), '')
    return path.join(at, 'node_modules/inquest/dist/cli.js')
  }

  test('the one in the extension, where the workspace has none', () => {
    const empty = scratchFolder()
    const choice = chooseInquest({ setting: '', folders: [empty], bundled })
    expect(choice).toEqual({ origin: 'extension', file: program, kind: 'script', version: manifest.version })
    expect(describeChoice(choice)).toBe(`inquest ${manifest.version}, the one in the extension: ${program}`)
    // A package that was installed and not built cannot serve.
    mkdirSync(path.join(empty, 'node_modules/inquest'), { recursive: true })
    writeFileSync(path.join(empty, 'node_modules/inquest/package.json'), '{ "name": "inquest", "bin": { "inquest": "dist/cli.js" } }')
    expect(chooseInquest({ setting: '', folders: [empty], bundled }).origin).toBe('extension')
  })

  test("the workspace's own, also of a folder above", () => {
    const own = scratchFolder()
    const file = install(own)
    mkdirSync(path.join(own, 'packages/one'), { recursive: true })
    for (const folders of [[own], [path.join(own, 'packages/one')], [scratchFolder(), own]]) {
      expect(chooseInquest({ setting: '', folders, bundled })).toEqual({ origin: 'workspace', file, kind: 'script', version: '7.0.0' })
    }
  })

  test('the one that the setting names, and none in its place', () => {
    const own = scratchFolder()
    const file = install(own)
    const elsewhere = scratchFolder()
    writeFileSync(path.join(elsewhere, 'inquest'), '')
    expect(chooseInquest({ setting: own, folders: [elsewhere], bundled })).toMatchObject({ origin: 'setting', file })
    expect(chooseInquest({ setting: 'node_modules/inquest', folders: [own], bundled })).toMatchObject({ origin: 'setting', file })
    expect(chooseInquest({ setting: '${workspaceFolder}/node_modules/inquest/dist/cli.js', folders: [own], bundled })).toMatchObject({ origin: 'setting', file, kind: 'script' })
    expect(chooseInquest({ setting: './inquest', folders: [elsewhere], bundled })).toMatchObject({ origin: 'setting', kind: 'program' })
    expect(() => chooseInquest({ setting: 'nowhere', folders: [own], bundled })).toThrow(/names .*nowhere, which is not there/u)
    expect(() => chooseInquest({ setting: elsewhere, folders: [own], bundled })).toThrow(/in which there is no inquest/u)
  })
})

describe('snippets', () => {
  const snippets = JSON.parse(readFileSync(path.join(projectRoot, 'fronts/vscode/snippets.json'), 'utf8')) as Record<string, { readonly prefix: string; readonly body: readonly string[] }>

  /** As they stand once a person has gone through their places and left what is offered. */
  function written(name: string, answers: readonly string[] = []): string {
    return (snippets[name]?.body ?? [])
      .join('\n')
      .replaceAll(/\$\{(\d+)(?::([^}]*)|\|([^}]*)\|)?\}/gu, (_, place: string, text: string | undefined, choices: string | undefined) => answers[Number(place) - 1] ?? text ?? choices?.split(',')[0] ?? '')
      .replaceAll(/\$CURRENT_(YEAR|MONTH|DATE)/gu, (_, part: string) => ({ YEAR: '2026', MONTH: '03', DATE: '04' })[part] ?? '')
  }

  test('stand where the template wants them', async () => {
    const below = (text: string, line: string, more: string): string => {
      expect(text).toContain(`${line}\n`)
      return text.replace(`${line}\n`, `${line}\n${more}\n`)
    }
    let text = below(sample, '| **H2** | Rows that cannot be encoded are dropped without a word | Medium | Read the error handling of the encoder | 2nd |', written('Hypothesis'))
    text = below(text, '| Encoding errors end the job | `src/export/encode.ts:17` | against H2 | Nothing is dropped |', written('Evidence in code', ['It is read once', 'src/export/encode.ts', '17', 'H3']))
    text = below(text, '| 88 | Offsets skip rows when the table changes while it is read | H1 | Seen in the archive job before |', written('Evidence in memory', ['89']))
    text = below(text, '| H2 | **REFUTED** | The encoder stops at the first error | High |', written('Verdict', ['3']))
    text = below(text, '| 88 | Offsets skip rows when the table changes while it is read | Describes the same loss |', written('Prior work', ['89']))
    text = below(text, '**Implication:** Read the pages by key.', `\n${written('Detailed finding')}`)
    text = below(text, '| Evidence has sources | Every row can be looked up | [x] | Read again on 4 March |', written('Verification', ['Log', 'Unchanged', 'x']))
    text = text.replace('All 2 hypotheses', 'All 3 hypotheses')
    text = below(text, '| Was the fix measured? | No | It is WORK-002 |', written('Question'))
    text = text.replace('**SKIPPED:** The code and the log of one night decide both hypotheses.', `| Source | Finding | Supports Hypothesis | URL/Reference |\n|---|---|---|---|\n${written('Evidence outside', ['A page', 'The same', 'H1', 'https://example.org/'])}`)
    text = text.replace('## Ground Truth', `## Session Progress Tracker\n\n| Session | Date | Phase | Progress | Notes |\n|---|---|---|---|---|\n${written('Session', ['1', 'Conclude', 'Read the log', '-'])}\n\n## Ground Truth`)
    text = text.replace(/## Exploration Plan\n[\s\S]*?(?=## Evidence)/u, `## Exploration Plan\n\n${written('Skipped section', ['One log and one file decide it.'])}\n\n`)
    text = text.replace(/- \[ \] \*\*WORK-002[\s\S]*?a delete\n/u, `${written('Spawned work', ['WORK-002', "Read the export's pages by key"])}\n`)
    text = below(text, '- [x] **memory_refs populated** - 101 and 102', written('Checklist item').replace('[ ]', '[x]'))
    const repository = createRepository({ 'docs/INV-001.md': text, 'docs/WORK-002.md': "---\ntemplate: work_item\nid: WORK-002\ntitle: Read pages by key\nstatus: active\nspawned_by: INV-001\nversion: '1.0'\n---\n# WORK-002\n\n## Context\n\nDeletes shift the pages.\n", 'inquest.yaml': '' })
    const { findings } = await check({ cwd: repository.root, paths: ['docs/INV-001.md'] })
    expect(findings.map((one) => `${one.range.start.line} ${one.rule}: ${one.message}`)).toEqual([])
  })

  test('hide a finding, with a reason', async () => {
    const hiding = written('Hide a finding', ['verdict-invalid', 'The word is quoted'])
    const text = sample.replace('| Hypothesis | Verdict |', `${hiding}\n\n| Hypothesis | Verdict |`).replace('**REFUTED**', 'perhaps')
    const repository = createRepository({ 'docs/INV-001.md': text, 'inquest.yaml': '' })
    const { findings } = await check({ cwd: repository.root })
    expect(findings.map((one) => one.rule)).not.toContain('suppression-unexplained')
    expect(findings.map((one) => one.rule)).not.toContain('verdict-invalid')
  })

  test('are told apart by their prefixes', () => {
    const prefixes = Object.values(snippets).map(({ prefix }) => prefix)
    expect(new Set(prefixes).size).toBe(prefixes.length)
    expect(prefixes.filter((prefix) => !prefix.startsWith('inq-'))).toEqual([])
  })
})
