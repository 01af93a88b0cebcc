/** Owns one MCP server: what it offers, and how a request becomes a job and its answer a reply. */

import type { CallToolResult, InputRequiredResult, ServerContext, StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import { CLIENT_CAPABILITIES_META_KEY, McpServer, ProtocolError, ProtocolErrorCode, ResourceNotFoundError, acceptedContent, inputRequired, inputResponse } from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { Changes } from './changes.js'
import { resourceTemplates } from './resources.js'
import type { Answer, Question, Tool } from './tool.js'
import { tools } from './tools.js'
import type { Watched, Workers } from './workers.js'
import { JobFailed } from './workers.js'

export interface Offered {
  readonly version: string
  readonly workers: Workers
  readonly changes: Changes
}

const instructions = `Investigations are Markdown documents that go through phases (such as hypothesize, explore, conclude); each phase ends at a gate of rules. Start one with investigation_new, write into its file, check it with investigation_check after writing, and go on with investigation_advance; investigation_status tells what is in the way. Ask memory_search_with_experience what is known before supposing anything, and evidence_verify whether cited lines still stand. Phases, status and ticks that a document proves are written by the tools, never by hand. The prompts and inquest://rule/{name} tell what is asked for.`

/** Resources in one answer; clients ask on for the rest. */
const pageSize = 500

/** Values that a client may offer to complete to; the protocol allows no more. */
const mostCompletions = 100

/** What a person is asked stays below this; a sentence is meant. */
const longestReason = 2000

export function createServer({ version, workers, changes }: Offered): McpServer {
  const mcp = new McpServer(
    { name: 'inquest', title: 'inquest', version },
    {
      instructions,
      capabilities: { tools: { listChanged: false }, resources: { subscribe: true, listChanged: true }, prompts: { listChanged: true }, completions: {} },
      // The files change whenever anybody writes; only the list of tools stays.
      cacheHints: { 'tools/list': { ttlMs: 3_600_000, cacheScope: 'public' } },
    },
  )
  for (const tool of tools) offerTool(mcp, tool, workers, changes)
  offerResources(mcp, workers, changes)
  offerPrompts(mcp, workers, changes)
  mcp.server.setRequestHandler('completion/complete', async ({ params: { ref, argument } }) => {
    const { name, value } = argument
    const asked = ref.type === 'ref/prompt' ? ({ of: 'prompt', name: ref.name, argument: name, value } as const) : ({ of: 'resource', uri: ref.uri, argument: name, value } as const)
    const values = await plainly(workers.run('completions', asked))
    return { completion: { values: values.slice(0, mostCompletions), total: values.length, hasMore: values.length > mostCompletions } }
  })
  return mcp
}

// ---------------------------------------------------------------- tools

function offerTool(mcp: McpServer, tool: Tool, workers: Workers, changes: Changes): void {
  const { name, title, description } = tool
  const inputSchema = leftToTheCall(tool.input)
  const outputSchema = portable(tool.output)
  mcp.registerTool(name, { title, description, inputSchema, outputSchema, annotations: hintsOf(tool) }, async (given, ctx) => {
    const input = readInput(tool.input, given)
    if ('problem' in input) return resultOf({ code: 'usage', message: `${name}: ${input.problem}`, hint: 'The input schema of the tool tells what it takes' })
    const said = saidBy(ctx)
    try {
      const answer = await workers.run('tool', { name, input: input.read, said: said.reasons }, watchedBy(ctx))
      const asked = !said.asked && (answer.questions ?? []).length > 0 && canAsk(mcp, ctx) ? askFor(answer) : undefined
      if (asked !== undefined) return asked
      if (tool.changes !== 'nothing') changes.look()
      return resultOf(answer)
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error
      if (error.failure.stack !== undefined) process.stderr.write(`inquest: ${name}: ${error.failure.stack}\n`)
      return resultOf(error.failure)
    }
  })
}

/** As the protocol calls them; a tool that only reads may be called again as well. */
function hintsOf({ title, changes }: Tool): Readonly<Record<string, boolean | string>> {
  return {
    title,
    readOnlyHint: changes === 'nothing',
    destructiveHint: changes === 'over',
    idempotentHint: changes === 'nothing' || changes === 'once',
    openWorldHint: false,
  }
}

/** The schema is shown to clients, and what they send is read by the call itself, so that a mistake in it is told like all others. */
function leftToTheCall(schema: z.ZodObject): StandardSchemaWithJSON<unknown, unknown> {
  return portable(schema, (value) => ({ value }))
}

/**
 * A schema that validators of every draft from 6 on read alike: most clients take it for their own draft, and some refuse one that names
 * another. What `additionalProperties: {}` says is the default.
 */
function portable(schema: z.ZodType, validate = schema['~standard'].validate): StandardSchemaWithJSON<unknown, unknown> {
  const { jsonSchema } = schema['~standard'] as unknown as StandardSchemaWithJSON['~standard']
  const tidy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(tidy)
    if (typeof value !== 'object' || value === null) return value
    const kept = Object.entries(value).filter(([key, one]) => key !== '$schema' && !(key === 'additionalProperties' && JSON.stringify(one) === '{}'))
    return Object.fromEntries(kept.map(([key, one]) => [key, tidy(one)]))
  }
  const tidied = (make: (typeof jsonSchema)['input']): typeof make => (options) => tidy(make(options)) as ReturnType<typeof make>
  return { '~standard': { version: 1, vendor: 'inquest', validate, jsonSchema: { input: tidied(jsonSchema.input), output: tidied(jsonSchema.output) } } }
}

