/** However many threads read documents, a check answers the same. */

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, projectRoot, sample, scratchFolder } from './support/repository.js'

/** Inquiries, most of them marred, some with an id twice; and files that are none. */
function documents(): Record<string, string> {
  const files: Record<string, string> = { 'docs/README.md': '# Nothing to check\n', 'docs/other.md': '---\ntemplate: unheard-of\n---\n# Other\n' }
  for (let number = 1; number <= 70; number++) {
    const id = `INV-${String(number % 60).padStart(3, '0')}`
    const text = sample.replaceAll('INV-001', id)
    const marred = [text, text.replace('**REFUTED**', 'perhaps'), text.replace('src/export/pages.ts:31', 'src/nowhere.ts:3'), text.replace(/WORK-\d+/u, `WORK-${number}`), text.replace('- [x] **Evidence', '- [ ] **Evidence')]
    files[`docs/INVESTIGATION-${String(number).padStart(3, '0')}.md`] = marred[number % marred.length] ?? text
  }
  return files
}

function checked(repository: Repository, threads: number, more: readonly string[] = [], env: Record<string, string> = {}): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = inquest(repository.root, ['check', '--json', '--threads', String(threads), ...more], { env })
  return { status, stdout, stderr }
}

describe('threads', () => {
  test('find what one finds, in its order, and keep what it keeps', () => {
    const repository = createRepository(documents())
    mkdirSync(path.join(repository.root, '.inquest'))
    const alone = checked(repository, 1, ['--no-cache'])
    expect(alone.status).toBe(1)
    expect((JSON.parse(alone.stdout) as { readonly findings: readonly unknown[] }).findings.length).toBeGreaterThan(30)
    expect(checked(repository, 3, ['--no-cache'])).toEqual(alone)
    expect(checked(repository, 3, ['--cache-dir', 'by-three'])).toEqual(alone)
    expect(checked(repository, 1, ['--cache-dir', 'by-one'])).toEqual(alone)
    const kept = (folder: string): readonly string[] => repository.read(`${folder}/findings.jsonl`).split('\n').filter((line) => !line.startsWith('[')).toSorted()
    expect(kept('by-three').slice(1, -1)).toEqual(kept('by-one').slice(1, -1))
    expect(checked(repository, 3, ['--cache-dir', 'by-three', '--verbose']).stderr).toBe(checked(repository, 1, ['--cache-dir', 'by-one', '--verbose']).stderr)
  })

  test('that are lost leave their share to the one that asked', () => {
    const repository = createRepository(documents())
    const losing = path.join(repository.root, 'losing.cjs')
    writeFileSync(losing, "if (!require('node:worker_threads').isMainThread) process.exit(3)\n")
    const alone = checked(repository, 1)
    expect(checked(repository, 3, [], { NODE_OPTIONS: `--require ${losing}` })).toEqual(alone)
    // Lost with a share in its hands.
    writeFileSync(losing, "if (!require('node:worker_threads').isMainThread) { const { readFileSync } = require('node:fs'); require('node:fs').readFileSync = (file, ...rest) => { if (String(file).endsWith('.md') && String(file).includes('docs')) process.exit(3); return readFileSync(file, ...rest) } }\n")
    expect(checked(repository, 3, [], { NODE_OPTIONS: `--require ${losing}` })).toEqual(alone)
  })

  test('fail as one fails', () => {
    const repository = createRepository({ ...documents(), '.inquest/templates/investigation.md': '---\ntemplate: investigation\n---\n' })
    const alone = checked(repository, 1)
    expect(alone.status).toBe(2)
    expect(alone.stdout).toContain('.inquest/templates/investigation.md')
    expect(checked(repository, 3)).toEqual(alone)
  })

  test('end with a check that is broken off, and leave its error', () => {
    const repository = createRepository(documents())
    const folder = scratchFolder()
    cpSync(path.join(projectRoot, 'dist'), path.join(folder, 'dist'), { recursive: true })
    for (const name of ['node_modules', 'templates', 'package.json']) symlinkSync(path.join(projectRoot, name), path.join(folder, name))
    const probe = path.join(folder, 'probe.mjs')
    writeFileSync(
      probe,
      `import { build } from ${JSON.stringify(pathToFileURL(path.join(projectRoot, 'node_modules/esbuild/lib/main.js')).href)}
import { bundleOptions, root } from ${JSON.stringify(pathToFileURL(path.join(projectRoot, 'scripts/bundling.mjs')).href)}
const contents = "export { check } from './src/engine/operations/check.ts'; export { createNodeHost } from './src/engine/node-host.ts'"
await build({ ...bundleOptions(), stdin: { contents, resolveDir: root }, entryNames: 'engine', outdir: ${JSON.stringify(path.join(folder, 'dist'))}, splitting: true, chunkNames: 'chunks/[name]-[hash]' })
const { check, createNodeHost } = await import('./dist/engine.js')
for (const last of [1, 20, 50]) {
  const onProgress = (done) => {
    if (done === last) throw new Error('broken off at ' + last)
  }
  try {
    await check(createNodeHost(${JSON.stringify(repository.root)}), { paths: [], cache: false, threads: 3, onProgress })
  } catch (error) {
    console.log(error.message, process.getActiveResourcesInfo().includes('MessagePort'))
  }
}
`,
    )
    const { status, stdout, stderr } = spawnSync(process.execPath, [probe], { encoding: 'utf8', timeout: 60_000 })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'broken off at 1 false\nbroken off at 20 false\nbroken off at 50 false\n', stderr: '' })
  })

  test('are asked for by a number', () => {
    const repository = createRepository()
    for (const given of ['0', '-1', 'two', '1.5', '1000']) {
      const refused = inquest(repository.root, ['check', `--threads=${given}`])
      expect(refused.status).toBe(2)
      expect(refused.stderr).toBe(`inquest: --threads ${given}: expected a whole number from 1 to 64\n`)
    }
  })
})
