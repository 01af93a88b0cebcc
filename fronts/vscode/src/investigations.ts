/** Owns the view of open investigations: by phase, with hypotheses, what speaks for them, and what is in the way. */

import * as vscode from 'vscode'
import type { Blocker, DocumentStatus, HypothesisStatus, ListedDocument, Location } from './answers.js'
import type { Server } from './server.js'
import type { Standings } from './standings.js'
import { counted } from './words.js'

/** With more documents than this, each is counted when it is unfolded. */
const countedAtOnce = 30

export type Node =
  | { readonly kind: 'phase'; readonly phase: string; readonly documents: readonly ListedDocument[] }
  | { readonly kind: 'document'; readonly document: ListedDocument; readonly standing: DocumentStatus | undefined }
  | { readonly kind: 'hypothesis'; readonly uri: string; readonly hypothesis: HypothesisStatus }
  | { readonly kind: 'blocker'; readonly uri: string; readonly blocker: Blocker; readonly at: Location | undefined; readonly order: number }

export function createInvestigations(server: Server, standings: Standings): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>()
  const view = vscode.window.createTreeView<Node>('inquest.investigations', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: itemFor,
      getChildren: (node) => (server.running ? childrenOf(standings, node) : []),
    },
  })
  return vscode.Disposable.from(changed, view, standings.onChange(() => changed.fire()))
}

async function childrenOf(standings: Standings, node: Node | undefined): Promise<Node[]> {
  if (node === undefined) return phases(standings)
  if (node.kind === 'phase') {
    const { documents } = node
    return Promise.all(documents.map(async (document): Promise<Node> => ({ kind: 'document', document, standing: documents.length > countedAtOnce ? undefined : await standings.of(document.uri) })))
  }
  if (node.kind !== 'document') return []
  const { uri } = node.document
  const standing = node.standing ?? (await standings.of(uri))
  if (standing === undefined) return []
  return [
    ...standing.hypotheses.map((hypothesis): Node => ({ kind: 'hypothesis', uri, hypothesis })),
    ...standing.blockers.map((blocker, order): Node => ({ kind: 'blocker', uri, blocker, at: standing.locations[order], order })),
  ]
}

/** In the order in which their documents go through them. */
async function phases(standings: Standings): Promise<Node[]> {
  const [documents, templates] = await Promise.all([standings.open(), standings.templates()])
  const groups = new Map<string, { readonly documents: ListedDocument[]; rank: number }>()
  for (const document of documents) {
    const phase = document.phase?.toLowerCase() ?? ''
    const index = templates.find(({ name }) => name === document.template)?.phases.indexOf(phase) ?? -1
    const group = groups.get(phase) ?? { documents: [], rank: Infinity }
    group.documents.push(document)
    if (index !== -1) group.rank = Math.min(group.rank, index)
    groups.set(phase, group)
  }
  return [...groups].toSorted(([a, one], [b, other]) => (one.rank === other.rank ? a.localeCompare(b) : one.rank - other.rank)).map(([phase, group]) => ({ kind: 'phase', phase, documents: group.documents }))
}

function itemFor(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'phase': {
      const item = new vscode.TreeItem(node.phase.toUpperCase(), vscode.TreeItemCollapsibleState.Expanded)
      return Object.assign(item, { id: `phase ${node.phase}`, description: String(node.documents.length), contextValue: 'phase' })
    }
    case 'document':
      return documentItem(node.document, node.standing)
    case 'hypothesis':
      return hypothesisItem(node.uri, node.hypothesis)
    case 'blocker': {
      const { uri, blocker, at, order } = node
      const item = new vscode.TreeItem(plain(blocker.message))
      const line = at === undefined ? '' : `line ${at.range.start.line + 1}`
      return Object.assign(item, { id: `${uri} ${order} ${blocker.rule}`, description: line, tooltip: `${blocker.message}\n${blocker.rule}`, iconPath: colored('warning', 'problemsWarningIcon.foreground'), command: opens(uri, at?.range), contextValue: 'blocker' })
    }
  }
}

function documentItem({ id, title, uri, path }: ListedDocument, standing: DocumentStatus | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(`${id ?? ''} ${title ?? path}`.trim(), vscode.TreeItemCollapsibleState.Collapsed)
  const count = standing?.blockers.length
  const next = standing?.next ?? null
  const description = count === undefined || next === null ? '' : count === 0 ? `ready ${next === 'closed' ? 'to close' : `for ${next}`}` : counted(count, 'blocker')
  const ready = count === 0 && next !== null
  return Object.assign(item, {
    id: uri,
    description,
    tooltip: `${path}${description === '' ? '' : `\n${description}`}`,
    iconPath: ready ? colored('pass', 'testing.iconPassed') : new vscode.ThemeIcon('beaker'),
    command: opens(uri, undefined),
    contextValue: ready ? 'document ready' : 'document',
  })
}

const verdictIcons: Readonly<Record<string, vscode.ThemeIcon>> = {
  confirmed: colored('pass', 'testing.iconPassed'),
  'partially confirmed': colored('pass', 'testing.iconPassed'),
  refuted: colored('error', 'testing.iconFailed'),
  inconclusive: colored('question', 'testing.iconSkipped'),
  subsumed: colored('circle-slash', 'testing.iconSkipped'),
}

/** What stands for and against it comes first: that is what changes, and the view is narrow. */
function hypothesisItem(uri: string, { id, statement, for: support, against, verdict, range }: HypothesisStatus): vscode.TreeItem {
  const evidence = `${support} for, ${against} against`
  const item = new vscode.TreeItem(`${id} ${verdict === null ? '' : `${verdict}: `}${evidence}`)
  return Object.assign(item, {
    id: `${uri} ${id}`,
    description: plain(statement),
    tooltip: `${id}: ${plain(statement)}\n${verdict ?? 'no verdict yet'}; evidence: ${evidence}`,
    iconPath: verdictIcons[verdict ?? ''] ?? new vscode.ThemeIcon('circle-outline'),
    command: opens(uri, range),
    contextValue: 'hypothesis',
  })
}

function colored(icon: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color))
}

function opens(uri: string, range: Location['range'] | undefined): vscode.Command {
  return { title: 'Open', command: 'inquest.open', arguments: [uri, range] }
}

/** Labels show no Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[`*]/gu, '')
}
