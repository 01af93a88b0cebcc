/** Owns the commands that people choose: what they still have to say is asked for, the rest is the server's work. */

import * as vscode from 'vscode'
import type { CreatedAnswer, RuleAnswer, TemplateAnswer } from './answers.js'
import type { Node } from './investigations.js'
import { move, needed, openAt, showBlockers, showNext, standingOf } from './moves.js'
import type { Server } from './server.js'
import type { Standings } from './standings.js'
import { checkTask } from './tasks.js'
import { messageOf } from './words.js'

type Range = Parameters<typeof openAt>[1]

export function registerCommands(server: Server, standings: Standings, output: vscode.LogOutputChannel): vscode.Disposable {
  const options = (given: unknown): Readonly<Record<string, unknown>> => (typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {})
  const commands: Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>> = {
    'inquest.new': (given) => create(server, standings, options(given)),
    'inquest.advance': (target, given) => move(server, 'inquest.advance', documentMeant(target), options(given)),
    'inquest.close': (target, given) => move(server, 'inquest.close', documentMeant(target), options(given)),
    'inquest.reopen': (target, given) => moveWithReason(server, 'inquest.reopen', target, options(given), 'Why is it reopened?'),
    'inquest.amend': (target, given) => moveWithReason(server, 'inquest.amend', target, options(given), 'Why were registered hypotheses changed?'),
    'inquest.spawn': (target, given) => spawn(server, standings, documentMeant(target), options(given)),
    'inquest.next': async (target) => showNext(server, await standingOf(standings, documentMeant(target))),
    'inquest.showBlockers': async (target) => showBlockers(await standingOf(standings, documentMeant(target))),
    'inquest.open': (uri, range) => openAt(String(uri), range as Range),
    'inquest.checkWorkspace': () => checkWorkspace(server),
    'inquest.showRule': (name) => showRule(server, typeof name === 'string' ? name : undefined),
    'inquest.refresh': async () => standings.forget(),
    'inquest.restart': () => server.restart(),
    'inquest.showOutput': async () => output.show(true),
  }
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(name, async (...args: readonly unknown[]) => {
        try {
          return await run(...args)
        } catch (error) {
          await complain(messageOf(error))
          return undefined
        }
      }),
    ),
  )
}

async function complain(message: string): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const manage = 'Manage Workspace Trust'
    if ((await vscode.window.showWarningMessage(message, manage)) === manage) await vscode.commands.executeCommand('workbench.trust.manage')
    return
  }
  const show = 'Show Output'
  if ((await vscode.window.showErrorMessage(message, show)) === show) await vscode.commands.executeCommand('inquest.showOutput')
}

/** The address of what was clicked on, or of the document at hand. @throws Error where there is none */
function documentMeant(target: unknown): string {
  if (typeof target === 'string') return target
  if (target instanceof vscode.Uri) return target.toString()
  if (typeof target === 'object' && target !== null && 'kind' in target && (target as Node).kind === 'document') return (target as Extract<Node, { kind: 'document' }>).document.uri
  const document = vscode.window.activeTextEditor?.document
  if (document?.languageId === 'markdown' && document.uri.scheme === 'file') return document.uri.toString()
  throw new Error('Open the document that this is about first')
}

async function moveWithReason(server: Server, command: string, target: unknown, given: Readonly<Record<string, unknown>>, title: string): Promise<unknown> {
  const uri = documentMeant(target)
  const why = typeof given['why'] === 'string' ? given['why'] : await vscode.window.showInputBox({ title, ignoreFocusOut: true, validateInput: needed })
  return why === undefined ? undefined : move(server, command, uri, { ...given, why })
}

async function create(server: Server, standings: Standings, given: Readonly<Record<string, unknown>>): Promise<unknown> {
  const folder = await folderMeant()
  if (folder === undefined) return undefined
  const template = typeof given['template'] === 'string' ? given['template'] : await pickTemplate(standings, 'New investigation')
  if (template === undefined) return undefined
  const title = typeof given['title'] === 'string' ? given['title'] : await vscode.window.showInputBox({ title: `New ${template}`, prompt: 'What is asked, in a few words', placeHolder: 'Crash on concurrent ingest', ignoreFocusOut: true, validateInput: needed })
  if (title === undefined) return undefined
  return keep(await server.ask<CreatedAnswer>('inquest.new', { template, title, folder }))
}

