/** Clones that write one export: nothing that a colleague pushed is lost, and what cannot be merged is reported at its line. */

import { spawn } from 'node:child_process'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNodeHost } from '../../src/engine/node-host.js'
import { exportMemory } from '../../src/engine/operations/memory-move.js'
import { openConnection } from '../../src/memory/connection.js'
import { readLines } from '../../src/memory/export-lines.js'
import { thisMachine } from '../../src/memory/ground.js'
import { exportHeader, keyOfConcept, lineOf } from '../../src/memory/moving.js'
import { connect } from '../mcp/session.js'
import type { Run } from '../support/repository.js'
import { projectRoot, sample } from '../support/repository.js'
import type { Clone, Team } from '../support/team.js'
import { bodiesIn, createTeam, exportPath, fileOf } from '../support/team.js'

const texts = (text: string): readonly string[] => [...bodiesIn(text).values()].toSorted()

interface Shown {
  readonly concepts: readonly { readonly content: string; readonly provenance: readonly { readonly document?: string }[] }[]
}

/** Every id that a document lists leads to a concept of that document. */
function expectOwnIds(clone: Clone, ids: readonly string[]): void {
  for (const id of ids) {
    const refs = [...(/^memory_refs: \[(.*)\]$/mu.exec(clone.read(fileOf(id)))?.[1] ?? '').matchAll(/\d+/gu)].map(([one]) => one)
    expect(refs.length, `${id} lists what was learned`).toBeGreaterThan(0)
    const { concepts } = JSON.parse(clone.ok('memory', 'show', ...refs, '--json').stdout) as Shown
    for (const { provenance } of concepts) expect(provenance.map(({ document }) => document)).toEqual([id])
  }
}

function expectSound(clone: Clone): void {
  for (const verb of [['check'], ['memory', 'check'], ['memory', 'export', '--check']]) clone.ok(...verb)
  expect(JSON.parse(clone.run('doctor', '--json').stdout)).toMatchObject({ diagnoses: [] })
}

interface Found {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string; readonly path: string; readonly range: { readonly start: { readonly line: number; readonly column: number }; readonly end: { readonly line: number } } }[]
}

/** What the three that look at the export say of it: a finding at a line, and the same from the others. */
function expectReported(clone: Clone, line: number, message: string, remedy: string): void {
  const check = clone.run('check', '--json')
  const { findings } = JSON.parse(check.stdout) as Found
  expect(check.status).toBe(1)
  const own = findings.filter(({ path: file }) => file === exportPath)
  expect(own.map(({ rule, severity, range, message: said }) => [rule, severity, range.start.line, said])).toContainEqual(['memory-export-invalid', 'error', line, expect.stringContaining(message)])
  expect(own.map(({ message: said }) => said)).toContainEqual(expect.stringContaining(remedy))
  for (const verb of [['memory', 'check'], ['doctor']]) {
    const { status, stdout } = clone.run(...verb)
    expect(status).toBe(1)
    expect(stdout).toContain(`error: ${exportPath}:${line}: `)
    expect(stdout).toContain(message)
    expect(stdout).toContain(remedy)
  }
}

/** A refusal in one line with a hint, and not a byte of the export is another. */
function expectRefused(clone: Clone, args: readonly string[], line: number, message: string): void {
  const before = clone.read(exportPath)
  const { status, stdout, stderr } = clone.run(...args)
  expect([status, stdout]).toEqual([3, ''])
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(`${exportPath}:${line}: `), expect.stringMatching(/^ {2}\S/u)])
  expect(stderr).toContain(message)
  expect(clone.read(exportPath)).toBe(before)
}

