/** Owns the texts that are open in the editor, kept in step with it change by change. */

import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node'
import { LineIndex } from '../../text/lines.js'
import type { Encoding } from './position.js'
import { createTranslator } from './position.js'

export interface OpenText {
  /** As the client writes it. */
  readonly uri: string
  readonly version: number
  readonly text: string
}

export interface Texts {
  open(uri: string, version: number, text: string): OpenText
  /** Undefined for a document that is not open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenText | undefined
  close(uri: string): void
  get(uri: string): OpenText | undefined
  all(): readonly OpenText[]
}

export function createTexts(encoding: Encoding): Texts {
  const open = new Map<string, OpenText>()
  const set = (text: OpenText): OpenText => {
    open.set(text.uri, text)
    return text
  }
  return {
    open: (uri, version, text) => set({ uri, version, text }),
    change(uri, version, changes) {
      const before = open.get(uri)
      if (before === undefined) return undefined
      return set({ uri, version, text: changes.reduce((text, change) => applyChange(text, change, encoding), before.text) })
    },
    close: (uri) => void open.delete(uri),
    get: (uri) => open.get(uri),
    all: () => [...open.values()],
  }
}

/** Each change counts in the text that the ones before it left. */
function applyChange(text: string, change: TextDocumentContentChangeEvent, encoding: Encoding): string {
  if (!('range' in change)) return change.text
  const { start, end } = createTranslator(text, new LineIndex(text), encoding).span(change.range)
  return text.slice(0, start) + change.text + text.slice(end)
}
