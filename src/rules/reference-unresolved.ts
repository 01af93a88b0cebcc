/** Owns the rule `reference-unresolved`. */

import type { FactRule } from './rule.js'

export const referenceUnresolved: FactRule = {
  name: 'reference-unresolved',
  over: 'facts',
  each: 'pathReferences',
  kind: 'defect',
  severity: 'warning',
  summary: 'An `@path` names a file or folder that does not exist.',
  why: 'Readers and agents are told to read these first; where nothing is found they guess.',
  remedy: 'Mend the path, counted from the root of the repository or from the document, or remove the line.',
  examples: [{ good: '- The log of the night of 1 March', bad: '- @docs/no-such-file.md' }],
  *check({ pathReferences }, world) {
    const folder = world.path.includes('/') ? world.path.slice(0, world.path.lastIndexOf('/') + 1) : ''
    for (const { path, span } of pathReferences) {
      if (world.exists(path) || world.exists(folder + path)) continue
      yield { message: `There is no \`${path}\` in the repository`, at: span, subject: path }
    }
  },
}
