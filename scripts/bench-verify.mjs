/**
 * Measures `inquest verify` on repositories made for it: what citations cost, and what history costs.
 * usage: node scripts/bench-verify.mjs [--rounds N]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const at = process.argv.indexOf('--rounds')
const rounds = at === -1 ? 3 : Number(process.argv[at + 1])
const filesPerRepository = 400
const linesPerFile = 200
const citationsPerDocument = 20

/** Documents are added all along the history, between commits that change the files they cite: above the cited lines, or within. */
function makeRepository(commits, citations) {
  const root = mkdtempSync(path.join(tmpdir(), 'inquest-bench-'))
  const run = (args, input) => {
    const done = spawnSync('git', args, { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 28 })
    if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
  }
  run(['init', '-q', '-b', 'main'])
  const files = Array.from({ length: filesPerRepository }, (_, file) => Array.from({ length: linesPerFile }, (_line, line) => `line ${line} of file ${file}`))
  const stream = []
  const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`
  const name = (file) => `src/part${file % 20}/file${file}.ts`
  const documents = Math.ceil(citations / citationsPerDocument)
  let written = 0
  for (let number = 0; number < commits; number++) {
    const when = 1_700_000_000 + number * 3600
    stream.push(`commit refs/heads/main\ncommitter Bench <bench@example.invalid> ${when} +0000\n${data(`change ${number}`)}`)
    if (number === 0) for (const [file, lines] of files.entries()) stream.push(`M 100644 inline ${name(file)}\n${data(`${lines.join('\n')}\n`)}`)
    const file = number % filesPerRepository
    const lines = files[file]
    if (number % 3 === 0) lines.splice(number % 40, 0, `added in ${number}`)
    else lines[(number * 7) % lines.length] = `changed in ${number}`
    stream.push(`M 100644 inline ${name(file)}\n${data(`${lines.join('\n')}\n`)}`)
    while (written < documents && written * commits <= number * documents) {
      const rows = Array.from({ length: Math.min(citationsPerDocument, citations - written * citationsPerDocument) }, (_, row) => {
        const cited = (written * citationsPerDocument + row) % filesPerRepository
        return `| Finding ${row} | \`${name(cited)}:${60 + row}-${64 + row}\` | H1 | |\n`
      })
      const day = new Date(when * 1000).toISOString().slice(0, 10)
      const id = `INV-${String(written + 1).padStart(4, '0')}`
      const text = `---\ntemplate: investigation\nstatus: active\ndate: ${day}\nbacklog_id: ${id}\ntitle: Document ${written}\nlifecycle_phase: explore\nversion: '2.0'\n---\n# Investigation\n\n## Evidence Collection\n\n### Codebase Evidence\n\n| Finding | Source (file:line) | Supports Hypothesis | Notes |\n|---|---|---|---|\n${rows.join('')}`
      stream.push(`M 100644 inline docs/${id}.md\n${data(text)}`)
      written++
    }
    stream.push('\n')
  }
  run(['fast-import', '--quiet'], stream.join(''))
  run(['reset', '-q', '--hard', 'main'])
  return root
}

function measure(root) {
  const started = performance.now()
  const run = spawnSync(process.execPath, [program, 'verify', '--json'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  const took = performance.now() - started
  if (run.status !== 0) throw new Error(run.stderr)
  return { took, summary: JSON.parse(run.stdout).summary }
}

console.log(`node ${process.version}, ${spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout.trim()}; ${filesPerRepository} files of ${linesPerFile} lines; median of ${rounds}`)
console.log('| commits | citations | seconds | states |\n| ---: | ---: | ---: | --- |')
for (const [commits, citations] of [[500, 200], [500, 2000], [5000, 200], [5000, 2000]]) {
  const root = makeRepository(commits, citations)
  try {
    const all = Array.from({ length: rounds }, () => measure(root))
    const median = all.map((one) => one.took).toSorted((a, b) => a - b)[Math.floor(rounds / 2)]
    const states = Object.entries(all[0].summary).map(([state, count]) => `${state} ${count}`).join(', ')
    console.log(`| ${commits} | ${citations} | ${(median / 1000).toFixed(2)} | ${states} |`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
