/** Owns the shapes of answers: those of the command line's `--json`, as zod reads them. */

import * as z from 'zod'

const point = z.looseObject({ line: z.int().min(1), column: z.int().min(1) })
const range = z.looseObject({ start: point, end: point }).describe('Lines and columns count from 1, columns in UTF-16 code units')
const severity = z.enum(['error', 'warning', 'info'])

const finding = z.looseObject({
  rule: z.string().describe('The name of the rule; `inquest://rule/{name}` explains it'),
  severity,
  message: z.string().describe('What is wrong and what was expected'),
  path: z.string().describe('From the root of the repository'),
  range,
  section: z.string().optional(),
  phase: z.string().optional().describe('The phase whose gate asks for it'),
  subject: z.string().optional().describe('What it is about: a hypothesis, a box, a section, a citation'),
  fix: z.looseObject({ applicability: z.enum(['safe', 'unsafe']), edits: z.array(z.looseObject({ range, text: z.string() })) }).optional(),
  related: z.array(z.looseObject({ message: z.string(), path: z.string(), range })).optional(),
  url: z.string().optional(),
})

export const documentStatus = z.looseObject({
  id: z.string(),
  path: z.string(),
  title: z.string(),
  template: z.string(),
  status: z.string(),
  phase: z.string().nullable(),
  next: z.string().nullable().describe('The phase that comes next, `closed` after the last one, null where nothing does'),
  blockers: z.array(finding).describe('What keeps it from getting there'),
  hypotheses: z.array(
    z.looseObject({
      id: z.string(),
      statement: z.string(),
      confidence: z.string(),
      for: z.int().describe('Evidence rows that support it'),
      against: z.int().describe('Evidence rows that speak against it'),
      verdict: z.string().nullable(),
    }),
  ),
})

export const made = z.looseObject({
  id: z.string(),
  path: z.string(),
  template: z.string(),
  priorWork: z.array(z.looseObject({ id: z.int(), content: z.string() })),
})

export const moved = z.looseObject({
  id: z.string(),
  path: z.string(),
  from: z.string(),
  to: z.string(),
  edits: z.int(),
  ticked: z.array(z.string()).describe('Boxes and answers that the document proved and inquest ticked'),
  stored: z.looseObject({ ids: z.array(z.int()), operation: z.string(), replayed: z.boolean() }).optional().describe('What was learned, as it was stored'),
})

export const refused = z.looseObject({
  id: z.string(),
  path: z.string(),
  refused: z.looseObject({ transition: z.string(), reason: z.string(), blockers: z.array(finding), hint: z.string().optional().describe('What to do, where the blockers do not say it') }),
})

export const checked = z.looseObject({
  findings: z.array(finding).describe('In order of path, then range, then rule'),
  summary: z.looseObject({
    documents: z.int(),
    errors: z.int(),
    warnings: z.int(),
    infos: z.int(),
    skipped: z.array(z.looseObject({ path: z.string(), reason: z.string() })),
    baselined: z.int().optional(),
    stale: z.int().optional(),
  }),
  omitted: z.int().optional().describe('How many findings the limit left out'),
})

const failure = z.looseObject({
  error: z.looseObject({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional().describe('What to do next'),
  }),
})

/**
 * The shape of all that a tool answers: one of those given, or a failure, each with the version of the shapes. MCP wants an
 * object at the root, and `anyOf` does not say by itself that it is one.
 */
export function answerOf(...shapes: readonly z.ZodObject[]): z.ZodType {
  const version = z.literal(1)
  const all = [...shapes, failure].map(({ shape }) => z.looseObject({ version, ...shape }))
  return z.union(all).meta({ type: 'object', properties: { version: { const: 1 } }, required: ['version'] })
}
