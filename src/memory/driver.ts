/** Owns loading better-sqlite3, the only place that does: never where it would crash the process, and with one line where it does not load. */

import { createRequire } from 'node:module'
import type Database from 'better-sqlite3'
import { InquestError } from '../errors.js'

export type { Database }
type Constructor = typeof Database

export interface Versions {
  /** Of Node, such as `v20.20.2`. */
  readonly node: string
  /** Of better-sqlite3, read from its manifest before it is loaded. */
  readonly driver: string
}

/** better-sqlite3 13 asks for an interface of Node that 20 lacks, and ends the process when it is loaded there; newest first. */
const firstNode: readonly { readonly driver: number; readonly node: number }[] = [{ driver: 13, node: 22 }]

/** @throws InquestError `store-unavailable` for a pair that must not be loaded */
export function checkVersions({ node, driver }: Versions): void {
  const needed = firstNode.find((one) => majorOf(driver) >= one.driver)
  if (needed === undefined || majorOf(node) >= needed.node) return
  throw new InquestError('store-unavailable', `better-sqlite3 ${driver} needs Node ${needed.node} or later, this is ${node}`, {
    hint: `npm install better-sqlite3@${needed.driver - 1}`,
  })
}

function majorOf(version: string): number {
  return Number(/\d+/u.exec(version)?.[0] ?? 0)
}

export interface Driver {
  readonly Database: Constructor
  /** Of SQLite, as the library tells it. */
  readonly sqlite: string
}

let loaded: Driver | undefined

/** Synchronous, since better-sqlite3 is a CommonJS module. @throws InquestError `store-unavailable` */
export function loadDriver(): Driver {
  if (loaded !== undefined) return loaded
  const require = createRequire(import.meta.url)
  let driver: string
  try {
    driver = (require('better-sqlite3/package.json') as { version: string }).version
  } catch (error) {
    throw new InquestError('store-unavailable', 'the concept store needs better-sqlite3, which is not installed', { hint: 'npm install better-sqlite3', cause: error })
  }
  checkVersions({ node: process.version, driver })
  try {
    const constructor = require('better-sqlite3') as Constructor
    // The native part is loaded with the first database; one in memory shows whether it is there, and touches no file.
    const probe = new constructor(':memory:')
    const sqlite = String(probe.prepare('SELECT sqlite_version()').pluck().get())
    probe.close()
    loaded = { Database: constructor, sqlite }
    return loaded
  } catch (error) {
    const first = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    throw new InquestError('store-unavailable', `the native part of better-sqlite3 ${driver} does not load in Node ${process.version}: ${first}`, {
      hint: 'Run `npm rebuild better-sqlite3 --ignore-scripts=false`; without a ready-made binary it compiles for about two minutes and needs Python, make and a C++ compiler',
      cause: error,
    })
  }
}
