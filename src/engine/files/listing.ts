/** Owns which files there are below a folder: those that git does not ignore, or all of them where there is no git. */

import { spawn, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { findConfig } from '../root.js'
import { ioError } from './io-error.js'

const question = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.']

/** Installed packages are nobody's documents, even where git does not ignore them. */
const skippedFolders = ['.git', 'node_modules', '.hg', '.svn']
const inSkippedFolder = new RegExp(`(?:^|/)(?:${skippedFolders.map((name) => name.replace('.', String.raw`\.`)).join('|')})/`, 'u')

/** Relative to the folder with `/`, sorted. @throws InquestError `io` for a folder that cannot be read */
export function listFiles(folder: string): readonly string[] {
  const run = spawnSync('git', question, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true })
  return inOrder(run.status === 0 ? filesIn(run.stdout) : listByWalking(folder))
}

let begun: { readonly folder: string; readonly listed: Promise<readonly string[] | undefined> } | undefined

/** Begins to ask git for the files of the repository around a folder, while the program does what it needs no list for. */
export function beginListing(cwd: string): void {
  const folder = findConfig(cwd, { exists: fs.existsSync }).root
  const git = spawn('git', question, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true })
  const parts: Buffer[] = []
  git.stdout.on('data', (part: Buffer) => parts.push(part))
  const listed = new Promise<readonly string[] | undefined>((resolve) => {
    git.once('error', () => resolve(undefined))
    git.once('close', (status) => resolve(status === 0 ? inOrder(filesIn(Buffer.concat(parts).toString('utf8'))) : undefined))
  })
  begun = { folder, listed }
}

/** What was begun to be listed, once; undefined where nothing was for the folder, or git does not answer. */
export async function endListing(folder: string): Promise<readonly string[] | undefined> {
  if (begun?.folder !== folder) return undefined
  const { listed } = begun
  begun = undefined
  return listed
}

/** A file in conflict is listed once for each of its versions. */
function filesIn(listed: string): readonly string[] {
  return [...new Set(listed.split('\0'))].filter((file) => file !== '')
}

function inOrder(files: readonly string[]): readonly string[] {
  return files.filter((file) => !inSkippedFolder.test(file)).toSorted()
}

function listByWalking(folder: string): readonly string[] {
  const files: string[] = []
  const open = ['']
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    let entries: fs.Dirent[]
    try {
      entries = fs.readdirSync(path.join(folder, at), { withFileTypes: true })
    } catch (error) {
      throw ioError('listed', path.join(folder, at), error)
    }
    for (const entry of entries) {
      const below = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory()) {
        if (!skippedFolders.includes(entry.name)) open.push(below)
      } else if (entry.isFile() || entry.isSymbolicLink()) files.push(below)
    }
  }
  return files
}
