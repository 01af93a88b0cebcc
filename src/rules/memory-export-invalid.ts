/** Owns the rule `memory-export-invalid`. The engine makes its findings. */

import type { ExportRule } from './rule.js'

export const memoryExportInvalid: ExportRule = {
  name: 'memory-export-invalid',
  over: 'export',
  severity: 'error',
  summary: 'The export of the concept store has a merge conflict, a line that cannot be read or was edited, or one id for two concepts.',
  why: 'An id in a document then leads to another concept or to none, and what a colleague stored is not taken in.',
  remedy:
    'In a merge conflict delete the marker lines, keep the lines of both sides, and run `inquest memory import`. Where one id has two concepts, `inquest memory import` keeps both, changes one id and updates the documents. Restore a line that was edited or cannot be read from git history; `inquest memory ingest` stores a correction.',
  examples: [],
}
