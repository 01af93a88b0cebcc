/** Owns the files of pins: one for each id, below `.inquest/evidence/`. */

import { InquestError } from '../errors.js'
import type { Pin } from '../evidence/pins.js'
import { readPins, writePins } from '../evidence/pins.js'
import type { Host } from './host.js'

/** Relative to the root. */
export const evidenceFolder = '.inquest/evidence'

/** What a document's pins and receipts are filed under: its id, or its path where it has none. */
export function evidenceFile(document: { readonly id: string | undefined; readonly path: string }, kind: 'pins' | 'runs'): string {
  const name = (document.id ?? document.path).replaceAll(/[^A-Za-z0-9._-]+/gu, '_').replace(/^\.+/u, '_').slice(0, 120)
  return `${evidenceFolder}/${name}.${kind}.jsonl`
}

/** @throws InquestError `config-invalid` for a file that holds something else */
export function loadPins(host: Host, root: string, file: string): readonly Pin[] {
  const text = host.readInside(root, file)
  if (text === undefined) return []
  try {
    return readPins(text)
  } catch (error) {
    throw new InquestError('config-invalid', `${file}: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Take the line out; after a merge with conflicts keep the lines of both sides and remove the marks. `inquest verify --pin` writes the file anew',
      cause: error,
    })
  }
}

/** Writes the file where it is to hold something else; it goes where nothing is left to hold. */
export function savePins(host: Host, absolute: string, pins: readonly Pin[]): void {
  const before = host.readText(absolute)
  const after = writePins(pins)
  if (before === after || (before === undefined && after === '')) return
  if (before === undefined) host.createFile(absolute, after)
  else if (after === '') host.removeFile(absolute)
  else host.replaceFile(absolute, before, after)
}
