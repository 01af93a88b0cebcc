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
  for (let at = root; ; at = path.dirname(at)) {
    const folder = path.join(at, '.git')
    if (host.isFolder(folder)) {
      const head = host.readText(path.join(folder, 'HEAD'))?.trim()
      const ref = /^ref: (.+)$/u.exec(head ?? '')?.[1]
      return ref === undefined ? head : host.readText(path.join(folder, ref))?.trim()
    }
    if (host.exists(folder) || path.dirname(at) === at) return undefined
  }
}
