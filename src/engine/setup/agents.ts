/**
 * Owns what coding agents are given: one body of skills, an agent and a section, and for each host the form in which it
 * reads them. The body is the plugin for Claude Code, in `plugin/` of the package.
 */

import * as path from 'node:path'
import type { Host } from '../host.js'
import { builtinFolder } from '../templates.js'
import type { Piece } from './pieces.js'

export type AgentName = 'claude' | 'codex' | 'cursor' | 'gemini' | 'copilot' | 'opencode'

/** A piece of the body: its name, when it is to be used, and what it says. */
interface Told {
  readonly name: string
  readonly description: string
  readonly body: string
}

interface Body {
  readonly skills: readonly Told[]
  readonly investigator: Told
  readonly section: string
}

/** How a host starts the MCP server: with the package that the repository installs, else that of the machine. */
const server = { command: 'npx', args: ['--no-install', 'inquest', 'mcp'] }

/** The pieces that the named agents read, each once; those that several share come first. */
export function agentPieces(host: Host, root: string, names: readonly AgentName[]): readonly Piece[] {
  if (names.length === 0) return []
  const body = readBody(host)
  const pieces: Piece[] = [{ kind: 'section', path: 'AGENTS.md', text: body.section }, ...names.flatMap((name) => adapters[name](body, host, root))]
  return pieces.filter((piece, index) => piece.kind !== 'file' || pieces.findIndex((other) => other.kind === 'file' && other.path === piece.path) === index)
}

function readBody(host: Host): Body {
  const folder = path.join(path.dirname(builtinFolder(host)), 'plugin')
  const read = (file: string): string => host.readText(path.join(folder, file)) ?? ''
  return {
    skills: host.listFolder(path.join(folder, 'skills')).map((name) => told(read(`skills/${name}/SKILL.md`))),
    investigator: told(read('agents/investigator.md')),
    section: read('AGENTS.md'),
  }
}

function told(text: string): Told {
  const [, name = '', description = '', body = ''] = /^---\nname: (.+)\ndescription: (.+)\n---\n([\s\S]*)$/u.exec(text) ?? []
  return { name, description, body }
}

/** Both are written on one line and need no quotes: a test holds the bodies to that. */
function withHead(fields: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`)
  return `---\n${lines.join('')}---\n${body}`
}

const adapters: Readonly<Record<AgentName, (body: Body, host: Host, root: string) => readonly Piece[]>> = {
  claude: (body, host, root) => [
    { kind: 'line', path: 'CLAUDE.md', lines: ['@AGENTS.md', '@./AGENTS.md'] },
    ...skillsIn('.claude/skills', body),
    { kind: 'file', path: '.claude/agents/investigator.md', text: agentText(body) },
    ...hookPieces(callOf(host, root)),
    { kind: 'member', path: '.mcp.json', at: ['mcpServers', 'inquest'], value: server },
  ],
  codex: (body) => [
    ...skillsIn('.agents/skills', body),
    { kind: 'file', path: '.codex/agents/investigator.toml', text: `name = ${tomlText(body.investigator.name)}\ndescription = ${tomlText(body.investigator.description)}\ndeveloper_instructions = ${tomlLines(body.investigator.body)}\n` },
    // A table at the end of a file is one whatever stands before it.
    { kind: 'end', path: '.codex/config.toml', text: `[mcp_servers.inquest]\ncommand = ${tomlText(server.command)}\nargs = ${JSON.stringify(server.args)}\n`, holds: /^\s*\[mcp_servers\.inquest\]/mu },
  ],
  cursor: (body) => [
    ...skillsIn('.agents/skills', body),
    { kind: 'file', path: '.cursor/agents/investigator.md', text: agentText(body) },
    { kind: 'member', path: '.cursor/mcp.json', at: ['mcpServers', 'inquest'], value: server },
  ],
  gemini: (body) => [
    { kind: 'line', path: 'GEMINI.md', lines: ['@AGENTS.md', '@./AGENTS.md'] },
    ...body.skills.map((skill): Piece => ({
      kind: 'file',
      path: `.gemini/commands/${skill.name}.toml`,
      text: `description = ${tomlText(skill.description)}\nprompt = ${tomlLines(`${skill.body}\nThe request: {{args}}\n`)}\n`,
    })),
    { kind: 'file', path: '.gemini/agents/investigator.md', text: agentText(body) },
    { kind: 'member', path: '.gemini/settings.json', at: ['mcpServers', 'inquest'], value: server },
  ],
  copilot: (body) => [
    ...body.skills.map((skill): Piece => ({
      kind: 'file',
      path: `.github/prompts/${skill.name}.prompt.md`,
      text: withHead({ name: skill.name, description: skill.description, agent: 'agent' }, `${skill.body}\nThe request: \${input:request}\n`),
    })),
    { kind: 'file', path: '.github/agents/investigator.agent.md', text: agentText(body) },
    { kind: 'member', path: '.vscode/mcp.json', at: ['servers', 'inquest'], value: { type: 'stdio', ...server } },
  ],
  opencode: (body) => [
    ...body.skills.map((skill): Piece => ({
      kind: 'file',
      path: `.opencode/commands/${skill.name}.md`,
      text: withHead({ description: skill.description }, `${skill.body}\nThe request: $ARGUMENTS\n`),
    })),
    { kind: 'file', path: '.opencode/agents/investigator.md', text: withHead({ description: body.investigator.description, mode: 'subagent' }, body.investigator.body) },
    { kind: 'member', path: 'opencode.json', at: ['mcp', 'inquest'], value: { type: 'local', command: [server.command, ...server.args] } },
  ],
}

function skillsIn(folder: string, { skills }: Body): readonly Piece[] {
  return skills.map(({ name, description, body }) => ({ kind: 'file', path: `${folder}/${name}/SKILL.md`, text: withHead({ name, description }, body) }))
}

function agentText({ investigator: { name, description, body } }: Body): string {
  return withHead({ name, description }, body)
}

function tomlText(text: string): string {
  return JSON.stringify(text)
}

/** Over several lines, so that people can read it. */
function tomlLines(text: string): string {
  return `"""\n${text.replaceAll('\\', String.raw`\\`).replaceAll('"""', String.raw`""\"`)}"""`
}

// ---------------------------------------------------------------- hooks of Claude Code

const writingTools = 'Edit|MultiEdit|Write'

/** How a hook starts the program: the one that the repository installs where it does, without the cost of npx. */
function callOf(host: Host, root: string): string {
  return host.exists(path.join(root, 'node_modules/inquest/dist/cli.js')) ? 'node "$CLAUDE_PROJECT_DIR/node_modules/inquest/dist/cli.js"' : 'inquest'
}

function hookPieces(call: string): readonly Piece[] {
  return (['PreToolUse', 'PostToolUse', 'Stop', 'SubagentStop'] as const).map((event) => ({
    kind: 'member',
    path: '.claude/settings.json',
    at: ['hooks', event],
    value: { ...(event.endsWith('ToolUse') && { matcher: writingTools }), hooks: [{ type: 'command', command: `${call} hook ${event}` }] },
    is: (item) => new RegExp(`\\binquest\\b.*\\bhook ${event}\\b`, 'u').test(item),
  }))
}
