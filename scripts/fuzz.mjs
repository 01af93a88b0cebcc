/**
 * Reads and judges texts that are made up, and looks for what must never happen: an exception, a place outside
 * the text, two runs that differ, a safe fix that spoils its document, a text that is never done with.
 * usage: node scripts/fuzz.mjs [--inputs N] [--seed N] [--seconds N]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { head, places, shapes } from './shape-documents.mjs'
import { createRandom, loadSource } from './source.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { inputs: { type: 'string' }, seed: { type: 'string' }, seconds: { type: 'string' } } })
const inputs = Number(values.inputs ?? 20_000)
const seed = Number(values.seed ?? workerData?.seed ?? Date.now() % 1_000_000_000)
const seconds = Number(values.seconds ?? Number.POSITIVE_INFINITY)
if ([inputs, seed, seconds].some((number) => Number.isNaN(number) || number < 0)) {
  console.error('usage: node scripts/fuzz.mjs [--inputs N] [--seed N] [--seconds N]')
  process.exit(2)
}

/** Longer than any text takes, on a machine that does much else. */
const patience = 60_000

const file = 'inquiry.md'
const folder = workerData?.folder ?? mkdtempSync(path.join(tmpdir(), 'inquest-fuzz-'))
// The work is done by a worker, so that one text that is never done with can be told from the outside.
const own = isMainThread ? undefined : await loadSource()
const disk = own?.createNodeHost(folder)
const workspace = await own?.openWorkspace(disk)
/** The same with the other engine. */
const beside = own === undefined ? undefined : { ...workspace, engine: await own.loadRemark() }

const fragments = [
  ['---\n', '...\n', '\uFEFF', '---js\n', 'template: investigation\n', "version: '2.0'\n", 'status: complete\n', 'memory_refs: [1, "2-9"]\n', 'a: &a [*a]\n', 'a: [\n', '\ta: b\n', '__proto__: x\n'],
  ['date: {toString: x}\n', "memory_refs: ['99999999999999999999-99999999999999999999']\n", 'spawned_by: [[x]]\n', '# ', '## ', '### ', '## Hypotheses\n', '## Findings\n', '**SKIPPED:** ', 'N/A', 'None', 'TBD'],
  ['- ', '* ', '1. ', '- [ ] ', '- [x] ', '- [X] **Evidence:** all 9 evidence items\n', '> ', '    ', '\t', '\n', '\n\n', '\r\n', '\r', '```', '```js\n', '~~~\n', '|', ' | ', '\\|', '||\n', '| a | b |\n|---|---|\n| c | d |\n'],
  ['| **H1** | x | High | y | 1st |\n', '| H1-H9999999 | CONFIRMED | x | y |\n', '| H1, H2 against H3 |', 'H1', '`src/a.ts:12-9`', 'a.py:1,2-3, :9', 'https://example.org/a|b', 'me@example.org', '@docs/x.md', 'WORK-001'],
  ['**', '**Label:** ', '*', '_', '~~', '`', '[', ']', '[x]', '[What to write]', '{ID}', '(', ')', '](', '![', '[^1]', '[^1]: ', '[a]: /b\n', '<!--', '-->', '<!-- inquest-disable verdict-missing: why -->', '<!-- inquest-disable x -->\n'],
  ['<div>', '</', '<', '>', '&', '&amp;', '\\', '\0', '\uD800', '\uDC00', '🎉', '日本', 'e\u0301', '\u00A0', '\u2028', '\u202E', ':', '-', '–', '#', '!', '@', '"', "'"],
].flat()

/** What a document is made from: those of the project, and real ones where they lie beside it. */
function readPool() {
  const folders = ['examples', 'templates', 'test', 'docs', '../shared/corpus/haios'].map((name) => path.join(root, name))
  const files = folders.flatMap((below) => {
    try {
      const found = readdirSync(below, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).toSorted()
      // Of a large folder every so many.
      const step = Math.max(1, Math.floor(found.length / 200))
      return found.filter((_, index) => index % step === 0).map((name) => path.join(below, name))
    } catch {
      return []
    }
  })
  return files.map((name) => ({ name: path.relative(root, name), text: readFileSync(name, 'utf8') })).filter(({ text }) => text.length < 60_000)
}

