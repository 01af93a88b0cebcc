/**
 * Connects clients that others made to the packed and installed program: the clients of both libraries of the protocol, the Inspector's command
 * line, and Claude Code. The first three call every tool, and validate what it answers. What cannot be installed is skipped, with the reason.
 * `npm run clients`, or `npm run clients -- sdk1 sdk2 inspector` for some.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client as SecondClient } from '@modelcontextprotocol/client'
import { StdioClientTransport as SecondTransport } from '@modelcontextprotocol/client/stdio'
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { calls, emptyIn, prepareRepository } from './mcp-calls.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(path.join(tmpdir(), 'inquest-clients-'))
const project = path.join(scratch, 'project')
const program = path.join(project, 'node_modules/inquest/dist/cli.js')
let passed = 0
let failed = 0
let skipped = 0

/** With what it needs 111 MB, and 185 MB for a Node that it runs on: too much for everyone who installs the project. */
const inspectorVersion = '2.12.0'
const inspectorNode = '22.23.3'
const oldestInspectorNode = [22, 19]

function run(command, args, { cwd = project, env = {}, timeout = 120_000, input = '' } = {}) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', timeout, input, env: { ...process.env, NO_COLOR: '1', ...env } })
  return { status: done.status ?? -1, output: `${done.stdout ?? ''}${done.stderr ?? ''}`, stdout: done.stdout ?? '' }
}

/**
 * Installs packages in a folder that is kept; no script of them is run.
 * @param {string} folder
 * @param {readonly string[]} packages with their versions
 * @returns what kept them from being installed; undefined where they are there
 */
function install(folder, packages) {
  const manifest = `${JSON.stringify({ private: true, type: 'module', packages }, undefined, 2)}\n`
  const stamp = path.join(folder, 'package.json.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === manifest) return undefined
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), manifest)
  const done = run('npm', ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', ...packages], { cwd: folder, timeout: 600_000 })
  if (done.status !== 0) return `${packages.join(', ')} cannot be installed: ${done.output.trim().split('\n')[0] ?? ''}`
  writeFileSync(stamp, manifest)
  return undefined
}

function skip(client, reason) {
  skipped++
  console.log(`skipped: ${client}: ${reason}`)
}

function expectThat(what, holds, output) {
  if (holds) {
    passed++
    console.log(`ok    ${what}`)
  } else {
    failed++
    console.log(`FAIL  ${what}\n${output.trim().split('\n').slice(-15).join('\n')}`)
  }
}

