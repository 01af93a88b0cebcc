/** Owns whether code that a document quotes stands in a file: blanks do not count, nor what the author left out or remarked. */

/** A line that stands for any number of others: dots, be they in a comment. */
const elision = /^\W{0,4}(?:\.{3,}|…|\[(?:\.{3}|…)\])\W{0,4}$/u
const comment = /^(?:#|\/\/|--|;|%|<!--|\/\*|\*)/u
const trailingComment = /\s+(?:#|\/\/|--|;|<!--|\/\*|←|<-).*$/u

export interface Difference {
  /** The first quoted line that is not there, and what stands in its place. */
  readonly quoted: string
  readonly standing: string | undefined
}

/** Undefined where the quoted lines stand in the file, one behind the other. @param lines of the file */
export function findDifference(quoted: readonly string[], lines: readonly string[]): Difference | undefined {
  const wanted = quoted.map(evenOut).filter((line) => line !== '')
  const standing = lines.map(evenOut).filter((line) => line !== '')
  let best: { readonly matched: number; readonly difference: Difference } | undefined
  for (let from = 0; from <= standing.length; from++) {
    const outcome = matchFrom(wanted, standing, from)
    if (outcome === undefined) return undefined
    if (best === undefined || outcome.matched > best.matched) best = outcome
  }
  return best?.difference
}

function evenOut(line: string): string {
  return line.trim().replaceAll(/\s+/gu, ' ')
}

function matchFrom(wanted: readonly string[], standing: readonly string[], from: number): { readonly matched: number; readonly difference: Difference } | undefined {
  let at = from
  let open = false
  let matched = 0
  for (const line of wanted) {
    if (elision.test(line)) {
      open = true
      continue
    }
    let place = at
    while (open && place < standing.length && !isSame(line, standing[place] ?? '')) place++
    if (place < standing.length && isSame(line, standing[place] ?? '')) {
      at = place + 1
      open = false
      matched++
    } else if (!comment.test(line)) return { matched, difference: { quoted: line, standing: standing[at] } }
  }
  return undefined
}

function isSame(quoted: string, standing: string): boolean {
  if (quoted === standing) return true
  const bare = quoted.replace(trailingComment, '')
  if (bare === standing || bare === standing.replace(trailingComment, '')) return bare !== ''
  if (!/\.{3}|…/u.test(bare)) return false
  // Parts of a line may be left out as well.
  const parts = bare.split(/\.{3,}|…/u).map((part) => part.trim())
  if (parts.every((part) => part === '') || !standing.startsWith(parts[0] ?? '') || !standing.endsWith(parts.at(-1) ?? '')) return false
  let at = 0
  for (const part of parts) {
    const found = standing.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return true
}
