/** Owns teams: clones of one shared repository with open inquiries, and the export that each of them writes. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { main } from '../../src/fronts/cli/main.js'
import { verbs } from '../../src/fronts/cli/verbs.js'
import { readLines } from '../../src/memory/export-lines.js'
import type { Run } from './repository.js'
import { inquest, projectRoot, sample, scratchFolder } from './repository.js'

export const exportPath = '.inquest/memory.jsonl'
/** An inquiry that only has to be closed. */
const open = sample.replace('status: complete', 'status: active').replace('memory_refs: [101, 102]', 'memory_refs: []').replace('- [x] **memory_refs populated**', '- [ ] **memory_refs populated**')
export const fileOf = (id: string): string => `docs/${id}.md`

export interface Clone {
  readonly root: string
  git(...args: readonly string[]): { readonly status: number; readonly text: string }
  /** A command as a user runs it. */
  run(...args: readonly string[]): Run
  /** The same, which has to succeed. */
  ok(...args: readonly string[]): Run
  /** The same command line in this process, for those who run hundreds. */
  inside(...args: readonly string[]): Promise<Run>
  read(file: string): string
  write(file: string, text: string): void
  /** All that is there, as a commit. */
  commit(): void
  push(): boolean
  /** False where documents conflict; the merge is given up then. */
  pull(): boolean
}

export interface Team {
  readonly clone: (name: string) => Clone
  /** The export on the shared branch; empty where there is none. */
  pushed(): string
}

/** A shared repository with open inquiries. @param union false: git does not keep the lines of both sides */
export function createTeam(inquiries: readonly string[], union = true): Team {
  const base = scratchFolder()
  const origin = path.join(base, 'origin.git')
  const gitIn = (cwd: string, args: readonly string[]): { status: number; text: string } => {
    const { status, stdout, stderr } = spawnSync('git', ['-c', 'commit.gpgsign=false', ...args], { cwd, encoding: 'utf8' })
    return { status: status ?? -1, text: `${stdout}${stderr}` }
  }
  const must = (cwd: string, ...args: readonly string[]): string => {
    const { status, text } = gitIn(cwd, args)
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${text}`)
    return text
  }
  const clone = (name: string): Clone => {
    const root = path.join(base, name)
    must(base, 'clone', '-q', origin, root)
    must(root, 'config', 'user.name', name)
    must(root, 'config', 'user.email', `${name}@example.invalid`)
    const git = (...args: readonly string[]): { status: number; text: string } => gitIn(root, args)
    const run = (...args: readonly string[]): Run => inquest(root, args)
    return {
      root,
      git,
      run,
      inside: (...args) => commandLine(root, args),
      ok(...args) {
        const done = run(...args)
        expect(done.status, `${name}: inquest ${args.join(' ')}\n${done.stdout}${done.stderr}`).toBe(0)
        return done
      },
      read: (file) => readFileSync(path.join(root, file), 'utf8'),
      write(file, text) {
        mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
        writeFileSync(path.join(root, file), text)
      },
      commit() {
        must(root, 'add', '-A')
        if (git('diff', '--cached', '--quiet').status !== 0) must(root, 'commit', '-qm', 'work')
      },
      push: () => git('push', '-q', 'origin', 'HEAD:main').status === 0,
      pull() {
        if (git('pull', '-q', '--no-rebase', '--no-edit', 'origin', 'main').status === 0) return true
        git('merge', '--abort')
        return false
      },
    }
  }
  must(base, 'init', '-q', '--bare', '-b', 'main', origin)
  const first = clone('start')
  must(first.root, 'checkout', '-q', '-b', 'main')
  first.write('.gitignore', '.inquest/*.db\n.inquest/*.db-*\n.inquest/cache/\n.inquest/pending/\n*.inquest-*\n')
  first.write('inquest.yaml', '')
  if (union) first.write('.gitattributes', `${exportPath} merge=union\n`)
  else first.write('.gitattributes', `${exportPath} merge=text\n`)
  for (const file of ['pages.ts', 'encode.ts']) first.write(`src/export/${file}`, readFileSync(path.join(projectRoot, 'examples/src/export', file), 'utf8'))
  for (const id of inquiries) first.write(fileOf(id), open.replaceAll('INV-001', id))
  first.commit()
  expect(first.push()).toBe(true)
  return {
    clone,
    pushed() {
      const { status, stdout } = spawnSync('git', ['show', `main:${exportPath}`], { cwd: origin, encoding: 'utf8' })
      return status === 0 ? stdout : ''
    },
  }
}

/** The bodies of an export by key. */
export function bodiesIn(text: string): ReadonlyMap<string, string> {
  return new Map(readLines(text).lines.map(({ concept: { key, body } }) => [key, body]))
}


async function commandLine(root: string, args: readonly string[]): Promise<Run> {
  const before = process.cwd()
  let [stdout, stderr] = ['', '']
  const streams = { stdout: { write: (text: string) => (stdout += text) }, stderr: { write: (text: string) => (stderr += text) }, stdin: {} }
  try {
    const status = await main(['-C', root, ...args], '0.0.0', verbs, streams as unknown as Parameters<typeof main>[3])
    return { status, stdout, stderr }
  } finally {
    process.chdir(before)
  }
}
