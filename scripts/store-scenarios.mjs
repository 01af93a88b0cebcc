/** What is done to a store while it is killed: each with what it starts from, and what has become of it. */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { checkMemory } from '../src/engine/operations/memory-check.ts'
import { exportMemory, importMemory } from '../src/engine/operations/memory-move.ts'
import { ingest } from '../src/engine/operations/ingest.ts'
import { renumber } from '../src/engine/operations/renumber.ts'
import { synthesizeMemory } from '../src/engine/operations/memory-synthesize.ts'
import { runTransition } from '../src/engine/operations/transition.ts'
import { createNodeHost } from '../src/engine/node-host.ts'
import { openStore } from '../src/memory/open.ts'

const at = '2026-03-04T10:00:00Z'
export const documentFile = 'docs/inquiry.md'
const secondFile = 'docs/second.md'
const storeFile = (root) => path.join(root, '.inquest/memory.db')
const exportFile = (root) => path.join(root, '.inquest/memory.jsonl')

/** A host of its own clock, so that two runs do the same, and without git, which would be started again and again. */
export function hostFor(root) {
  const host = createNodeHost(root, { ...process.env, SOURCE_DATE_EPOCH: '1772600000' })
  return { ...host, git: () => undefined, listFiles: (folder, extensions) => readdirSync(path.join(folder, 'docs')).map((name) => `docs/${name}`).filter((file) => extensions === undefined || extensions.includes(path.extname(file))).toSorted() }
}

/** @param sample the example of the handbook, whose list of learnings is empty */
function createInquiry(root, sample, phase = 'complete') {
  mkdirSync(path.join(root, 'docs'), { recursive: true })
  writeFileSync(path.join(root, 'inquest.yaml'), 'author: Export team\n')
  writeFileSync(path.join(root, documentFile), phase === 'complete' ? sample : sample.replace('status: complete', 'status: active').replaceAll('- [x]', '- [ ]'))
}

const texts = (count, about) => Array.from({ length: count }, (_, index) => `${about} ${index}: what was learned of rows ${index * 7} and pages ${index * 13}`)
const say = (root, file, bodies) => ingest(hostFor(root), { document: file, texts: bodies })
const sayPlainly = (root, bodies) => ingest(hostFor(root), { source: 'notes', texts: bodies })

/** @throws for a refusal as well */
async function close(root, given) {
  const answer = await runTransition(hostFor(root), { type: 'close' }, { id: 'INV-001', reasons: {}, ...given })
  if (answer.kind === 'refused') throw new Error(`refused: ${answer.reason}`)
}

/** Two documents, of which the second was promised something by a process that died. */
async function prepareTwo(root, sample) {
  createInquiry(root, sample)
  writeFileSync(path.join(root, secondFile), sample.replaceAll('INV-001', 'INV-002'))
  await say(root, documentFile, texts(2, 'before'))
  const store = await openStore(storeFile(root))
  await store.prepare({ origin: { repository: '', document: 'INV-002', template: 'investigation', path: secondFile }, learnings: texts(3, 'promised').map((body) => ({ type: 'learning', body })), at })
  await store.close()
}

/** What two clones stored meanwhile, each for a document of its own, after git has brought the other's document and export. */
async function prepareClones(root, sample) {
  createInquiry(root, sample)
  writeFileSync(path.join(root, secondFile), sample.replaceAll('INV-001', 'INV-002'))
  await say(root, documentFile, texts(8, 'common'))
  const other = `${root}.other`
  cpSync(root, other, { recursive: true })
  await say(other, secondFile, texts(6, 'there'))
  await sayPlainly(other, texts(60, 'also there'))
  await exportMemory(hostFor(other), { check: false })
  await say(root, documentFile, texts(5, 'here'))
  for (const file of [secondFile, '.inquest/memory.jsonl']) cpSync(path.join(other, file), path.join(root, file))
}

const alike = (count) => Array.from({ length: count }, (_, index) => `pages that are read by offset lose rows when others are deleted in group${Math.floor(index / 3)} number${Math.floor(index / 3) * 17} ${['often', 'at times', 'seldom'][index % 3]}`)

