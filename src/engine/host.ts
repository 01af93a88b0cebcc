/** Owns what the engine asks of the world: files, git, time and environment. Everything else in it is computed. */

import type { Standing } from '../evidence/cited.js'
import type { Store } from '../memory/store.js'
import type { Scratch } from '../text/arena.js'

/** What tells whether a file is still the one that was read. Times in milliseconds. */
export interface FileStamp {
  readonly size: number
  readonly modified: number
  readonly changed: number
  readonly inode: number
  /** False for a file so young that it may be written again within the same tick of its clock. */
  readonly settled: boolean
}

/** True where a file has not been written between the two. */
export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.modified === b.modified && a.changed === b.changed && a.inode === b.inode
}

/** A copy of a tree for a program to run in. All paths are absolute. */
export interface TreeCopy {
  /** Holds both of the others. */
  readonly base: string
  readonly tree: string
  /** Empty. */
  readonly home: string
}

export interface RunOptions {
  readonly copy: TreeCopy
  readonly env: Readonly<Record<string, string>>
  readonly milliseconds: number
  /** True where the program may use the network. */
  readonly network: boolean
}

export interface RunOutcome {
  /** Undefined where it ended by a signal or was not started. */
  readonly exit: number | undefined
  readonly timedOut: boolean
  /** Both its outputs, as far as they are kept. */
  readonly output: string
  /** SHA-256 of all of its output. */
  readonly digest: string
  /** How the network was kept from it; `open` where it was not. */
  readonly network: 'bubblewrap' | 'unshare' | 'open'
}

/** What only this machine needs of a repository; none of it lies in the tree. */
export interface State {
  /** Belongs to one working tree. */
  readonly own: StateFolder
  /** Shared by all working trees of the repository. */
  readonly shared: StateFolder
}

/** A folder of state. Names are relative to it, with `/`. What writes throws InquestError `environment` where no place can be written. */
export interface StateFolder {
  /** Names within a folder, sorted; none where there is no such folder. */
  list(folder: string): readonly string[]
  /** Undefined where there is no such plain file. */
  readText(name: string): string | undefined
  /** False where there is one already. Never half-written. */
  createFile(name: string, text: string): boolean
  /** Creates an empty file, whose name says it all; false where there is one already. */
  claimFile(name: string): boolean
  removeFile(name: string): void
  moveFile(from: string, to: string): void
  /** Runs `work` while no other process does so for the folder. */
  alone<T>(folder: string, work: () => T): T
  /** Clears away what killed commands left in a folder. */
  recover(folder: string): void
  /** A file that only saves time; undefined where there is none that can be read. */
  readCache(name: string): Buffer | undefined
  /** A place that cannot be written is left without one. */
  writeCache(name: string, content: string | Writing): void
}

/** Files that only save time. */
export type CacheFolder = Pick<StateFolder, 'readCache' | 'writeCache'>

/** Gives what is to stand in a file, piece by piece. */
export type Writing = (append: (bytes: Uint8Array) => void) => void

