/** A short run of the torture script: kills at a few calls of each verb, and the proof that it can fail. */

import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from './support/repository.js'

function torture(...args: readonly string[]): { status: number; output: string } {
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'scripts/torture.mjs'), ...args], { encoding: 'utf8', timeout: 240_000 })
  return { status: run.status ?? -1, output: run.stdout + run.stderr }
}

const killing = torture('kill-points', '--points', '3', ...['advance', 'close', 'spawn', 'renumber'].flatMap((verb) => ['--verb', verb]))
const untraceable = /skipped/u.test(killing.output)
if (untraceable) console.log(`skipped: ${killing.output.trim()}`)

test.skipIf(untraceable)('killed at any call, a verb leaves its documents wholly before or wholly after', () => {
  expect(killing.output).toMatch(/^0 faults$/mu)
  expect(killing.status).toBe(0)
  for (const verb of ['advance', 'close', 'spawn']) expect(killing.output).toMatch(new RegExp(`^${verb}: \\d+ points of \\d+ calls, 0 faults`, 'mu'))
})

test('a careless writer is found out', () => {
  const { status, output } = torture('race', '--processes', '8', '--rounds', '1', '--control')
  expect(output).not.toMatch(/^0 faults$/mu)
  expect(output).toMatch(/^[1-9]\d* faults?$/mu)
  expect(status).toBe(1)
}, 240_000)
