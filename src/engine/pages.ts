/** Owns where the page of a rule stands: in the handbook that comes with the package, so that it opens without a network. */

import * as path from 'node:path'
import { InquestError } from '../errors.js'
import type { Host } from './host.js'
import { builtinFolder } from './templates.js'

/** Answers the absolute path of a rule's page; undefined where the handbook was left out. */
export function pageFinder(host: Host): (rule: string) => string | undefined {
  const folder = handbook(host)
  const known = new Map<string, string | undefined>()
  return (rule) => {
    if (!known.has(rule)) {
      const page = folder === undefined ? undefined : path.join(folder, 'rules', `${rule}.md`)
      known.set(rule, page !== undefined && host.exists(page) ? page : undefined)
    }
    return known.get(rule)
  }
}

function handbook(host: Host): string | undefined {
  try {
    return path.join(path.dirname(builtinFolder(host)), 'docs')
  } catch (error) {
    if (error instanceof InquestError) return undefined
    throw error
  }
}
