/** The server as a program on pipes: what it reads, what it notices, and how it ends. */

import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { createRepository, sample } from '../support/repository.js'
import type { Repository } from '../support/repository.js'
import { connect, eras, program } from './session.js'

const hello = { jsonrpc: '2.0', id: 'hello', method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } } }

interface Pipe {
  readonly child: ChildProcessWithoutNullStreams
  send(message: unknown): void
  /** The next line of standard output, which is always a message. */
  next(): Promise<Readonly<Record<string, unknown>>>
  /** How the process ends: its status, or the signal. */
  readonly ended: Promise<number | string | null>
}

function openPipe(folder: string): Pipe {
  const child = spawn(process.execPath, [program, 'mcp'], { cwd: folder, stdio: 'pipe' })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  child.stdin.on('error', () => undefined)
  return {
    child,
    send: (message) => void child.stdin.write(typeof message === 'string' ? `${message}\n` : `${JSON.stringify(message)}\n`),
    async next() {
      const { value } = (await lines.next()) as { readonly value: string }
      return JSON.parse(value) as Readonly<Record<string, unknown>>
    },
    ended: new Promise((resolve) => child.once('exit', (status, signal) => resolve(status ?? signal))),
  }
}

/** Enough for a check to take longer than a short question beside it. */
function repositoryOf(count: number): Repository {
  const files = Array.from({ length: count }, (_one, index) => [`docs/INV-${index + 1}.md`, sample.replace('INV-001', `INV-${index + 1}`)] as const)
  return createRepository(Object.fromEntries(files))
}

describe('lines on standard input', () => {
  test('what is no message is answered with the errors of JSON-RPC, and the next message is served', async () => {
    const pipe = openPipe(createRepository().root)
    pipe.send('no json at all')
    expect(await pipe.next()).toMatchObject({ id: null, error: { code: -32700 } })
    pipe.send({ jsonrpc: '2.0', id: 4, nothing: 'asked' })
    expect(await pipe.next()).toMatchObject({ id: 4, error: { code: -32600 } })
    pipe.send(`{"jsonrpc":"2.0","id":5,"method":"${'x'.repeat(17 * 1024 * 1024)}"}`)
    expect(await pipe.next()).toMatchObject({ id: null, error: { code: -32600, message: expect.stringContaining('longer than') } })
    pipe.send(hello)
    expect(await pipe.next()).toMatchObject({ id: 'hello', result: { serverInfo: { name: 'inquest' } } })
    pipe.send({ jsonrpc: '2.0', id: 6, method: 'tools/guess', params: {} })
    expect(await pipe.next()).toMatchObject({ id: 6, error: { code: -32601 } })
    pipe.send({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 5 } })
    expect(await pipe.next()).toMatchObject({ id: 7, error: { code: -32602 } })
    pipe.child.stdin.end()
    expect(await pipe.ended).toBe(0)
  })

  test('a closed input, a closed output and SIGTERM end the server', async () => {
    const input = openPipe(createRepository().root)
    input.send(hello)
    await input.next()
    input.child.stdin.end()
    const output = openPipe(createRepository().root)
    output.send(hello)
    await output.next()
    output.child.stdout.destroy()
    output.send({ jsonrpc: '2.0', id: 2, method: 'tools/list' })
    const signal = openPipe(createRepository().root)
    signal.send(hello)
    await signal.next()
    signal.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'investigation_status', arguments: {} } })
    expect(await signal.next()).toMatchObject({ id: 2 })
    signal.child.kill('SIGTERM')
    expect(await Promise.all([input.ended, output.ended, signal.ended])).toEqual([0, 0, 0])
  })
})