function setUp() {
  const packed = run('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], { cwd: root })
  const tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz'))
  if (packed.status !== 0 || tarball === undefined) throw new Error(`npm pack: ${packed.output}`)
  mkdirSync(project)
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  const installed = run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', path.join(scratch, tarball)])
  if (installed.status !== 0) throw new Error(`npm install: ${installed.output}`)
  // The native part of the store's driver is made by a script; the one that was made for the project is used.
  const driver = path.join(project, 'node_modules/better-sqlite3')
  rmSync(driver, { recursive: true, force: true })
  symlinkSync(path.join(root, 'node_modules/better-sqlite3'), driver, 'junction')
}

/** A repository of its own for each client, because calls change it. */
function repositoryFor(client) {
  const folder = path.join(scratch, client)
  mkdirSync(folder)
  prepareRepository(folder, program)
  return folder
}

/** Throws where a client finds that an answer does not fit the schema that the server gave it. */
async function callEverything(name, client, transport) {
  let done = 0
  try {
    await client.connect(transport)
    const { tools } = await client.listTools()
    const uncalled = tools.filter((tool) => !calls.some((call) => call.tool === tool.name))
    expectThat(`${name} is offered no tool that is not called`, uncalled.length === 0, uncalled.map((tool) => tool.name).join(', '))
    for (const { tool, input, filled } of calls) {
      const { structuredContent, isError } = await client.callTool({ name: tool, arguments: input })
      const empty = emptyIn(structuredContent, filled)
      if (isError === true || empty.length > 0) throw new Error(`${tool}: ${isError === true ? JSON.stringify(structuredContent) : `${empty.join(', ')}: empty`}`)
      done++
    }
    const { resources } = await client.listResources()
    const { prompts } = await client.listPrompts()
    expectThat(`${name} lists resources and prompts`, resources.length > 0 && prompts.length > 0, '')
  } catch (error) {
    expectThat(`${name}: call ${done + 1}, ${calls[done]?.tool}`, false, error.message)
  } finally {
    await client.close()
  }
  expectThat(`${name} takes all ${calls.length} answers`, done === calls.length, '')
}

async function firstLibrary() {
  const cwd = repositoryFor('sdk1')
  await callEverything('SDK 1', new FirstClient({ name: 'first', version: '1' }, { capabilities: {} }), new FirstTransport({ command: process.execPath, args: [program, 'mcp'], cwd }))
}

async function secondLibrary() {
  for (const [era, options] of [['with a handshake', {}], ['without one', { versionNegotiation: { mode: { pin: '2026-07-28' } } }]]) {
    const cwd = repositoryFor(`sdk2-${era.split(' ')[0]}`)
    await callEverything(`SDK 2, ${era},`, new SecondClient({ name: 'second', version: '1' }, { capabilities: {}, ...options }), new SecondTransport({ command: process.execPath, args: [program, 'mcp'], cwd }))
  }
}

function inspector() {
  const folder = path.join(root, 'node_modules/.cache/inspector')
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isNew = major > oldestInspectorNode[0] || (major === oldestInspectorNode[0] && minor >= oldestInspectorNode[1])
  const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const reason = install(folder, [`@modelcontextprotocol/inspector@${inspectorVersion}`, ...(isNew ? [] : [`${nodePackage}@${inspectorNode}`])])
  if (reason !== undefined) return skip('the Inspector', reason)
  const node = isNew ? process.execPath : path.join(folder, 'node_modules', nodePackage, process.platform === 'win32' ? 'node.exe' : 'bin/node')
  const entry = path.join(folder, 'node_modules/@modelcontextprotocol/inspector/clients/cli/build/index.js')
  const cwd = repositoryFor('inspector')
  // Its settings stay out of the home of the user who runs this.
  const inspect = (...args) => run(node, [entry, process.execPath, program, 'mcp', '--cwd', cwd, '--format', 'json', ...args], { cwd, env: { HOME: scratch } })
  if (run(node, ['--version']).status !== 0) return skip('the Inspector', `${nodePackage} ${inspectorNode} does not run here`)

  // `--strict` fails for schemas that other clients may refuse.
  const listed = inspect('--method', 'tools/list', '--strict')
  expectThat('the Inspector finds nothing wrong with the schemas of the tools', listed.status === 0 && listed.stdout.includes('"investigation_check"'), listed.output)
  for (const { tool, input, filled } of calls) {
    const called = inspect('--method', 'tools/call', '--tool-name', tool, '--tool-args-json', JSON.stringify(input))
    let empty = filled
    try {
      const answer = JSON.parse(called.stdout)
      empty = emptyIn((answer.result ?? answer).structuredContent, filled)
    } catch {
      // It is shown below.
    }
    expectThat(`the Inspector takes the answer of ${tool}`, called.status === 0 && empty.length === 0, `${empty.join(', ')}\n${called.output}`)
  }
  const resources = inspect('--method', 'resources/list')
  expectThat('the Inspector lists the resources', resources.stdout.includes('inquest://document/INV-001'), resources.output)
  const read = inspect('--method', 'resources/read', '--uri', 'inquest://document/INV-001')
  expectThat('the Inspector reads a resource', read.status === 0 && read.stdout.includes('Nightly export loses rows'), read.output)
  const prompts = inspect('--method', 'prompts/list')
  expectThat('the Inspector lists the prompts', prompts.stdout.includes('"continue"'), prompts.output)
  const prompt = inspect('--method', 'prompts/get', '--prompt-name', 'continue', '--prompt-args', 'document=INV-002')
  expectThat('the Inspector gets a prompt', prompt.status === 0 && prompt.stdout.includes('inquest://document/INV-002'), prompt.output)
}

function claudeCode() {
  const folder = path.join(scratch, 'claude')
  mkdirSync(folder)
  const done = run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '@anthropic-ai/claude-code'], { cwd: folder, timeout: 600_000 })
  if (done.status !== 0) return skip('Claude Code', `it cannot be installed: ${done.output.trim().split('\n')[0] ?? ''}`)
  const cwd = repositoryFor('claude-project')
  const claude = path.join(folder, 'node_modules/.bin/claude')
  // Its own settings stay out of the home of whoever runs this.
  const env = { HOME: folder, CLAUDE_CONFIG_DIR: path.join(folder, 'config') }
  const added = run(claude, ['mcp', 'add', 'inquest', '--', process.execPath, program, 'mcp'], { cwd, env })
  expectThat('Claude Code takes the server', added.status === 0, added.output)
  const listed = run(claude, ['mcp', 'list'], { cwd, env })
  expectThat('Claude Code is connected to it', /inquest:.*Connected/u.test(listed.stdout), listed.output)
}

const clients = { sdk1: firstLibrary, sdk2: secondLibrary, inspector, claude: claudeCode }
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(clients)
const unknown = chosen.find((name) => !Object.hasOwn(clients, name))
if (unknown !== undefined) {
  console.error(`${unknown}: is not a client, expected some of ${Object.keys(clients).join(', ')}`)
  process.exit(2)
}
try {
  setUp()
  for (const name of chosen) await clients[name]()
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
}
console.log(`\n${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`)
process.exitCode = failed === 0 ? 0 : 1
