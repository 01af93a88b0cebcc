/** What `init` writes for coding agents and CI systems, taken in hand by those that read it. */

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as yaml from 'js-yaml'
import { parse as parseToml } from 'smol-toml'
import { beforeAll, describe, expect, test } from 'vitest'
import { verbs } from '../src/fronts/cli/verbs.js'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, projectRoot, sample, scratchFolder } from './support/repository.js'

interface Step {
  readonly path: string
  readonly change: string
  readonly note?: string
}

function init({ root }: Repository, ...args: readonly string[]): readonly Step[] {
  const run = inquest(root, ['init', '--json', ...args])
  expect(run.stderr).toBe('')
  return (JSON.parse(run.stdout) as { readonly steps: readonly Step[] }).steps
}

function stepFor(steps: readonly Step[], file: string): Step | undefined {
  return steps.find((step) => step.path === file)
}

/** All files but git's own, with their texts. */
function everything({ root, read }: Repository): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const names = files.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))).filter((name) => !name.startsWith('.git/'))
  return Object.fromEntries(names.toSorted().map((name) => [name, read(name)]))
}

const repository = createRepository()
let written: Readonly<Record<string, string>> = {}

beforeAll(() => {
  init(repository, '--agents', 'all', '--ci', 'all')
  written = everything(repository)
})

const skills = ['advance-investigation', 'check-investigations', 'close-investigation', 'new-investigation', 'new-plan']

function headAndBody(text: string): { readonly head: Readonly<Record<string, unknown>>; readonly body: string } {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(text) ?? []
  return { head: yaml.load(head) as Readonly<Record<string, unknown>>, body }
}

function toml(file: string): Readonly<Record<string, string>> {
  return parseToml(written[file] ?? '') as Readonly<Record<string, string>>
}

