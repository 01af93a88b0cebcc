/** Owns words that several formats use. */

import type { ReportSummary } from './report.js'

export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** What was found and in how many documents, as half a sentence. */
export function countFound({ documents, errors, warnings, infos }: ReportSummary): string {
  const found = [plural(errors, 'error'), plural(warnings, 'warning'), plural(infos, 'info')].filter((words) => !words.startsWith('0 '))
  return `${found.length === 0 ? 'no finding' : found.join(', ')} in ${plural(documents, 'document')}`
}
