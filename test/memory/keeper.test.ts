/** A store that stays open between uses is the one that stands at its place, and is closed when nobody has used it for a while. */

import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openConnection } from '../../src/memory/connection.js'
import { thisMachine } from '../../src/memory/ground.js'
import { keepStores } from '../../src/memory/keeper.js'
import { openStore } from '../../src/memory/open.js'
import type { Store } from '../../src/memory/store.js'
import { scratchFolder } from '../support/repository.js'
import { describeStore } from './contract.js'

const newFile = (): string => path.join(scratchFolder(), 'memory.db')
const at = '2026-03-04T10:00:00Z'
const record = async (store: Store, body: string): Promise<number> => (await store.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body }], at })).ids[0] ?? 0
const bodiesIn = async (file: string): Promise<readonly string[]> => {
  const store = await openStore(file, { readOnly: true })
  const concepts = await store.concepts(Array.from({ length: 50 }, (_, index) => index + 1))
  await store.close()
  return concepts.map(({ body }) => body)
}

describe('the contract, on a store that is kept open', () => {
  describeStore(() => {
    const file = newFile()
    const keeper = keepStores()
    return { open: ({ readOnly } = { readOnly: false }) => (readOnly ? openStore(file, { readOnly }) : keeper.open(file)) }
  })
})

describe('a store that is kept open', () => {
  test('stays open for the next user, and closes when there is none', async () => {
    const file = newFile()
    const keeper = keepStores(200)
    for (const body of ['one', 'two']) {
      const store = await keeper.open(file)
      await record(store, body)
      await store.close()
      await store.close()
      expect(existsSync(`${file}-wal`)).toBe(true)
    }
    const users = await Promise.all([keeper.open(file), keeper.open(file)])
    await users[0].close()
    await sleep(400)
    // Another one is still there.
    await record(users[1], 'three')
    await users[1].close()
    await expect.poll(() => existsSync(`${file}-wal`), { timeout: 10_000 }).toBe(false)
    expect(await bodiesIn(file)).toEqual(['one', 'two', 'three'])
  })

  test.each(['deleted', 'replaced'])('is left for the one at its place where the file was %s, whose log it does not touch', async (how) => {
    const file = newFile()
    const keeper = keepStores(100)
    const first = await keeper.open(file)
    await record(first, 'before')
    if (how === 'deleted') for (const end of ['', '-wal', '-shm']) rmSync(file + end)
    else {
      const other = path.join(scratchFolder(), 'other.db')
      const made = await openStore(other)
      await record(made, 'of another')
      await made.close()
      for (const end of ['-wal', '-shm']) rmSync(file + end)
      renameSync(other, file)
    }
    const second = await keeper.open(file)
    await record(second, 'after')
    const { size } = statSync(`${file}-wal`)
    await first.close()
    expect(statSync(`${file}-wal`).size).toBe(size)
    const [third] = await Promise.all([keeper.open(file), second.close()])
    await record(third, 'later')
    await third.close()
    expect(await bodiesIn(file)).toEqual([...(how === 'deleted' ? [] : ['of another']), 'after', 'later'])
  })

  test('is refused once a newer program has been there', async () => {
    const file = newFile()
    const keeper = keepStores()
    await (await keeper.open(file)).close()
    const newer = await openConnection(file, { readOnly: false, ground: thisMachine })
    await newer.write((database) => database.pragma('user_version = 999'))
    newer.close()
    await expect(keeper.open(file)).rejects.toMatchObject({ code: 'store-newer' })
  })

  test('that cannot be opened is tried again', async () => {
    const folder = scratchFolder()
    const keeper = keepStores()
    const file = path.join(folder, 'memory.db')
    const none = await openConnection(file, { readOnly: false, ground: thisMachine })
    await none.write((database) => database.exec('CREATE TABLE songs (title TEXT)'))
    none.close()
    await expect(keeper.open(file)).rejects.toMatchObject({ code: 'store-foreign' })
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
    const store = await keeper.open(file)
    expect(await record(store, 'one')).toBe(1)
    await store.close()
  })
})