describe('a colleague', () => {
  test('who pulls, closes, and exports because `--check` says so, keeps what was pushed', () => {
    const team = createTeam(['INV-001', 'INV-002'])
    const [alice, bob] = [team.clone('alice'), team.clone('bob')]
    alice.ok('close', 'INV-001')
    alice.ok('memory', 'export')
    alice.commit()
    expect(alice.push()).toBe(true)
    const before = bodiesIn(team.pushed())
    expect(before.size).toBe(3)

    expect(bob.pull()).toBe(true)
    // The store that is made here has what was pushed, so that none of its ids is given again.
    expect(bob.ok('close', 'INV-002')).toMatchObject({ stdout: expect.stringContaining('stored what was learned: 4, 5, 6'), stderr: expect.stringContaining('stored 3 concepts of .inquest/memory.jsonl in the new .inquest/memory.db') })
    expect(bob.run('memory', 'export', '--check')).toMatchObject({ status: 1, stdout: expect.stringContaining('is not current') })
    bob.ok('memory', 'export')
    bob.commit()
    expect(bob.push()).toBe(true)
    expect(bodiesIn(team.pushed()).size).toBe(6)
    for (const [key, body] of before) expect(bodiesIn(team.pushed()).get(key)).toBe(body)
    expectOwnIds(bob, ['INV-001', 'INV-002'])
    expectSound(bob)

    expect(alice.pull()).toBe(true)
    alice.ok('memory', 'import')
    expectOwnIds(alice, ['INV-001', 'INV-002'])
    expectSound(alice)
    expect(alice.git('status', '--porcelain').text).toBe('')
  })

  test('who had a store before, and gave the same ids, gets an error that names both concepts, and an import keeps both', () => {
    const team = createTeam(['INV-001', 'INV-002'])
    const [alice, bob] = [team.clone('alice'), team.clone('bob')]
    alice.ok('close', 'INV-001', '--learning', 'Alice read the pages')
    alice.ok('memory', 'export')
    alice.commit()
    expect(alice.push()).toBe(true)
    bob.ok('close', 'INV-002', '--learning', 'Bob read the encoder')
    bob.commit()
    expect(bob.pull()).toBe(true)

    const both = 'The id 1 has two concepts: "Alice read the pages" (INV-001) here and "Bob read the encoder" (INV-002) in the store'
    expectReported(bob, 2, both, 'Run `inquest memory import`: it keeps both concepts')
    expectRefused(bob, ['memory', 'export'], 2, both)
    expectRefused(bob, ['memory', 'export', '--check'], 2, both)
    expect(JSON.parse(bob.run('memory', 'export', '--json').stdout)).toMatchObject({ error: { code: 'store-corrupt', hint: expect.stringContaining('inquest memory import') } })

    bob.ok('memory', 'import')
    expect(texts(bob.read(exportPath))).toEqual(['Alice read the pages', 'Bob read the encoder'])
    expectOwnIds(bob, ['INV-001', 'INV-002'])
    expectSound(bob)
    bob.commit()
    expect(bob.push()).toBe(true)
    // The first clone follows what was decided, and exports the same.
    expect(alice.pull()).toBe(true)
    alice.ok('memory', 'import')
    expect(alice.git('status', '--porcelain').text).toBe('')
    expectOwnIds(alice, ['INV-001', 'INV-002'])
    expectSound(alice)
  })

  test('whose ids git merged line by line gets an error for each, and so does a clone without a store', () => {
    const team = createTeam(['INV-001', 'INV-002'])
    const [alice, bob] = [team.clone('alice'), team.clone('bob')]
    for (const [one, id, learning] of [[alice, 'INV-001', 'Alice read the pages'], [bob, 'INV-002', 'Bob read the encoder']] as const) {
      one.ok('close', id, '--learning', learning)
      one.ok('memory', 'export')
      one.commit()
    }
    expect(alice.push()).toBe(true)
    expect(bob.pull()).toBe(true)
    bob.commit()
    expect(bob.push()).toBe(true)

    const fresh = team.clone('fresh')
    const lines = readLines(fresh.read(exportPath)).lines
    const [first, second] = [lines[0], lines[1]]
    expect(first?.concept.id).toBe(second?.concept.id)
    const message = `The id 1 has two concepts: "${second?.concept.body}"`
    for (const clone of [fresh, bob]) {
      expectReported(clone, 3, message, 'Run `inquest memory import`: it keeps both concepts')
      expectRefused(clone, ['memory', 'export'], 3, message)
    }
    // A store is not made of it by the way: it would have to change documents.
    expectRefused(fresh, ['memory', 'ingest', 'Something else'], 3, message)
    expect(existsSync(path.join(fresh.root, '.inquest/memory.db'))).toBe(false)
    for (const clone of [fresh, bob]) {
      clone.ok('memory', 'import')
      expect(texts(clone.read(exportPath))).toEqual(['Alice read the pages', 'Bob read the encoder'])
      expectOwnIds(clone, ['INV-001', 'INV-002'])
      expectSound(clone)
    }
    expect(fresh.read(exportPath)).toBe(bob.read(exportPath))
  })

  test('who knows less than the export keeps what others wrote, and sees how much it is', () => {
    const team = createTeam([])
    const [alice, bob, carol] = [team.clone('alice'), team.clone('bob'), team.clone('carol')]
    const share = (one: Clone): void => {
      one.ok('memory', 'export')
      one.commit()
      expect(one.push()).toBe(true)
    }
    alice.ok('memory', 'ingest', 'first')
    share(alice)
    expect(bob.pull()).toBe(true)
    bob.ok('memory', 'ingest', 'second')
    share(bob)
    expect(alice.pull()).toBe(true)
    expect(carol.pull()).toBe(true)
    const before = alice.read(exportPath)
    const known = alice.ok('memory', 'export', '--json').stdout
    expect(JSON.parse(known)).toMatchObject({ changed: false, concepts: 2, kept: 1 })
    expect(alice.read(exportPath)).toBe(before)
    alice.ok('memory', 'synthesize')
    expect(alice.ok('memory', 'export').stdout).toContain('is current (2 concepts)')
    // One who never stored anything has nothing to add.
    expect(JSON.parse(carol.ok('memory', 'export', '--check', '--json').stdout)).toMatchObject({ changed: false, concepts: 2, kept: 2 })
    carol.write(exportPath, carol.read(exportPath).trimEnd().split('\n').toReversed().join('\n'))
    expect(carol.run('memory', 'export', '--check').status).toBe(1)
    expect(carol.ok('memory', 'export').stdout).toContain('2 of them are not in this store; `inquest memory import` stores them')
    expect(carol.read(exportPath)).toBe(before)
    expect(existsSync(path.join(carol.root, '.inquest/memory.db'))).toBe(false)
  })
})

