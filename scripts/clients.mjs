/**
 * Connects clients that others made to the packed and installed program: the Inspector's command line, the client of the
 * protocol's first library, and Claude Code. What cannot be installed is skipped, with the reason. `npm run clients`.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(path.join(tmpdir(), 'inquest-clients-'))
const project = path.join(scratch, 'project')
let passed = 0
let failed = 0
let skipped = 0

function run(command, args, { cwd = project, env = {}, timeout = 120_000, input = '' } = {}) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', timeout, input, env: { ...process.env, NO_COLOR: '1', ...env } })
  return { status: done.status ?? -1, output: `${done.stdout ?? ''}${done.stderr ?? ''}`, stdout: done.stdout ?? '' }
}

/** True where the packages are there; otherwise the reason is printed and the client counts as skipped. */
function install(client, folder, packages) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const done = run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: folder, timeout: 600_000 })
  if (done.status === 0) return true
  skipped++
  console.log(`skip  ${client}: ${packages.join(', ')} cannot be installed: ${done.output.trim().split('\n')[0] ?? ''}`)
  return false
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
  run('git', ['init', '-q'])
  run('npx', ['inquest', 'init'])
  const example = 'INVESTIGATION-INV-001-nightly-export-loses-rows.md'
  cpSync(path.join(root, 'examples', example), path.join(project, 'docs/investigations', example))
}

/** The Inspector needs a newer Node than inquest does. */
function inspector() {
  const folder = path.join(scratch, 'inspector')
  if (!install('the Inspector', folder, ['node@22', '@modelcontextprotocol/inspector'])) return
  const node = path.join(folder, 'node_modules/node/bin/node')
  const cli = path.join(folder, 'node_modules/.bin/mcp-inspector')
  const inspect = (...args) => run(node, [cli, '--cli', process.execPath, path.join(project, 'node_modules/inquest/dist/cli.js'), 'mcp', ...args], { env: { PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` } })
  const listed = inspect('--method', 'tools/list')
  expectThat('the Inspector lists the tools', listed.stdout.includes('"investigation_check"'), listed.output)
  const called = inspect('--method', 'tools/call', '--tool-name', 'investigation_status', '--tool-arg', 'id=INV-001')
  expectThat('the Inspector calls a tool', called.stdout.includes('"structuredContent"') && called.stdout.includes('Nightly export loses rows'), called.output)
  const resources = inspect('--method', 'resources/list')
  expectThat('the Inspector lists the resources', resources.stdout.includes('inquest://document/INV-001'), resources.output)
  const prompts = inspect('--method', 'prompts/list')
  expectThat('the Inspector lists the prompts', prompts.stdout.includes('"continue"'), prompts.output)
}

const firstClient = `
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
const [node, program, cwd] = process.argv.slice(2)
const client = new Client({ name: 'first', version: '1' }, { capabilities: { elicitation: {} } })
client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { why: 'It came back' } }))
await client.connect(new StdioClientTransport({ command: node, args: [program, 'mcp'], cwd }))
const { tools } = await client.listTools()
let told = 0
for (const { name, inputSchema } of tools) {
  const known = { id: 'INV-001', from: 'INV-001', template: 'work_item', title: 'Follow up', why: undefined }
  const needed = name === 'investigation_reopen' ? ['id'] : (inputSchema.required ?? [])
  const input = Object.fromEntries(needed.map((key) => [key, known[key] ?? 'x']))
  // The client holds every answer against the output schema, and throws where it does not fit.
  const { content, structuredContent } = await client.callTool({ name, arguments: input })
  if (content[0]?.type === 'text' && structuredContent?.version === 1) told++
}
const { resources } = await client.listResources()
const { prompts } = await client.listPrompts()
await client.close()
console.log(JSON.stringify({ tools: tools.length, told, resources: resources.length > 0, prompts: prompts.length > 0 }))
`

function firstLibrary() {
  const folder = path.join(scratch, 'first')
  if (!install('the first library', folder, ['@modelcontextprotocol/sdk@1'])) return
  writeFileSync(path.join(folder, 'client.js'), firstClient)
  const done = run(process.execPath, ['client.js', process.execPath, path.join(project, 'node_modules/inquest/dist/cli.js'), project], { cwd: folder })
  const answer = done.status === 0 ? JSON.parse(done.stdout) : {}
  expectThat("the first library's client calls every tool", answer.tools > 0 && answer.told === answer.tools && answer.resources && answer.prompts, done.output)
}

function claudeCode() {
  const folder = path.join(scratch, 'claude')
  if (!install('Claude Code', folder, ['@anthropic-ai/claude-code'])) return
  const claude = path.join(folder, 'node_modules/.bin/claude')
  // Its own settings stay out of the home of whoever runs this.
  const env = { HOME: folder, CLAUDE_CONFIG_DIR: path.join(folder, 'config') }
  const added = run(claude, ['mcp', 'add', 'inquest', '--', 'npx', 'inquest', 'mcp'], { env })
  expectThat('Claude Code takes the server', added.status === 0, added.output)
  const listed = run(claude, ['mcp', 'list'], { env })
  expectThat('Claude Code is connected to it', /inquest:.*Connected/u.test(listed.stdout), listed.output)
}

try {
  setUp()
  firstLibrary()
  inspector()
  claudeCode()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`\n${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`)
process.exitCode = failed === 0 ? 0 : 1
