/** Owns when documents are looked at again, and sending what is found to clients that do not ask for it. */

import type { Diagnostic } from 'vscode-languageserver/node'
import * as path from 'node:path'
import type { LiveWorkspace } from '../../engine/live.js'
import { InquestError } from '../../errors.js'
import { diagnosticOfFailure, diagnosticsOf } from './diagnostics.js'
import type { Session } from './session.js'
import { pathOf } from './uri.js'

export interface Push {
  /** The text of a document is new. */
  changed(uri: string): void
  /** Something that documents of a repository refer to is new. */
  around(live: LiveWorkspace): void
  closed(uri: string): void
}

/** The longest that a document waits while its author goes on writing. */
const longestQuiet = 200

/** Keys pressed in between are answered together, once per so many times what an answer takes. */
const quietFactor = 2

/** Files change in groups; one look answers for all of them. */
const settleTime = 50

export function createPush(session: Session): Push {
  const { connection, client, texts, repositories } = session
  const waiting = new Map<string, { again: boolean; timer: NodeJS.Timeout | undefined }>()
  const sent = new Map<string, string>()
  /** Files of the configuration in which a mistake is shown, by the root of their repository. */
  const faulty = new Map<string, string>()
  const concerned = new Map<LiveWorkspace, NodeJS.Timeout>()

  const send = (uri: string, diagnostics: readonly Diagnostic[], version: number | undefined): void => {
    const key = JSON.stringify([version, diagnostics])
    if (sent.get(uri) === key) return
    sent.set(uri, key)
    void connection.sendDiagnostics({ uri, ...(client.diagnostics.versions && version !== undefined && { version }), diagnostics: [...diagnostics] })
  }
  const showMistake = (live: LiveWorkspace, error: InquestError | undefined): void => {
    const before = faulty.get(live.root)
    const now = error?.at === undefined ? undefined : session.uriIn(live, error.at.path)
    if (before !== undefined && before !== now) send(before, [], undefined)
    if (now === undefined || error?.at === undefined) faulty.delete(live.root)
    else {
      faulty.set(live.root, now)
      send(now, [diagnosticOfFailure(error, error.at.line - 1)], undefined)
    }
  }
  const look = async (uri: string): Promise<void> => {
    const text = texts.get(uri)
    const file = pathOf(uri)
    if (text === undefined || file === undefined) return
    const { live } = repositories.locate(file)
    try {
      const sight = await session.see(uri)
      showMistake(live, undefined)
      if (client.pullsDiagnostics || sight === undefined) return
      // What was found in a text that is no longer there is not sent; the newer text is looked at next.
      if (texts.get(uri)?.text === sight.looked.text) send(uri, diagnosticsOf(sight.looked, session.surroundings(sight)), sight.version)
    } catch (error) {
      if (!(error instanceof InquestError)) throw error
      showMistake(live, error)
      if (!client.pullsDiagnostics && live.root !== '' && session.uriIn(live, error.at?.path ?? '') !== uri) send(uri, [diagnosticOfFailure(error, 0)], text.version)
    }
  }
  /** The first key is answered at once; those that follow while it is answered, and shortly after, together. */
  const schedule = (uri: string): void => {
    const known = waiting.get(uri)
    if (known !== undefined) {
      known.again = true
      return
    }
    const entry: { again: boolean; timer: NodeJS.Timeout | undefined } = { again: false, timer: undefined }
    waiting.set(uri, entry)
    const turn = async (): Promise<void> => {
      entry.again = false
      const started = performance.now()
      try {
        await look(uri)
      } catch (error) {
        session.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
      }
      const quiet = Math.min(longestQuiet, quietFactor * (performance.now() - started))
      entry.timer = setTimeout(() => {
        if (entry.again) void turn()
        else waiting.delete(uri)
      }, quiet)
    }
    setImmediate(() => void turn())
  }
  return {
    changed: schedule,
    around(live) {
      clearTimeout(concerned.get(live))
      concerned.set(
        live,
        setTimeout(() => {
          concerned.delete(live)
          for (const { uri } of texts.all()) if (pathOf(uri)?.startsWith(live.root + path.sep) === true) schedule(uri)
          if (client.pullsDiagnostics && client.refreshes.diagnostics) void connection.languages.diagnostics.refresh()
          if (client.refreshes.lenses) void connection.sendRequest('workspace/codeLens/refresh')
          if (client.refreshes.hints) void connection.sendRequest('workspace/inlayHint/refresh')
        }, settleTime),
      )
    },
    closed(uri) {
      clearTimeout(waiting.get(uri)?.timer)
      waiting.delete(uri)
      if (!client.pullsDiagnostics && sent.has(uri)) send(uri, [], undefined)
      sent.delete(uri)
    },
  }
}
