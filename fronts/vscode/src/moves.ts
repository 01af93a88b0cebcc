/** Owns taking a document onward from the editor: the gate is asked, and what it refuses is shown at its place. */

import * as vscode from 'vscode'
import type { Blocker, DocumentStatus, Location, MoveAnswer, Refusal } from './answers.js'
import type { Server } from './server.js'
import type { Standings } from './standings.js'
import { counted } from './words.js'

interface Choice extends vscode.QuickPickItem {
  readonly at?: Location
  run?(): PromiseLike<unknown>
}

export async function openAt(uri: string, range?: Location['range']): Promise<void> {
  const selection = range === undefined ? undefined : new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character)
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { ...(selection !== undefined && { selection }) })
}

/** Goes through a gate, or shows what is in the way; reasons that only a person can give are asked for. */
export async function move(server: Server, command: string, uri: string, options: object = {}): Promise<MoveAnswer> {
  // What was learned is stored together with the file, so that the file has to be what the editor shows.
  if (command === 'inquest.close') await vscode.workspace.textDocuments.find((one) => one.isDirty && one.uri.toString() === vscode.Uri.parse(uri).toString())?.save()
  const answer = await server.ask<MoveAnswer>(command, uri, { ...options, quiet: true })
  if (answer.refused === undefined) vscode.window.setStatusBarMessage(`$(check) ${answer.id}: ${outcome(answer)}`, 6000)
  else await showRefusal(server, command, uri, options, answer.id, answer.refused)
  return answer
}

function outcome({ from, to, stored }: MoveAnswer): string {
  if (stored !== undefined) return `${from} → ${to}; ${counted(stored.ids.length, 'learning')} stored`
  return `${from === to ? 'recorded' : `${from} → ${to}`}; save to keep it`
}

async function showRefusal(server: Server, command: string, uri: string, options: object, id: string, refusal: Refusal): Promise<void> {
  const { transition, reason, blockers, locations, askable } = refusal
  const answers: Choice[] = askable.length === 0 ? [] : [{ label: '$(comment) Give the reasons that are asked for', detail: askable.map(({ title }) => title).join(' '), run: () => giveReasons(server, command, uri, options, askable) }]
  const choices = [...answers, ...blockerChoices(blockers, locations)]
  if (choices.length === 0) throw new Error(`${id}: ${reason}`)
  await choose(choices, `${id}: ${transition}`, reason)
}

async function giveReasons(server: Server, command: string, uri: string, options: object, askable: Refusal['askable']): Promise<void> {
  const reasons: Record<string, string> = {}
  for (const { key, title, expected } of askable) {
    const reason = await vscode.window.showInputBox({ title, prompt: expected, ignoreFocusOut: true, validateInput: needed })
    if (reason === undefined) return
    reasons[key] = reason
  }
  await move(server, command, uri, { ...options, reasons })
}

/** What is in the way of the next phase, or the way itself where nothing is. */
export async function showNext(server: Server, { uri, id, phase, next, status, blockers, locations, moves }: DocumentStatus): Promise<void> {
  const ways: Choice[] = [
    ...(moves?.advance !== undefined ? [{ label: `$(arrow-right) Advance to ${moves.advance}`, run: () => move(server, 'inquest.advance', uri) }] : []),
    ...(moves?.close === true ? [{ label: '$(pass) Close', run: () => move(server, 'inquest.close', uri) }] : []),
    ...(moves?.amend === true ? [{ label: '$(edit) Record an amendment', run: () => vscode.commands.executeCommand('inquest.amend', uri) }] : []),
    ...(moves?.reopen === true ? [{ label: '$(history) Reopen', run: () => vscode.commands.executeCommand('inquest.reopen', uri) }] : []),
    ...(next === null ? [] : [{ label: '$(git-branch) Spawn a follow-up', run: () => vscode.commands.executeCommand('inquest.spawn', uri) }]),
  ]
  const where = next === null ? status : `${phase} → ${next}`
  const rest: Choice[] = blockers.length === 0 || ways.length === 0 ? ways : [{ label: '', kind: vscode.QuickPickItemKind.Separator }, ...ways]
  await choose([...blockerChoices(blockers, locations), ...rest], `${id}: ${where}`, blockers.length === 0 ? 'Nothing is in the way' : 'What is in the way')
}

/** Takes the person to a blocker while they look through them, and back where they choose none. */
export async function showBlockers({ id, next, blockers, locations }: DocumentStatus): Promise<void> {
  if (blockers.length === 0) void vscode.window.showInformationMessage(next === null ? `${id}: nothing comes next.` : `${id}: nothing is in the way of ${next}.`)
  else await choose(blockerChoices(blockers, locations), `${id}: before ${next}`, 'What is in the way')
}

function blockerChoices(blockers: readonly Blocker[], locations: readonly Location[]): Choice[] {
  return blockers.map(({ message, rule, section }, order) => {
    const at = locations[order]
    return { label: `$(warning) ${message.replaceAll('`', '')}`, description: at === undefined ? '' : `line ${at.range.start.line + 1}`, detail: section === undefined ? rule : `${section} · ${rule}`, ...(at !== undefined && { at }) }
  })
}

async function choose(choices: Choice[], title: string, placeHolder: string): Promise<void> {
  const chosen = await vscode.window.showQuickPick(choices, { title, placeHolder, matchOnDetail: true })
  if (chosen?.at !== undefined) await openAt(chosen.at.uri, chosen.at.range)
  await chosen?.run?.()
}

export function needed(text: string): string | undefined {
  return text.trim() === '' ? 'Some words are needed' : undefined
}

/** The status of a document that the person means. @throws Error where it is none */
export async function standingOf(standings: Standings, uri: string): Promise<DocumentStatus> {
  const standing = await standings.of(uri)
  if (standing === undefined) throw new Error('This is no document of a template that inquest knows')
  return standing
}
