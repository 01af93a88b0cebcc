/** Owns looking for a text that a document says is nowhere: in the files that git has below a path, within limits. */

import { placesOf } from '../evidence/cited.js'
import type { Searched } from '../rules/world.js'
import type { Workspace } from './workspace.js'

/** A search through more than this is no evidence that anybody repeats. */
const mostFiles = 5000
const mostCharacters = 1 << 26
/** Larger files are data, and no search of code looks into them. */
const mostInFile = 1 << 23

/** @param document that says so, and contains the text itself @param isThis true for another name of it */
export function searchBelow({ host, root, everything, cited }: Workspace, document: string, isThis: (path: string) => boolean, written: string, text: string): Searched {
  const folder = document.slice(0, document.lastIndexOf('/') + 1)
  const isAll = /^\.?\/?$/u.test(written)
  const places = isAll ? [''] : placesOf(written.replace(/\/+$/u, ''), folder)
  const place = places.find((one) => one === '' || ['file', 'folder'].includes(cited.at(one).kind))
  if (place === undefined) return { state: 'unsearched', why: `there is no \`${written}\`` }
  const files = everything().filter((file) => (isAll || file === place || file.startsWith(`${place}/`)) && cited.standing(file) !== 'untracked')
  if (files.length === 0) return { state: 'unsearched', why: `git has no file in \`${written}\`` }
  if (files.length > mostFiles) return { state: 'unsearched', why: `\`${written}\` contains ${files.length} files, expected at most ${mostFiles}` }
  let left = mostCharacters
  let searched = 0
  for (const file of files) {
    const content = isThis(file) ? undefined : host.readInside(root, file)
    if (content === undefined || content.length > mostInFile || content.slice(0, 8000).includes('\0')) continue
    left -= content.length
    if (left < 0) return { state: 'unsearched', why: `\`${written}\` contains more than ${mostCharacters >> 20} MB` }
    searched++
    const at = content.indexOf(text)
    if (at !== -1) return { state: 'found', path: file, line: content.slice(0, at).split('\n').length }
  }
  return searched === 0 ? { state: 'unsearched', why: `no file in \`${written}\` contains text` } : { state: 'none', files: searched }
}
