/**
 * Measures writing, search and synthesis on generated stores, and writes docs/benchmarks-memory.md.
 * Usage: npm run bench:memory -- [--only writing|searching] [--sizes 100000,1000000] [--processes 1,8,32] [--seconds N]
 *        [--folder <where stores are kept and found again>] [--no-write]
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { measureWrites } from './bench-writes.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sizes: { type: 'string', default: '100000,1000000' },
    processes: { type: 'string', default: '1,8,32' },
    seconds: { type: 'string', default: '5' },
    folder: { type: 'string' },
    'no-write': { type: 'boolean', default: false },
  },
})
if (values.only !== undefined && !['writing', 'searching'].includes(values.only)) throw new Error('--only takes writing or searching')
const sizes = values.sizes.split(',').map(Number)
const folder = values.folder ?? mkdtempSync(path.join(tmpdir(), 'inquest-bench-'))
mkdirSync(folder, { recursive: true })

/** The rooms as one module; it lies below the project so that its libraries are found. */
const bundle = path.join(root, 'node_modules/.cache/inquest-bench-memory.mjs')
await build({
  stdin: { contents: `export { openStore } from './src/memory/open.ts'; export { parseQuery } from './src/memory/query.ts'; export { synthesize } from './src/memory/synthesis.ts'; export { createSketcher, findPairs, groupSame, likeness } from './src/memory/similar.ts'`, resolveDir: root },
  bundle: true,
  format: 'esm',
  platform: 'node',
  external: ['better-sqlite3'],
  outfile: bundle,
  logLevel: 'warning',
})
const { openStore, parseQuery, synthesize, createSketcher, findPairs, groupSame, likeness } = await import(pathToFileURL(bundle).href)

/** The same numbers in every run. */
function numbers(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Sentences as a store may hold them: 60,000 words and 3,000 topics, both as uneven as words are, and function words between. */
function createWriter(seed) {
  const random = numbers(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const [onsets, nuclei, codas] = ['b c d f g h l m n p r s t v st tr pr cl sh ch', 'a e i o u ea ou io', ' n r s t l ck m x'].map((text) => text.split(' '))
  const words = new Set()
  while (words.size < 60_000) {
    let word = ''
    const syllables = 2 + Math.floor(random() * 3)
    for (let at = 0; at < syllables; at++) word += pick(onsets) + pick(nuclei) + pick(codas)
    words.add(word)
  }
  const vocabulary = [...words]
  const uneven = (size) => Math.min(size - 1, Math.floor(Math.exp(random() * Math.log(size + 1))) - 1)
  const topics = Array.from({ length: 3000 }, () => Array.from({ length: 60 }, () => vocabulary[200 + Math.floor(random() * (vocabulary.length - 200))]))
  const between = 'the of to in a is and that for it on with as was by this are be not from or an at which when after'.split(' ')
  const written = []
  return {
    random,
    concept() {
      const known = written.length
      if (known > 100 && random() < 0.06) {
        // Somebody says again what was said, in part in other words.
        const again = written[Math.floor(random() * known)].split(' ')
        const changes = Math.floor(random() * again.length * 0.4)
        for (let at = 0; at < changes; at++) again[Math.floor(random() * again.length)] = vocabulary[uneven(vocabulary.length)]
        written.push(again.join(' '))
      } else {
        const topic = topics[uneven(3000)]
        const length = 12 + Math.floor(random() * 30)
        const said = Array.from({ length }, () => {
          const kind = random()
          return kind < 0.3 ? between[uneven(between.length)] : kind < 0.6 ? vocabulary[uneven(vocabulary.length)] : topic[uneven(60)]
        })
        written.push(said.join(' '))
      }
      return written.at(-1)
    },
    /** Two to five words, most of them of one topic. */
    query() {
      const topic = topics[uneven(3000)]
      return Array.from({ length: 2 + Math.floor(random() * 4) }, () => (random() < 0.75 ? topic[uneven(60)] : vocabulary[uneven(vocabulary.length)])).join(' ')
    },
  }
}

async function fill(file, size) {
  const writer = createWriter(1)
  const store = await openStore(file)
  for (let batch = 0; batch * 1000 < size; batch++) {
    const learnings = Array.from({ length: Math.min(1000, size - batch * 1000) }, (_, at) => ({ type: at % 3 === 0 ? 'learning' : 'finding', body: writer.concept(), hypothesis: 'H1', verdict: at % 2 === 0 ? 'confirmed' : 'refuted' }))
    const origin = { repository: '', document: `INV-${String(batch).padStart(3, '0')}`, template: 'investigation', phase: 'conclude' }
    await store.record({ origin, learnings, at: new Date(1.7e12 + batch * 1e8).toISOString() })
  }
  await store.close()
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
const inMs = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)))
const inSeconds = (value) => (value / 1000).toFixed(value < 10_000 ? 1 : 0)

