/** Owns completions as the client takes them: words in place of what is typed, and snippets with places to fill. */

import type { CompletionItem, CompletionList, CompletionParams } from 'vscode-languageserver/node'
import { CompletionItemKind, CompletionTriggerKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver/node'
import type { Completion, Completions } from '../../authoring/completions.js'
import { completionsAt, conceptCompletions, conceptPlaceAt, frontmatterCompletions, isConceptSought } from '../../authoring/completions.js'
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

/** Signs that open a place for something. A dash opens none: it is a bullet, a rule, an empty cell, and within ids clients go on by themselves. */
export const triggers: readonly string[] = ['|', '@', '#', '/', ':', ' ']

export async function completeAt(session: Session, { looked, translator, live }: Sight, { position, context }: CompletionParams): Promise<CompletionList> {
  const { facts, document } = looked.examined
  const { workspace } = looked
  if (document.conflicts.length > 0) return { isIncomplete: false, items: [] }
  const offset = translator.offset(position)
  const trigger = context?.triggerKind === CompletionTriggerKind.TriggerCharacter ? context.triggerCharacter : undefined
  const templates = workspace.templates.listings
  const documents = workspace.index().entries.filter((entry) => entry.path !== looked.path)
  const listOf = ({ items, narrowed }: Completions): CompletionList => ({ isIncomplete: narrowed, items: items.map((one) => itemFor(one, session, translator)) })
  if (facts === undefined) return listOf(frontmatterCompletions(document, templateMeant(workspace, document), offset, { documents, templates, trigger }))
  const concept = conceptPlaceAt(facts, offset)
  const concepts = concept === undefined || !isConceptSought(concept, trigger) ? [] : conceptCompletions(concept, await conceptsFor(workspace, concept.typed.trim(), facts.title ?? ''))
  // Which answer depends on what is typed.
  if (concepts.length > 0) return listOf({ items: concepts, narrowed: true })
  const typed = /[\p{L}\p{N}._~/-]*$/u.exec(looked.text.slice(Math.max(0, offset - 300), offset))?.[0] ?? ''
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1)
  const names = await live.namesIn(folder)
  return listOf(
    completionsAt(facts, offset, {
      documents,
      templates,
      namesIn: (wanted) => (wanted === folder ? names : []),
      scaffold: await scaffoldFacts(workspace, facts.template),
      trigger,
    }),
  )
}

function itemFor({ label, detail, documentation, kind, span, text, prompts, filter = label }: Completion, { client }: Session, translator: Sight['translator']): CompletionItem {
  const snippet = prompts && client.snippets
  return {
    label,
    kind: kinds[kind],
    ...(detail !== undefined && detail !== '' && { detail }),
    ...(documentation !== undefined && documentation !== '' && { documentation: client.markdown ? { kind: MarkupKind.Markdown, value: documentation } : documentation }),
    // Clients filter by what stands in the range, which need not be how the label begins.
    ...(filter !== label && { filterText: filter }),
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
