/** Owns whether pins say what git has of the versions that they are bound to: asked for all pins of a repository at once. */

import * as path from 'node:path'
import type { Pin } from '../evidence/pins.js'
import { isTruePin, pinKey } from '../evidence/pins.js'
import { openObjects } from './git-objects.js'
import { askPartial, askPrefix } from './git-repository.js'
import type { Host } from './host.js'
import { evidenceFolder, loadPins } from './pins.js'

/** Versions that are read together. */
const atOnce = 500

export function openPinVersions(host: Host, root: string): (pin: Pin) => boolean | undefined {
  const known = new Map<string, boolean | undefined>()
  const isPartial = askPartial(host, root)
  const prefix = askPrefix(host, root)
  const nameOf = ({ commit, path: file }: Pin): string => `${commit}:${prefix()}${file}`
  let isRead = false
  const look = (pins: readonly Pin[]): void => {
    for (let from = 0; from < pins.length; from += atOnce) {
      const some = pins.slice(from, from + atOnce)
      const objects = openObjects(host, root, isPartial)
      objects.prepare(some.map(nameOf))
      objects.load(some.map((pin) => pin.blob))
      for (const pin of some) known.set(pinKey(pin), isTrue(pin, objects.find(nameOf(pin))?.id, objects.text(pin.blob)))
    }
  }
  return (pin) => {
    if (!isRead) look(allPins(host, root))
    isRead = true
    if (!known.has(pinKey(pin))) look([pin])
    return known.get(pinKey(pin))
  }
}

/** Undefined where the version is gone, as after a squash, or not fetched. */
function isTrue(pin: Pin, committed: string | undefined, text: string | undefined): boolean | undefined {
  if (committed === undefined || text === undefined) return undefined
  return committed.startsWith(pin.blob) && isTruePin(pin, text.split(/\r?\n/u))
}

function allPins(host: Host, root: string): readonly Pin[] {
  const folder = path.join(root, evidenceFolder)
  if (!host.isFolder(folder)) return []
  return host.listFolder(folder).filter((name) => name.endsWith('.pins.jsonl')).flatMap((name) => loadPins(host, root, `${evidenceFolder}/${name}`))
}
