/** Owns the rule `evidence-code-absent`. */

import { resolve } from './resolve.js'
import type { FactRule } from './rule.js'

export const evidenceCodeAbsent: FactRule = {
  name: 'evidence-code-absent',
  over: 'facts',
  each: 'evidence',
  kind: 'defect',
  severity: 'warning',
  since: 2,
  soundness: true,
  summary: 'An evidence row quotes code, and no name in it appears anywhere in the cited file.',
  why: 'Code in code marks is taken for what the file says. Where none of its names is there, the citation is of another file, or the code was written from memory.',
  remedy: 'Cite the file that has the code, or quote what the cited file says. Rows that deny something, or cite several places, are not looked at; in a closed document the code may have changed, so that it is an info there.',
  examples: [{ good: '| Encoding errors end the job |', bad: '| `deleteRow` ends the job |', setting: [['status: complete', 'status: active']] }],
  *check({ evidence, claim }, world) {
    for (const { findingCell, finding, citations, section, spec } of evidence) {
      const [citation, ...more] = citations
      if (findingCell === undefined || citation === undefined || more.length > 0 || denies.test(finding)) continue
      const quoted = codeIn(findingCell.raw)
      if (quoted.length === 0) continue
      const resolution = resolve(citation, world)
      if (resolution?.state !== 'resolved' || resolution.weak?.includes('ambiguous') === true) continue
      const file = resolution.path ?? citation.path
      const there = world.contains(file, quoted.flatMap(({ names }) => names))
      if (there === undefined || there.includes(true)) continue
      const [first] = quoted
      if (first === undefined) continue
      const start = findingCell.span.start + first.at
      yield { message: `\`${first.code}\` is nowhere in \`${file}\`, which the row cites`, at: { start, end: start + first.code.length }, subject: citation.written, section, spec, ...(claim.standing === 'closed' && { inCheck: 'info' as const }) }
    }
  },
}

/** What is denied or proposed need not be there. */
const denies = /\b(?:no|not|never|none|nothing|without|missing|lacks?|lacking|absent|absence|removed?|deleted?|gone|should|must|would|could|might|instead|propos\w*|add(?:s|ed|ing)?|introduc\w*|renam\w*|nowhere|neither|nor|cannot|fails? to|\w+n['’]t)\b/iu
const codeSpan = /(?<!`)`([^`]+)`(?!`)/gu
/** Code marks around what is not code of the file: paths, commands, patterns, ids, addresses. */
const otherwise = /^(?:[\w.@~-]*\/[\w./@~*-]*|[\w.-]+\.[a-z]{1,5}(?::.*)?|(?:git|npm|npx|node|python3?|pip|curl|docker|grep|rg|sed|awk|cargo|make|go|uv|bash|sh|cd|ls|cat|sudo|inquest)\s.*|.*\s--?\w.*|.*[*?].*|[A-Z][A-Z0-9]*-[\w-]+|\w+:\/\/.*|-{1,2}[\w-]+)$/u
/** Names that only appear in code: with a capital or a digit within, or with an underscore. */
const name = /[\p{L}_$][\p{L}\p{N}_$]*/gu
const codeLike = /[\p{Ll}\p{N}]\p{Lu}|\p{L}_\p{L}|^_+\p{L}{2}/u

function codeIn(raw: string): readonly { readonly code: string; readonly at: number; readonly names: readonly string[] }[] {
  return [...raw.matchAll(codeSpan)].flatMap((match) => {
    const code = match[1] ?? ''
    if (otherwise.test(code.trim())) return []
    const names = [...new Set([...code.replaceAll('\\|', '|').matchAll(name)].map(([one]) => one))].filter((one) => codeLike.test(one))
    return names.length === 0 ? [] : [{ code, at: match.index + 1, names }]
  })
}
