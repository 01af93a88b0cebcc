/** Owns what the client said it can do, read once from what it was started with. */

import type { InitializeParams } from 'vscode-languageserver/node'
import type { Encoding } from './position.js'
import { chooseEncoding } from './position.js'

export interface Client {
  readonly encoding: Encoding
  /** True for clients that ask for diagnostics; others are sent them. */
  readonly pullsDiagnostics: boolean
  readonly refreshes: { readonly diagnostics: boolean; readonly lenses: boolean; readonly hints: boolean; readonly tokens: boolean }
  readonly diagnostics: { readonly related: boolean; readonly tags: boolean; readonly links: boolean; readonly data: boolean; readonly versions: boolean }
  /** True where the client watches files on the server's behalf. */
  readonly watchesFiles: boolean
  readonly edits: { readonly versioned: boolean; readonly create: boolean; readonly apply: boolean }
  readonly actions: { readonly literals: boolean; readonly lazyEdits: boolean; readonly disabled: boolean }
  readonly snippets: boolean
  readonly markdown: boolean
  readonly symbolTree: boolean
  readonly showsDocuments: boolean
  readonly changesFolders: boolean
  /** Absolute paths are not known yet: the folders as the client names them. */
  readonly folders: readonly string[]
}

export function readClient({ capabilities, workspaceFolders, rootUri }: InitializeParams): Client {
  const { general, textDocument, workspace, window } = capabilities
  const diagnostics = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic }
  const action = textDocument?.codeAction
  const { workspaceEdit } = workspace ?? {}
  return {
    encoding: chooseEncoding(general?.positionEncodings),
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshes: {
      diagnostics: workspace?.diagnostics?.refreshSupport === true,
      lenses: workspace?.codeLens?.refreshSupport === true,
      hints: workspace?.inlayHint?.refreshSupport === true,
      tokens: workspace?.semanticTokens?.refreshSupport === true,
    },
    diagnostics: {
      related: diagnostics.relatedInformation === true,
      tags: diagnostics.tagSupport !== undefined,
      links: diagnostics.codeDescriptionSupport === true,
      data: diagnostics.dataSupport === true,
      versions: textDocument?.publishDiagnostics?.versionSupport === true,
    },
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    edits: {
      versioned: workspaceEdit?.documentChanges === true,
      create: workspaceEdit?.documentChanges === true && workspaceEdit.resourceOperations?.includes('create') === true,
      apply: workspace?.applyEdit === true,
    },
    actions: {
      literals: action?.codeActionLiteralSupport !== undefined,
      lazyEdits: action?.resolveSupport?.properties.includes('edit') === true,
      disabled: action?.disabledSupport === true,
    },
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    showsDocuments: window?.showDocument?.support === true,
    changesFolders: workspace?.workspaceFolders === true,
    folders: workspaceFolders?.map((folder) => folder.uri) ?? (typeof rootUri === 'string' ? [rootUri] : []),
  }
}
