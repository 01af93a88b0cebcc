/** The concept store on SQLite: the contract of all engines, and the ground that this one refuses. */

import { spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openConnection } from '../../src/memory/connection.js'
import type { Database } from '../../src/memory/driver.js'
import { checkVersions, loadDriver } from '../../src/memory/driver.js'
import { thisMachine } from '../../src/memory/ground.js'
import { openStore } from '../../src/memory/open.js'
import { conceptWithBody } from '../../src/memory/sqlite-store.js'
import { scratchFolder } from '../support/repository.js'
import { describeStore } from './contract.js'

describe('the contract, on SQLite', () => {
  describeStore(() => {
    const file = path.join(scratchFolder(), 'memory.db')
    return { open: (options = { readOnly: false }) => openStore(file, options) }
  })
})

const newFile = (): string => path.join(scratchFolder(), 'memory.db')

describe('ground that is refused', () => {
  test.each(['3.51.2', '3.50.6', '3.44.5', '3.45.1', '3.7.0', '3.52.0'])('SQLite %s', async (version) => {
    await expect(openStore(newFile(), { ground: { sqliteVersion: () => version } })).rejects.toMatchObject({ code: 'store-ground', message: expect.stringContaining(version) })
  })

  test.each(['3.51.3', '3.50.7', '3.44.6', '3.53.2', '4.0.0'])('but not SQLite %s', async (version) => {
    await (await openStore(newFile(), { ground: { sqliteVersion: () => version } })).close()
  })

  test.each([
    [0x69_69, 'NFS'],
    [0x01_02_19_97, '9p'],
    [-11_317_950, 'SMB'],
    [0x65_73_55_46, 'FUSE'],
    [0x12_34, '0x1234'],
  ])('file system %i', async (number, name) => {
    await expect(openStore(newFile(), { ground: { platform: 'linux', fileSystem: () => number } })).rejects.toMatchObject({ code: 'store-ground', message: expect.stringContaining(name) })
  })

  test('a driver that would end the process, before it is loaded', () => {
    expect(() => checkVersions({ node: 'v20.20.2', driver: '13.2.0' })).toThrow('better-sqlite3 13.2.0 needs Node 22 or later, this is v20.20.2')
    for (const [node, driver] of [['v22.0.0', '13.2.0'], ['v20.20.2', '12.11.1'], ['v26.1.0', '14.0.0']] as const) checkVersions({ node, driver })
  })

  test('a newer database, another program\'s, and what is none', async () => {
    const newer = newFile()
    await (await openStore(newer)).close()
    const connection = await openConnection(newer, { readOnly: false, ground: thisMachine })
    await connection.write((database) => database.pragma('user_version = 999'))
    connection.close()
    for (const readOnly of [false, true]) await expect(openStore(newer, { readOnly })).rejects.toMatchObject({ code: 'store-newer' })

    const foreign = newFile()
    const other = await openConnection(foreign, { readOnly: false, ground: thisMachine })
    await other.write((database) => database.exec('CREATE TABLE songs (title TEXT)'))
    other.close()
    for (const readOnly of [false, true]) await expect(openStore(foreign, { readOnly })).rejects.toMatchObject({ code: 'store-foreign' })

    const none = newFile()
    writeFileSync(none, 'Dear diary, this is no database.\n'.repeat(40))
    for (const readOnly of [false, true]) await expect(openStore(none, { readOnly })).rejects.toMatchObject({ code: 'store-corrupt' })
  })

  test('a reader where nothing is', async () => {
    await expect(openStore(newFile(), { readOnly: true })).rejects.toMatchObject({ code: 'store-missing' })
  })
})