describe('a store that is made', () => {
  const filled = (): Clone => {
    const team = createTeam(['INV-001'])
    const alice = team.clone('alice')
    alice.ok('close', 'INV-001')
    alice.ok('memory', 'ingest', 'Only in the export')
    alice.ok('memory', 'export')
    alice.commit()
    return alice
  }

  test('after git has cleaned everything away has what was exported, and goes on counting', () => {
    const alice = filled()
    alice.git('clean', '-xfdq')
    expect(existsSync(path.join(alice.root, '.inquest/memory.db'))).toBe(false)
    expect(alice.ok('memory', 'ingest', '--document', 'INV-001', 'Afterwards').stdout).toBe('stored: 5 (INV-001)\n')
    expect(alice.ok('memory', 'search', 'only', 'export').stdout).toContain('4  learning')
    // The same again is still the same.
    expect(alice.ok('memory', 'ingest', 'Only in the export').stdout).toBe('stored before: 4\n')
    expect(alice.ok('memory', 'ingest', '--document', 'INV-001').stdout).toBe('stored before: 1, 2, 3 (INV-001)\n')
    alice.ok('memory', 'export')
    expectOwnIds(alice, ['INV-001'])
    expectSound(alice)
  })

  test('by a server has it as well, and so has one that was made and never filled', async () => {
    const alice = filled()
    alice.git('clean', '-xfdq')
    // Killed between making the database and its tables.
    writeFileSync(path.join(alice.root, '.inquest/memory.db'), '')
    const session = await connect(alice.root)
    expect((await session.call('ingester_ingest', { content: 'Over the wire', source_path: 'notes' })).structured).toMatchObject({ ids: [5] })
    await session.close()
    expect(alice.ok('memory', 'show', '4').stdout).toContain('Only in the export')
    alice.ok('memory', 'check')
  }, 60_000)

  test('by several processes at once has it once', async () => {
    const alice = filled()
    alice.git('clean', '-xfdq')
    const runs = await Promise.all(
      Array.from({ length: 6 }, (_, index) => new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
        const child = spawn(process.execPath, [path.join(projectRoot, 'dist/cli.js'), 'memory', 'ingest', `Process ${index}`, '--json'], { cwd: alice.root })
        let [stdout, stderr] = ['', '']
        child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
        child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
        child.once('close', (status) => resolve({ status, stdout, stderr }))
      })),
    )
    for (const { status, stderr } of runs) expect(status, stderr).toBe(0)
    expect(runs.filter(({ stderr }) => stderr.includes('in the new .inquest/memory.db'))).toHaveLength(1)
    expect(runs.flatMap(({ stdout }) => (JSON.parse(stdout) as { ids: number[] }).ids).toSorted((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 10])
    alice.ok('memory', 'export')
    expect(bodiesIn(alice.read(exportPath)).size).toBe(10)
    expectSound(alice)
  }, 60_000)

  test('and killed meanwhile has all of it or nothing', async () => {
    const alice = filled()
    const many = Array.from({ length: 3000 }, (_, index) => {
      const [operation, body] = [`operation ${index}`, `Learning ${index} of ${'many words '.repeat(20)}`]
      return lineOf({ key: keyOfConcept(operation, 0, body), id: index + 10, type: 'learning', body, created: '2026-03-04T10:00:00Z', operation, ordinal: 0, provenance: [], was: [] })
    })
    alice.write(exportPath, `${[alice.read(exportPath).trimEnd(), ...many].join('\n')}\n`)
    const database = path.join(alice.root, '.inquest/memory.db')
    const logSize = (): number => statSync(`${database}-wal`, { throwIfNoEntry: false })?.size ?? 0
    // From when the database is there to when much of it is written.
    for (const written of [0, 1, 200_000, 500_000, 1_000_000, 2_000_000, 3_000_000]) {
      alice.git('clean', '-xfdq')
      const child = spawn(process.execPath, [path.join(projectRoot, 'dist/cli.js'), 'memory', 'ingest', `After ${written}`], { cwd: alice.root })
      const ended = new Promise((resolve) => child.once('close', resolve))
      while ((!existsSync(database) || logSize() < written) && child.exitCode === null) await sleep(1)
      child.kill('SIGKILL')
      await ended
      const report = JSON.parse(alice.run('memory', 'check', '--json').stdout) as { store?: { concepts: number; pending: number }; faults: unknown[] }
      const { concepts = 0 } = report.store ?? {}
      expect([0, 3004, 3005]).toContain(concepts)
      // Whoever comes next has all of it, and no id twice.
      alice.ok('memory', 'ingest', 'The next one')
      expect(JSON.parse(alice.run('memory', 'export', '--check', '--json').stdout)).toMatchObject({ kept: 0, concepts: concepts === 3005 ? 3006 : 3005 })
      expect(JSON.parse(alice.ok('memory', 'check', '--json').stdout)).toMatchObject({ faults: [] })
      rmSync(path.join(alice.root, '.inquest'), { recursive: true, force: true })
      alice.git('checkout', '-q', '--', '.')
      alice.write(exportPath, `${[alice.read(exportPath).trimEnd(), ...many].join('\n')}\n`)
    }
  }, 300_000)
})

