/** Owns reading a source that names a search: `src/` (searched for `retry`, no match). */

import type { Cell } from '../document/table.js'
import type { Span } from '../text/span.js'

/** A search that found nothing, which inquest can repeat. */
export interface AbsenceFact {
  /** Where it was looked for, as written. */
  readonly path: string
  readonly texts: readonly string[]
  readonly span: Span
}

/** The place may be several words within code marks, and one without. */
const search = /^(?:`(?<coded>[^`]+)`|(?<plain>[^\s`(|]+))\s*[(:,–—-]\s*(?:full |case-sensitive )?(?:searched|search|grepped|grep|looked|checked)(?: \w+)?(?: for)? (?<texts>`[^`]+`(?:(?:,|,? or|,? and|,? nor) `[^`]+`)*)\s*[,;:–—-]?\s*(?<outcome>[^)`]*)\)?\.?$/iu
const nothing = /\b(?:no|not|none|nothing|zero|0|without|never)\b/iu

export function readAbsence({ raw, span }: Cell): AbsenceFact | undefined {
  const match = raw.includes('`') ? search.exec(raw.trim()) : null
  const { coded, plain, texts = '', outcome = '' } = match?.groups ?? {}
  const path = coded ?? plain
  if (path === undefined || !nothing.test(outcome)) return undefined
  return { path: path.trim(), texts: [...texts.matchAll(/`([^`]+)`/gu)].flatMap((one) => one[1] ?? []), span }
}
