/** Owns what the engine asks of the world: files, git, time and environment. Everything else in it is computed. */

/** One path in, as far as possible no exception out: absence is an answer. Paths are absolute. */
export interface Host {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The present, for dates in new documents; never for deciding an order. */
  now(): Date
  /** The text of a file; undefined where there is none. @throws InquestError `io` where it cannot be read. */
  readText(path: string): string | undefined
  /** The first bytes of a file as text, for what stands at its head; undefined where there is no file. */
  readHead(path: string, bytes: number): string | undefined
  exists(path: string): boolean
  isFolder(path: string): boolean
  /** True for two names of one file, such as a link and what it leads to. */
  isSameFile(a: string, b: string): boolean
  /** Files below a folder that git does not ignore, relative to it with `/`, sorted; all files where there is no git. */
  listFiles(folder: string, extensions: readonly string[]): readonly string[]
  /** Creates a file with its folders; false where one is there already. Never half-written. */
  createFile(path: string, text: string): boolean
  /** Replaces a file atomically if it still holds `before`, mode and links kept. @throws InquestError `changed-meanwhile` */
  replaceFile(path: string, before: string, after: string): void
  /** Removes a file that this process made; nothing happens where there is none. */
  removeFile(path: string): void
  makeFolder(path: string): void
  /** Moves a file to a name that is free. @throws InquestError `exists` where it is not */
  moveFile(from: string, to: string): void
  /** Names within a folder, sorted. */
  listFolder(path: string): readonly string[]
  /** What git prints, or undefined where it fails or is not there. */
  git(folder: string, args: readonly string[]): string | undefined
}