const pool = readPool()
const inquiries = pool.filter(({ text }) => /^template: ["']?investigation/mu.test(text) && !text.includes('{{'))

const shaped = Object.entries(shapes).flatMap(([name, make]) => {
  return Object.entries(places).map(([where, put]) => ({ description: `${name}, ${where}`, text: head + put(make(20_000)) }))
})

/** One text by its number: a document cut, joined, bent and filled with what does not belong there. */
function makeUp(number) {
  const random = createRandom(seed + number * 7919)
  const below = (limit) => Math.floor(random() * limit)
  const pick = (list) => list[below(list.length)]
  const piece = (text, most) => {
    const start = below(text.length)
    return text.slice(start, start + below(most))
  }
  const base = random() < 0.7 && inquiries.length > 0 ? pick(inquiries) : pick(pool)
  const steps = [base.name]
  let { text } = base
  const changes = {
    cut: () => {
      const start = below(text.length)
      text = text.slice(0, start) + text.slice(start + below(random() < 0.2 ? text.length : 200))
    },
    join: () => {
      const at = below(text.length)
      text = text.slice(0, at) + piece(pick(pool).text, 2000) + text.slice(at)
    },
    flip: () => {
      const bytes = Buffer.from(text)
      for (let count = 1 + below(8); count > 0 && bytes.length > 0; count--) bytes[below(bytes.length)] ^= 1 << below(8)
      text = bytes.toString('utf8')
    },
    repeat: () => {
      const at = below(text.length)
      text = text.slice(0, at) + text.slice(at, at + 1 + below(120)).repeat(2 + below(60)) + text.slice(at)
    },
    fill: () => {
      for (let count = 1 + below(5); count > 0; count--) {
        const at = below(text.length)
        text = text.slice(0, at) + pick(fragments) + text.slice(at + (random() < 0.3 ? below(10) : 0))
      }
    },
    head: () => {
      const end = Math.max(1, text.indexOf('\n---', 3))
      const at = below(end)
      text = text.slice(0, at) + pick(fragments) + text.slice(at)
    },
    shape: () => {
      const at = text.indexOf('\n', below(text.length)) + 1
      text = text.slice(0, at) + pick(Object.values(shapes))(200 + below(1500)) + text.slice(at)
    },
    cell: () => {
      const strokes = [...text.matchAll(/ \| /gu)]
      if (strokes.length > 0) {
        const { index } = pick(strokes)
        text = text.slice(0, index + 3) + pick(fragments) + text.slice(index + 3)
      }
    },
    endings: () => {
      text = text.replaceAll(/\r\n|\n|\r/gu, pick(['\n', '\r\n', '\r']))
    },
    fragments: () => {
      text = Array.from({ length: 1 + below(40) }, () => pick(fragments)).join('')
    },
  }
  const names = Object.keys(changes)
  for (let count = 1 + below(5); count > 0; count--) {
    // Half of a document that is only fragments would be too much of it.
    const name = pick(random() < 0.95 ? names.slice(0, -1) : names)
    changes[name]()
    steps.push(name)
  }
  return { description: steps.join(' → '), text: text.slice(0, 80_000) }
}

function expectThat(holds, what) {
  if (!holds) throw new Error(what)
}

function expectSpan(text, { start, end }, what) {
  expectThat(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length, `${what} lies at ${start}–${end}`)
}

function lookAtDocument(text, engine) {
  const document = own.parseDocument(text, engine)
  expectThat(document.text === text && own.applyEdits(document.text, []) === text, 'the document has another text')
  own.walk(document.root, (node) => {
    const outer = own.spanOf(node)
    expectSpan(text, outer, `a ${node.type}`)
    if ('children' in node) {
      let from = outer.start
      for (const child of node.children) {
        const inner = own.spanOf(child)
        expectThat(inner.start >= from && inner.end <= outer.end, `a ${child.type} lies outside its ${node.type} or within its sibling`)
        from = inner.end
      }
    }
    if (node.type === 'table') {
      const { header, rows } = own.viewTable(node, text)
      for (const { span, raw } of [header, ...rows].flatMap((row) => row.cells)) {
        expectSpan(text, span, 'a cell')
        expectThat(text.slice(span.start, span.end) === raw, 'a cell is not what is written there')
      }
    }
    if (node.type === 'paragraph') {
      for (const { labelSpan, valueSpan } of own.labelledFields(node, text)) {
        expectSpan(text, valueSpan, 'a value')
        expectThat(/^(?:\*\*|__)/u.test(text.slice(labelSpan.start, labelSpan.end)), 'a label is not bold where it stands')
      }
    }
  })
  for (const section of own.eachSection(document.top)) {
    expectSpan(text, section.span, 'a section')
    for (const { box, ticked } of own.taskItems(section, text)) {
      expectThat((ticked ? /^\[[xX]\]$/u : /^\[\s\]$/u).test(text.slice(box.start, box.end)), 'a box is not one where it stands')
    }
  }
  for (const { span } of document.comments) expectThat(text.startsWith('<!--', span.start) && span.end <= text.length, 'a comment is none where it stands')
}

async function judge(text, place = workspace) {
  const examined = own.examine(place, file, text, true)
  const findings = own.findingsOf(place, examined)
  return { document: examined.document, findings, placed: await own.placeFindings(findings, examined.document, file) }
}

function lookAtFindings(text, { document, findings, placed }) {
  const { lines } = document
  for (const { rule, at, related = [], fix } of findings) {
    for (const place of [at, ...related.filter((one) => one.path === undefined).map((one) => one.at)]) if ('start' in place) expectSpan(text, place, `the place of ${rule}`)
    for (const { span } of fix?.edits ?? []) expectSpan(text, span, `the fix of ${rule}`)
  }
  for (const { rule, range } of placed) {
    for (const { line, column } of [range.start, range.end]) {
      const { start, end } = lines.lineSpan(line)
      expectThat(line >= 1 && line <= lines.count && column >= 1 && column <= end - start + 2, `${rule} is placed at ${line}:${column}`)
    }
    expectThat(lines.offsetAt(range.start) <= lines.offsetAt(range.end), `${rule} ends before it starts`)
  }
}

/** `inquest fix` over a file that is not there but in memory. */
async function fixed(text) {
  let held = text
  const isFile = (name) => path.resolve(folder, name) === path.join(folder, file)
  const host = {
    ...disk,
    readText: (name) => (isFile(name) ? held : disk.readText(name)),
    exists: (name) => isFile(name) || disk.exists(name),
    replaceFile: (name, before, after) => {
      expectThat(isFile(name) && before === held, 'a fix writes elsewhere')
      held = after
    },
  }
  await own.fix(host, { paths: [file] })
  return held
}

/** What must not happen and did; undefined where all is well. */
async function faultIn(text) {
  try {
    lookAtDocument(text, workspace.engine)
    const first = await judge(text)
    lookAtFindings(text, first)
    const second = await judge(text)
    expectThat(JSON.stringify(first.placed) === JSON.stringify(second.placed), 'two runs do not give the same findings')
    if (first.findings.some(({ fix }) => fix?.applicability === 'safe' && fix.edits.length > 0)) {
      const after = await fixed(text)
      lookAtDocument(after, workspace.engine)
      lookAtFindings(after, await judge(after))
    }
    return undefined
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${(error.stack ?? '').split('\n').slice(1, 6).join('\n')}` : String(error)
  }
}

/** The other engine is held to the same, on some texts, since it is slow. What it reads otherwise in texts that nobody writes is counted. */
async function otherEngine(text) {
  try {
    lookAtDocument(text, beside.engine)
    const other = await judge(text, beside)
    lookAtFindings(text, other)
    compared.texts++
    if (JSON.stringify(other.placed) !== JSON.stringify((await judge(text)).placed)) compared.differ++
    return undefined
  } catch (error) {
    return `with remark: ${error instanceof Error ? error.stack : String(error)}`
  }
}

/** Takes pieces away, ever smaller ones, as long as the fault stays, for half a minute at most, which is within the patience of who watches. */
async function minimise(text, fault) {
  const kind = (message) => message?.split('\n')[0].replaceAll(/\d+/gu, '#')
  const until = Date.now() + patience / 2
  let least = text
  for (let size = Math.ceil(text.length / 2); size >= 1 && Date.now() < until; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.length && Date.now() < until; ) {
      const shorter = least.slice(0, at) + least.slice(at + size)
      if (kind(await faultIn(shorter)) === kind(fault)) least = shorter
      else at += size
    }
  }
  return least
}

const started = Date.now()
const compared = { texts: 0, differ: 0 }
const worst = { perByte: 0, description: 'none', bytes: 0 }
let done = 0
let failures = 0

async function tryOut({ description, text }) {
  const before = performance.now()
  let fault = await faultIn(text)
  const perByte = ((performance.now() - before) * 1000) / Math.max(1, text.length)
  done++
  // The first texts pay for what is compiled later on, and short ones for what every text costs.
  if (done > 50 && text.length >= 4000 && perByte > worst.perByte) Object.assign(worst, { perByte, description, bytes: text.length })
  const shortest = fault === undefined ? text : await minimise(text, fault)
  if (fault === undefined && done % 10 === 0) fault = await otherEngine(text)
  if (fault === undefined) return
  failures++
  console.error(`${description}\n${fault}\nseed ${seed}, input ${done}:\n${JSON.stringify(shortest)}`)
}

/** A line on a terminal, and elsewhere one every ten seconds, so that nobody takes a long run for a stuck one. */
function showProgress() {
  const begun = Date.now()
  let shown = begun
  return (number) => {
    const now = Date.now()
    if (now - shown < (process.stderr.isTTY ? 200 : 10_000)) return
    shown = now
    const text = `${number} inputs in ${Math.round((now - begun) / 1000)} s`
    process.stderr.write(process.stderr.isTTY ? `\r${text}` : `${text}\n`)
  }
}

function watch() {
  const progress = showProgress()
  const worker = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2), workerData: { folder, seed } })
  let last = { number: 0 }
  let timer
  const isStuck = () => {
    const { description, text } = last.number === undefined ? shaped[last.shape] : makeUp(last.number)
    console.error(`${description}\nis not done with after ${patience / 1000} seconds\nseed ${seed}:\n${JSON.stringify(text)}`)
    process.exitCode = 1
    void worker.terminate()
  }
  worker.on('message', (begun) => {
    last = begun
    progress(begun.number ?? `all made-up and ${begun.shape} shaped`)
    clearTimeout(timer)
    timer = setTimeout(isStuck, patience)
  })
  worker.on('error', (error) => {
    console.error(error)
    process.exitCode = 1
  })
  worker.on('exit', (code) => {
    clearTimeout(timer)
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
    process.exitCode ||= code
    rmSync(folder, { recursive: true, force: true })
  })
}

/** Says what is begun, so that it can be told should it never end. */
function announce(begun) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort.postMessage(begun)
}

async function work() {
  const timeIsUp = () => Date.now() - started > seconds * 1000
  for (let number = 0; number < inputs && failures === 0 && !timeIsUp(); number++) {
    announce({ number })
    await tryOut(makeUp(number))
  }
  for (let shape = 0; shape < shaped.length && failures === 0 && !timeIsUp(); shape++) {
    announce({ shape })
    await tryOut(shaped[shape])
  }
  console.log(`seed ${seed}: ${done} inputs, ${failures} failures, worst ${worst.perByte.toFixed(1)} µs per character over ${worst.bytes} characters (${worst.description})`)
  console.log(`remark held to the same on ${compared.texts} of them; it finds otherwise in ${compared.differ}`)
  process.exitCode = failures === 0 ? 0 : 1
}

if (isMainThread) watch()
else await work()
