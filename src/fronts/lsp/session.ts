/** Owns what all answers start from: the open texts, the repositories they belong to, and how a request is guarded. */

import type { CancellationToken, Connection } from 'vscode-languageserver/node'
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node'
import * as path from 'node:path'
import type { Host } from '../../engine/host.js'
import type { LiveWorkspace } from '../../engine/live.js'
import type { Looked } from '../../engine/look.js'
import { pageFinder } from '../../engine/pages.js'
import { InquestError } from '../../errors.js'
import type { Client } from './client.js'
import type { Surroundings } from './diagnostics.js'
import type { Translator } from './position.js'
import { createTranslator } from './position.js'
import type { Repositories } from './repositories.js'
import type { Texts } from './texts.js'
import type { Turns } from './turns.js'
import { pathOf, uriOf } from './uri.js'

/** A document that somebody asks about, as it stands now. */
export interface Sight {
  readonly uri: string
  /** Undefined where it is not open. */
  readonly version: number | undefined
  readonly live: LiveWorkspace
  readonly looked: Looked
  readonly translator: Translator
}

export interface Session {
  readonly connection: Connection
  readonly client: Client
  readonly host: Host
  readonly texts: Texts
  readonly repositories: Repositories
  readonly turns: Turns
  /**
   * Undefined for texts that are no files. @throws ResponseError for a file that is neither open nor there
   */
  see(uri: string): Promise<Sight | undefined>
  surroundings(sight: Sight): Surroundings
  /** The address of a rule's page; undefined where the handbook was left out. */
  pageOf(rule: string): string | undefined
  /** The repository around a folder of the client. */
  repositoryAt(folder: string): LiveWorkspace
  /** The address of a file of a repository: that of the editor where it is open. */
  uriIn(live: LiveWorkspace, file: string): string
  log(message: string): void
}

export interface SessionParts {
  readonly connection: Connection
  readonly client: Client
  readonly host: Host
  readonly texts: Texts
  readonly repositories: Repositories
  readonly turns: Turns
  /** Told of every document that was looked at, before anything is done with it. */
  seen(sight: Sight): void
}

export function createSession({ connection, client, host, texts, repositories, turns, seen }: SessionParts): Session {
  const findPage = pageFinder(host)
  const pageOf = (rule: string): string | undefined => mapDefined(findPage(rule), uriOf)
  const uriIn = (live: LiveWorkspace, file: string): string => {
    const absolute = path.join(live.root, file)
    return texts.all().find((text) => pathOf(text.uri) === absolute)?.uri ?? uriOf(absolute)
  }
  return {
    connection,
    client,
    host,
    texts,
    repositories,
    turns,
    async see(uri) {
      const file = pathOf(uri)
      if (file === undefined) {
        if (texts.get(uri) === undefined) throw unknownDocument(uri)
        return undefined
      }
      const located = repositories.locate(file)
      const looked = await located.live.look(located.file)
      if (looked === undefined) throw unknownDocument(uri)
      const translator = createTranslator(looked.text, looked.examined.document.lines, client.encoding)
      const sight: Sight = { uri, version: texts.get(uri)?.version, live: located.live, looked, translator }
      seen(sight)
      return sight
    },
    surroundings: ({ uri, live, translator }) => ({ client, translator, uri, uriOfFile: (file) => uriIn(live, file), pageOf }),
    pageOf,
    repositoryAt(folder) {
      const at = pathOf(folder)
      if (at === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `${folder}: is no folder of files`)
      return repositories.locate(path.join(at, 'any')).live
    },
    uriIn,
    log: (message) => connection.console.error(message),
  }
}

export function mapDefined<From, To>(value: From | undefined, change: (value: From) => To): To | undefined {
  return value === undefined ? undefined : change(value)
}

function unknownDocument(uri: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, `${uri}: is neither open nor a file`)
}

/** Any failure as the protocol's own error; only a mistake in inquest is called one. */
export function asResponseError(error: unknown, log: (message: string) => void): ResponseError<unknown> {
  if (error instanceof ResponseError) return error
  if (error instanceof InquestError) {
    return new ResponseError(LSPErrorCodes.RequestFailed, error.hint === undefined ? error.message : `${error.message}. ${error.hint}`, { code: error.code })
  }
  log(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return new ResponseError(ErrorCodes.InternalError, error instanceof Error ? error.message : String(error))
}

export function cancelled(token: CancellationToken): ResponseError | undefined {
  return token.isCancellationRequested ? new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled') : undefined
}
