/** Owns what is kept of one version of a document: what its frontmatter says of its history, and little else. */

import type { FrontmatterData } from '../../document/frontmatter.js'
import { readFrontmatter } from '../../document/frontmatter.js'
import { readPlainFrontmatter } from '../../document/plain-frontmatter.js'
import { textOf } from '../../facts/extract.js'
import { cellHash } from '../../workflow/cell-hash.js'
import type { WrittenEntry } from '../../workflow/entries.js'
import { looksLikeHistory, writtenEntries } from '../../workflow/entries.js'
import type { TemplateRegistry } from '../templates.js'

export interface Sketch {
  readonly template: string
  readonly version?: string
  readonly id?: string
  readonly phase?: string
  readonly entries?: readonly WrittenEntry[]
  /** Hashes of the cells of its tables, where no hypotheses are registered yet: evidence may be among them. */
  readonly cells?: readonly string[]
}

/** What has to be read in any case; other fields of templates are plain, or left to YAML. */
const asked: ReadonlySet<string> = new Set(['template', 'version', 'status', 'lifecycle_phase', 'phase_history', 'id', 'backlog_id'])

/** Frontmatter is rarely longer; where it is, all of the text is read. */
const headBytes = 16_384

/** Undefined for what is not a document, and what cannot be read as one. */
export function sketchOf(templates: TemplateRegistry, bytes: Buffer): Sketch | undefined {
  const head = bytes.toString('utf8', 0, headBytes)
  if (!head.includes('template') && !head.includes('phase_history')) return undefined
  const data = readPlainFrontmatter(head, asked) ?? headData(head, bytes)
  if (data === undefined) return undefined
  const entries = historyIn(data)
  const name = textOf(data['template'])
  if (name === undefined && entries.length === 0) return undefined
  const version = textOf(data['version'])
  const template = name === undefined || templates.faulty.some((one) => one.name === name) ? undefined : (templates.find(name, version) ?? templates.latest(name))
  const phase = textOf(data[template?.machine.phaseField ?? 'lifecycle_phase'])
  const id = (template?.id?.fields ?? ['id']).map((field) => textOf(data[field])?.trim()).find((one) => one !== undefined && one !== '')
  return {
    template: name ?? '',
    ...(version !== undefined && { version }),
    ...(id !== undefined && { id }),
    ...(phase !== undefined && { phase }),
    ...(entries.length > 0 && { entries }),
    ...(!entries.some((entry) => 'hypotheses' in entry) && { cells: cellsOf(bytes.toString('utf8')) }),
  }
}

function headData(head: string, bytes: Buffer): FrontmatterData | undefined {
  const read = readFrontmatter(head)
  if (read.kind === 'read') return read.data
  const whole = bytes.length > headBytes ? readFrontmatter(bytes.toString('utf8')) : read
  return whole.kind === 'read' ? whole.data : undefined
}

/** The history by its form: the template that named its field may be gone. */
function historyIn(data: FrontmatterData): readonly WrittenEntry[] {
  const field = Object.keys(data).find((key) => looksLikeHistory(data[key]))
  return field === undefined ? [] : writtenEntries(data[field])
}

function cellsOf(text: string): readonly string[] {
  const cells = new Set<string>()
  for (const [line] of text.matchAll(/^[ \t]*\|.+$/gmu)) {
    for (const cell of line.split(/(?<!\\)\|/u)) {
      const hash = cellHash(cell.replaceAll(String.raw`\|`, '|'))
      if (hash !== undefined) cells.add(hash)
    }
  }
  return [...cells]
}
