/** Owns the line that shows on a terminal how far long work is; nothing is shown where no line can be written over. */

import type { Terminal } from '../../verb.js'

export interface ProgressLine {
  show(what: string, progress: { readonly done: number; readonly of: number }): void
  /** Takes the line away. */
  clear(): void
}

const barWidth = 24
/** Milliseconds between two pictures. */
const pace = 100

export function progressLine({ err, interactive }: Terminal): ProgressLine {
  let last = 0
  let shown = false
  return {
    show(what, { done, of }) {
      const now = performance.now()
      if (!interactive || (now - last < pace && done < of)) return
      last = now
      shown = true
      const share = of === 0 ? 1 : Math.min(1, done / of)
      const full = Math.round(share * barWidth)
      err(`\r\u001B[K${what} ${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${Math.floor(share * 100)} %`)
    },
    clear() {
      if (shown) err('\r\u001B[K')
      shown = false
    },
  }
}
