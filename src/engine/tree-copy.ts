/** Owns the copy of a tree in which a program runs: what goes into it, to whom it belongs, and that all of it is removed. */

import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import type { TreeCopy } from './host.js'

/** A copy without a file in it. @param owner as `Host.copyTree` */
export function emptyCopy(owner: number | undefined): TreeCopy {
  const base = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'inquest-run-')))
  const [tree = '', home = '', temporary = '', shared = ''] = ['tree', 'home', 'temporary', 'shared'].map((name) => path.join(base, name))
  for (const folder of [tree, home, temporary, shared]) fs.mkdirSync(folder)
  if (owner !== undefined) give(base, owner)
  return { base, tree, home, temporary, shared }
}

export function copyTree(folder: string, files: readonly string[], include: readonly string[], owner: number | undefined): TreeCopy {
  const root = fs.realpathSync(folder)
  const copy = emptyCopy(owner)
  const inside = (file: string): boolean => file === root || file.startsWith(root + path.sep)
  const take = (from: string, to: string): void => {
    // Its configuration may contain passwords, and submodules and worktrees have one of their own.
    if (path.basename(from).toLowerCase() === '.git') return
    const stats = fs.lstatSync(from, { throwIfNoEntry: false })
    if (stats === undefined) return
    if (stats.isDirectory()) {
      fs.mkdirSync(to, { recursive: true })
      for (const name of fs.readdirSync(from)) take(path.join(from, name), path.join(to, name))
      return
    }
    fs.mkdirSync(path.dirname(to), { recursive: true })
    if (stats.isSymbolicLink()) {
      const target = fs.readlinkSync(from)
      if (!path.isAbsolute(target) && inside(path.resolve(path.dirname(from), target))) fs.symlinkSync(target, to)
    } else if (stats.isFile()) fs.copyFileSync(from, to)
  }
  for (const file of [...files, ...include]) {
    const from = path.resolve(root, file)
    // A folder on the way that is a link may lead out.
    const parent = fs.existsSync(path.dirname(from)) ? fs.realpathSync(path.dirname(from)) : undefined
    if (inside(from) && parent !== undefined && inside(parent) && !isHistory(path.relative(root, from))) take(from, path.join(copy.tree, file))
  }
  if (owner !== undefined) give(copy.base, owner)
  return copy
}

function isHistory(relative: string): boolean {
  return relative.split(path.sep).some((part) => part.toLowerCase() === '.git')
}

/** To a user that has to write in it. */
function give(file: string, owner: number): void {
  fs.lchownSync(file, owner, owner)
  if (fs.lstatSync(file).isDirectory()) for (const name of fs.readdirSync(file)) give(path.join(file, name), owner)
}

/** Folders that their owner may not open, or that lie too deep for a path, are removed like all others. */
export function removeTree({ base }: TreeCopy): void {
  try {
    fs.rmSync(base, { recursive: true, force: true })
  } catch (error) {
    spawnSync('chmod', ['-R', 'u+rwx', base], { stdio: 'ignore' })
    if (spawnSync('rm', ['-rf', base], { stdio: 'ignore' }).status !== 0) throw error
  }
}
