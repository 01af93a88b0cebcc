/** Owns the tool `investigation_check`. */

import * as z from 'zod'
import { check } from '../../../engine/operations/check.js'
import { severities } from '../../../finding/finding.js'
import { chooseHeaviest, countShown } from '../../../report/heaviest.js'
import { textReport } from '../../../report/text.js'
import { insideRepository } from '../inside.js'
import { answerOf, checked } from '../shapes.js'
import { defineTool } from '../tool.js'

/** Few clients hand a model more than this at once. */
const usualLimit = 100

export const checkTool = defineTool({
  name: 'investigation_check',
  title: 'Check documents',
  description:
    'Checks investigations and other documents of the repository against their templates: what is missing, what contradicts itself, what nobody can look up, each at its line. Call it after writing in a document, and before saying that one is done.',
  input: z.strictObject({
    paths: z.array(z.string().min(1).max(1000)).max(1000).default([]).describe('Files and folders of the repository; every document where none is given'),
    show: z.enum(severities).default('info').describe('Findings from this severity on; `info` tells what the present phase still asks for'),
    changed_since: z.string().min(1).max(200).optional().describe('Only documents that changed since the present branch left this branch or commit'),
    limit: z.int().min(1).max(10_000).default(usualLimit).describe('At most so many findings, errors first'),
  }),
  output: answerOf(checked),
  changes: 'nothing',
  async run({ host, progress }, { paths, show, changed_since: changedSince, limit }) {
    for (const path of paths) insideRepository(host, path)
    const result = await check(host, { paths, ...(changedSince !== undefined && { changedSince }), onProgress: (done, total) => progress(done, total, 'checking') })
    const { summary } = result
    const isTold = chooseHeaviest(summary, show, limit)
    const findings = []
    for (const finding of result.findings) if (isTold(finding)) findings.push(finding)
    const omitted = countShown(summary, show).reduce((sum, { count }) => sum + count, 0) - findings.length
    const text = textReport({ findings, summary, lineAt: result.lineAt }, { color: false, show: 'info', statistics: false })
    return {
      text: omitted === 0 ? text : `${text}${omitted} more findings are left out; name paths, or raise \`limit\`\n`,
      structured: { findings, summary, ...(omitted > 0 && { omitted }) },
    }
  },
})