describe.each(eras)('%s', (era) => {
  test('a long check tells how far it is, leaves room for other calls, and ends when nobody waits', async () => {
    const repository = repositoryOf(150)
    const session = await connect(repository.root, { era })
    const order: string[] = []
    const check = session.client
      .callTool({ name: 'investigation_check', arguments: {} }, { onprogress: ({ total }) => void expect(total).toBe(150) })
      .then((result) => void order.push(`checked ${(result.structuredContent as { summary: { documents: number } }).summary.documents}`))
    await session.client.listTools()
    order.push('listed')
    await check
    expect(order).toEqual(['listed', 'checked 150'])
    const steps = session.progress()
    expect(steps.at(-1)).toBe(150)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))

    const enough = new AbortController()
    const cancelled = session.client.callTool({ name: 'investigation_check', arguments: {} }, { signal: enough.signal, onprogress: () => enough.abort('enough') })
    await expect(cancelled).rejects.toThrow('enough')
    expect((await session.call('investigation_check', { paths: ['docs/INV-1.md'] })).structured).toMatchObject({ summary: { documents: 1 } })
    await session.close()
    expect(session.stderr()).toBe('')
  })

  test('resources are listed page by page, read and completed', async () => {
    const repository = repositoryOf(3)
    repository.write('docs/twin.md', sample.replace('INV-001', 'INV-2'))
    const session = await connect(repository.root, { era })
    const { resources } = await session.client.listResources()
    const documents = resources.map(({ uri }) => uri).filter((uri) => uri.startsWith('inquest://document/'))
    // An id that two documents have names neither.
    expect(documents).toEqual(['inquest://document/INV-1', 'inquest://document/docs%2FINV-2.md', 'inquest://document/INV-3', 'inquest://document/docs%2Ftwin.md'])
    for (const { uri } of resources) {
      const { contents } = await session.client.readResource({ uri })
      expect(contents).toMatchObject([{ uri, mimeType: 'text/markdown', text: expect.stringMatching(/\S/u) }])
    }
    expect((await session.client.readResource({ uri: 'inquest://document/docs%2Ftwin.md' })).contents).toMatchObject([{ text: repository.read('docs/twin.md') }])
    expect((await session.client.readResource({ uri: 'inquest://template/investigation%401' })).contents).toMatchObject([{ text: expect.stringContaining('template: investigation') }])
    for (const uri of ['inquest://document/INV-404', 'inquest://document/..%2F..%2Fetc%2Fpasswd', 'inquest://document/%ZZ', 'inquest://rule/none', 'inquest://novel/1', 'file:///etc/passwd', 'no address']) {
      await expect(session.client.readResource({ uri }), uri).rejects.toMatchObject({ code: -32602 })
    }
    const { resourceTemplates } = await session.client.listResourceTemplates()
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual(expect.arrayContaining(['inquest://document/{id}', 'inquest://template/{name}', 'inquest://rule/{name}']))
    const completed = await session.client.complete({ ref: { type: 'ref/resource', uri: 'inquest://rule/{name}' }, argument: { name: 'name', value: 'verdict-m' } })
    expect(completed.completion.values).toEqual(['verdict-missing'])
    await session.close()
  })

  test('more resources than a page are asked for with the cursor', async () => {
    const files = Array.from({ length: 600 }, (_one, index) => [`docs/WORK-${index}.md`, `---\ntemplate: work_item\nstatus: active\nid: WORK-${index}\ntitle: T\n---\n`] as const)
    const session = await connect(createRepository(Object.fromEntries(files)).root, { era })
    const { resources } = await session.client.listResources()
    expect(new Set(resources.map(({ uri }) => uri)).size).toBe(resources.length)
    expect(resources.filter(({ uri }) => uri.startsWith('inquest://document/'))).toHaveLength(600)
    await expect(session.client.listResources({ cursor: 'mine' })).rejects.toMatchObject({ code: -32602 })
    await session.close()
  })

  test('prompts come from the templates at hand and from where the document stands', async () => {
    const own = `---
template: enquiry
version: '1.0'
title: Enquiry
summary: A question to a colleague.
fields:
  template: { type: string, required: true, initial: enquiry }
  status: { type: string, required: true, initial: open }
  step: { type: string, required: true, initial: ask }
  id: { type: id, required: true, initial: '{{id}}' }
  title: { type: string, required: true, initial: '{{title}}' }
  version: { type: string, required: true, initial: '1.0' }
id: { fields: [id], prefix: ENQ, digits: 3 }
file: enquiries/{{id}}.md
status: { field: status, open: [open], closed: [closed] }
phase_field: step
phases:
  - { name: ask, summary: Put the question., gate: [section-empty] }
  - { name: listen, summary: Write the answer down., gate: [] }
sections:
  - { heading: Question, phase: ask, summary: What you want to know. }
---
# {{title}}

## Question

[The question]
`
    const repository = createRepository({ '.inquest/templates/enquiry.md': own, 'docs/INV-001.md': sample.replace(/^status: .*$/mu, 'status: active') })
    const session = await connect(repository.root, { era })
    const { prompts } = await session.client.listPrompts()
    expect(prompts.map(({ name }) => name)).toEqual(expect.arrayContaining(['start', 'continue', 'hypothesize', 'explore', 'conclude', 'ask', 'listen']))
    expect(prompts.find(({ name }) => name === 'ask')).toMatchObject({ description: 'Put the question. A phase of enquiry.' })

    const start = await session.client.getPrompt({ name: 'start', arguments: { template: 'enquiry', title: 'Who knows?' } })
    expect(textOf(start)).toContain('- Question: What you want to know.')
    await session.call('investigation_new', { template: 'enquiry', title: 'Who knows?' })
    const ask = await session.client.getPrompt({ name: 'ask', arguments: { document: 'ENQ-001' } })
    expect(textOf(ask)).toContain('(**ask** → listen): Put the question.')
    expect(textOf(ask)).toContain('section-empty: The section "Question"')
    expect(ask.messages[1]).toMatchObject({ role: 'user', content: { type: 'resource', resource: { uri: 'inquest://document/ENQ-001', text: repository.read('enquiries/ENQ-001.md') } } })
    const conclude = await session.client.getPrompt({ name: 'continue', arguments: { document: 'INV-001' } })
    expect(textOf(conclude)).toContain('**conclude**')
    expect(textOf(conclude)).toContain('call `investigation_close`')

    await expect(session.client.getPrompt({ name: 'explore', arguments: { document: 'INV-001' } })).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('stands in `conclude`') })
    await expect(session.client.getPrompt({ name: 'continue', arguments: {} })).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('needs `document`') })
    await expect(session.client.getPrompt({ name: 'guess', arguments: {} })).rejects.toMatchObject({ code: -32602 })
    const completed = await session.client.complete({ ref: { type: 'ref/prompt', name: 'conclude' }, argument: { name: 'document', value: 'i' } })
    expect(completed.completion.values).toEqual(['INV-001'])
    await session.close()
  })
})

