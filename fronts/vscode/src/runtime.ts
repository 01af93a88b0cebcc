/** Owns what runs the chosen inquest. What a workspace installed has native parts for its own Node, what the extension carries has none. */

import { execFile } from 'node:child_process'
import type { Choice } from './choice.js'

export interface Run {
  readonly command: string
  /** What comes before a verb. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly shell: boolean
}

const oldest = 20

/** The editor is a program of its own kind and runs scripts when it is told to. */
const byEditor = { command: process.execPath, env: { ELECTRON_RUN_AS_NODE: '1' }, shell: false }

/** @param log told where it is not as one might expect */
export async function runOf(choice: Choice, node: string, log: (message: string) => void): Promise<Run> {
  // Windows starts what npm wrote for its command line by a shell only.
  if (choice.kind === 'program') return { command: choice.file, args: [], env: {}, shell: /\.(?:cmd|bat)$/iu.test(choice.file) }
  const args = [choice.file]
  if (choice.origin === 'extension') return { ...byEditor, args }
  const version = await versionOf(node)
  if (version !== undefined && Number.parseInt(version.slice(1), 10) >= oldest) return { command: node, args, env: {}, shell: false }
  log(`${node}: ${version === undefined ? 'does not run' : `is ${version}, ${oldest} or later is needed`}; the editor's own Node runs inquest, for which native parts of the workspace may be missing`)
  return { ...byEditor, args }
}

function versionOf(node: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(node, ['--version'], { timeout: 5000, windowsHide: true }, (error, stdout) => resolve(error === null ? stdout.trim() : undefined))
  })
}
