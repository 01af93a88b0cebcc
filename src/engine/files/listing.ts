/** Owns which files there are below a folder: those that git does not ignore, or all of them where there is no git. */

import * as fs from 'node:fs'
import * as path from 'node:path'
import { InquestError } from '../../errors.js'
import { findConfig } from '../root.js'
import type { Asker } from './git.js'
import { askGit, startGit } from './git.js'
import { ioError } from './io-error.js'

const question = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.']

/** Installed packages are nobody's documents, even where git does not ignore them. */
const skippedFolders = ['.git', 'node_modules', '.hg', '.svn']
const inSkippedFolder = new RegExp(`(?:^|/)(?:${skippedFolders.map((name) => name.replace('.', String.raw`\.`)).join('|')})/`, 'u')

/** Relative to the folder with `/`, sorted. @throws InquestError `io` for a folder that cannot be read, `environment` for a repository that git refuses */
export function listFiles(asker: Asker, folder: string): readonly string[] {
  const listed = askGit(asker, folder, question)
  return inOrder(listed === undefined ? listByWalking(folder) : filesIn(listed.toString('utf8')))
}

let begun: { readonly folder: string; readonly listed: Promise<readonly string[] | undefined> } | undefined

/** Begins to ask git for the files of the repository around a folder, while the program does what it needs no list for. */
export function beginListing(asker: Asker): void {
  const folder = findConfig(asker.cwd, { exists: fs.existsSync }).root
  const git = startQuietly(asker, folder)
  if (git === undefined) return
  const parts: Buffer[] = []
  git.stdout.on('data', (part: Buffer) => parts.push(part))
  const listed = new Promise<readonly string[] | undefined>((resolve) => {
    git.once('error', () => resolve(undefined))
    git.once('close', (status) => resolve(status === 0 ? inOrder(filesIn(Buffer.concat(parts).toString('utf8'))) : undefined))
  })
  begun = { folder, listed }
}

/** A repository that git refuses is told of where somebody waits for the files. */
function startQuietly(asker: Asker, folder: string): ReturnType<typeof startGit> {
  try {
    return startGit(asker, folder, question)
  } catch (error) {
    if (error instanceof InquestError) return undefined
    throw error
  }
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