describe('a merge conflict', () => {
  /** Two clones that git cannot merge, with the markers of the conflict in the export. */
  function conflicted(): { readonly team: Team; readonly bob: Clone } {
    const team = createTeam(['INV-001', 'INV-002'], false)
    const [alice, bob] = [team.clone('alice'), team.clone('bob')]
    for (const [one, id] of [[alice, 'INV-001'], [bob, 'INV-002']] as const) {
      one.ok('close', id, '--learning', `Learned in ${id}`)
      one.ok('memory', 'export')
      one.commit()
    }
    expect(alice.push()).toBe(true)
    expect(bob.git('pull', '-q', '--no-rebase', '--no-edit', 'origin', 'main')).toMatchObject({ status: 1 })
    expect(bob.read(exportPath)).toContain('<<<<<<< HEAD')
    return { team, bob }
  }

  test('is one error with its line, nothing writes over it, and the hint loses nothing', () => {
    const { team, bob } = conflicted()
    const remedy = 'Delete the marker lines, keep the lines of both sides, and run `inquest memory import`'
    expectReported(bob, 2, 'A merge conflict is not resolved', remedy)
    // One defect is one finding, of the lines from the first marker to the last.
    const { findings } = JSON.parse(bob.run('check', '--json').stdout) as Found
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([{ path: exportPath, range: { start: { line: 2, column: 1 }, end: { line: 6 } } }])
    for (const args of [['memory', 'export'], ['memory', 'export', '--check'], ['memory', 'import']]) expectRefused(bob, args, 2, 'A merge conflict is not resolved')
    expect(bob.run('status', 'INV-001')).toMatchObject({ status: 3, stderr: expect.stringContaining(`${exportPath}:2: the line of the export cannot be read`) })
    // A clone without a store makes none of it.
    bob.git('clean', '-xfdq')
    expectRefused(bob, ['memory', 'ingest', 'Something else'], 2, 'A merge conflict is not resolved')
    expect(existsSync(path.join(bob.root, '.inquest/memory.db'))).toBe(false)

    bob.write(exportPath, bob.read(exportPath).split('\n').filter((line) => !/^(?:<{7}|={7}|>{7})/u.test(line)).join('\n'))
    bob.ok('memory', 'import')
    expect(texts(bob.read(exportPath))).toEqual(['Learned in INV-001', 'Learned in INV-002'])
    expectOwnIds(bob, ['INV-001', 'INV-002'])
    bob.commit()
    expect(bob.push()).toBe(true)
    expect(texts(team.pushed())).toEqual(['Learned in INV-001', 'Learned in INV-002'])
    expectSound(bob)
  })
})

