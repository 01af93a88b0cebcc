/** Owns looking at what is at a path, where nothing being there is an answer. */

import * as fs from 'node:fs'
import { absent } from './io-error.js'

/** Of the path itself, be it a link. */
export function lookAtLink(file: string): fs.Stats | undefined {
  return orUndefined(() => fs.lstatSync(file, { throwIfNoEntry: false }))
}

/** Of what the path leads to. */
export function lookAtFile(file: string): fs.Stats | undefined {
  return orUndefined(() => fs.statSync(file, { throwIfNoEntry: false }))
}

/** A file in the place of a folder throws, in spite of the option. */
function orUndefined(look: () => fs.Stats | undefined): fs.Stats | undefined {
  try {
    return look()
  } catch (error) {
    if (absent(error)) return undefined
    throw error
  }
}
