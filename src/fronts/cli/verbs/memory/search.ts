/** Owns `memory search`. */

import { searchMemory } from '../../../../engine/operations/memory-search.js'
import type { FoundConcept, MemorySearchResult } from '../../../../engine/operations/memory-search.js'
import { InquestError } from '../../../../errors.js'
import { inert } from '../../../../text/display.js'
import type { Terminal } from '../../verb.js'
import { jsonAnswer, textOption } from '../../verb.js'
import type { MemoryAction } from './action.js'

export const searchAction: MemoryAction = {
  name: 'search',
  summary: 'what is known about some words, or under an id, with the verdicts that earlier inquiries reached',
  words: 'what to look for: words, a phrase in quotes, the beginning of a word with `*`, ids of concepts and documents',
  options: [
    { flags: '--document <id>', summary: 'only what belongs to this document', completes: 'documents' },
    { flags: '--type <type>', summary: 'only concepts of this type' },
    { flags: '--phase <phase>', summary: 'only what was learned in this phase', completes: 'phases' },
    { flags: '--verdict <verdict>', summary: 'only what has this verdict', completes: ['confirmed', 'refuted', 'inconclusive', 'partially confirmed', 'subsumed'] },
    { flags: '--since <day>', summary: 'only what was stored on this day or later', completes: [] },
    { flags: '--until <day>', summary: 'only what was stored on this day or before', completes: [] },
    { flags: '--limit <number>', summary: 'so many at most; 10 otherwise', completes: [] },
  ],
  examples: [
    { command: 'inquest memory search sqlite busy timeout', summary: 'what is known about it' },
    { command: 'inquest memory search lock --verdict refuted', summary: 'which suppositions about it were wrong' },
    { command: 'inquest memory search INV-027 --json', summary: 'all that an inquiry taught, for programs' },
  ],
  async run(terminal, words, options) {
    const answer = await searchMemory(terminal.host, {
      query: words.join(' '),
      filters: Object.fromEntries(['document', 'type', 'phase', 'verdict', 'since', 'until'].flatMap((name) => {
        const value = textOption(options, name)
        return value === undefined ? [] : [[name, value]]
      })),
      ...(options['limit'] !== undefined && { limit: wholeNumber(textOption(options, 'limit')) }),
    })
    if (options['json'] === true) terminal.out(jsonAnswer(answer))
    else await print(terminal, answer)
    return 0
  },
}

function wholeNumber(written: string | undefined): number {
  if (written === undefined || !/^\d{1,9}$/u.test(written)) throw new InquestError('usage', `\`--limit\` takes a number: ${written} is none`, { hint: 'inquest memory search --limit 20 …' })
  return Number(written)
}

const why: Readonly<Record<FoundConcept['match'], string>> = { id: '', document: '', words: '', 'near-id': ', whose id is a slip away', 'some-words': ', which holds some of the words' }

async function print({ out, err, color }: Terminal, { results, experience, more, absent, respelled, note }: MemorySearchResult): Promise<void> {
  const { default: pico } = await import('picocolors')
  const paint = pico.createColors(color)
  for (const found of results) {
    const [origin] = found.provenance
    const from = [origin?.document ?? origin?.path, origin?.hypothesis, origin?.verdict].filter((one) => one !== undefined).join(' ')
    const kin = found.members !== undefined ? `sums up ${found.members.length}` : found.clusters !== undefined ? `see also ${found.clusters.join(', ')}` : ''
    out(`${paint.bold(String(found.id))}  ${inert([found.type, from, kin].filter((one) => one !== '').join(' · '))}${why[found.match]}\n`)
    out(`  ${marked(found, color ? (text) => paint.yellow(paint.bold(text)) : (text) => `*${text}*`)}\n`)
  }
  if (experience.length > 0) {
    out(`${results.length > 0 ? '\n' : ''}${paint.bold('what earlier inquiries supposed')}\n`)
    for (const one of experience) out(`  ${inert(one.document)} ${inert(one.hypothesis)} ${paint.bold(inert(one.verdict))}: ${inert(one.statement.replaceAll(/\s+/gu, ' '))}\n`)
  }
  if (results.length === 0 && experience.length === 0) out('nothing is known about it\n')
  for (const { typed, as } of respelled) err(`no concept holds "${inert(typed)}"; looked for "${inert(as)}"\n`)
  if (absent.length > 0) err(`no concept holds ${absent.map((word) => `"${inert(word)}"`).join(', ')}\n`)
  if (more) err('there are more; `--limit` shows them, further words or filters choose among them\n')
  if (note !== undefined) err(`${inert(note)}\n`)
}

function marked({ snippet: { text, marks } }: FoundConcept, mark: (text: string) => string): string {
  let shown = ''
  let at = 0
  for (const [from, to] of marks) {
    shown += inert(text.slice(at, from)) + mark(inert(text.slice(from, to)))
    at = to
  }
  return shown + inert(text.slice(at))
}