describe('a line that is not what was exported', () => {
  function edited(change: (line: string) => string): Clone {
    const alice = createTeam(['INV-001']).clone('alice')
    alice.ok('close', 'INV-001', '--learning', 'Alice read the pages')
    alice.ok('memory', 'export')
    alice.commit()
    const [header = '', line = ''] = alice.read(exportPath).split('\n')
    alice.write(exportPath, `${header}\n${change(line)}\n`)
    return alice
  }
  const swapped = (line: string, from: string, to: string): string => {
    expect(line).toContain(from)
    return line.replace(from, to)
  }

  test.each([
    ['an edited body', (line: string) => swapped(line, 'read the pages', 'wrote the pages'), 'Concept 1 was edited: its key does not match its content', 'store a correction with `inquest memory ingest`'],
    ['another key', (line: string) => swapped(line, '"key":"', '"key":"0'), 'Concept 1 was edited: its key does not match its content', 'Restore the line from git history'],
    ['half a line', (line: string) => line.slice(0, 200), 'The line is not JSON', 'Restore the line from git history'],
    ['two lines in one', (line: string) => line + line, 'The line is not JSON', 'Restore the line from git history'],
    ['something else', () => '{"id":1,"provenance":7}', 'The line is not a concept', 'Restore the line from git history'],
    ['an export of a newer inquest', () => '{"#":"inquest memory","version":2}', 'The export was written by a newer inquest (version 2)', 'Update inquest'],
  ])('%s is an error with its line, and nothing writes over it', (_name, change, message, remedy) => {
    const alice = edited(change)
    expectReported(alice, 2, message, remedy)
    for (const args of [['memory', 'export'], ['memory', 'import']]) expectRefused(alice, args, 2, message)
    alice.git('clean', '-xfdq')
    expectRefused(alice, ['memory', 'ingest', 'Something else'], 2, message)
    alice.git('checkout', '-q', '--', exportPath)
    alice.ok('memory', 'ingest', 'Something else')
    alice.ok('memory', 'export')
    expect(texts(alice.read(exportPath))).toEqual(['Alice read the pages', 'Something else'])
  })

  test('an edited body whose key was made to fit is another concept with the id of the stored one', () => {
    const alice = edited((line) => {
      const { lines } = readLines(line)
      const concept = lines[0]?.concept
      if (concept === undefined) throw new TypeError('There is a concept')
      return lineOf({ ...concept, body: 'Forged', key: keyOfConcept(concept.operation, concept.ordinal, 'Forged') })
    })
    const message = 'The id 1 has two concepts: "Forged" (INV-001) here and "Alice read the pages" (INV-001) in the store'
    expectReported(alice, 2, message, 'inquest memory import')
    expectRefused(alice, ['memory', 'export'], 2, message)
    alice.ok('memory', 'import')
    expect(texts(alice.read(exportPath))).toEqual(['Alice read the pages', 'Forged'])
  })
})

