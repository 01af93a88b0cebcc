/**
 * Owns which documents an agent wrote in a session. Each is a file of its own, because hooks run side by side,
 * in the cache: it is worth nothing once the session is over.
 */

import { createHash } from 'node:crypto'
import * as path from 'node:path'
import { findConfig } from './root.js'
import type { Host } from './host.js'

/** A run of an agent as its host tells it. */
export interface Session {
  readonly id: string
  /** The folder in which the agent was started. */
  readonly home: string
}

export interface WrittenDocument {
  /** Absolute. */
  readonly path: string
  /** The subagent that wrote it; undefined for the agent itself. */
  readonly agent: string | undefined
}

export function noteWritten(host: Host, session: Session, written: WrittenDocument): void {
  const text = JSON.stringify(written)
  host.writeCache(path.join(folderOf(host, session), `${digest(text)}.json`), text)
}

export function writtenIn(host: Host, session: Session): readonly WrittenDocument[] {
  const folder = folderOf(host, session)
  if (!host.isFolder(folder)) return []
  const names = host.listFolder(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'))
  return names.flatMap((name) => {
    try {
      const read = JSON.parse(host.readText(path.join(folder, name)) ?? '') as WrittenDocument
      return typeof read.path === 'string' ? [read] : []
    } catch {
      return []
    }
  })
}

function folderOf(host: Host, { id, home }: Session): string {
  return path.join(findConfig(home, host).root, '.inquest/cache/sessions', digest(id))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
