/** Tortures the concept store: kills, errors, power cuts, bit flips, crowds; each row with a control that has to fail. */
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundleDriver, projectRoot, start } from './store-processes.mjs'
import { incident } from './torture-incident.mjs'
import { killTorture, storeKills } from './torture-kills.mjs'

// ---------------------------------------------------------------------------------------------- a document and its store

const sample = readFileSync(path.join(projectRoot, 'examples/INVESTIGATION-INV-001-nightly-export-loses-rows.md'), 'utf8').replace('memory_refs: [101, 102]', 'memory_refs: []')
const fileOf = (root) => path.join(root, 'docs/inquiry.md')
const storeOf = (root) => path.join(root, '.inquest/memory.db')
const listed = (text) => [...(/^memory_refs: \[(.*)\]$/mu.exec(text)?.[1] ?? '').matchAll(/\d+/gu)].map(Number)
const withoutRefs = (text) => text.replace(/^memory_refs: .*$/mu, 'memory_refs: []')

function createInquiry(root) {
  mkdirSync(path.join(root, 'docs'), { recursive: true })
  writeFileSync(path.join(root, 'inquest.yaml'), 'author: Export team\n')
  writeFileSync(fileOf(root), sample)
  return root
}

/** What has to hold at every moment: ids in the document are in the store, live ones are in the document. */
async function faultsNow(driver, root) {
  const text = readFileSync(fileOf(root), 'utf8')
  const faults = []
  const ids = listed(text)
  if (withoutRefs(text).replaceAll(/^- Note \d+ of a person\n/gmu, '') !== sample) faults.push('the document is not what it was, its list aside')
  if (new Set(ids).size !== ids.length) faults.push(`the document lists an id twice: ${ids.join(', ')}`)
  if (!existsSync(storeOf(root)) || statSync(storeOf(root)).size === 0) return ids.length > 0 ? [...faults, `dangling: ${ids.join(', ')}, and no store`] : faults
  const store = await driver.openStore(storeOf(root), { readOnly: true }).catch((error) => error)
  // A store that was killed while it was made holds no tables yet.
  if (store instanceof Error) return store.code === 'store-older' ? (ids.length > 0 ? [...faults, 'dangling'] : faults) : [...faults, `cannot be read: ${store.message}`]
  const dangling = await store.unknown(ids)
  if (dangling.length > 0) faults.push(`dangling: ${dangling.join(', ')}`)
  const live = await store.recordedFor({ repository: '', document: 'INV-001', template: 'investigation' })
  const unlisted = live.filter((id) => !ids.includes(id))
  if (unlisted.length > 0) faults.push(`live and not listed: ${unlisted.join(', ')}`)
  await store.close()
  return faults
}

/** What has to hold once somebody has opened it: nothing pending, each text once. */
async function faultsAfterRecovery(driver, root, texts) {
  const faults = await faultsNow(driver, root)
  const store = await driver.openStore(storeOf(root), { readOnly: true })
  const open = await store.unfinished('')
  if (open.length > 0) faults.push(`${open.length} operations are still open`)
  const counts = await store.counts()
  if (counts.pending > 0) faults.push(`${counts.pending} concepts are still pending`)
  const concepts = await store.concepts(listed(readFileSync(fileOf(root), 'utf8')))
  for (const text of texts) {
    const times = concepts.filter(({ body }) => body === text).length
    if (times !== 1) faults.push(`"${text}" is listed ${times} times`)
  }
  if (counts.concepts !== texts.length) faults.push(`${counts.concepts} concepts, expected ${texts.length}`)
  await store.close()
  return faults
}

// ---------------------------------------------------------------------------------------------- power cuts

