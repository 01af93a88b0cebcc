/** Owns `memory synthesize`. */

import type { SynthesizeResult } from '../../../../engine/operations/memory-synthesize.js'
import { synthesizeMemory } from '../../../../engine/operations/memory-synthesize.js'
import { InquestError } from '../../../../errors.js'
import { inert } from '../../../../text/display.js'
import { jsonAnswer, textOption } from '../../verb.js'
import type { MemoryAction } from './action.js'
import { tellRecovered } from './action.js'
import { progressLine } from './progress.js'

export const synthesizeAction: MemoryAction = {
  name: 'synthesize',
  summary: 'sums up what many concepts say as one that knows them all; nothing is merged away',
  options: [
    { flags: '--similarity <share>', summary: 'share of their words that concepts must have in common; 0.5 otherwise', completes: ['0.4', '0.5', '0.6', '0.8'] },
    { flags: '--dry-run', summary: 'say what would be summed up, and write nothing' },
    { flags: '--confirm <digest>', summary: 'agree to a command `memory.summarize` that is not the one of the base branch', completes: [] },
    { flags: '--base <branch>', summary: 'the branch that has to allow the command already (default: the main branch of `origin`)', completes: [] },
  ],
  examples: [
    { command: 'inquest memory synthesize --dry-run', summary: 'how much is said several times' },
    { command: 'inquest memory synthesize', summary: 'sum it up; what was broken off goes on where it stopped' },
  ],
  async run(terminal, _words, options) {
    const line = progressLine(terminal)
    const similarity = shareFrom(textOption(options, 'similarity'))
    try {
      const result = await synthesizeMemory(terminal.host, {
        ...(similarity !== undefined && { similarity }),
        dryRun: options['dryRun'] === true,
        agreement: { confirmed: textOption(options, 'confirm'), base: textOption(options, 'base') },
        onProgress: (stage, progress) => line.show(stage, progress),
        onRecovered: tellRecovered(terminal),
      })
      line.clear()
      terminal.out(options['json'] === true ? jsonAnswer(result) : asText(result))
    } finally {
      line.clear()
    }
    return 0
  },
}

function shareFrom(written: string | undefined): number | undefined {
  if (written === undefined) return undefined
  if (!/^\d*\.?\d+$/u.test(written)) throw new InquestError('usage', `\`--similarity\` takes a share: ${written} is none`, { hint: 'inquest memory synthesize --similarity 0.6' })
  return Number(written)
}

function asText({ concepts, clusters, clustered, made, superseded, largest, written }: SynthesizeResult): string {
  const lines = [`${count(concepts, 'concept')}, ${clustered} of them in ${count(clusters, 'cluster')}; ${written ? `${made} summed up now` : `${made} would be summed up`}`]
  if (superseded > 0) lines.push(`${count(superseded, 'earlier cluster')} taken over by a later one`)
  for (const { size, members, content } of largest) {
    const line = content.replaceAll(/\s+/gu, ' ')
    lines.push(`  ${size}: ${members.slice(0, 6).join(', ')}${size > 6 ? ', …' : ''}  ${inert([...line].slice(0, 80).join(''))}${line.length > 80 ? '…' : ''}`)
  }
  return `${lines.join('\n')}\n`
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
