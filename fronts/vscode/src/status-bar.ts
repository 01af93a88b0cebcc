/** Owns the item in the status bar: the phase of the document at hand, and how much is in the way of the next. */

import * as vscode from 'vscode'
import type { DocumentStatus } from './answers.js'
import type { Server } from './server.js'
import type { Standings } from './standings.js'
import { counted } from './words.js'

export function createStatusBar(server: Server, standings: Standings): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('inquest.standing', vscode.StatusBarAlignment.Left, 40)
  item.name = 'Inquest'
  item.command = 'inquest.next'
  let turn = 0

  async function show(): Promise<void> {
    const mine = ++turn
    const document = vscode.window.activeTextEditor?.document
    const asked = server.running && document?.languageId === 'markdown' && document.uri.scheme === 'file'
    const standing = asked ? await standings.of(document.uri.toString()) : undefined
    if (mine !== turn) return
    void vscode.commands.executeCommand('setContext', 'inquest.document', standing !== undefined)
    if (standing === undefined) return item.hide()
    item.text = `$(beaker) ${label(standing)}`
    item.tooltip = tooltip(standing)
    item.accessibilityInformation = { label: `Inquest: ${label(standing)}` }
    item.show()
  }

  const parts = [item, standings.onChange(() => void show()), vscode.window.onDidChangeActiveTextEditor(() => void show())]
  void show()
  return vscode.Disposable.from(...parts)
}

function label({ phase, next, status, blockers }: DocumentStatus): string {
  if (next === null || phase === null) return status
  return blockers.length === 0 ? `${phase}: ready ${next === 'closed' ? 'to close' : `for ${next}`}` : `${phase}: ${counted(blockers.length, 'blocker')}`
}

/** More would not be read there. */
const mostLines = 8

function tooltip({ id, title, next, blockers }: DocumentStatus): vscode.MarkdownString {
  const text = new vscode.MarkdownString()
  text.appendMarkdown('**')
  text.appendText(`${id} ${title}`.trim())
  text.appendMarkdown('**\n\n')
  if (next === null) return text.appendMarkdown('Nothing comes next.')
  if (blockers.length === 0) return text.appendMarkdown(`Nothing is in the way of \`${next}\`.`)
  text.appendMarkdown(`In the way of \`${next}\`:\n\n`)
  for (const { message } of blockers.slice(0, mostLines)) {
    text.appendMarkdown('- ')
    text.appendText(message.replaceAll(/[`*]/gu, ''))
    text.appendMarkdown('\n')
  }
  if (blockers.length > mostLines) text.appendMarkdown(`- and ${blockers.length - mostLines} more\n`)
  return text
}
