/** Owns scratch repositories: real folders with real git, one for each test that asks. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
export const samplePath = 'examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md'
/** The finished inquiry that the rules' examples change. */
export const sample = readFileSync(path.join(projectRoot, samplePath), 'utf8')
/** What the finished inquiry cites, as it lies beside it in the examples. */
const cited: Readonly<Record<string, string>> = Object.fromEntries(
  ['src/export/pages.ts', 'src/export/encode.ts'].map((file) => [file, readFileSync(path.join(projectRoot, 'examples', file), 'utf8')]),
)

export interface Repository {
  readonly root: string
  write(file: string, text: string): void
  read(file: string): string
  git(...args: string[]): string
}

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'inquest-test-')))
  made.push(folder)
  return folder
}

/**
 * A git repository with an author, holding the given files, none of them committed. Where one of them is made from the
 * sample, what the sample cites is there as well.
 */
export function createRepository(files: Readonly<Record<string, string>> = {}): Repository {
  const root = scratchFolder()
  const repository: Repository = {
    root,
    write(file, text) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    },
    read: (file) => readFileSync(path.join(root, file), 'utf8'),
    git(...args) {
      const run = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
      if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr}`)
      return run.stdout
    },
  }
  repository.git('init', '-q', '-b', 'main')
  repository.git('config', 'user.name', 'Test Author')
  repository.git('config', 'user.email', 'author@example.invalid')
  const citing = Object.values(files).some((text) => text.includes('src/export/'))
  for (const [file, text] of Object.entries({ ...(citing && cited), ...files })) repository.write(file, text)
  return repository
}

export interface Run {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built program as a user does. */
export function inquest(cwd: string, args: readonly string[], options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {}): Run {
  const run = spawnSync(process.execPath, [path.join(projectRoot, 'dist/cli.js'), ...args], {
    cwd,
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    maxBuffer: 1 << 28,
  })
  return { status: run.status ?? -1, stdout: run.stdout, stderr: run.stderr }
}
