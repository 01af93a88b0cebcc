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

const experience = z
  .array(
    z.looseObject({
      document: z.string(),
      path: z.string().optional(),
      title: z.string().optional(),
      hypothesis: z.string(),
      statement: z.string(),
      verdict: z.string(),
      confidence: z.string().optional(),
      concept: z.int().optional().describe('The concept that says so, where its document is not here'),
      score: z.number(),
    }),
  )
  .describe('What closed inquiries supposed about it, and which verdicts they reached')

export const made = z.looseObject({
  id: z.string(),
  path: z.string(),
  template: z.string(),
  priorWork: z.array(z.looseObject({ id: z.int(), content: z.string() })).describe('Concepts of the store that the words of the title find'),
  experience,
  note: z.string().optional().describe('Why the store could not be asked'),
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

const provenance = z
  .looseObject({
    document: z.string().optional(),
    template: z.string().optional(),
    path: z.string().optional(),
    section: z.string().optional(),
    phase: z.string().optional(),
    hypothesis: z.string().optional(),
    verdict: z.string().optional(),
    citation: z.string().optional(),
    commit: z.string().optional(),
    author: z.string().optional(),
    at: z.string(),
  })
  .describe('Where and when it was learned')

export const searched = z.looseObject({
  results: z
    .array(
      z.looseObject({
        id: z.int().describe('`inquest://concept/{id}` tells all of it'),
        type: z.string(),
        content: z.string(),
        score: z.number().describe('Larger is better; comparable within one answer only'),
        match: z.enum(['id', 'near-id', 'document', 'words', 'some-words']).describe('Why it was found'),
        snippet: z.looseObject({ text: z.string(), marks: z.array(z.array(z.int()).length(2)).describe('Where the words are in the text: start and end') }),
        provenance: z.array(provenance),
        clusters: z.array(z.int()).optional().describe('Concepts that sum up clusters it is in'),
        members: z.array(z.int()).optional().describe('Concepts that it sums up'),
      }),
    )
    .describe('Best first'),
  experience,
  more: z.boolean(),
  absent: z.array(z.string()).describe('Words that no concept holds'),
  respelled: z.array(z.looseObject({ typed: z.string(), as: z.string() })).describe('Words that no concept holds, and those that were looked for in their place'),
  note: z.string().optional().describe('Why there is nothing to search in'),
})

const count = z.int().min(0)

export const counted = z.looseObject({
  file: z.string(),
  concepts: count,
  pending: count.describe('Concepts that their documents do not list yet'),
  documents: count,
  clusters: count,
  clustered: count.describe('Concepts that are in a cluster'),
  superseded: count,
  formerIds: count,
  types: z.array(z.looseObject({ type: z.string(), concepts: count })),
  verdicts: z.array(z.looseObject({ verdict: z.string(), concepts: count })),
  largest: z.array(z.looseObject({ document: z.string(), concepts: count })).describe('The documents that most concepts come from'),
  first: z.string().optional(),
  last: z.string().optional(),
  size: count.describe('Bytes of the database'),
  log: count.describe('Bytes of the log beside it'),
})

const lines = z.array(z.looseObject({ start: z.int(), end: z.int() })).describe('Empty for a whole file')
const states = ['ok', 'moved', 'changed', 'out-of-range', 'missing', 'ambiguous', 'untracked', 'ignored', 'before-history', 'unknown'] as const
const citationState = z.enum(states)

export const verified = z.looseObject({
  citations: z
    .array(
      z.looseObject({
        path: z.string().describe('The document'),
        document: z.string().nullable().describe('Its id'),
        range,
        citation: z.string().describe('As it is written'),
        target: z.string().describe('The file that it means'),
        lines,
        state: citationState.describe('`ok`: the cited lines are as they were when they were cited; `moved`: they stand elsewhere, to the letter; `changed`: they stand nowhere any more'),
        reason: z.string().optional(),
        to: z.looseObject({ path: z.string(), lines }).optional().describe('Where the lines are now; for changed ones, what stands in their place'),
        since: citationState.optional().describe('Where it cannot be told how the lines were when they were cited: what can be said of the time since'),
        pinned: z.boolean(),
        before: z.array(z.string()).optional(),
        now: z.array(z.string()).optional(),
      }),
    )
    .describe('In the order of the documents'),
  summary: z.partialRecord(citationState, z.int()).describe('How many citations are in each state, those that are left out among them'),
  documents: z.int(),
  matrices: z
    .array(
      z.looseObject({
        path: z.string(),
        document: z.string().nullable(),
        hypotheses: z.array(z.string()),
        evidence: z.array(z.looseObject({ finding: z.string(), source: z.string(), line: z.int(), for: z.array(z.string()), against: z.array(z.string()) })),
      }),
    )
    .optional()
    .describe('Which evidence speaks for and against which hypothesis, of documents that were named'),
  omitted: z.int().optional().describe('How many citations the limit left out'),
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
