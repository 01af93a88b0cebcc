/** Owns when documents are looked at again, and sending what is found to clients that do not ask for it. */

import type { Diagnostic } from 'vscode-languageserver/node'
import * as path from 'node:path'
import type { LiveWorkspace } from '../../engine/live.js'
import type { Looked } from '../../engine/look.js'
import { InquestError } from '../../errors.js'
import { diagnosticOfFailure, diagnosticsOf } from './diagnostics.js'
import type { Session, Sight } from './session.js'
import { pathOf } from './uri.js'

export interface Push {
  /** The text of a document is new. */
  changed(uri: string): void
  /** A document was looked at, for whatever reason: what was found is told before anything else that was asked. */
  seen(sight: Sight): void
  /** Something that documents of a repository refer to is new. */
  around(live: LiveWorkspace): void
  closed(uri: string): void
}

/** What the client was told last of a document, and what that was found by. */
interface Sent {
  readonly looked: Looked | undefined
  readonly version: number | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Files change in groups; one look answers for all of them. */
const settleTime = 50

export function createPush(session: Session): Push {
  const { connection, client, texts, repositories, turns } = session
  /** Documents that are about to be looked at, or are being looked at and have to be once more. */
  const waiting = new Map<string, { again: boolean }>()
  const sent = new Map<string, Sent>()
  /** Files of the configuration in which a mistake is shown, by the root of their repository. */
  const faulty = new Map<string, string>()
  const concerned = new Map<LiveWorkspace, NodeJS.Timeout>()

  const send = (uri: string, diagnostics: readonly Diagnostic[], version: number | undefined, looked?: Looked): void => {
    const before = sent.get(uri)
    sent.set(uri, { looked, version, diagnostics })
    if (before !== undefined && before.version === version && JSON.stringify(before.diagnostics) === JSON.stringify(diagnostics)) return
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
  const seen = (sight: Sight): void => {
    const { uri, version, live, looked } = sight
    // What could be looked at has a configuration that can be used.
    showMistake(live, undefined)
    const before = sent.get(uri)
    if (client.pullsDiagnostics || (before?.looked === looked && before.version === version)) return
    // What was found in a text that is no longer there is not sent; the newer text is looked at next.
    if (texts.get(uri)?.text === looked.text) send(uri, diagnosticsOf(looked, session.surroundings(sight)), version, looked)
  }
  const look = async (uri: string): Promise<void> => {
    const text = texts.get(uri)
    const file = pathOf(uri)
    if (text === undefined || file === undefined) return
    const { live } = repositories.locate(file)
    try {
      await session.see(uri)
    } catch (error) {
      if (!(error instanceof InquestError)) throw error
      showMistake(live, error)
      if (!client.pullsDiagnostics && live.root !== '' && session.uriIn(live, error.at?.path ?? '') !== uri) send(uri, [diagnosticOfFailure(error, 0)], text.version)
    }
  }
  /** A key is answered at once, together with those that arrived with it; those pressed meanwhile are answered next. */
  const schedule = (uri: string): void => {
    const known = waiting.get(uri)
    if (known !== undefined) {
      known.again = true
      return
    }
    const entry = { again: true }
    waiting.set(uri, entry)
    const answer = async (): Promise<void> => {
      while (entry.again) {
        await turns.caughtUp()
        entry.again = false
        await look(uri).catch((error: unknown) => session.log(error instanceof Error ? (error.stack ?? error.message) : String(error)))
      }
      waiting.delete(uri)
    }
    void answer()
  }
  return {
    changed(uri) {
      const before = sent.get(uri)
      // Whatever comes next was found by looking anew, and what was looked at before need not stay in memory for that.
      if (before !== undefined) sent.set(uri, { ...before, looked: undefined })
      schedule(uri)
    },
    seen,
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
      if (!client.pullsDiagnostics && sent.has(uri)) send(uri, [], undefined)
      sent.delete(uri)
    },
  }
}
