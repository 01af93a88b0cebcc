/** Owns the engines that tests of documents run on. */

import type { Document } from '../../src/document/document.js'
import { parseDocument } from '../../src/document/document.js'
import { loadRemark, loadSatteri } from '../../src/document/markdown.js'

export const satteri = await loadSatteri()
export const remark = await loadRemark()
export const engines = [satteri, remark]

export function parse(text: string): Document {
  return parseDocument(text, satteri)
}
