/** A short run of what tortures the concept store, and the proof for each kind that it can fail. */

import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../support/repository.js'

/** A busy machine takes its time. */
const longest = 240_000

function torture(line: string): { readonly status: number; readonly output: string } {
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'scripts/torture.mjs'), ...line.split(' ')], { encoding: 'utf8', timeout: longest })
  return { status: run.status ?? -1, output: run.stdout + run.stderr }
}

describe('a store that is tortured keeps its promise', () => {
  test.each([
    ['store-kills --points 54', /^kills: 54 points of \d+ calls, [45]\d met, 0 faults$/mu],
    ['store-kills --points 16 --double --scenario a-first-learning --scenario closing-with-several-learnings', /^double kills: 16 points of \d+ calls, 1\d met, [1-9]\d* twice, 0 faults$/mu],
    ['store-kills --points 16 --errors --scenario a-first-learning --scenario an-import-that-gives-other-ids', /^errors: 16 points/mu],
    ['kill-torture --processes 3 --seconds 4', /^kill torture: [1-9]\d* kills, \d+ acknowledged, 0 faults$/mu],
    ['power-cuts --processes 4 --rounds 2', /^power cuts, synchronous=FULL: 2 rounds/mu],
    ['open-storm --processes 12 --rounds 10', /^open storm: 12 processes × 10 new stores, 120 opens, 0 faults$/mu],
    ['store-edits --edits 150', /^people editing: 150 edits beside [1-9]/mu],
    ['bit-flips --rounds 80', /^bit flips: 80/mu],
    ['incident --processes 4 --writes 10 --concepts 12000', /^inquest +\d+ +0 +0 +0 /mu],
  ])('%s', { timeout: longest }, (line, expected) => {
    const { status, output } = torture(line)
    if (/^skipped: /mu.test(output)) {
      console.log(`${line}: ${output.trim()}`)
      return
    }
    expect(output).toMatch(expected)
    expect(output).toMatch(/^0 faults$/mu)
    expect(status).toBe(0)
  })
})

describe('and what keeps none is found out', () => {
  test.each(['store-kills --points 40 --control', 'store-edits --edits 60 --control', 'bit-flips --rounds 400 --control', 'kill-torture --processes 2 --seconds 3 --control'])('%s', { timeout: longest }, (line) => {
    const { status, output } = torture(line)
    expect(output).toMatch(/^[1-9]\d* faults$/mu)
    expect(status).toBe(1)
  })
})
