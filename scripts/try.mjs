/** Shows the main job on a real example: a new document and its findings, a finished one that passes, a broken one that does not. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = path.join(root, 'dist/cli.js')
const folder = mkdtempSync(path.join(tmpdir(), 'inquest-try-'))
const example = 'INVESTIGATION-INV-001-nightly-export-loses-rows.md'

function show(args, expected) {
  console.log(`\n$ inquest ${args.map((arg) => (/[\s"]/u.test(arg) ? `"${arg}"` : arg)).join(' ')}`)
  const run = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' })
  process.stdout.write(run.stdout)
  process.stderr.write(run.stderr)
  if (run.status !== expected) {
    console.error(`exit status ${run.status}, expected ${expected}`)
    process.exitCode = 1
  }
}

try {
  const git = spawnSync('git', ['init', '-q'], { cwd: folder })
  if (git.status !== 0) console.log('(git is not installed; the example works without it)')
  mkdirSync(path.join(folder, 'docs/investigations'), { recursive: true })
  console.log('1. A new inquiry, and what its first phase still asks for')
  show(['init'], 0)
  show(['new', 'investigation', 'Login page is slow after the update'], 0)
  show(['status', 'INV-001'], 0)
  console.log('\n2. A finished inquiry passes')
  const finished = `docs/investigations/${example.replace('INV-001', 'INV-002')}`
  copyFileSync(path.join(root, 'examples', example), path.join(folder, finished))
  writeFileSync(path.join(folder, finished), readFileSync(path.join(folder, finished), 'utf8').replace('backlog_id: INV-001', 'backlog_id: INV-002'))
  show(['check', finished], 0)
  console.log('\n3. The same inquiry, with a verdict missing that its checklist claims to be there, does not')
  const broken = 'docs/investigations/INVESTIGATION-INV-003-broken.md'
  const text = readFileSync(path.join(folder, finished), 'utf8').replace('backlog_id: INV-002', 'backlog_id: INV-003')
  writeFileSync(path.join(folder, broken), text.replace('| H2 | **REFUTED** | The encoder stops at the first error | High |\n', ''))
  show(['check', broken], 1)
  show(['explain', 'verdict-missing'], 0)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