describe('check', () => {
  test('reports the export among the documents in every format, by its severity, and where it is asked for', () => {
    const alice = createTeam(['INV-001']).clone('alice')
    // Behind the export in the order of paths, and in front of it.
    alice.write('.a/INV-002.md', sample.replaceAll('INV-001', 'INV-002').replace('## Context', '## Other'))
    alice.write('docs/INV-001.md', sample.replace('## Context', '## Other'))
    alice.write(exportPath, `${exportHeader}\n<<<<<<< HEAD\n=======\n>>>>>>> other\n`)
    alice.commit()
    const paths = (run: Run): readonly string[] => [...new Set((JSON.parse(run.stdout) as Found).findings.filter(({ severity }) => severity === 'error').map(({ path: file }) => file))]
    expect(paths(alice.run('check', '--json'))).toEqual(['.a/INV-002.md', exportPath, 'docs/INV-001.md'])
    expect(JSON.parse(alice.run('check', '--json').stdout)).toMatchObject({ summary: { documents: 2 } })
    // The second run reads what the first one kept.
    expect(paths(alice.run('check', '--json'))).toEqual(['.a/INV-002.md', exportPath, 'docs/INV-001.md'])
    for (const format of ['junit', 'sarif', 'github', 'gitlab', 'text']) {
      const { stdout } = alice.run('check', '--format', format)
      for (const file of ['.a/INV-002.md', exportPath, 'docs/INV-001.md']) expect(stdout, format).toContain(file)
      expect(stdout, format).toContain('memory-export-invalid')
    }
    expect(alice.run('check', '--format', 'text').stdout).toContain('<<<<<<< HEAD')
    expect(alice.ok('explain', 'memory-export-invalid').stdout).toContain('inquest memory import')
    // By what is named.
    expect(paths(alice.run('check', 'docs', '--json'))).toEqual(['docs/INV-001.md'])
    expect(paths(alice.run('check', '.', '--json'))).toContain(exportPath)
    expect(paths(alice.run('check', exportPath, '--json'))).toEqual([exportPath])
    expect(paths(alice.run('check', '--documents-only', exportPath, '--json'))).toEqual([exportPath])
    expect(paths(alice.run('check', '--changed-since', 'HEAD', '--json'))).toEqual([])
    expect(paths(alice.run('check', '--changed-since', 'HEAD^', '--json'))).toContain(exportPath)
    // By the configuration and the baseline.
    alice.write('inquest.yaml', 'rules:\n  memory-export-invalid: off\n')
    expect(paths(alice.run('check', '--json'))).not.toContain(exportPath)
    alice.write('inquest.yaml', '')
    alice.ok('check', '--update-baseline')
    alice.ok('check')
    alice.write(exportPath, `${exportHeader}\n`)
    expect(JSON.parse(alice.ok('check', '--json').stdout)).toMatchObject({ summary: { stale: 1 } })
    expect(alice.ok('check', exportPath).stdout).toContain('no finding in 0 documents')
  })

  test('names a few of many ids and counts the others', () => {
    const alice = createTeam([]).clone('alice')
    const lines = Array.from({ length: 60 }, (_, index) => {
      const [operation, body] = [`operation ${index}`, `Learning ${index}`]
      return lineOf({ key: keyOfConcept(operation, 0, body), id: (index % 30) + 1, type: 'learning', body, created: '2026-03-04T10:00:00Z', operation, ordinal: 0, provenance: [], was: [] })
    })
    alice.write(exportPath, `${[exportHeader, ...lines].join('\n')}\n`)
    const { findings } = JSON.parse(alice.run('check', '--json').stdout) as Found
    expect(findings).toHaveLength(20)
    expect(findings.at(-1)?.message).toContain('10 more lines have such a fault')
    alice.ok('memory', 'import')
    expect(bodiesIn(alice.read(exportPath)).size).toBe(60)
    alice.ok('check')
  })
})