/** @throws Error where no folder of files is open */
async function folderMeant(): Promise<string | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
  if (folders.length === 0) throw new Error('Open a folder first, so that there is a place for the document')
  const [only] = folders
  if (folders.length === 1) return only?.uri.toString()
  const picked = await vscode.window.showQuickPick(folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri })), { title: 'Where is the document to be?' })
  return picked?.uri.toString()
}

async function spawn(server: Server, standings: Standings, uri: string, given: Readonly<Record<string, unknown>>): Promise<unknown> {
  const template = typeof given['template'] === 'string' ? given['template'] : await pickTemplate(standings, 'What kind of document follows?', 'work_item')
  if (template === undefined) return undefined
  const title = typeof given['title'] === 'string' ? given['title'] : await vscode.window.showInputBox({ title: `Spawn: ${template}`, prompt: 'The title of the follow-up', value: selectedText(uri), ignoreFocusOut: true, validateInput: needed })
  if (title === undefined) return undefined
  return keep(await server.ask<CreatedAnswer>('inquest.spawn', uri, { ...given, template, title }))
}

/** A new document is a file at once, because others may take its id from then on. */
async function keep(created: CreatedAnswer): Promise<CreatedAnswer> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(created.uri))
  await document.save()
  await vscode.window.showTextDocument(document, { preview: false })
  return created
}

function selectedText(uri: string): string {
  const editor = vscode.window.activeTextEditor
  if (editor === undefined || editor.document.uri.toString() !== vscode.Uri.parse(uri).toString() || !editor.selection.isSingleLine) return ''
  return editor.document.getText(editor.selection).trim()
}

/** One line for each name: its newest version is what new documents are made from. */
async function pickTemplate(standings: Standings, title: string, first = 'investigation'): Promise<string | undefined> {
  const newest = new Map<string, TemplateAnswer>()
  for (const template of await standings.templates()) {
    const before = newest.get(template.name)
    if (before === undefined || before.version.localeCompare(template.version, 'en', { numeric: true }) < 0) newest.set(template.name, template)
  }
  const items = [...newest.values()]
    .toSorted((a, b) => Number(b.name === first) - Number(a.name === first))
    .map(({ name, title: label, summary, source }) => ({ label, description: source.startsWith('builtin:') ? name : `${name} · ${source}`, detail: summary, name }))
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'From which template?', matchOnDetail: true, matchOnDescription: true })
  return picked?.name
}

async function checkWorkspace(server: Server): Promise<void> {
  await server.start()
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
  if (folders.length === 0) throw new Error('Open a folder first')
  for (const folder of folders) await vscode.tasks.executeTask(await checkTask(server, folder, { type: 'inquest', verb: 'check' }))
}

async function showRule(server: Server, wanted: string | undefined): Promise<void> {
  const { rules } = await server.ask<{ readonly rules: readonly RuleAnswer[] }>('inquest.rules')
  const page = wanted === undefined ? await pickRule(rules) : rules.find(({ name }) => name === wanted)
  if (page === undefined) return
  if (page.uri === null) throw new Error(`${page.name}: the handbook is not installed with this inquest`)
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.parse(page.uri))
}

/** Rules that have something to say about the document at hand come first. */
async function pickRule(rules: readonly RuleAnswer[]): Promise<RuleAnswer | undefined> {
  const document = vscode.window.activeTextEditor?.document
  const here = new Set((document === undefined ? [] : vscode.languages.getDiagnostics(document.uri)).filter(({ source }) => source === 'inquest').map(({ code }) => String(typeof code === 'object' ? code.value : code)))
  const items = rules
    .toSorted((a, b) => Number(here.has(b.name)) - Number(here.has(a.name)) || a.name.localeCompare(b.name))
    .map((rule) => ({ label: rule.name, description: here.has(rule.name) ? `${rule.severity} · found in this document` : rule.severity, detail: rule.summary, rule }))
  const picked = await vscode.window.showQuickPick(items, { title: 'The page of which rule?', matchOnDetail: true })
  return picked?.rule
}