describe('every agent', () => {
  test('a second run changes nothing and says so', () => {
    const steps = init(repository, '--agents', 'all', '--ci', 'all')
    expect(steps.filter((step) => step.change !== 'kept')).toEqual([])
    expect(everything(repository)).toEqual(written)
  })

  test.each(skills)('%s is the same for all, each in its own form', (name) => {
    const claude = headAndBody(written[`.claude/skills/${name}/SKILL.md`] ?? '')
    expect(claude.head['name']).toBe(name)
    expect(String(claude.head['description']).length).toBeLessThan(1024)
    expect(written[`.agents/skills/${name}/SKILL.md`]).toBe(written[`.claude/skills/${name}/SKILL.md`])
    const body = claude.body.replace(/<!-- inquest [\s\S]*$/u, '').trim()
    expect(body).toMatch(/^# /u)
    const gemini = toml(`.gemini/commands/${name}.toml`)
    expect(gemini['description']).toBe(claude.head['description'])
    const copilot = headAndBody(written[`.github/prompts/${name}.prompt.md`] ?? '')
    const opencode = headAndBody(written[`.opencode/commands/${name}.md`] ?? '')
    for (const { head } of [copilot, opencode]) expect(head['description']).toBe(claude.head['description'])
    for (const [text, request] of [[gemini['prompt'], '{{args}}'], [copilot.body, '${input:request}'], [opencode.body, '$ARGUMENTS']] as const) {
      expect(text?.trim().startsWith(body)).toBe(true)
      expect(text).toContain(request)
    }
  })

  test('the agent that gathers evidence is the same for all', () => {
    const { head, body } = headAndBody(written['.claude/agents/investigator.md'] ?? '')
    const words = body.replace(/<!-- inquest [\s\S]*$/u, '').trim()
    expect(head['name']).toBe('investigator')
    for (const file of ['.cursor/agents/investigator.md', '.gemini/agents/investigator.md', '.github/agents/investigator.agent.md']) expect(written[file], file).toBe(written['.claude/agents/investigator.md'])
    expect(headAndBody(written['.opencode/agents/investigator.md'] ?? '')).toMatchObject({ head: { mode: 'subagent', description: head['description'] }, body: expect.stringContaining(words) as string })
    expect(toml('.codex/agents/investigator.toml')).toMatchObject({ name: 'investigator', description: head['description'], developer_instructions: `${words}\n` })
    // The one thing that it must not be vague about.
    expect(words).toMatch(/`path\/to\/file\.ext:line`/u)
  })

  test('the section stands in AGENTS.md, and others lead to it', () => {
    expect(written['AGENTS.md']).toContain('## Investigations\n')
    expect(written['CLAUDE.md']).toBe('@AGENTS.md\n')
    expect(written['GEMINI.md']).toBe('@AGENTS.md\n')
  })

  test('nothing is named that there is not', async () => {
    const known = new Map(await Promise.all(verbs.map(async (listing) => [listing.name, await listing.load()] as const)))
    const told = Object.entries(written).filter(([file]) => /(?:SKILL|AGENTS|investigator)\.md$/u.test(file))
    const calls = told.flatMap(([, text]) => [...text.matchAll(/`inquest ([a-z][^`]*)`/gu)].map(([, call = '']) => call)).filter((call) => call !== 'init')
    expect(calls.length).toBeGreaterThan(20)
    for (const call of calls) {
      const [name = '', ...words] = call.split(' ')
      const verb = known.get(name)
      expect(verb, call).toBeDefined()
      for (const word of words) if (word.startsWith('--')) expect(verb?.options.some(({ flags }) => flags.split(/[ ,]/u).includes(word)), call).toBe(true)
      if (/^(?:new|spawn) [a-z]/u.test(call)) expect(inquest(repository.root, ['template', 'show', words[0] ?? '']).status, call).toBe(0)
    }
  })
})

describe('the MCP server', () => {
  const started = { command: 'npx', args: ['--no-install', 'inquest', 'mcp'] }
  const json = (text: string | undefined): Readonly<Record<string, Readonly<Record<string, unknown>>>> => JSON.parse(text ?? '') as Readonly<Record<string, Readonly<Record<string, unknown>>>>

  test('is named to every agent in the form that it reads, and to the plugin', () => {
    for (const text of [written['.mcp.json'], written['.cursor/mcp.json'], written['.gemini/settings.json'], readFileSync(path.join(projectRoot, 'plugin/.mcp.json'), 'utf8')]) expect(json(text)['mcpServers']?.['inquest']).toEqual(started)
    expect(json(written['.vscode/mcp.json'])['servers']?.['inquest']).toEqual({ type: 'stdio', ...started })
    expect(json(written['opencode.json'])['mcp']?.['inquest']).toEqual({ type: 'local', command: ['npx', '--no-install', 'inquest', 'mcp'] })
    expect(toml('.codex/config.toml')['mcp_servers']).toEqual({ inquest: started })
  })

  test('answers when it is started so', () => {
    const own = createRepository()
    mkdirSync(path.join(own.root, 'node_modules/.bin'), { recursive: true })
    symlinkSync(projectRoot, path.join(own.root, 'node_modules/inquest'))
    symlinkSync('../inquest/dist/cli.js', path.join(own.root, 'node_modules/.bin/inquest'))
    own.write('package.json', '{ "private": true }\n')
    const hello = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } } }
    const run = spawnSync(started.command, started.args, { cwd: own.root, encoding: 'utf8', input: `${JSON.stringify(hello)}\n`, timeout: 20_000 })
    expect(JSON.parse(run.stdout.split('\n')[0] ?? '')).toMatchObject({ id: 1, result: { serverInfo: { name: 'inquest' } } })
  })

  test('stands behind what a person configured for Codex', () => {
    const own = createRepository({ '.codex/config.toml': 'model = "a"\n\n[mcp_servers.other]\ncommand = "b"' })
    init(own, '--agents', 'codex')
    expect(parseToml(own.read('.codex/config.toml'))).toEqual({ model: 'a', mcp_servers: { other: { command: 'b' }, inquest: started } })
    expect(stepFor(init(own, '--agents', 'codex'), '.codex/config.toml')?.change).toBe('kept')
  })
})

describe('hooks', () => {
  interface Settings {
    readonly hooks: Readonly<Record<string, readonly { readonly matcher?: string; readonly hooks: readonly { readonly type: string; readonly command: string }[] }[]>>
  }
  /** Runs what the settings name for an event, as Claude Code does: in a shell, with the event on standard input. */
  function run(settings: string, event: string, cwd: string, env: NodeJS.ProcessEnv, input: object): { status: number | null; stderr: string } {
    const [entry] = (JSON.parse(settings) as Settings).hooks[event] ?? []
    const done = spawnSync('sh', ['-c', entry?.hooks[0]?.command ?? 'exit 9'], { cwd, env: { ...process.env, ...env }, encoding: 'utf8', input: JSON.stringify({ session_id: 's', cwd, hook_event_name: event, ...input }) })
    return { status: done.status, stderr: done.stderr }
  }
  const file = 'docs/INV-001.md'
  const forbidden = { tool_name: 'Edit', tool_input: { file_path: file, old_string: 'status: active', new_string: 'status: complete' } }

  test('of the settings hold an edit back, with the program on the path or in the repository', () => {
    const bin = scratchFolder()
    writeFileSync(path.join(bin, 'inquest'), `#!/bin/sh\nexec '${process.execPath}' '${path.join(projectRoot, 'dist/cli.js')}' "$@"\n`, { mode: 0o755 })
    repository.write(file, sample.replace('status: complete', 'status: active'))
    const onPath = run(written['.claude/settings.json'] ?? '', 'PreToolUse', repository.root, { PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` }, forbidden)
    expect(onPath.stderr).toContain('Run: inquest close INV-001')
    expect(onPath.status).toBe(2)

    const installed = createRepository({ [file]: sample.replace('status: complete', 'status: active') })
    mkdirSync(path.join(installed.root, 'node_modules'))
    symlinkSync(projectRoot, path.join(installed.root, 'node_modules/inquest'))
    init(installed, '--agents', 'claude')
    const inRepository = run(installed.read('.claude/settings.json'), 'PreToolUse', installed.root, { CLAUDE_PROJECT_DIR: installed.root }, forbidden)
    expect(inRepository.status).toBe(2)
    for (const event of ['PostToolUse', 'Stop', 'SubagentStop']) expect(run(installed.read('.claude/settings.json'), event, installed.root, { CLAUDE_PROJECT_DIR: installed.root }, {}).status, event).toBe(0)
  })

  test('of the plugin are those of the settings', () => {
    const plugin = JSON.parse(readFileSync(path.join(projectRoot, 'plugin/hooks/hooks.json'), 'utf8')) as Settings
    const settings = JSON.parse(written['.claude/settings.json'] ?? '') as Settings
    expect(Object.keys(plugin.hooks)).toEqual(Object.keys(settings.hooks))
    for (const [event, entries] of Object.entries(plugin.hooks)) {
      expect(entries[0]?.matcher).toBe(settings.hooks[event]?.[0]?.matcher)
      expect(entries[0]?.hooks[0]?.command).toBe(`npx --no-install ${settings.hooks[event]?.[0]?.hooks[0]?.command ?? ''}`)
    }
  })
})

describe('what people wrote', () => {
  const skill = '.claude/skills/new-plan/SKILL.md'

  test('is kept, and that is said; `--force` writes it anew', () => {
    const own = createRepository({ 'AGENTS.md': '# Rules\n\nBe kind.', '.claude/settings.json': '{\n\t// ours\n\t"model": "opus",\n\t"hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }] }\n}\n', 'CLAUDE.md': 'Read on.\n', '.claude/skills/new-plan/SKILL.md': '# Our own way\n' })
    const first = init(own, '--agents', 'claude')
    expect(stepFor(first, 'AGENTS.md')?.change).toBe('extended')
    expect(own.read('AGENTS.md')).toMatch(/^# Rules\n\nBe kind\.\n\n<!-- inquest .*-->\n## Investigations\n/u)
    expect(own.read('CLAUDE.md')).toBe('Read on.\n\n@AGENTS.md\n')
    expect(own.read('.claude/settings.json')).toMatch(/^\{\n\t\/\/ ours\n\t"model": "opus",\n\t"hooks": \{/u)
    expect(own.read('.claude/settings.json')).toContain('say done')
    expect(own.read('.claude/settings.json')).toContain('inquest hook Stop')
    expect(stepFor(first, skill)).toEqual({ path: skill, change: 'left', note: 'was there before, and is not of inquest; `--force` replaces it' })
    expect(own.read(skill)).toBe('# Our own way\n')

    const before = everything(own)
    expect(init(own, '--agents', 'claude').filter((step) => !['kept', 'left'].includes(step.change))).toEqual([])
    expect(everything(own)).toEqual(before)

    const other = '.claude/skills/new-investigation/SKILL.md'
    own.write(other, own.read(other).replace('# Start', '# How we start'))
    own.write('AGENTS.md', own.read('AGENTS.md').replace('## Investigations', '## Our investigations'))
    const second = init(own, '--agents', 'claude')
    expect(stepFor(second, other)).toEqual({ path: other, change: 'left', note: 'was edited by hand; `--force` writes it anew' })
    expect(stepFor(second, 'AGENTS.md')).toEqual({ path: 'AGENTS.md', change: 'left', note: 'its section of inquest was edited by hand; `--force` writes it anew' })
    expect(own.read(other)).toContain('# How we start')
    expect(inquest(own.root, ['init', '--agents', 'claude']).stdout).toContain(`${other}: was edited by hand; \`--force\` writes it anew\n`)

    init(own, '--agents', 'claude', '--force')
    for (const file of [skill, other]) expect(own.read(file)).toBe(written[file])
    expect(own.read('AGENTS.md')).toMatch(/^# Rules\n\nBe kind\.\n\n<!-- inquest .*-->\n## Investigations\n/u)
  })

  test('what another version wrote and nobody edited is brought up to date, its line ends kept', () => {
    const own = createRepository()
    init(own, '--agents', 'claude')
    // A text of another version carries its own digest, which is what tells that nobody edited it.
    const old = createRepository({ 'AGENTS.md': '', [skill]: '' })
    old.write(skill, '# Old words\n\n<!-- inquest 0.0.1 DIGEST: `inquest init` wrote this file, and updates it as long as nobody edits it -->\n'.replace('DIGEST', digest('# Old words')).replaceAll('\n', '\r\n'))
    old.write('AGENTS.md', `Before.\n\n<!-- inquest 0.0.1 ${digest('Old words.')}: \`inquest init\` wrote what follows -->\nOld words.\n<!-- end of inquest -->\n\nBehind.\n`)
    const steps = init(old, '--agents', 'claude')
    expect(stepFor(steps, skill)?.change).toBe('updated')
    expect(stepFor(steps, 'AGENTS.md')?.change).toBe('updated')
    expect(old.read(skill).replaceAll('\r\n', '\n')).toBe(own.read(skill))
    expect(old.read(skill)).not.toMatch(/[^\r]\n/u)
    expect(old.read('AGENTS.md')).toBe(`Before.\n\n${own.read('AGENTS.md')}\nBehind.\n`)
    // The same words under an older version's stamp are not touched.
    own.write(skill, own.read(skill).replace(/<!-- inquest \S+/u, '<!-- inquest 0.0.1'))
    expect(stepFor(init(own, '--agents', 'claude'), skill)?.change).toBe('kept')
  })

  test('a link between the two files is enough, and settings that are no JSON are left with what to add', () => {
    const own = createRepository({ 'AGENTS.md': '# Rules\n', '.claude/settings.json': '{ no' })
    symlinkSync('AGENTS.md', path.join(own.root, 'CLAUDE.md'))
    const steps = init(own, '--agents', 'claude')
    expect(stepFor(steps, 'CLAUDE.md')?.change).toBe('kept')
    expect(own.read('AGENTS.md')).not.toContain('@AGENTS.md')
    expect(stepFor(steps, '.claude/settings.json')).toMatchObject({ change: 'left', note: expect.stringContaining('cannot be read as JSON; add `hooks.PreToolUse` to it by hand') as string })
    expect(own.read('.claude/settings.json')).toBe('{ no')
  })

  test('names that there are none of are refused, and none is none', () => {
    const own = createRepository()
    const run = inquest(own.root, ['init', '--agents', 'claude,emacs'])
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain('--agents: there is no "emacs"')
    expect(init(own, '--agents', 'none').map((step) => step.path)).toEqual(['inquest.yaml', '.inquest/config.schema.json', '.inquest/templates/README.md', 'docs/investigations/', '.gitignore'])
  })
})

describe('asking', () => {
  /** With a terminal at both ends, as `script` of util-linux makes one; each answer is typed once its question stands there. */
  function onTerminal(cwd: string, args: string, answers: readonly (readonly [question: string, keys: string])[]): Promise<string> {
    const child = spawn('script', ['-qec', `stty cols 100 rows 30; '${process.execPath}' '${path.join(projectRoot, 'dist/cli.js')}' ${args}`, '/dev/null'], { cwd, env: { ...process.env, CI: '', TERM: 'xterm', NO_COLOR: '1' } })
    const open = [...answers]
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const [next] = open
      if (next === undefined || !output.includes(next[0])) return
      open.shift()
      child.stdin.write(next[1])
    })
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', () => resolve(output))
    })
  }
  const hasScript = spawnSync('script', ['--version']).status === 0
  if (!hasScript) console.log('skipped: there is no `script` to make a terminal with')

  test.runIf(hasScript)('asks a person at a terminal, and writes what was chosen', async () => {
    const own = createRepository()
    await onTerminal(own.root, 'init', [['Which coding agents work here?', ' \r'], ['Where are documents checked?', ' \r']])
    expect(own.read('CLAUDE.md')).toBe('@AGENTS.md\n')
    expect(own.read('.github/workflows/inquest.yml')).toContain('name: investigations')
    expect(readdirSync(own.root)).not.toContain('.codex')
    const given = createRepository()
    await onTerminal(given.root, 'init', [['Which coding agents work here?', '\u0003']])
    expect(readdirSync(given.root)).toEqual(['.git'])
  })

  test('never asks without one', () => {
    const run = inquest(createRepository().root, ['init'])
    expect(run.stdout).not.toContain('Which')
    expect(run.status).toBe(0)
  })
})

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
