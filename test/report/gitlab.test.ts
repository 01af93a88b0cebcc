/** Code Quality as GitLab reads it. */

import { describe, expect, test } from 'vitest'
import { createRepository, inquest, sample } from '../support/repository.js'
import type { QualityEntry } from './readers.js'
import { findingAt, qualityMistakes, reportOf, written } from './readers.js'

const file = 'docs/INV-001.md'
const broken = sample.replaceAll('| 88 | Off', '| none | Off').replace('| H2 | **REFUTED** | The encoder stops at the first error | High |\n', '')

function qualityOf(text: string): readonly QualityEntry[] {
  const { stdout } = inquest(createRepository({ [file]: text }).root, ['check', '--format', 'gitlab'])
  expect(qualityMistakes(stdout)).toEqual([])
  return JSON.parse(stdout) as readonly QualityEntry[]
}

describe('a report', () => {
  const entries = qualityOf(broken)

  test('holds an entry for each finding', () => {
    expect(entries.map((entry) => [entry.check_name, entry.severity, entry.location.path])).toEqual([
      ['evidence-unsourced', 'major', file],
      ['verdict-missing', 'major', file],
    ])
    expect(entries[0]?.location.lines.begin).toBe(broken.split('\n').findLastIndex((line) => line.includes('| none | Off')) + 1)
    expect(entries[0]?.description).toMatch(/^The evidence "Offsets/u)
  })

  test('of a clean run is an empty list', () => {
    expect(inquest(createRepository({ [file]: sample }).root, ['check', '--format', 'gitlab']).stdout).toBe('[]\n')
  })

  test('its fingerprints do not hold the number of the line', () => {
    const moved = qualityOf(broken.replace('## Context\n', '## Context\n\nA line that was not there.\n'))
    expect(moved.map((entry) => entry.fingerprint)).toEqual(entries.map((entry) => entry.fingerprint))
    expect(moved.map((entry) => entry.location.lines.begin)).toEqual(entries.map((entry) => entry.location.lines.begin + 2))
  })

  test('its fingerprints are unique, in a document and over all', async () => {
    const twins = [findingAt(1), findingAt(2), findingAt(1, { path: 'docs/b.md' }), findingAt(1, { path: 'docs/b.md', rule: 'section-missing' })]
    const made = JSON.parse(await written('gitlab', reportOf(twins))) as readonly QualityEntry[]
    expect(new Set(made.map((entry) => entry.fingerprint)).size).toBe(4)
  })

  test('weighs warnings and infos less', async () => {
    const made = JSON.parse(await written('gitlab', reportOf([findingAt(1, { severity: 'warning' }), findingAt(2, { severity: 'info' })]))) as readonly QualityEntry[]
    expect(made.map((entry) => entry.severity)).toEqual(['minor', 'info'])
  })
})

test('the schema sees mistakes', () => {
  expect(qualityMistakes('[{ "description": "x", "check_name": "y", "fingerprint": "z", "severity": "bad", "location": { "path": "./a", "lines": {} } }]').length).toBe(3)
})