describe('writing', () => {
  test('waits for the disk, always', async () => {
    const connection = await openConnection(newFile(), { readOnly: false, ground: thisMachine })
    await connection.write((database) => database.exec('CREATE TABLE t (a)'))
    expect(await connection.read((database) => ['synchronous', 'journal_mode', 'foreign_keys', 'trusted_schema', 'mmap_size'].map((name) => database.pragma(name, { simple: true })))).toEqual([2, 'wal', 1, 0, 0])
    connection.close()
  })

  test('is refused inside another transaction, as a promise, and in a read', async () => {
    const connection = await openConnection(newFile(), { readOnly: false, ground: thisMachine })
    await connection.write((database) => database.exec('CREATE TABLE t (a)'))
    await expect(connection.write(() => void connection.readNow(() => 1))).rejects.toThrow(TypeError)
    await expect(connection.write(async () => 1)).rejects.toThrow(TypeError)
    await expect(connection.read((database) => database.exec('INSERT INTO t VALUES (1)'))).rejects.toMatchObject({ code: 'store-read-only' })
    await expect(
      connection.write((database) => {
        database.exec('INSERT INTO t VALUES (1)')
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await connection.read((database) => database.prepare('SELECT count(*) FROM t').pluck().get())).toBe(0)
    connection.close()
  })

  test('gives up at its deadline, says so, and lets other work go on meanwhile', async () => {
    const file = newFile()
    const [holder, waiter] = await Promise.all([0, 1].map(() => openConnection(file, { readOnly: false, ground: thisMachine })))
    await holder?.write((database) => database.exec('CREATE TABLE t (a)'))
    const stop = spawnHolder(file)
    let beats = 0
    const heart = setInterval(() => beats++, 5)
    await expect(waiter?.write((database) => database.exec('INSERT INTO t VALUES (1)'), { deadline: 600 })).rejects.toMatchObject({ code: 'store-busy' })
    clearInterval(heart)
    expect(beats).toBeGreaterThan(5)
    stop()
    await waiter?.write((database) => database.exec('INSERT INTO t VALUES (1)'))
    for (const connection of [holder, waiter]) connection?.close()
  })

  test('looks up what is known by its body, however much belongs to no document', async () => {
    const file = newFile()
    await (await openStore(file)).close()
    const connection = await openConnection(file, { readOnly: false, ground: thisMachine })
    const plan = await connection.read((database) => (database.prepare(`EXPLAIN QUERY PLAN ${conceptWithBody}`).all('', '', '', null, null, '') as readonly { readonly detail: string }[]).map(({ detail }) => detail))
    expect(plan).toEqual([expect.stringContaining('concepts_by_hash'), expect.stringContaining('provenance_by_concept')])
    connection.close()
  })

  test('of a batch job lets others in between', async () => {
    const file = newFile()
    const [batch, person] = await Promise.all([0, 1].map(() => openConnection(file, { readOnly: false, ground: thisMachine })))
    await batch?.write((database) => database.exec('CREATE TABLE t (who TEXT)'))
    let steps = 0
    const job = batch?.writeInSlices((database) => {
      database.prepare('INSERT INTO t VALUES (?)').run('batch')
      return ++steps < 30_000 ? 'more' : 'done'
    })
    for (let turn = 0; turn < 5; turn++) await person?.write((database) => database.prepare('INSERT INTO t VALUES (?)').run('person'))
    const between = await person?.read((database) => database.prepare("SELECT count(*) FROM t WHERE who = 'batch'").pluck().get())
    await job
    expect(Number(between)).toBeLessThan(30_000)
    expect(await person?.read((database) => database.prepare('SELECT count(*) FROM t').pluck().get())).toBe(30_005)
    for (const connection of [batch, person]) connection?.close()
  })

  test('leaves room for other things, however fast one comes after the other', async () => {
    const connection = await openConnection(newFile(), { readOnly: false, ground: thisMachine })
    await connection.write((database) => database.exec('CREATE TABLE t (a)'))
    let turns = 0
    const count = (): void => {
      turns++
      if (turns < 10) setImmediate(count)
    }
    setImmediate(count)
    for (let write = 0; write < 10; write++) await connection.write((database) => database.prepare('INSERT INTO t VALUES (1)').run())
    expect(turns).toBeGreaterThanOrEqual(9)
    connection.close()
  })

  test.each(['a person', 'a batch job'] as const)('moves the log into the database while %s writes without a pause', async (who) => {
    const file = newFile()
    const [one, other] = await Promise.all([0, 1].map(() => openConnection(file, { readOnly: false, ground: thisMachine })))
    await one?.write((database) => database.exec('CREATE TABLE t (a)'))
    const page = 'x'.repeat(4000)
    // Six times what is left in the log, by two writers at once.
    const most = who === 'a person' ? 4000 : 1000
    const insert = (database: Database.Database): void => {
      for (let index = 0; index < 100; index++) database.prepare('INSERT INTO t VALUES (?)').run(page)
    }
    const rounds = (most * 6) / 100 / 2
    await Promise.all(
      [one, other].map(async (connection) => {
        if (who === 'a person') for (let round = 0; round < rounds; round++) await connection?.write(insert)
        let round = 0
        if (who === 'a batch job') await connection?.writeInSlices((database) => (insert(database), ++round < rounds ? 'more' : 'done'))
      }),
    )
    expect(await one?.read((database) => database.prepare('SELECT count(*) FROM t').pluck().get())).toBe(most * 6)
    expect(statSync(`${file}-wal`).size).toBeLessThan(most * 4 * 4096)
    for (const connection of [one, other]) connection?.close()
  })
})

describe('a column whose kind a flipped bit has changed', () => {
  test.each([
    ['a number', 'CAST(19557 AS INTEGER)'],
    ['bytes', 'CAST(body AS BLOB)'],
    ['nothing', 'NULL'],
  ])('to %s is told by the check, and never read as a text', async (_, value) => {
    const file = newFile()
    const store = await openStore(file)
    const { ids } = await store.record({ origin: { repository: '' }, learnings: ['first', 'second'].map((body) => ({ type: 'learning', body })), at: '2026-03-04T10:00:00Z' })
    await store.close()
    damage(file, `UPDATE concepts SET body = ${value} WHERE id = ${ids[0]}`)
    const opened = await openStore(file)
    expect(await opened.inspect('whole')).toContainEqual(expect.objectContaining({ kind: 'body', concepts: [ids[0]] }))
    await expect(opened.concepts(ids)).rejects.toMatchObject({ code: 'store-corrupt', message: expect.stringContaining(`concept ${ids[0]}`) })
    expect(await opened.concepts(ids.slice(1))).toMatchObject([{ body: 'second' }])
    await opened.mend()
    await opened.close()
  })
})

/** Changes a row in a way that the tables do not allow. */
function damage(file: string, sql: string): void {
  const steps: readonly [sql: string, ...values: readonly string[]][] = [
    ["UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'concepts'", 'body TEXT NOT NULL', 'body ANY'],
    [sql],
    ["UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'concepts'", 'body ANY', 'body TEXT NOT NULL'],
  ]
  // A connection keeps to the tables as they were when it was opened.
  for (const [step, ...values] of steps) {
    const database = new (loadDriver().Database)(file)
    database.unsafeMode(true)
    database.pragma('writable_schema = ON')
    database.prepare(step).run(...values)
    database.close()
  }
}

/** Another process that holds the write lock until it is stopped. */
function spawnHolder(file: string): () => void {
  const script = `const D=require('better-sqlite3');const d=new D(process.argv[1]);d.exec('BEGIN IMMEDIATE');require('fs').writeFileSync(process.argv[1]+'.held','');setTimeout(()=>{},20000)`
  const started = spawnSync('sh', ['-c', `node -e "${script}" "$0" >/dev/null 2>&1 & echo $!; while [ ! -e "$0.held" ]; do sleep 0.02; done`, file], { encoding: 'utf8' })
  return () => process.kill(Number(started.stdout.trim()), 'SIGKILL')
}