/** `prepare` makes what it starts from, `run` may be asked again after it was cut off, as people and programs do. */
const inSmallStores = {
  'a-first-learning': { prepare: createInquiry, run: (root) => say(root, documentFile, texts(2, 'first')) },
  'one-more-learning': {
    prepare: async (root, sample) => (createInquiry(root, sample), say(root, documentFile, texts(3, 'before'))),
    run: (root) => say(root, documentFile, texts(1, 'one')),
  },
  'many-learnings': {
    prepare: async (root, sample) => (createInquiry(root, sample), say(root, documentFile, texts(3, 'before'))),
    run: (root) => say(root, documentFile, texts(90, 'many')),
  },
  'what-the-findings-say': { prepare: createInquiry, run: (root) => say(root, documentFile, []) },
  'closing-with-what-the-findings-say': {
    prepare: (root, sample) => createInquiry(root, sample, 'active'),
    run: (root) => close(root, {}),
  },
  'closing-with-several-learnings': {
    prepare: async (root, sample) => (createInquiry(root, sample, 'active'), sayPlainly(root, texts(5, 'before'))),
    run: (root) => close(root, { learnings: texts(30, 'given') }),
  },
  'learnings-of-no-document': { prepare: createInquiry, run: (root) => sayPlainly(root, texts(60, 'plain')) },
  'a-document-after-another': { prepare: prepareTwo, run: (root) => say(root, documentFile, texts(2, 'own')) },
  'an-import-that-gives-other-ids': { prepare: prepareClones, run: (root) => importMemory(hostFor(root), {}) },
  'an-import-into-nothing': {
    async prepare(root, sample) {
      await prepareClones(root, sample)
      for (const end of ['', '-wal', '-shm']) rmSync(storeFile(root) + end, { force: true })
      cpSync(path.join(`${root}.other`, documentFile), path.join(root, documentFile))
    },
    run: (root) => importMemory(hostFor(root), {}),
  },
  'an-export': {
    async prepare(root, sample) {
      createInquiry(root, sample)
      await say(root, documentFile, texts(10, 'before'))
      await exportMemory(hostFor(root), { check: false })
      await sayPlainly(root, texts(300, 'since'))
    },
    run: (root) => exportMemory(hostFor(root), { check: false }),
  },
  synthesis: {
    prepare: async (root, sample) => (createInquiry(root, sample), sayPlainly(root, alike(240))),
    run: (root) => synthesizeMemory(hostFor(root), {}),
  },
  'listing-what-a-document-lacks': {
    lacksAtFirst: true,
    async prepare(root, sample) {
      createInquiry(root, sample)
      await say(root, documentFile, texts(7, 'before'))
      const file = path.join(root, documentFile)
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^memory_refs: .*$/mu, 'memory_refs: [2]'))
    },
    run: (root) => checkMemory(hostFor(root), { fix: true }),
  },
  'another-id-for-a-document': {
    async prepare(root, sample) {
      createInquiry(root, sample)
      writeFileSync(path.join(root, secondFile), sample.replaceAll('INV-001', 'INV-002').replace('related: []', 'related: [INV-001]'))
      await say(root, documentFile, texts(3, 'before'))
    },
    run: (root) => renumber(hostFor(root), { document: 'INV-001', to: 'INV-007', write: true }),
  },
}

/** The same where much is stored already. */
const inLargeStores = Object.fromEntries(
  Object.entries(inSmallStores)
    .filter(([name]) => name !== 'an-import-into-nothing')
    .map(([name, { prepare, ...scenario }]) => [
      `${name}-in-a-large-store`,
      {
        ...scenario,
        async prepare(root, sample) {
          createInquiry(root, sample)
          await sayPlainly(root, texts(150, 'stored'))
          await prepare(root, sample)
        },
      },
    ]),
)

export const scenarios = { ...inSmallStores, ...inLargeStores }

/** Looks after a store that is there, as whoever comes next may do. */
export const look = async (root) => (existsSync(storeFile(root)) ? checkMemory(hostFor(root), { fix: true }) : undefined)