async function measureSearch(file) {
  const writer = createWriter(1)
  for (let index = 0; index < 2000; index++) writer.concept()
  const queries = Array.from({ length: 500 }, () => writer.query())
  const store = await openStore(file, { readOnly: true })
  const times = []
  const processor = []
  let found = 0
  for (const [index, typed] of [...queries.slice(0, 100), ...queries].entries()) {
    const begun = performance.now()
    const spent = process.cpuUsage()
    const { hits } = await store.search({ query: parseQuery(typed), limit: 10 })
    // The first hundred only bring what they need into memory.
    if (index < 100) continue
    times.push(performance.now() - begun)
    const { user, system } = process.cpuUsage(spent)
    processor.push((user + system) / 1000)
    if (hits.length > 0) found++
  }
  await store.close()
  times.sort((a, b) => a - b)
  processor.sort((a, b) => a - b)
  return { busy: at(processor, 0.5), busyMost: at(processor, 0.99), p50: at(times, 0.5), p90: at(times, 0.9), p99: at(times, 0.99), longest: times.at(-1), found: found / queries.length }
}

async function measureSynthesis(file) {
  const store = await openStore(file, { readOnly: true })
  const begun = performance.now()
  const spent = process.cpuUsage()
  const result = await synthesize(store, { threshold: 0.5, dryRun: true, now: () => new Date().toISOString() })
  const whole = performance.now() - begun
  const { user, system } = process.cpuUsage(spent)
  const busy = (user + system) / 1000
  // By brute force, for a sample: each of some concepts with all others.
  const sketcher = createSketcher()
  for (let after = 0; ; ) {
    const page = await store.wordsPage(after, 5000)
    for (const { words } of page) sketcher.add(words)
    if (page.length < 5000) break
    after = page.at(-1).id
  }
  await store.close()
  const sketches = sketcher.finish()
  const { distinct, members } = groupSame(sketches)
  const groupOf = new Map(members.flatMap((places, group) => places.map((place) => [place, group])))
  const search = findPairs(distinct, { threshold: 0.5 })
  let step = search.next()
  while (!step.done) step = search.next()
  const pairs = new Set(step.value.map(({ a, b }) => a * distinct.size + b))
  const random = numbers(7)
  // As many as take some minutes.
  const sample = Math.min(sketches.size, 2000, Math.ceil(6e8 / sketches.size))
  let [there, caught] = [0, 0]
  const forced = process.cpuUsage()
  for (let index = 0; index < sample; index++) {
    const one = Math.floor(random() * sketches.size)
    for (let other = 0; other < sketches.size; other++) {
      if (other === one || likeness(sketches, one, other) < 0.5) continue
      there++
      const [a, b] = [groupOf.get(one), groupOf.get(other)].toSorted((x, y) => x - y)
      if (a === b || pairs.has(a * distinct.size + b)) caught++
    }
  }
  const used = process.cpuUsage(forced)
  const perConcept = (used.user + used.system) / 1000 / sample
  return { whole, busy, ...result, there, caught, sample, brute: (perConcept * sketches.size) / 2, memory: process.memoryUsage().rss }
}

