/** Clients that others made: what they validate answers with takes every answer of every tool, and they reach all that the server offers. */

import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Client as SecondClient } from '@modelcontextprotocol/client'
import { StdioClientTransport as SecondTransport } from '@modelcontextprotocol/client/stdio'
import { AjvJsonSchemaValidator as SecondAjv } from '@modelcontextprotocol/client/validators/ajv'
import { CfWorkerJsonSchemaValidator as SecondCfWorker } from '@modelcontextprotocol/client/validators/cf-worker'
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { ElicitRequestSchema, ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { AjvJsonSchemaValidator as FirstAjv } from '@modelcontextprotocol/sdk/validation/ajv'
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { projectRoot, scratchFolder } from '../support/repository.js'
import { program } from './session.js'

interface Scenario {
  prepareRepository(folder: string, program: string): void
  readonly calls: readonly { readonly tool: string; readonly input: Readonly<Record<string, unknown>>; readonly filled: readonly string[] }[]
  emptyIn(answer: unknown, filled: readonly string[]): readonly string[]
}
const { prepareRepository, calls, emptyIn } = (await import(pathToFileURL(path.join(projectRoot, 'scripts/mcp-calls.mjs')).href)) as Scenario

/** In milliseconds; a busy machine takes its time. */
const longest = 180_000

type Schema = Readonly<Record<string, unknown>>
interface Tool {
  readonly name: string
  readonly inputSchema: Schema
  readonly outputSchema?: Schema | undefined
}

interface Caller {
  listTools(): Promise<{ readonly tools: readonly Tool[] }>
  callTool(params: { readonly name: string; readonly arguments: Record<string, unknown> }): Promise<{ readonly structuredContent?: unknown; readonly isError?: unknown }>
  close(): Promise<void>
}

/** Each client validates what comes back against the schemas that it was given, and throws where it does not fit. */
const clients: Readonly<Record<string, (cwd: string) => Promise<Caller>>> = {
  async 'SDK 1'(cwd) {
    const client = new FirstClient({ name: 'first', version: '1' }, { capabilities: {} })
    await client.connect(new FirstTransport({ command: process.execPath, args: [program, 'mcp'], cwd }))
    return client as Caller
  },
  async 'SDK 2, with a handshake'(cwd) {
    const client = new SecondClient({ name: 'second', version: '1' }, { capabilities: {} })
    await client.connect(new SecondTransport({ command: process.execPath, args: [program, 'mcp'], cwd }))
    return client as Caller
  },
  async 'SDK 2, without one'(cwd) {
    const client = new SecondClient({ name: 'second', version: '1' }, { capabilities: {}, versionNegotiation: { mode: { pin: '2026-07-28' } } })
    await client.connect(new SecondTransport({ command: process.execPath, args: [program, 'mcp'], cwd }))
    return client as Caller
  },
}

let tools: readonly Tool[] = []
/** What each tool answered to one of them, call by call. */
const answers: { readonly tool: string; readonly structured: unknown }[] = []

describe.each(Object.entries(clients))('%s', (name, connect) => {
  test('takes an answer of every tool that is not empty', async () => {
    const folder = scratchFolder()
    prepareRepository(folder, program)
    const client = await connect(folder)
    const listed = await client.listTools()
    expect(new Set(calls.map(({ tool }) => tool)), 'each tool is called').toEqual(new Set(listed.tools.map((tool) => tool.name)))
    for (const { tool, input, filled } of calls) {
      const { structuredContent, isError } = await client.callTool({ name: tool, arguments: { ...input } })
      expect({ tool, isError: isError ?? false, empty: emptyIn(structuredContent, filled) }).toEqual({ tool, isError: false, empty: [] })
      if (name === 'SDK 2, with a handshake') answers.push({ tool, structured: structuredContent })
    }
    tools = listed.tools
    // What cannot be answered is an answer as well.
    const refused = await client.callTool({ name: 'investigation_status', arguments: { id: 'INV-404' } })
    expect(refused).toMatchObject({ isError: true, structuredContent: { error: { code: 'usage' } } })
    await client.close()
  }, longest)
})

// ---------------------------------------------------------------- schemas

/** Keywords that every draft from 6 on reads alike. `prefixItems`, `items: false` and `$defs` are not among them. */
const portable = new Set(['type', 'const', 'enum', 'properties', 'required', 'additionalProperties', 'propertyNames', 'items', 'minItems', 'maxItems', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'anyOf', 'title', 'description', 'default'])

function schemasIn(schema: unknown, place: string): readonly (readonly [string, unknown])[] {
  if (typeof schema !== 'object' || schema === null) return [[place, schema]]
  const one = schema as Schema
  const below = (key: string): readonly (readonly [string, unknown])[] => (one[key] === undefined ? [] : schemasIn(one[key], `${place}.${key}`))
  return [
    [place, schema],
    ...Object.entries((one['properties'] ?? {}) as Schema).flatMap(([key, value]) => schemasIn(value, `${place}.${key}`)),
    ...((one['anyOf'] ?? []) as readonly unknown[]).flatMap((value, index) => schemasIn(value, `${place}.anyOf.${index}`)),
    ...['items', 'propertyNames'].flatMap(below),
    ...(typeof one['additionalProperties'] === 'boolean' ? [] : below('additionalProperties')),
  ]
}

const validators: Readonly<Record<string, (schema: Schema) => (value: unknown) => boolean>> = {
  'Ajv as SDK 1 has it': (schema) => {
    const validate = new FirstAjv().getValidator(schema)
    return (value) => validate(value).valid
  },
  'Ajv as SDK 2 and the Inspector have it': (schema) => {
    const validate = new SecondAjv().getValidator(schema)
    return (value) => validate(value).valid
  },
  'what SDK 2 has where no code can be made': (schema) => {
    const validate = new SecondCfWorker().getValidator(schema)
    return (value) => validate(value).valid
  },
  'Ajv, draft 7': (schema) => new Ajv().compile(schema),
  'Ajv, draft 2019-09': (schema) => new Ajv2019().compile(schema),
  'Ajv, draft 2020-12': (schema) => new Ajv2020().compile(schema),
}

describe('schemas', () => {
  beforeAll(() => expect(tools.length).toBeGreaterThan(10))

  test('use only what every draft reads alike', () => {
    const wrong = tools.flatMap(({ name, inputSchema, outputSchema }) =>
      [...schemasIn(inputSchema, `${name}.input`), ...schemasIn(outputSchema, `${name}.output`)].flatMap(([place, schema]) => {
        if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [`${place}: ${JSON.stringify(schema)}`]
        return Object.keys(schema).flatMap((key) => (portable.has(key) ? [] : [`${place}: ${key}`]))
      }),
    )
    expect(wrong).toEqual([])
  })

  test.each(Object.entries(validators))('are taken, with every answer, by %s', (_name, compile) => {
    for (const { name, inputSchema, outputSchema = {} } of tools) {
      const takes = compile(inputSchema)
      const answersTo = compile(outputSchema)
      for (const { tool, input } of calls) if (tool === name) expect(takes(input), `${tool}: ${JSON.stringify(input)}`).toBe(true)
      for (const { tool, structured } of answers) if (tool === name) expect(answersTo(structured), `${tool}: ${JSON.stringify(structured)}`).toBe(true)
      // They do look.
      expect(answersTo({}), name).toBe(false)
      expect(answersTo([]), name).toBe(false)
    }
  })

  test('have no list that is empty in all answers', () => {
    interface List {
      readonly place: string
      /** Several tools answer with the same shapes. */
      readonly shape: string
    }
    const lists = (schema: unknown, place: string): readonly List[] => {
      const one = (schema ?? {}) as Schema
      const own = one['type'] === 'array' ? [{ place, shape: `${place.split('.').at(-1)}: ${JSON.stringify(schema)}` }, ...lists(one['items'], `${place}[]`)] : []
      const dot = place === '' ? '' : '.'
      return [...own, ...Object.entries((one['properties'] ?? {}) as Schema).flatMap(([key, value]) => lists(value, `${place}${dot}${key}`)), ...((one['anyOf'] ?? []) as readonly unknown[]).flatMap((each) => lists(each, place))]
    }
    const all = tools.flatMap(({ name, outputSchema }) => lists(outputSchema, '').map((list) => ({ ...list, tool: name })))
    const filled = new Set(all.filter(({ tool, place }) => answers.some((one) => one.tool === tool && emptyIn(one.structured, [place]).length === 0)).map(({ shape }) => shape))
    expect(filled.size).toBeGreaterThan(20)
    expect(all.filter(({ shape }) => !filled.has(shape)).map(({ tool, place }) => `${tool}: ${place}`)).toEqual([])
  })
})

test('a client of SDK 1 reaches prompts, resources, completions, changes and the person', async () => {
  const folder = scratchFolder()
  prepareRepository(folder, program)
  const client = new FirstClient({ name: 'first', version: '1' }, { capabilities: { elicitation: {} } })
  const asked: string[] = []
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    asked.push(params.message)
    return { action: 'accept', content: { why: 'It came back' } }
  })
  const updated = new Promise((resolve) => client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => resolve(params.uri)))
  await client.connect(new FirstTransport({ command: process.execPath, args: [program, 'mcp'], cwd: folder }))
  const { prompts } = await client.listPrompts()
  expect(prompts.map(({ name }) => name)).toEqual(expect.arrayContaining(['start', 'continue']))
  const { messages } = await client.getPrompt({ name: 'continue', arguments: { document: 'INV-002' } })
  expect(messages.map(({ content }) => content.type)).toEqual(['text', 'resource'])
  const uri = 'inquest://document/INV-001'
  const { resources } = await client.listResources()
  expect(resources.map((one) => one.uri)).toContain(uri)
  expect((await client.listResourceTemplates()).resourceTemplates.length).toBeGreaterThan(3)
  const { contents } = await client.readResource({ uri })
  expect(contents).toMatchObject([{ uri, mimeType: 'text/markdown', text: expect.stringContaining('Nightly export loses rows') }])
  const { completion } = await client.complete({ ref: { type: 'ref/prompt', name: 'continue' }, argument: { name: 'document', value: 'INV-00' } })
  expect(completion.values).toContain('INV-002')
  await client.subscribeResource({ uri })
  const reopened = await client.callTool({ name: 'investigation_reopen', arguments: { id: 'INV-001' } })
  expect(asked).toEqual([expect.stringContaining('`reopen` needs a reason')])
  expect(reopened).toMatchObject({ structuredContent: { from: 'closed' } })
  expect(await updated).toBe(uri)
  await client.close()
}, longest)
