/** Owns showing what a citation means: the lines as they stand in the working tree, and as they were when it was bound. */

import type { Drift, Pin } from '../evidence/pins.js'
import { driftOf, pinFor } from '../evidence/pins.js'
import type { Facts } from '../facts/facts.js'
import { writeLines } from '../text/span.js'
import { openObjects } from './git-objects.js'
import { evidenceFile } from './pins.js'
import type { Workspace } from './workspace.js'

/** More lines than this say less. */
const mostLines = 24

/** As Markdown; undefined where nothing can be shown. */
export function quoteCitation(workspace: Workspace, document: string, facts: Facts, citation: Facts['citations'][number]): string | undefined {
  const bound = quoteBound(workspace, document, facts, citation)
  const present = quotePresent(workspace, document, citation)
  return bound === undefined ? present : [bound, ...(present === undefined ? [] : [`**At present** ${present}`])].join('\n\n')
}

/** What a citation showed when it was bound, and what became of that; undefined for one that is not bound. */
function quoteBound(workspace: Workspace, document: string, { id, template }: Facts, { path, lines, written }: Facts['citations'][number]): string | undefined {
  const file = evidenceFile({ id, path: document }, 'pins')
  const linesOf = (of: string): readonly string[] | undefined => workspace.cited.lines(of, 1, Number.POSITIVE_INFINITY)
  const pin = pinFor(workspace.pinsOf(file).filter((one) => one.template === template.name), { path, lines }, (one) => linesOf(one.path))
  if (pin === undefined) return undefined
  const drift = driftOf(pin, linesOf(pin.path), lines)
  const head = `**Bound** at commit \`${pin.commit.slice(0, 10)}\`: \`${written}\` ${fateOf(drift)}`
  const text = pin.text ?? committed(workspace, pin)
  return text === undefined || text.length === 0 ? head : `${head}\n\n${fence(text.slice(0, mostLines).join('\n') + (text.length > mostLines ? `\n… ${text.length - mostLines} more` : ''), pin.path)}`
}

function fateOf(drift: Drift): string {
  switch (drift.state) {
    case 'same':
      return 'shows the same still'
    case 'moved':
      return `moved to ${writeLines(drift.lines)}`
    case 'changed':
      return 'has changed since'
    case 'gone':
      return 'is gone'
  }
}

/** Of many lines a pin keeps no text; git does. */
function committed({ host, root }: Workspace, { blob, lines }: Pin): readonly string[] | undefined {
  const objects = openObjects(host, root, () => true)
  objects.load([blob])
  const text = objects.text(blob)?.split(/\r?\n/u)
  return text === undefined ? undefined : lines.flatMap(({ start, end }) => text.slice(start - 1, end))
}

function quotePresent(workspace: Workspace, document: string, { path, lines }: Facts['citations'][number]): string | undefined {
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