const rows = []
for (const size of values.only === 'writing' ? [] : sizes) {
  const file = path.join(folder, `${size}.db`)
  if (!existsSync(file)) {
    console.log(`filling ${file}`)
    await fill(file, size)
  }
  console.log(`searching ${size} concepts`)
  const searched = await measureSearch(file)
  console.log(searched)
  console.log(`synthesis of ${size} concepts`)
  const clustered = await measureSynthesis(file)
  console.log({ ...clustered, largest: undefined })
  rows.push({ size, bytes: statSync(file).size, searched, clustered })
}

const written = values.only === 'searching' ? [] : await measureWrites({ processes: values.processes.split(',').map(Number), seconds: Number(values.seconds) })

const number = (value) => value.toLocaleString('en-US')
const growth = rows.length > 1 ? `From ${number(rows[0].size)} to ${number(rows.at(-1).size)} concepts, ${rows.at(-1).size / rows[0].size} times as many, synthesis took the processor ${(rows.at(-1).clustered.busy / rows[0].clustered.busy).toFixed(1)} times as long.` : ''
const where = `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${new Date().toISOString().slice(0, 10)}; the machine's load was ${loadavg()[0].toFixed(1)} at the end of the run.`

const aboutWriting = () => `## Writing

So many processes write at once for ${values.seconds} seconds, as fast as they are answered; every fourth fact is one that all of them store. What was answered as
stored and is not there afterwards is lost. inquest alone waits for the disk before it answers; what the others have answered, a power cut may
take. ${where}

| | Processes | Writes a second | Failed | Lost of acknowledged | Stored twice | p50 ms | p99 ms | Longest ms |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${written.map((row) => `| ${row.way} | ${row.processes} | ${number(row.perSecond)} | ${number(row.failed)} | ${number(row.lost)} of ${number(row.acknowledged)} | ${number(row.twice)} | ${inMs(row.p50)} | ${inMs(row.p99)} | ${inMs(row.worst)} |`).join('\n')}

`

const aboutSearch = () => `## Search

The texts are generated: 60,000 words and 3,000 topics, both as uneven as words are, 12 to 41 words a concept; 6 of 100 concepts say again
what another one said, with up to 4 of 10 words changed.

500 queries of two to five words, most of them of one topic, ten results each; the database was in the page cache. What the processor
spent is the time that a query takes where nothing else runs; ${where}

| Concepts | Database | Processor p50 ms | Processor p99 ms | p50 ms | p90 ms | p99 ms | Longest ms | Queries that found something |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(({ size, bytes, searched: { busy, busyMost, p50, p90, p99, longest, found } }) => `| ${number(size)} | ${Math.round(bytes / 2 ** 20)} MiB | ${inMs(busy)} | ${inMs(busyMost)} | ${inMs(p50)} | ${inMs(p90)} | ${inMs(p99)} | ${inMs(longest)} | ${Math.round(found * 100)} % |`).join('\n')}

## Synthesis

Reading, comparing and clustering (\`--dry-run\`, similarity 0.5), beside comparing each with each, which was done for a sample of
concepts and reckoned up. The share of true pairs says how many of all pairs that the sample really has were found.

| Concepts | Processor seconds | Seconds | Clusters | Concepts in them | Each with each, processor seconds | True pairs found | Memory |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(({ size, clustered: { whole, busy, clusters, clustered, brute, caught, there, memory } }) => `| ${number(size)} | ${inSeconds(busy)} | ${inSeconds(whole)} | ${number(clusters)} | ${number(clustered)} | ${number(Math.round(brute / 1000))} | ${caught} of ${there} (${((100 * caught) / Math.max(1, there)).toFixed(1)} %) | ${Math.round(memory / 2 ** 20)} MiB |`).join('\n')}

${growth}
`

/** What was not measured now stays as it was measured last. */
const file = path.join(root, 'docs/benchmarks-memory.md')
const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
const [, writingBefore = '', searchBefore = ''] = /(## Writing\n[\s\S]*?)?(## Search\n[\s\S]*)/u.exec(before) ?? []
const page = `# Benchmarks of the memory

Written by \`npm run bench:memory\`; no figure here was written by hand.

${written.length > 0 ? aboutWriting() : (writingBefore ?? '')}${rows.length > 0 ? aboutSearch() : searchBefore}`
if (!values['no-write']) writeFileSync(file, page)
if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