function readInput(schema: z.ZodObject, given: unknown): { readonly read: Readonly<Record<string, unknown>> } | { readonly problem: string } {
  const read = schema.safeParse(given ?? {})
  if (read.success) return { read: (given ?? {}) as Readonly<Record<string, unknown>> }
  const [first, ...more] = read.error.issues
  const place = first === undefined || first.path.length === 0 ? '' : `\`${first.path.map(String).join('.')}\`: `
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`
  return { problem: `${place}${first?.message ?? 'cannot be read'}${rest}`.slice(0, 500) }
}

function resultOf(answer: Answer | { readonly code: string; readonly message: string; readonly hint: string | undefined }): CallToolResult {
  if ('text' in answer) {
    return { content: [{ type: 'text', text: answer.text }], structuredContent: { version: 1, ...answer.structured }, ...(answer.failed === true && { isError: true }) }
  }
  const { code, message, hint } = answer
  const text = hint === undefined ? message : `${message}\n${hint}`
  return { content: [{ type: 'text', text }], structuredContent: { version: 1, error: { code, message, ...(hint !== undefined && { hint }) } }, isError: true }
}

function watchedBy({ mcpReq }: ServerContext): Watched {
  const { _meta: meta } = mcpReq
  const token = meta?.progressToken
  return {
    signal: mcpReq.signal,
    ...(token !== undefined && {
      onProgress(done: number, total: number, doing: string) {
        const message = `${doing} ${done} of ${total}`
        // Whoever does not read it any more will not read the answer either.
        mcpReq.notify({ method: 'notifications/progress', params: { progressToken: token, progress: done, total, message } }).catch(() => undefined)
      },
    }),
  }
}

// ---------------------------------------------------------------- what only a person can say

const form = 'reasons'

/** True where the client shows forms to a person; one that only opens addresses does not. */
function canAsk(mcp: McpServer, { mcpReq }: ServerContext): boolean {
  const envelope = mcpReq.envelope as Readonly<Record<string, unknown>> | undefined
  const capabilities = (envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? mcp.server.getClientCapabilities()) as { readonly elicitation?: Readonly<Record<string, unknown>> } | undefined
  const { elicitation } = capabilities ?? {}
  return elicitation !== undefined && (Object.keys(elicitation).length === 0 || 'form' in elicitation)
}

function askFor({ text, questions = [] }: Answer): InputRequiredResult {
  const properties = Object.fromEntries(questions.map(({ key, title, expected }: Question) => [key, { type: 'string' as const, title, description: expected, minLength: 1, maxLength: longestReason }]))
  const [first = ''] = text.split('\n')
  return inputRequired({
    inputRequests: {
      [form]: inputRequired.elicit({ message: `${first}\nOnly a person can say what is missing.`, requestedSchema: { type: 'object', properties, required: questions.map(({ key }) => key) } }),
    },
  })
}

/** What came back; `asked` is true where the person declined as well, so that nobody is asked twice. */
function saidBy({ mcpReq }: ServerContext): { readonly asked: boolean; readonly reasons: Readonly<Record<string, string>> } {
  const asked = inputResponse(mcpReq.inputResponses, form).kind !== 'missing'
  const content = acceptedContent(mcpReq.inputResponses, form) ?? {}
  const reasons = Object.entries(content).flatMap(([key, value]) => (typeof value === 'string' && value.length <= longestReason ? [[key, value.replaceAll(/\s+/gu, ' ').trim()] as const] : []))
  return { asked, reasons: Object.fromEntries(reasons) }
}

// ---------------------------------------------------------------- resources

function offerResources({ server }: McpServer, workers: Workers, changes: Changes): void {
  server.setRequestHandler('resources/list', async ({ params }) => {
    changes.watch()
    const from = readCursor(params?.cursor)
    const all = await plainly(workers.run('resources', null))
    const resources = all.slice(from, from + pageSize).map(({ uri, name, title, description }) => ({ uri, name, title, description, mimeType: 'text/markdown' }))
    return { resources, ...(from + pageSize < all.length && { nextCursor: String(from + pageSize) }) }
  })
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: resourceTemplates.map((one) => ({ ...one, mimeType: 'text/markdown' })) }))
  server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
    const read = await plainly(workers.run('resource', { uri }))
    if (read === null) throw new ResourceNotFoundError(uri)
    return { contents: [{ uri, mimeType: 'text/markdown', text: read.text }] }
  })
  // Clients of the revision of 2026 ask by `subscriptions/listen`, which the library answers.
  server.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
    changes.watch()
    subscribed(server).add(uri)
    return {}
  })
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    subscribed(server).delete(uri)
    return {}
  })
}

const subscriptions = new WeakMap<object, Set<string>>()

/** The addresses that a client of the revisions before 2026 asked to be told of. */
export function subscribed(server: McpServer['server']): Set<string> {
  const known = subscriptions.get(server) ?? new Set()
  subscriptions.set(server, known)
  return known
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,9}$/u.test(cursor)) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The cursor is none that this server gave')
  return Number(cursor)
}

// ---------------------------------------------------------------- prompts

function offerPrompts({ server }: McpServer, workers: Workers, changes: Changes): void {
  server.setRequestHandler('prompts/list', async () => {
    changes.watch()
    const prompts = await plainly(workers.run('prompts', null))
    return { prompts: prompts.map((one) => ({ ...one, arguments: [...one.arguments] })) }
  })
  server.setRequestHandler('prompts/get', async ({ params: { name, arguments: given = {} } }) => {
    const { description, text, document } = await plainly(workers.run('prompt', { name, given }))
    const about = document === undefined ? [] : [{ role: 'user' as const, content: { type: 'resource' as const, resource: { uri: document.uri, mimeType: 'text/markdown', text: document.text } } }]
    return { description, messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }, ...about] }
  })
}

/** The value of a job whose failure the protocol has an error for. */
async function plainly<T>(job: Promise<T>): Promise<T> {
  try {
    return await job
  } catch (error) {
    if (!(error instanceof JobFailed)) throw error
    const { code, message, hint, stack } = error.failure
    if (stack !== undefined) process.stderr.write(`inquest: ${stack}\n`)
    throw new ProtocolError(code === 'usage' ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError, hint === undefined ? message : `${message}. ${hint}`)
  }
}