/** One path in, as far as possible no exception out: absence is an answer. Paths are absolute. */
export interface Host {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The present, for dates in new documents; never for deciding an order. */
  now(): Date
  /**
   * The same world as the files of a repository may name it: nothing outside of the root is read or written, links followed. Of the host
   * itself the user asks, whose paths may lie elsewhere but go through no link of the repository that leaves it.
   */
  within(root: string): Host
  /** The text of a file; undefined where there is none. @param most in bytes @throws InquestError `io` where it cannot be read, or may not */
  readText(path: string, most?: number): string | undefined
  /** The text of a document; undefined where there is none, and where `whyUnread` says why it is not read. */
  readDocument(path: string): string | undefined
  /** Why a file that is there is not read as a document: it leads out, is special, or is too large. */
  whyUnread(path: string): string | undefined
  /** True where a path leads to a place that may be read, or to nothing. */
  reaches(path: string): boolean
  /** Why nothing is written at a path; undefined where something may be. */
  whyUnwritable(path: string): string | undefined
  /** The first bytes of a file as text, and whether they are all of it; undefined where there is no file. */
  readHead(path: string, bytes: number): { readonly text: string; readonly whole: boolean } | undefined
  /** Undefined where there is no file. */
  stamp(path: string): FileStamp | undefined
  /** The state of the repository with this root. */
  state(root: string): State
  /** The same in a folder that the user named. */
  stateAt(folder: string): StateFolder
  /** A file for what there is no room for in memory; undefined where there is no place for one. */
  openScratch(): Scratch | undefined
  exists(path: string): boolean
  isFolder(path: string): boolean
  /** True for two names of one file, such as a link and what it leads to. */
  isSameFile(a: string, b: string): boolean
  /**
   * What stands below a folder. Links are followed within it only, and nothing but plain files is opened.
   * @param path relative to the folder
   */
  look(folder: string, path: string): Standing
  /** The text of a plain file below a folder; undefined where `look` sees none, or one too large. */
  readInside(folder: string, path: string): string | undefined
  /**
   * Files below a folder that git does not ignore, relative to it with `/`, sorted; all files where there is no git.
   * @param extensions undefined for files of every kind
   */
  listFiles(folder: string, extensions: readonly string[] | undefined): readonly string[]
  /** The same of all files of a folder, where the program began to list them when it started; else undefined. */
  endListing(folder: string): Promise<readonly string[] | undefined>
  /** Creates a file with its folders; false where one is there already. Never half-written. */
  createFile(path: string, text: string): boolean
  /** Replaces a file atomically if it still holds `before`, mode and links kept, and loses no edit that comes meanwhile. @throws InquestError `changed-meanwhile` */
  replaceFile(path: string, before: string, after: string): void
  /** Clears away what killed commands left hidden in a folder; a person's edit among it is brought back, and that is told. What git tracks was left by no command. */
  recoverFolder(path: string): void
  /** The plain files below a folder, relative to the root with `/`, through no link; at most so many. */
  plainFiles(root: string, folder: string, most: number): readonly string[]
  /** Where a path leads, through all links; what is not there yet counts from the nearest folder that is. */
  realPath(path: string): string
  /** Files in a folder that hold an edit which could not be brought back to its place. */
  keptEdits(path: string): readonly string[]
  /** Writes a file that somebody asked to be written, in one text or in pieces, whatever stood there, with its folders; never half-written. */
  writeFile(path: string, text: string | Iterable<string>): void
  /** Adds to the end of a file, which is made where there is none. */
  appendFile(path: string, text: string): void
  /** Removes a file that this process made; nothing happens where there is none. */
  removeFile(path: string): void
  makeFolder(path: string): void
  /** Moves a file to a name that is free. @throws InquestError `exists` where it is not */
  moveFile(from: string, to: string): void
  /** Names within a folder, sorted. */
  listFolder(path: string): readonly string[]
  /** Copies files, and whatever else is named, into a new folder of their own; links that lead out are left behind. */
  copyTree(folder: string, files: readonly string[], include: readonly string[]): TreeCopy
  /** Removes a folder that `copyTree` made. */
  removeTree(copy: TreeCopy): void
  /** Runs a program to its end or its limit, with nothing of the environment but what is given. */
  run(argv: readonly string[], options: RunOptions): Promise<RunOutcome>
  /** The commit that is checked out, as git's files say it; undefined where they are not laid out plainly. */
  headCommit(folder: string): string | undefined
  /**
   * What git prints, or undefined where it fails or is not there. It asks no person, fetches nothing, and runs no program that the
   * repository names. @throws InquestError `environment` for a repository that git refuses
   */
  git(folder: string, args: readonly string[]): string | undefined
  /** The same for what git reads from its standard input, and prints as bytes. */
  gitBatch(folder: string, args: readonly string[], input: string): Uint8Array | undefined
  /** The concept store in a file, for writing; made where there is none. @throws InquestError `store-…` */
  openStore(path: string): Promise<Store>
  /** Runs a command that a person configured, in a shell, with a text as its input. @param longest milliseconds until it is stopped */
  runCommand(folder: string, command: string, input: string, longest: number): Promise<CommandRun>
}

export interface CommandRun {
  /** Undefined for one that was stopped. */
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
}
