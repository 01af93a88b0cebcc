/** Owns showing what a citation means at present: the file, and the lines as they stand in the working tree. */

import type { Facts } from '../facts/facts.js'
import type { Workspace } from './workspace.js'

/** More lines than this say less. */
const mostLines = 24

/** As Markdown; undefined where nothing can be shown. */
export function quoteCitation(workspace: Workspace, document: string, { path, lines }: Facts['citations'][number]): string | undefined {
  const world = workspace.worldOf(document)
  const meant = world.cited(path)
  if (meant.kind === 'absent') return `\`${path}\` is not in the repository${meant.near.length === 0 ? '' : `; there is ${meant.near.map((near) => `\`${near}\``).join(', ')}`}`
  if (meant.kind === 'unseen') return meant.submodule === undefined ? `\`${path}\` is not in the working tree, though git has it` : `\`${path}\` lies in the submodule \`${meant.submodule}\`, which is not checked out`
  if (meant.kind === 'several') return `\`${path}\` may be ${meant.paths.map((one) => `\`${one}\``).join(', ')}`
  if (meant.kind !== 'file') return undefined
  const head = `\`${meant.path}\`${meant.lines === undefined ? '' : `, ${meant.lines} lines`}`
  const shown = lines.flatMap(({ start, end }) => {
    const found = world.citedLines(meant.path, start, Math.min(end, start + mostLines - 1))
    if (found === undefined || found.length === 0) return [`Line ${start} is not there.`]
    const more = end - start + 1 > found.length ? `\n… ${end - start + 1 - found.length} more` : ''
    return [fence(`${found.join('\n')}${more}`, meant.path)]
  })
  return [head, ...shown].join('\n\n')
}

function fence(code: string, path: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/gu)].map((match) => match[0].length))
  const mark = '`'.repeat(longest + 1)
  const language = /\.(\w+)$/u.exec(path)?.[1] ?? ''
  return `${mark}${language}\n${code}\n${mark}`
}

/** Where a citation leads: a file from the repository's root, and the first of its lines. */
export function placeOfCitation(workspace: Workspace, document: string, { path, lines }: Pick<Facts['citations'][number], 'path' | 'lines'>): { readonly path: string; readonly line: number | undefined } | undefined {
  const meant = workspace.worldOf(document).cited(path)
  return meant.kind === 'file' ? { path: meant.path, line: lines[0]?.start } : undefined
}
