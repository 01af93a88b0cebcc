/** A store in a thread of its own is a store like any other, keeps nobody waiting, and tells what becomes of it. */

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openConnection, openReader } from '../../src/memory/connection.js'
import { thisMachine } from '../../src/memory/ground.js'
import { openStore } from '../../src/memory/open.js'
import { openStoreInThread } from '../../src/memory/threaded.js'
import { projectRoot, scratchFolder } from '../support/repository.js'
import { describeStore } from './contract.js'

/** Threads run what was built. */
const script = pathToFileURL(path.join(projectRoot, 'dist/store-thread.js'))
const newFile = (): string => path.join(scratchFolder(), 'memory.db')
const learning = (body: string) => ({ origin: { repository: '' }, learnings: [{ type: 'learning', body }], at: '2026-03-04T10:00:00Z' })

describe('the contract, in a thread', () => {
  describeStore(() => {
    const file = newFile()
    return { open: ({ readOnly } = { readOnly: false }) => (readOnly ? openStore(file, { readOnly }) : openStoreInThread(script, file)) }
  })
})

test('the work is done while the thread that asked does something else without a pause', async () => {
  const file = newFile()
  const store = await openStoreInThread(script, file)
  const reader = openReader(file, thisMachine)
  const stored = store.record(learning('one'))
  const until = performance.now() + 30_000
  const count = (): number => reader.readNow((database) => Number(database.prepare('SELECT count(*) FROM concepts').pluck().get()))
  while (count() === 0 && performance.now() < until);
  expect(count()).toBe(1)
  expect(await stored).toMatchObject({ ids: [1], replayed: false })
  reader.close()
  await store.close()
})

test('an import tells how far it is', async () => {
  const from = await openStore(newFile())
  for (let index = 0; index < 30; index++) await from.record(learning(`learning ${index}`))
  const moving = (await from.exportPage('', '', 1000)).map((one) => one.moving)
  await from.close()
  const store = await openStoreInThread(script, newFile())
  const told: number[] = []
  expect(await store.import(moving, { repository: '', onProgress: ({ done }) => told.push(done) })).toMatchObject({ added: 30 })
  expect(told.at(-1)).toBe(30)
  await store.close()
})

test('errors keep their codes and hints, and mistakes of the program are told as such', async () => {
  const file = newFile()
  const made = await openConnection(file, { readOnly: false, ground: thisMachine })
  await made.write((database) => database.exec('CREATE TABLE songs (title TEXT)'))
  made.close()
  await expect(openStoreInThread(script, file)).rejects.toMatchObject({ name: 'InquestError', code: 'store-foreign', hint: expect.stringContaining('another file') })

  const store = await openStoreInThread(script, newFile())
  await expect(store.backup(path.join(scratchFolder(), 'none/there.db'))).rejects.toMatchObject({ name: 'InquestError', code: expect.stringMatching(/^store-/u) })
  await expect(store.record({ origin: { repository: '' }, learnings: [], at: '' })).rejects.toThrow(TypeError)
  await store.close()
  await store.close()
  await expect(store.record(learning('late'))).rejects.toThrow('The store is closed; no record can begin')
})

test('a thread that is lost answers nobody later, and nobody waits for it', async () => {
  const dying = path.join(scratchFolder(), 'dying.mjs')
  writeFileSync(dying, `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => process.exit(3))\nparentPort.postMessage({ id: 0, kind: 'open', name: 'dying' })\n`)
  const store = await openStoreInThread(pathToFileURL(dying), newFile())
  const told = { code: 'store-io', message: expect.stringContaining('it ended with status 3') }
  await expect(store.counts()).rejects.toMatchObject(told)
  await expect(store.counts()).rejects.toMatchObject(told)
  await store.close()
})

test('a thread that is not there is told', async () => {
  await expect(openStoreInThread(pathToFileURL(path.join(scratchFolder(), 'none.js')), newFile())).rejects.toMatchObject({ code: 'store-io', message: expect.stringContaining('the thread that kept the store was lost') })
})
