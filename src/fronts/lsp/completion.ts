/** Owns completions as the client takes them: words in place of what is typed, and snippets with places to fill. */

import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver/node'
import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver/node'
import type { Completion } from '../../authoring/completions.js'
import { completionsAt, conceptCompletions, conceptPlaceAt, frontmatterCompletions } from '../../authoring/completions.js'
import { conceptsFor } from '../../engine/concepts.js'
import { templateMeant } from '../../engine/examine.js'
import { scaffoldFacts } from '../../engine/scaffolds.js'
import type { Session, Sight } from './session.js'

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  word: CompletionItemKind.EnumMember,
  hypothesis: CompletionItemKind.Variable,
  document: CompletionItemKind.Reference,
  concept: CompletionItemKind.Value,
  field: CompletionItemKind.Property,
  rule: CompletionItemKind.Constant,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  section: CompletionItemKind.Module,
  snippet: CompletionItemKind.Snippet,
}

/** What opens a place in which something is known that can be written there. */
export const triggers: readonly string[] = ['|', '@', '#', '/', ':', ' ', '-']

export async function completeAt(session: Session, { looked, translator, live }: Sight, position: Position): Promise<CompletionList> {
  const { facts, document } = looked.examined
  const { workspace } = looked
  const offset = translator.offset(position)
  const templates = workspace.templates.listings
  const documents = workspace.index().entries.filter((entry) => entry.path !== looked.path)
  if (facts === undefined) {
    const found = frontmatterCompletions(document, templateMeant(workspace, document), offset, { documents, templates })
    return { isIncomplete: false, items: found.map((one) => itemFor(one, session, translator, looked.text)) }
  }
  const concept = conceptPlaceAt(facts, offset)
  const concepts = concept === undefined ? [] : conceptCompletions(concept, await conceptsFor(workspace, concept.typed.trim(), facts.title ?? ''))
  // Which answer depends on what is typed.
  if (concepts.length > 0) return { isIncomplete: true, items: concepts.map((one) => itemFor(one, session, translator, looked.text)) }
  const typed = /[\p{L}\p{N}._~/-]*$/u.exec(looked.text.slice(Math.max(0, offset - 300), offset))?.[0] ?? ''
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1)
  const names = await live.namesIn(folder)
  const found = completionsAt(facts, offset, {
    documents,
    templates,
    namesIn: (wanted) => (wanted === folder ? names : []),
    scaffold: await scaffoldFacts(workspace, facts.template),
  })
  return { isIncomplete: false, items: found.map((one) => itemFor(one, session, translator, looked.text)) }
}

function itemFor({ label, detail, documentation, kind, span, text, prompts }: Completion, { client }: Session, translator: Sight['translator'], whole: string): CompletionItem {
  const snippet = prompts && client.snippets
  const typed = whole.slice(span.start, span.end)
  return {
    label,
    kind: kinds[kind],
    ...(detail !== undefined && detail !== '' && { detail }),
    ...(documentation !== undefined && documentation !== '' && { documentation: client.markdown ? { kind: MarkupKind.Markdown, value: documentation } : documentation }),
    // Clients filter by what stands in the range, which need not be how the label begins.
    ...(typed !== '' && !label.toLowerCase().startsWith(typed.toLowerCase()) && { filterText: `${typed.trimEnd()} ${label}` }),
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: translator.range(span), newText: snippet ? asSnippet(text) : text },
    // A folder is gone into at once.
    ...(kind === 'folder' && { command: { title: 'complete', command: 'editor.action.triggerSuggest' } }),
  }
}

/** Each prompt in brackets becomes a place to fill. */
function asSnippet(text: string): string {
  const escape = (piece: string): string => piece.replaceAll(/[\\$}]/gu, String.raw`\$&`)
  let place = 0
  let done = 0
  let snippet = ''
  for (const match of text.matchAll(/\[(?![ xX]\])[^[\]\n]+\]/gu)) {
    place++
    snippet += `${escape(text.slice(done, match.index))}\${${place}:${escape(match[0])}}`
    done = match.index + match[0].length
  }
  return `${snippet}${escape(text.slice(done))}$0`
}
