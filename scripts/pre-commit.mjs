/**
 * Runs the hooks with pre-commit itself, on repositories made for it: those that the project offers, at its present
 * commit, and those that `inquest init --ci pre-commit` writes. Installs pre-commit from Debian where it is missing.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const example = 'INVESTIGATION-INV-001-nightly-export-loses-rows.md'
const scratch = mkdtempSync(path.join(tmpdir(), 'inquest-pre-commit-'))
const env = { ...process.env, PRE_COMMIT_HOME: path.join(scratch, 'home'), GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*', GIT_CONFIG_KEY_1: 'protocol.file.allow', GIT_CONFIG_VALUE_1: 'always' }

function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  return { status: done.status, output: `${done.stdout ?? ''}${done.stderr ?? ''}` }
}

const runs = () => run('pre-commit', ['--version'], root).status === 0
let faults = 0

function expect(what, { status, output }, { fails, says }) {
  const right = (status === 0) !== fails && says.every((words) => output.includes(words))
  if (right) return console.log(`ok    ${what}`)
  faults++
  console.log(`FAIL  ${what}: status ${status}\n${output}`)
}

/** A repository with a sound document and one that is not, in which `config` says which hooks run. */
function consumer(name, config) {
  const folder = path.join(scratch, name)
  mkdirSync(path.join(folder, 'docs'), { recursive: true })
  run('git', ['init', '-q'], folder)
  copyFileSync(path.join(root, 'examples', example), path.join(folder, 'docs', example))
  writeFileSync(path.join(folder, 'docs/post.md'), '---\ntemplate: blog\n---\n# A page that is no document\n')
  config(folder)
  run('git', ['add', '.'], folder)
  return folder
}

function tryHooks(name, folder) {
  const all = () => run('pre-commit', ['run', '--all-files', '--verbose'], folder)
  expect(`${name}: both hooks pass sound documents`, all(), { fails: false, says: ['hook id: inquest\n', 'hook id: inquest-repository\n', 'in 1 document'] })
  copyFileSync(path.join(folder, 'docs', example), path.join(folder, 'docs/twin.md'))
  run('git', ['add', '.'], folder)
  expect(`${name}: the file hook faults a file of the commit`, run('pre-commit', ['run', 'inquest'], folder), { fails: true, says: ['error[id-duplicate]'] })
  run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', 'commit', '-qnm', 'Two of one id'], folder)
  writeFileSync(path.join(folder, 'docs/post.md'), '# Changed\n')
  run('git', ['add', '.'], folder)
  expect(`${name}: a commit of another file passes the file hook`, run('pre-commit', ['run', 'inquest'], folder), { fails: false, says: [] })
  expect(`${name}: and the repository hook sees what it left`, run('pre-commit', ['run', 'inquest-repository'], folder), { fails: true, says: ['error[id-duplicate]'] })
}

try {
  if (!runs()) {
    run('apt-get', ['update', '-qq'], root)
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'pre-commit'], root)
  }
  if (!runs()) console.log('skipped: pre-commit is not installed, and apt-get cannot install it')
  else {
    const commit = run('git', ['rev-parse', 'HEAD'], root).output.trim()
    tryHooks(
      'the hooks of the project',
      consumer('offered', (folder) => writeFileSync(path.join(folder, '.pre-commit-config.yaml'), `repos:\n  - repo: ${root}\n    rev: ${commit}\n    hooks:\n      - id: inquest\n      - id: inquest-repository\n`)),
    )
    tryHooks(
      'the hooks that init writes',
      consumer('written', (folder) => {
        mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true })
        symlinkSync(root, path.join(folder, 'node_modules/inquest'))
        symlinkSync('../inquest/dist/cli.js', path.join(folder, 'node_modules/.bin/inquest'))
        writeFileSync(path.join(folder, '.gitignore'), 'node_modules/\n')
        writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n')
        writeFileSync(path.join(folder, '.pre-commit-config.yaml'), 'repos:\n  - repo: meta\n    hooks:\n      - id: check-hooks-apply\n')
        const init = run(process.execPath, [path.join(root, 'dist/cli.js'), 'init', '--ci', 'pre-commit'], folder)
        if (init.status !== 0) throw new Error(init.output)
      }),
    )
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = faults > 0 ? 1 : 0