/** True for an error that says that all of it was done before. */
export const wasDone = (error) => /No document has the id INV-001|closed already/u.test(error.message)

const listedIn = (text) => [...(/^memory_refs: \[(.*)\]$/mu.exec(text)?.[1] ?? '').matchAll(/\d+/gu)].map(Number)
const documentsOf = (root) => readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => ({ name, text: readFileSync(path.join(root, 'docs', name), 'utf8') }))

const exportedIn = (root) => (existsSync(exportFile(root)) ? readFileSync(exportFile(root), 'utf8').split('\n').filter(Boolean).map((one) => JSON.parse(one)).filter(({ key }) => key !== undefined) : [])

async function movingOf(store) {
  const all = []
  for (let after = ''; ; ) {
    const page = await store.exportPage('', after, 1000)
    all.push(...page.map(({ moving }) => moving))
    if (page.length === 0) return all
    after = page.at(-1).key
  }
}

/**
 * Everything that people and programs can tell of a repository, ids aside: two repositories in which the same was done are
 * the same, whichever ids were given up on the way.
 */
export async function stateOf(root) {
  const store = existsSync(storeFile(root)) ? await openStore(storeFile(root), { readOnly: true }) : undefined
  const moving = store === undefined ? [] : await movingOf(store)
  const bodies = new Map(moving.map(({ id, body }) => [id, body]))
  const state = {
    documents: documentsOf(root).map(({ name, text }) => ({ name, text: text.replace(/^memory_refs: .*$/mu, 'memory_refs: …') })),
    lists: documentsOf(root).flatMap(({ name, text }) => listedIn(text).map((id) => `${name}: ${bodies.get(id) ?? `nothing (${id})`}`)).toSorted(),
    concepts: moving.map(({ type, body, provenance, cluster }) => JSON.stringify({ type, body, provenance, cluster })).toSorted(),
    unfinished: store === undefined ? 0 : (await store.unfinished('')).length,
    pending: store === undefined ? 0 : (await store.counts()).pending,
    exported: exportedIn(root).map(({ type, body, provenance, cluster }) => JSON.stringify({ type, body, provenance, cluster })).toSorted(),
  }
  await store?.close()
  return state
}

/** What has to hold at every moment, whoever was killed: ids in documents are in the store, and live ones in their document. */
export async function faultsNow(root) {
  const documents = documentsOf(root)
  const ids = documents.map(({ text }) => listedIn(text))
  const faults = []
  for (const list of ids) if (new Set(list).size !== list.length) faults.push(`an id is listed twice: ${list.join(', ')}`)
  for (const { name, text } of documents) if (!/^---\n[\s\S]*\n---\n[\s\S]*\n$/u.test(text)) faults.push(`${name} is half a document`)
  // What git has brought may be read from the export before it is imported.
  const brought = new Set(exportedIn(root).map(({ id }) => id))
  const dangling = (unknown) => unknown.filter((id) => !brought.has(id)).map((id) => `dangling: ${id}`)
  if (!existsSync(storeFile(root)) || statSync(storeFile(root)).size === 0) return [...faults, ...dangling(ids.flat())]
  const store = await openStore(storeFile(root), { readOnly: true }).catch((error) => error)
  // A store that was killed while it was made holds no tables yet.
  if (store instanceof Error) return store.code === 'store-missing' ? [...faults, ...dangling(ids.flat())] : [...faults, `cannot be read: ${store.message}`]
  faults.push(...dangling(await store.unknown(ids.flat())))
  const former = await store.formerIds('', 'open')
  for (const [index, { name, text }] of documents.entries()) {
    const [id] = /INV-\d+/u.exec(text) ?? []
    const live = id === undefined ? [] : await store.recordedFor({ repository: '', document: id, template: 'investigation' })
    // An id that was changed and is to be followed is listed as what it was.
    const unlisted = live.filter((one) => !ids[index].includes(one) && !former.some((was) => was.id === one && ids[index].includes(was.former)))
    if (unlisted.length > 0) faults.push(`live and not listed in ${name}: ${unlisted.join(', ')}`)
  }
  await store.close()
  return faults
}