describe('export', () => {
  test('writes to a file that is not an export in no case', () => {
    const alice = createTeam([]).clone('alice')
    alice.ok('memory', 'ingest', 'first')
    alice.write('README.md', '# Title\n')
    expect(alice.run('memory', 'export', 'README.md')).toMatchObject({ status: 3, stderr: expect.stringContaining('README.md:1: The line is not JSON') })
    expect(alice.read('README.md')).toBe('# Title\n')
    alice.ok('memory', 'export', 'copy.jsonl')
    alice.git('clean', '-xfdq', '-e', 'copy.jsonl')
    alice.ok('memory', 'ingest', '--key', 'other', 'second')
    expect(alice.run('memory', 'export', 'copy.jsonl')).toMatchObject({ status: 3, stderr: expect.stringContaining('copy.jsonl:2: The id 1 has two concepts') })
    alice.ok('memory', 'import', 'copy.jsonl')
    alice.ok('memory', 'export', 'copy.jsonl')
    expect(texts(alice.read('copy.jsonl'))).toEqual(['first', 'second'])
  })

  test('writes no body that the disk has changed over the one that was exported', async () => {
    const alice = createTeam([]).clone('alice')
    alice.ok('memory', 'ingest', 'first', 'second')
    alice.ok('memory', 'export')
    const connection = await openConnection(path.join(alice.root, '.inquest/memory.db'), { readOnly: false, ground: thisMachine })
    await connection.write((database) => void database.exec(`UPDATE concepts SET body = 'a' WHERE id = 2`))
    connection.close()
    const before = alice.read(exportPath)
    expect(alice.run('memory', 'export')).toMatchObject({ status: 3, stderr: expect.stringContaining('.inquest/memory.db: concept 2 is not what was stored; nothing was exported') })
    expect(alice.read(exportPath)).toBe(before)
    expect(alice.run('memory', 'check')).toMatchObject({ status: 1, stdout: expect.stringContaining('not what was stored: 2') })
  })

  test('takes in what a pull brings between reading and writing', async () => {
    const alice = createTeam([]).clone('alice')
    alice.ok('memory', 'ingest', 'first')
    alice.ok('memory', 'export')
    alice.ok('memory', 'ingest', 'second')
    const [operation, body] = ['elsewhere', 'third']
    const line = lineOf({ key: keyOfConcept(operation, 0, body), id: 40, type: 'learning', body, created: '2026-03-04T10:00:00Z', operation, ordinal: 0, provenance: [], was: [] })
    const host = createNodeHost(alice.root)
    let pulls = 0
    await exportMemory({
      ...host,
      replaceFile(file, before, after) {
        if (file.endsWith('.jsonl') && pulls++ === 0) alice.write(exportPath, `${alice.read(exportPath)}${line}\n`)
        host.replaceFile(file, before, after)
      },
    }, { check: false })
    expect(pulls).toBe(2)
    expect(texts(alice.read(exportPath))).toEqual(['first', 'second', 'third'])
    // The same where there was no export before.
    rmSync(path.join(alice.root, exportPath))
    await exportMemory({
      ...host,
      createFile(file, text) {
        if (file.endsWith('.jsonl') && pulls++ === 2) alice.write(exportPath, `${line}\n`)
        return host.createFile(file, text)
      },
    }, { check: false })
    expect(texts(alice.read(exportPath))).toEqual(['first', 'second', 'third'])
  })

  test('follows a document that got another id, here and in other clones, and the former one owes nothing', () => {
    const team = createTeam(['INV-001', 'INV-002'])
    const alice = team.clone('alice')
    alice.ok('close', 'INV-001', '--learning', 'Alice read the pages')
    alice.ok('memory', 'export')
    alice.commit()
    expect(alice.push()).toBe(true)
    const bob = team.clone('bob')
    bob.ok('memory', 'import')
    alice.ok('renumber', 'INV-001', '--to', 'INV-009', '--write')
    alice.ok('memory', 'export')
    const documents = (text: string): unknown => readLines(text).lines.map(({ concept }) => concept.provenance.map(({ document }) => document))
    expect(documents(alice.read(exportPath))).toEqual([['INV-009']])
    alice.ok('memory', 'import')
    expect(documents(alice.read(exportPath))).toEqual([['INV-009']])
    alice.commit()
    expect(alice.push()).toBe(true)
    expect(bob.pull()).toBe(true)
    bob.ok('memory', 'export')
    expect(documents(bob.read(exportPath))).toEqual([['INV-009']])
    expect(bob.git('status', '--porcelain').text).toBe('')
  })
})

test('two clones that used one key of a request for different contents keep both', () => {
  const team = createTeam([])
  const [alice, bob] = [team.clone('alice'), team.clone('bob')]
  for (const [one, body] of [[alice, 'of alice'], [bob, 'of bob']] as const) {
    one.ok('memory', 'ingest', '--key', 'nightly', body)
    one.ok('memory', 'export')
    one.commit()
  }
  expect(alice.push()).toBe(true)
  expect(bob.pull()).toBe(true)
  bob.ok('memory', 'import')
  expect(texts(bob.read(exportPath))).toEqual(['of alice', 'of bob'])
  bob.commit()
  expect(bob.push()).toBe(true)
  expect(alice.pull()).toBe(true)
  alice.ok('memory', 'import')
  expect(texts(alice.read(exportPath))).toEqual(['of alice', 'of bob'])
  for (const clone of [alice, bob, team.clone('carol')]) {
    clone.ok('memory', 'import')
    expectSound(clone)
    expect(clone.git('status', '--porcelain').text).toBe('')
  }
})

/** What people do, in any order; a number says who. */
const step = fc.tuple(
  fc.nat(2),
  fc.oneof(
    { weight: 3, arbitrary: fc.constant('ingest' as const) },
    { weight: 1, arbitrary: fc.constant('keyed' as const) },
    { weight: 2, arbitrary: fc.constant('close' as const) },
    { weight: 2, arbitrary: fc.constant('export' as const) },
    { weight: 4, arbitrary: fc.constant('publish' as const) },
    { weight: 2, arbitrary: fc.constant('pull' as const) },
    { weight: 2, arbitrary: fc.constant('import' as const) },
    { weight: 1, arbitrary: fc.constant('lose' as const) },
  ),
)

