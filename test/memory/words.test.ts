/** How texts and queries are read: terms, queries that nothing can break, snippets. */

import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../src/memory/connection.js'
import { openConnection } from '../../src/memory/connection.js'
import { thisMachine } from '../../src/memory/ground.js'
import { canonicalDocumentId, idsNear, matchOf, parseQuery } from '../../src/memory/query.js'
import { snippetOf } from '../../src/memory/snippet.js'
import { eachWord, indexedText } from '../../src/memory/words.js'
import { scratchFolder } from '../support/repository.js'

/** Letters of many scripts, signs, halves of characters and what an index takes for an operator. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom('"', '*', 'AND', 'OR', 'NOT', 'NEAR(', ')', '\0', '-', 'lock', 'busyTimeout', 'HTTPServer2', '并发访问', 'データ', '동시성', 'ภาษา', 'é', 'ß', '\uD83D', '🔥', ' ', '\n', "'", ';', '101', 'INV-027', '“', '”'), { maxLength: 60 }).map((pieces) => pieces.join('')),
)

let connection: Connection
beforeAll(async () => {
  connection = await openConnection(path.join(scratchFolder(), 'words.db'), { readOnly: false, ground: thisMachine })
  await connection.write((database) => database.exec("CREATE VIRTUAL TABLE t USING fts5 (words, tokenize = 'ascii')"))
})
afterAll(() => connection.close())

/** Asks the index itself whether a text is found by a query. */
async function finds(body: string, typed: string): Promise<boolean> {
  const { clauses } = parseQuery(typed)
  await connection.write((database) => {
    database.prepare('DELETE FROM t').run()
    database.prepare('INSERT INTO t (words) VALUES (?)').run(indexedText(body))
  })
  return connection.read((database) => clauses.length > 0 && clauses.every((clause) => database.prepare('SELECT 1 FROM t WHERE t MATCH ?').get(matchOf(clause)) !== undefined))
}

describe('words', () => {
  test('lie where they say, and hold letters, marks and digits only', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0
        for (const { term, start, end, kind } of eachWord(text)) {
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
          if (kind !== 'whole') expect(start).toBeGreaterThanOrEqual(last)
          last = start
          expect(term).toMatch(/^[\p{L}\p{N}\p{M}]*$/u)
        }
      }),
    )
  })

  test('are the same however they are written', () => {
    expect(indexedText('Locking locks LOCKED lock')).toBe('lock lock lock lock')
    expect(indexedText('caches cached caching cache')).toBe('cach cach cach cach')
    expect(indexedText('naïve NAIVE ｎａｉｖｅ')).toBe('naiv naiv naiv')
    expect(indexedText('class classes status')).toBe('class class status')
    expect(indexedText('busyTimeout')).toBe('busy timeout busytimeout')
  })
})

describe('queries', () => {
  test.each([
    ['the database was locked', 'locking databases'],
    ['PRAGMA busy_timeout is never set', 'busyTimeout'],
    ['const busyTimeout = 0', 'busy timeout'],
    ['const busyTimeout = 0', 'busytimeout'],
    ['SQLite allows one writer', 'sqlite'],
    ['sqlite allows one writer', 'SQLite'],
    ['sqlite locks', '"SQLite locks"'],
    ['SQLite并发访问会锁住数据库', '并发'],
    ['SQLite并发访问会锁住数据库', '锁'],
    ['SQLite并发访问会锁住数据库', '库'],
    ['SQLite并发访问会锁住数据库', '数据库 SQLite'],
    ['SQLite并发访问会锁住数据库', '"访问会锁"'],
    ['データベースの同時実行', '同時実行'],
    ['データベースの同時実行', 'ベース'],
    ['데이터베이스가 잠겼다', '데이터베이스'],
    ['การทำงานพร้อมกัน', 'พร้อมกัน'],
    ['Zugriff auf die Größe', 'grosse größe'.split(' ')[1] ?? ''],
    ['Блокировка базы данных', 'БЛОКИРОВКА'],
    ['migration of tables', 'migr*'],
  ])('%s is found by %s', async (body, typed) => {
    expect(await finds(body, typed)).toBe(true)
  })

  test.each([
    ['SQLite并发访问', '访并'],
    ['timeout busy', '"busy timeout"'],
    ['データベース', 'データス'],
  ])('%s is not found by %s', async (body, typed) => {
    expect(await finds(body, typed)).toBe(false)
  })

  test('whatever is typed, the index understands it', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (typed) => {
        const { clauses } = parseQuery(typed)
        await connection.read((database) => {
          for (const clause of clauses) database.prepare('SELECT 1 FROM t WHERE t MATCH ?').get(matchOf(clause))
          if (clauses.length > 0) database.prepare('SELECT 1 FROM t WHERE t MATCH ?').get(clauses.map(matchOf).join(' AND '))
        })
      }),
      { numRuns: 300 },
    )
  })

  test('every text is found by each of its words', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (body) => {
        for (const { start, end } of [...eachWord(body)].slice(0, 12)) expect(await finds(body, body.slice(start, end))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('ids are told from words', () => {
    expect(parseQuery('101').concepts).toEqual([101])
    expect(parseQuery('#101 [102] 200-203').concepts).toEqual([101, 102, 200, 201, 202, 203])
    expect(parseQuery('db.py:17 v1.2 99999999999999999999').concepts).toEqual([])
    for (const typed of ['INV-027', 'inv027', 'inv 27', 'Inv_0027']) expect(parseQuery(typed).documents).toEqual(['INV-27'])
    expect(parseQuery('E2-211').documents).toEqual(['E2-211'])
    expect(canonicalDocumentId('INV-027')).toBe(canonicalDocumentId('inv27'))
    expect(idsNear(72331)).toEqual(expect.arrayContaining([7233, 72332, 73231, 723310, 72031]))
    expect(idsNear(5)).not.toContain(0)
  })

  test('empty words are left out unless there is nothing else', () => {
    expect(parseQuery('why does the lock fail').clauses.map(({ text }) => text)).toEqual(['lock', 'fail'])
    expect(parseQuery('to be or not to be').clauses.length).toBeGreaterThan(0)
  })
})

describe('snippets', () => {
  const shown = (body: string, typed: string, length?: number): string => {
    const { text, marks } = snippetOf(body, parseQuery(typed).clauses, length)
    let at = 0
    let out = ''
    for (const [start, end] of marks) {
      out += `${text.slice(at, start)}[${text.slice(start, end)}]`
      at = end
    }
    return out + text.slice(at)
  }

  test('show where most of what was looked for stands', () => {
    expect(shown('Locks are held by the writer', 'lock writer')).toBe('[Locks] are held by the [writer]')
    expect(shown(`${'Nothing to see here. '.repeat(30)}The busy_timeout was never set.${' Nothing more.'.repeat(30)}`, 'busyTimeout', 60)).toMatch(/^….*\[busy_timeout\] was never set.*…$/u)
    expect(shown('SQLite并发访问', '并发')).toBe('SQLite[并发]访问')
    expect(shown('锁住了', '锁')).toBe('[锁]住了')
    expect(shown('two\nlines', 'lines')).toBe('two [lines]')
  })

  test('mark places in order and apart, on one line, whatever the text', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 20, max: 200 }), (body, typed, length) => {
        const { text, marks } = snippetOf(body, parseQuery(typed).clauses, length)
        expect(text.length).toBeLessThanOrEqual(length + 2)
        expect(text).not.toMatch(/[\n\r\t]/u)
        let last = 0
        for (const [start, end] of marks) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