const sh = (command, args) => {
  const done = spawnSync(command, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`)
}

function mountMissing(context) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'mounting an image takes root on Linux'
  try {
    const image = path.join(context.scratch, 'probe.img')
    sh('truncate', ['-s', '16M', image])
    sh('mkfs.ext4', ['-q', '-F', image])
    mkdirSync(`${image}.d`)
    sh('mount', ['-o', 'loop', image, `${image}.d`])
    sh('umount', [`${image}.d`])
    return undefined
  } catch (error) {
    return `an image cannot be mounted: ${error.message.split('\n')[0]}`
  }
}

/** So often one disk is cut before the next one is made. */
const cutsPerDisk = 10

/**
 * Writers on a file system in an image; the image is copied while they write, which is what a disk holds that loses its
 * power: all that was synced, and of the rest whatever. What was acknowledged before has to be on the copy.
 */
async function powerCuts(context) {
  const missing = mountMissing(context)
  if (missing !== undefined) return { skipped: missing, figures: [], faults: [] }
  const driver = await bundleDriver()
  const image = path.join(context.scratch, 'disk.img')
  const ground = `${image}.mounted`
  const copy = path.join(context.scratch, 'copy.img')
  const restored = `${copy}.mounted`
  for (const folder of [ground, restored]) mkdirSync(folder)
  const faults = []
  let acknowledgedInAll = 0
  const sync = context.options.control ? 'NORMAL' : 'FULL'
  let rounds = 0
  const until = Date.now() + context.seconds * 1000
  const goOn = () => rounds < context.rounds && Date.now() < until
  /** What the copy holds of what was acknowledged; what was looked at after an earlier cut is looked at again, the latest ones are what a cut may take. */
  const lookAt = async (promised) => {
    sh('mount', ['-o', 'loop', copy, restored])
    try {
      const store = await driver.openStore(path.join(restored, 'memory.db'))
      const bodies = new Map((await store.concepts([...promised.values()])).map(({ id, body }) => [id, body]))
      const lost = [...promised].filter(([body, id]) => bodies.get(id) !== body)
      if (lost.length > 0) faults.push({ point: `round ${rounds}`, fault: `${lost.length} of ${promised.size} acknowledged are lost` })
      for (const fault of await store.inspect('quick')) faults.push({ point: `round ${rounds}`, fault: fault.message })
      await store.close()
    } catch (error) {
      faults.push({ point: `round ${rounds}`, fault: error.message })
    } finally {
      sh('umount', [restored])
    }
  }
  try {
    while (goOn()) {
      rmSync(image, { force: true })
      sh('truncate', ['-s', '256M', image])
      sh('mkfs.ext4', ['-q', '-F', image])
      sh('mount', ['-o', 'loop', image, ground])
      const file = path.join(ground, 'memory.db')
      await driver.fill(file, 1, 'ours')
      const acknowledged = new Map()
      const writers = Array.from({ length: context.processes }, (_, who) =>
        start(['write', file, String(who + 1), 'all', 'ours', sync], {
          onLine: (line) => {
            const [, turn, id] = /^ack (\d+) (\d+)$/u.exec(line) ?? []
            if (id !== undefined) acknowledged.set(`${who + 1} ${turn}`, Number(id))
          },
        }),
      )
      await Promise.all(writers.map((writer) => writer.saw('ready')))
      // One disk loses its power many times: each copy of it is what it would hold if it did just then.
      for (let cut = 0; cut < cutsPerDisk && goOn(); cut++) {
        await sleep(100 + Math.random() * 500)
        // What was acknowledged by now is promised; the writers stand still while the disk is copied.
        for (const { child } of writers) child.kill('SIGSTOP')
        await sleep(5)
        const promised = new Map(acknowledged)
        sh('cp', ['--sparse=always', image, copy])
        for (const { child } of writers) child.kill('SIGCONT')
        rounds++
        await lookAt(promised)
      }
      acknowledgedInAll += acknowledged.size
      for (const { child } of writers) child.kill('SIGKILL')
      await Promise.all(writers.map((writer) => writer.ended))
      sh('umount', [ground])
    }
  } finally {
    // What was interrupted leaves nothing mounted.
    for (const folder of [ground, restored]) spawnSync('umount', ['-l', folder], { stdio: 'ignore' })
  }
  const figure = { row: 'power cuts', rounds, acknowledged: acknowledgedInAll, faults: faults.length }
  context.say(`power cuts, synchronous=${sync}: ${rounds} rounds, ${acknowledgedInAll} acknowledged, ${faults.length} faults`)
  return { figures: [figure], faults }
}

// ---------------------------------------------------------------------------------------------- crowds, flips, readers

/** Many processes open the same new files in the same moment. */
async function openStorm(context) {
  await bundleDriver()
  const way = context.options.control ? 'old' : 'ours'
  const faults = []
  let opens = 0
  const perBurst = 20
  for (let round = 0; round < Math.ceil(context.rounds / perBurst); round++) {
    const folder = context.newFolder()
    const files = Array.from({ length: Math.min(perBurst, context.rounds - round * perBurst) }, (_, index) => path.join(folder, `${index}.db`))
    const begin = Date.now() + 300 + context.processes * 40
    const done = await Promise.all(Array.from({ length: context.processes }, () => start(['open', String(begin), way, ...files]).ended))
    for (const { lines, stderr } of done) {
      const { errors } = JSON.parse(lines.at(-1) ?? `{"errors":{"${stderr.slice(0, 80)}":1}}`)
      opens += files.length
      for (const [code, count] of Object.entries(errors)) faults.push({ point: `burst ${round + 1}`, fault: `${count} opens failed: ${code}` })
    }
    rmSync(folder, { recursive: true, force: true })
  }
  context.say(`open storm: ${context.processes} processes × ${context.rounds} new stores, ${opens} opens, ${faults.length} faults`)
  return { figures: [{ row: 'open storm', processes: context.processes, stores: context.rounds, opens, faults: faults.length }], faults }
}

/** So many edits are made of one document; one that grows without end only takes longer to read. */
const editsPerDocument = 500

/** A person saves the document all the time, in place and by rename, while learnings are stored for it. */
async function storeEdits(context) {
  const driver = await bundleDriver()
  const faults = []
  const sum = { edits: 0, stored: 0, kept: 0 }
  for (let left = Number(context.options.edits); left > 0; left -= editsPerDocument) {
    const one = await editOne(context, driver, Math.min(left, editsPerDocument))
    for (const key of Object.keys(sum)) sum[key] += one[key]
    faults.push(...one.faults)
  }
  context.say(`people editing: ${sum.edits} edits beside ${sum.stored} learnings, ${sum.kept} kept aside, ${faults.length} faults`)
  return { figures: [{ row: 'people editing', ...sum, faults: faults.length }], faults }
}

async function editOne(context, driver, wanted) {
  const root = createInquiry(context.newFolder())
  const file = fileOf(root)
  const faults = []
  let edits = 0
  let stored = 0
  const person = (async () => {
    while (edits < wanted) {
      const line = `- Note ${++edits} of a person\n`
      if (edits % 2 === 0) appendFileSync(file, line)
      else {
        writeFileSync(`${file}~`, readFileSync(file, 'utf8') + line)
        renameSync(`${file}~`, file)
      }
      await sleep(Math.random() * 3)
    }
  })()
  const asked = []
  const storing = (async () => {
    while (edits < wanted) {
      const text = `learning ${asked.length}`
      asked.push(text)
      if (context.options.control) {
        // Reads, and writes what it read: the usual way.
        const before = readFileSync(file, 'utf8')
        await sleep(1)
        writeFileSync(file, before.replace(/^memory_refs: \[(.*)\]$/mu, (_, list) => `memory_refs: [${list === '' ? '' : `${list}, `}${asked.length}]`))
      } else {
        const { ids } = await driver.store(root, [text])
        stored += ids.length
        await sleep(5)
      }
    }
  })()
  await Promise.all([person, storing])
  const text = readFileSync(file, 'utf8')
  const kept = readdirSync(path.dirname(file)).filter((name) => name.includes('.kept')).map((name) => readFileSync(path.join(path.dirname(file), name), 'utf8'))
  for (let number = 1; number <= edits; number++) if (![text, ...kept].some((one) => one.includes(`\n- Note ${number} of a person\n`))) faults.push({ point: `edit ${number}`, fault: 'is lost' })
  if (!context.options.control) faults.push(...(await faultsAfterRecovery(driver, root, asked)).map((fault) => ({ point: 'store', fault })))
  return { edits, stored, kept: kept.length, faults }
}

/** One bit of the file is flipped: nothing crashes, and a body that came out changed is told. */
async function bitFlips(context) {
  const driver = await bundleDriver()
  const folder = context.newFolder()
  const file = path.join(folder, 'memory.db')
  const store = await driver.openStore(file)
  const bodies = new Map()
  for (let index = 0; index < 60; index++) {
    const body = `Learning ${index}: ${'what was learned, in so many words; '.repeat(4)}`
    const { ids } = await store.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body }], at: '2026-03-04T10:00:00Z' })
    bodies.set(ids[0], body)
  }
  await store.close()
  const whole = readFileSync(file)
  const faults = []
  const seen = { told: 0, refused: 0, harmless: 0, changed: 0 }
  for (let round = 0; round < context.rounds; round++) {
    const flipped = Buffer.from(whole)
    const bit = Math.floor(Math.random() * whole.length * 8)
    flipped[bit >> 3] ^= 1 << (bit & 7)
    const copy = path.join(folder, 'flipped.db')
    for (const name of ['', '-wal', '-shm']) rmSync(copy + name, { force: true })
    writeFileSync(copy, flipped)
    try {
      const opened = await driver.openStore(copy, { readOnly: true })
      try {
        const read = await opened.concepts([...bodies.keys()])
        const changed = read.filter(({ id, body }) => bodies.get(id) !== body)
        const gone = bodies.size - read.length
        const found = context.options.control ? [] : await opened.inspect('whole')
        if (changed.length + gone > 0) seen.changed++
        if (found.length > 0) seen.told++
        else if (changed.length + gone > 0) faults.push({ point: `bit ${bit}`, fault: `${changed.length} bodies changed and ${gone} gone, and nothing is told` })
        else seen.harmless++
      } finally {
        await opened.close()
      }
    } catch (error) {
      if (typeof error?.code === 'string' && error.code.startsWith('store-')) seen.refused++
      else faults.push({ point: `bit ${bit}`, fault: `${error?.code ?? ''} ${error?.message}` })
    }
  }
  context.say(`bit flips: ${context.rounds}, of which ${seen.changed} changed what is read; ${seen.told} told by the check, ${seen.refused} refused, ${seen.harmless} harmless, ${faults.length} faults`)
  return { figures: [{ row: 'bit flips', flips: context.rounds, ...seen, faults: faults.length }], faults }
}

/** A reader that never lets go makes the log grow; it is named, and the log is cut once it is gone. */
async function longReader(context) {
  const driver = await bundleDriver()
  const root = createInquiry(context.newFolder())
  mkdirSync(path.dirname(storeOf(root)), { recursive: true })
  const store = await driver.openStore(storeOf(root))
  await store.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body: 'first' }], at: '2026-03-04T10:00:00Z' })
  const script = `const d = new (require(${JSON.stringify(path.join(projectRoot, 'node_modules/better-sqlite3'))}))(process.argv[1], { readonly: true }); d.exec('BEGIN'); d.prepare('SELECT count(*) FROM concepts').get(); console.log('ready'); setTimeout(() => undefined, 1e9)`
  const reader = context.options.control ? undefined : spawn(process.execPath, ['-e', script, storeOf(root)], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (reader !== undefined) await new Promise((resolve) => reader.stdout.once('data', resolve))
  const body = 'x'.repeat(60_000)
  for (let index = 0; index < 1200; index++) await store.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body: `${index} ${body}` }], at: '2026-03-04T10:00:00Z' })
  const log = statSync(`${storeOf(root)}-wal`).size
  const { faults: told } = await driver.check(root, false)
  const warned = told.some(({ kind }) => kind === 'log')
  reader?.kill('SIGKILL')
  await sleep(50)
  for (let index = 0; index < 3; index++) await store.record({ origin: { repository: '' }, learnings: [{ type: 'learning', body: `after ${index}` }], at: '2026-03-04T10:00:00Z' })
  await store.close()
  const left = existsSync(`${storeOf(root)}-wal`) ? statSync(`${storeOf(root)}-wal`).size : 0
  const faults = []
  const limit = 64 * 1024 * 1024
  // Without a reader there is nothing to warn of, which is what the control shows.
  if (log > limit ? !warned : warned) faults.push({ point: 'log', fault: `${Math.round(log / 1024 / 1024)} MiB, and ${warned ? 'a' : 'no'} warning` })
  if (context.options.control && !warned) faults.push({ point: 'control', fault: 'nothing is warned of without a reader' })
  if (left > limit) faults.push({ point: 'log', fault: `${Math.round(left / 1024 / 1024)} MiB are left` })
  context.say(`long reader: a log of ${Math.round(log / 1024 / 1024)} MiB, ${warned ? 'named' : 'not named'}; ${Math.round(left / 1024 / 1024)} MiB once it is gone, ${faults.length} faults`)
  return { figures: [{ row: 'long reader', log, warned, left, faults: faults.length }], faults }
}

export const storeTasks = {
  'store-kills': (context) => storeKills({ ...context, sample }),
  'kill-torture': killTorture,
  'power-cuts': powerCuts,
  incident,
  'open-storm': openStorm,
  'store-edits': storeEdits,
  'bit-flips': bitFlips,
  'long-reader': longReader,
}

export const storeUsage = `
       node scripts/torture.mjs store-kills [--scenario NAME] [--points N|all] [--errors] [--double] [options]
       node scripts/torture.mjs kill-torture [--processes N] [--seconds N] [--kills N] [options]
       node scripts/torture.mjs power-cuts [--processes N] [--seconds N] [--rounds N] [options]
       node scripts/torture.mjs incident [--processes N] [--writes N] [--concepts N] [options]
       node scripts/torture.mjs open-storm|bit-flips [--processes N] [--rounds N] [options]
       node scripts/torture.mjs store-edits [--edits N] | long-reader [options]`