describe.each([2, 3])('%i clones', (size) => {
  test('in whatever order they store, export, merge and import, nothing that was pushed is lost', async () => {
    const seen = { pushes: 0, refused: 0, concepts: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
        const inquiries = Array.from({ length: size }, (_, index) => [`INV-${index}01`, `INV-${index}02`])
        const team = createTeam(inquiries.flat())
        const members = inquiries.map((left, index) => ({ clone: team.clone(`clone-${index}`), left, said: [] as string[] }))
        const [first, ...others] = members
        /** Every line that was ever on the shared branch. */
        const ever = new Map<string, string>()
        let count = 0
        const look = (): void => {
          const now = bodiesIn(team.pushed())
          for (const [key, body] of ever) expect(now.get(key), `"${body}" is still pushed`).toBe(body)
          for (const [key, body] of now) ever.set(key, body)
        }
        const done = async (clone: Clone, ...args: readonly string[]): Promise<void> => {
          const { status, stdout, stderr } = await clone.inside(...args)
          expect(status, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
        }
        /** A refusal names the line and the command that settles it; no other failure may happen. */
        const tried = async (clone: Clone, ...args: readonly string[]): Promise<boolean> => {
          const { status, stdout, stderr } = await clone.inside(...args)
          if (status === 0) return true
          expect(status, `${args.join(' ')}\n${stdout}${stderr}`).toBe(3)
          expect(stderr).toMatch(new RegExp(`^inquest: ${exportPath}:\\d+: .*\n {2}Run \`inquest memory import\``, 'u'))
          seen.refused++
          return false
        }
        /** False where documents conflict: a person would have to merge them. */
        const share = (clone: Clone): boolean => {
          clone.commit()
          if (!clone.pull()) return false
          if (clone.push()) seen.pushes++
          look()
          return true
        }
        // They have something in common, so that not every id is given twice.
        if (first === undefined) return
        await done(first.clone, 'memory', 'ingest', 'Known to all')
        await done(first.clone, 'memory', 'export')
        share(first.clone)
        for (const { clone } of others) {
          expect(clone.pull()).toBe(true)
          await done(clone, 'memory', 'import')
        }
        for (const [who, what] of steps) {
          const member = members[who % size] ?? first
          const { clone, left, said } = member
          const text = `Learning ${++count}`
          if (what === 'ingest') {
            if (await tried(clone, 'memory', 'ingest', text)) said.push(text)
          } else if (what === 'keyed') await tried(clone, 'memory', 'ingest', '--key', 'nightly', text)
          else if (what === 'close') {
            const [id] = left
            if (id === undefined || !(await tried(clone, 'close', id, '--learning', text))) continue
            left.shift()
            said.push(text)
          } else if (what === 'export') await tried(clone, 'memory', 'export')
          else if (what === 'publish') {
            // Before and after the pull, as a hook does it.
            for (let times = 0; times < 2; times++) {
              await tried(clone, 'memory', 'export')
              share(clone)
            }
          } else if (what === 'pull') {
            clone.commit()
            clone.pull()
          } else if (what === 'import') await done(clone, 'memory', 'import')
          else {
            for (const file of ['memory.db', 'memory.db-wal', 'memory.db-shm']) rmSync(path.join(clone.root, '.inquest', file), { force: true })
            const exported = new Set(texts(clone.read(exportPath)))
            member.said = said.filter((one) => exported.has(one))
          }
        }
        // Everybody shares what is left, twice, so that each has what the last one changed.
        const owed: string[] = []
        for (const { clone, said } of [...members, ...members]) {
          share(clone)
          await done(clone, 'memory', 'import')
          if (share(clone)) owed.push(...said)
        }
        expect(texts(team.pushed())).toEqual(expect.arrayContaining(owed))
        seen.concepts += ever.size
        // What was pushed is sound for everybody: each id has one concept.
        const { stdout } = await team.clone('fresh').inside('check', '--json')
        expect((JSON.parse(stdout) as Found).findings.filter(({ path: file }) => file === exportPath)).toEqual([])
      }),
      { numRuns: size === 2 ? 10 : 6 },
    )
    // Sequences in which nothing meets would prove nothing.
    expect(seen.pushes).toBeGreaterThan(10)
    expect(seen.concepts).toBeGreaterThan(10)
  }, 600_000)
})
