/** Owns what git says of the past, kept until the commit at hand changes. */

import * as path from 'node:path'
import type { Host } from './host.js'

/**
 * The host with what git says of the past kept until the commit at hand changes: rules ask it anew for each key
 * that is pressed.
 */
export function rememberPast(host: Host, root: string): Host {
  const answers = new Map<string, string | undefined>()
  let at: string | undefined
  return {
    ...host,
    git(folder, args) {
      if (!args.includes('log') && args[0] !== 'show') return host.git(folder, args)
      const commit = headOf(host, root)
      if (commit === undefined) return host.git(folder, args)
      if (commit !== at) answers.clear()
      at = commit
      const key = JSON.stringify([folder, args])
      if (!answers.has(key)) answers.set(key, host.git(folder, args))
      return answers.get(key)
    },
  }
}

/** The commit at hand, read from git's files; undefined where they are not laid out plainly. */
export function headOf(host: Host, root: string): string | undefined {
  const folder = gitFolder(host, root)
  if (folder === undefined) return undefined
  const head = host.readText(path.join(folder, 'HEAD'))?.trim()
  const ref = /^ref: (.+)$/u.exec(head ?? '')?.[1]
  return ref === undefined ? head : host.readText(path.join(folder, ref))?.trim()
}

/**
 * What the past is looked up in, in a line each: the commit at hand, whether a part of the past is missing, the commit
 * that is being merged. Read from git's files, which takes a fraction of starting git; undefined where they are not
 * laid out plainly.
 */
export function momentOf(host: Host, root: string): string | undefined {
  const folder = gitFolder(host, root)
  const head = folder === undefined || host.exists(path.join(folder, 'reftable')) ? undefined : (headOf(host, root) ?? packedHead(host, folder))
  if (folder === undefined || head === undefined || !/^[0-9a-f]{40,64}$/u.test(head)) return undefined
  return [head, String(host.exists(path.join(folder, 'shallow'))), host.readText(path.join(folder, 'MERGE_HEAD'))?.split('\n')[0] ?? ''].join('\n')
}

function packedHead(host: Host, folder: string): string | undefined {
  const ref = /^ref: (\S+)/u.exec(host.readText(path.join(folder, 'HEAD')) ?? '')?.[1]
  const line = host.readText(path.join(folder, 'packed-refs'))?.split('\n').find((one) => one.endsWith(` ${ref}`))
  return ref === undefined ? undefined : line?.split(' ')[0]
}

function gitFolder(host: Host, root: string): string | undefined {
  for (let at = root; ; at = path.dirname(at)) {
    const folder = path.join(at, '.git')
    if (host.isFolder(folder)) return folder
    if (host.exists(folder) || path.dirname(at) === at) return undefined
  }
}
