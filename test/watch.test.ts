/** `inquest check --watch` as a real process: it checks again on every change, and outlives a configuration in the middle of being written. */

import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createRepository, projectRoot, sample } from './support/repository.js'

const file = 'docs/investigations/INVESTIGATION-INV-001-rows.md'

test('checks again when documents and configuration change, and ends on a signal', async () => {
  const repository = createRepository({ [file]: sample })
  const child = spawn(process.execPath, [path.join(projectRoot, 'dist/cli.js'), 'check', '--watch'], { cwd: repository.root, env: { ...process.env, NO_COLOR: '1' } })
  let output = ''
  let waiting: (() => void) | undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      waiting?.()
    })
  }
  /** Waits until the output holds the text, and starts it anew. */
  const shows = async (text: string): Promise<void> => {
    while (!output.includes(text) || !output.includes('watching for changes')) await new Promise<void>((resolve) => (waiting = resolve))
    output = ''
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  try {
    await shows('no finding in 1 document')
    repository.write(file, sample.replace('**REFUTED**', 'perhaps'))
    await shows('error[verdict-invalid]')
    repository.write('inquest.yaml', 'rules: {')
    await shows('inquest: inquest.yaml:1:')
    repository.write('inquest.yaml', 'rules: { verdict-invalid: off }\n')
    await shows('no finding in 1 document')
    repository.write('docs/another.md', sample.replace('INV-001', 'INV-002'))
    await shows('no finding in 2 documents')
  } finally {
    child.kill('SIGTERM')
  }
  expect(await ended).toBe(0)
})
