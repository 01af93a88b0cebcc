/** Owns the ids that evidence and verdicts may refer to. */

import type { Facts } from '../facts/facts.js'

/** A document with more hypotheses than that is not helped by the names of all of them in every finding. */
const mostListed = 20

/** Undefined where no hypothesis can be read, which is a finding of its own. */
export function statedIds({ hypotheses, tables }: Facts): { readonly ids: ReadonlySet<string>; readonly list: string } | undefined {
  if (hypotheses.length === 0 || tables.some((table) => table.part.yields === 'hypotheses' && table.missing.length > 0)) return undefined
  const ids = new Set(hypotheses.map((hypothesis) => hypothesis.id))
  const listed = [...ids].slice(0, mostListed).map((id) => `\`${id}\``)
  return { ids, list: ids.size > mostListed ? `${listed.join(', ')} and ${ids.size - mostListed} more` : listed.join(', ') }
}