function textOf({ messages }: { readonly messages: readonly { readonly content: { readonly type: string; readonly text?: string } }[] }): string {
  return messages[0]?.content.text ?? ''
}

test('what changes in the repository is told to whoever asked', async () => {
  const repository = repositoryOf(2)
  const told: string[] = []
  const waiting: (() => void)[] = []
  const tell = (what: string): void => {
    told.push(what)
    for (const go of waiting.splice(0)) go()
  }
  const until = async (what: string): Promise<void> => {
    while (!told.includes(what)) await new Promise<void>((go) => void waiting.push(go))
  }
  const session = await connect(repository.root, {
    client: { capabilities: {}, listChanged: { resources: { autoRefresh: false, onChanged: () => tell('resources') }, prompts: { autoRefresh: false, onChanged: () => tell('prompts') } } },
  })
  session.client.setNotificationHandler('notifications/resources/updated', ({ params: { uri } }) => tell(uri))
  await session.client.subscribeResource({ uri: 'inquest://document/INV-1' })
  await session.client.listResources()
  // The first listing and the watch have to stand before a difference can be seen.
  await session.call('investigation_status')
  const edit = setInterval(() => {
    appendFileSync(path.join(repository.root, 'docs/INV-1.md'), '\nMore.\n')
    appendFileSync(path.join(repository.root, 'docs/INV-2.md'), '\nMore.\n')
  }, 300)
  await until('inquest://document/INV-1')
  clearInterval(edit)
  // Nobody subscribed to the other one.
  expect(told).not.toContain('inquest://document/INV-2')
  await session.call('investigation_new', { template: 'investigation', title: 'A third' })
  await until('resources')
  rmSync(path.join(repository.root, 'docs/INV-2.md'))
  repository.write('.inquest/templates/enquiry.md', enquiry)
  await until('prompts')
  await session.close()
})

const enquiry = `---
template: enquiry
version: '1.0'
title: Enquiry
summary: A question to a colleague.
fields: { template: { type: string, required: true, initial: enquiry }, status: { type: string, required: true, initial: open }, version: { type: string, required: true, initial: '1.0' } }
status: { field: status, open: [open], closed: [closed] }
phases: [{ name: ask, summary: Put the question., gate: [section-empty] }]
sections: [{ heading: Question, phase: ask, summary: What you want to know. }]
---
## Question

[The question]
`
