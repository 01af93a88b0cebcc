/** Tortures the concept store: kills, errors, power cuts, bit flips, crowds; each row with a control that has to fail. */
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundleDriver, projectRoot, start } from './store-processes.mjs'
import { incident } from './torture-incident.mjs'

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

// ---------------------------------------------------------------------------------------------- kills and errors at calls

const texts = ['Deletes shift the pages', 'Keys do not shift']

async function traced(root, filters, task) {
  const driven = start([task, root, ...texts])
  await driven.saw('ready')
  const strace = spawn('strace', ['-qq', '-y', '-s', '0', ...filters, '-p', String(driven.child.pid)], { stdio: ['ignore', 'ignore', 'pipe'] })
  const gone = new Promise((resolve) => strace.on('close', resolve))
  // It is attached once the kernel says so.
  for (let tries = 0; tries < 400; tries++) {
    const status = existsSync(`/proc/${driven.child.pid}/status`) ? readFileSync(`/proc/${driven.child.pid}/status`, 'utf8') : ''
    if (/^TracerPid:\t[1-9]/mu.test(status)) break
    await sleep(2)
  }
  driven.go()
  const limit = setTimeout(() => driven.child.kill('SIGKILL'), 60_000)
  const done = await driven.ended
  clearTimeout(limit)
  await gone
  return done
}

async function callsOf(context, root, task) {
  const log = path.join(context.scratch, `${task}.log`)
  await traced(root, ['-e', 'trace=%file,%desc', '-o', log], task)
  return context.readCalls(readFileSync(log, 'utf8'), root)
}

/** One run that is cut off at a call, what holds right then, and what the next one makes of it. */
async function cut(context, driver, { call, second }, injection, task, index) {
  const root = createInquiry(context.newFolder())
  const log = `${root}.calls`
  const inject = (one) => ['-e', `trace=${one.name}`, '-e', `inject=${one.name}:${injection}:when=${one.ordinal}`, '-o', log]
  const done = await traced(root, inject(call), task)
  const faults = []
  const met = injection.startsWith('signal') ? done.signal === 'SIGKILL' : readFileSync(log, 'utf8').includes('(INJECTED)')
  if (injection.startsWith('error')) {
    const answer = JSON.parse(done.lines.at(-1) ?? '{}')
    const coded = answer.ids !== undefined || /^(?:store-[a-z]+(?:-[a-z]+)*|io|changed-meanwhile|environment)$/u.test(answer.error ?? '')
    if (!coded && done.status === 0) faults.push(`an error without a code: ${JSON.stringify(answer)}`)
    if (answer.ids !== undefined) {
      const lost = answer.ids.filter((id) => !listed(readFileSync(fileOf(root), 'utf8')).includes(id))
      if (lost.length > 0) faults.push(`acknowledged and not listed: ${lost.join(', ')}`)
    }
  }
  faults.push(...(await faultsNow(driver, root)))
  if (second !== undefined) {
    await traced(root, inject(second), task)
    faults.push(...(await faultsNow(driver, root)))
  }
  // Whoever comes next asks the same, or looks only and asks then.
  if (task === 'careless') {
    const again = start(['careless', root, ...texts])
    await again.saw('ready')
    again.go()
    await again.ended
  } else {
    if (index % 2 === 0 && existsSync(storeOf(root))) await driver.check(root, true)
    await driver.store(root, texts)
  }
  faults.push(...(await faultsAfterRecovery(driver, root, texts)))
  for (const one of [root, log]) rmSync(one, { recursive: true, force: true })
  return { met, faults }
}

function spread(list, count) {
  return list.length <= count ? list : Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)])
}

async function storeKills(context) {
  const missing = context.straceMissing()
  if (missing !== undefined) return { skipped: missing, figures: [], faults: [] }
  const driver = await bundleDriver()
  const task = context.options.control ? 'careless' : 'ingest'
  const calls = await callsOf(context, createInquiry(context.newFolder()), task)
  const writing = calls.filter((call) => call.writes || call.printed)
  const most = context.options.points === 'all' ? Infinity : Number(context.options.points)
  const points = []
  if (context.options.errors) for (const call of calls.filter((one) => one.writes)) for (const code of ['ENOSPC', 'EIO']) points.push({ call, injection: `error=${code}` })
  else for (const call of most === Infinity ? calls : writing) points.push({ call, injection: 'signal=SIGKILL' })
  // Crashes of the recovery: the second process is killed as well, at another place each time.
  if (context.options.double) for (const [index, point] of points.entries()) point.second = writing[(index * 7 + 3) % writing.length]
  const faults = []
  let met = 0
  const chosen = []
  for (let round = 0; round < context.rounds; round++) chosen.push(...spread(points, most).map((point) => ({ ...point, second: point.second === undefined ? undefined : writing[(points.indexOf(point) * 7 + 3 + round * 5) % writing.length] })))
  await context.eachOf(chosen.entries(), context.jobs, async ([index, point]) => {
    const found = await cut(context, driver, point, point.injection, task, index).catch((error) => ({ met: true, faults: [`the look at it fails: ${error.message}`] }))
    if (found.met) met++
    for (const fault of found.faults) faults.push({ point: `${point.injection} at ${point.call.label}`, fault })
  })
  const figure = { row: context.options.errors ? 'errors' : context.options.double ? 'double kills' : 'kills', calls: calls.length, points: chosen.length, met, faults: faults.length }
  context.say(`${figure.row}: ${figure.points} points of ${figure.calls} calls, ${met} met, ${faults.length} faults`)
  return { figures: [figure], faults }
}

// ---------------------------------------------------------------------------------------------- processes that die

/** Writers that are killed at any moment, as many as it takes; every acknowledged write is there, once. */
async function killTorture(context) {
  const driver = await bundleDriver()
  const file = path.join(context.newFolder(), 'memory.db')
  await driver.fill(file, 1, 'ours')
  const until = Date.now() + context.seconds * 1000
  const acknowledged = new Map()
  let kills = 0
  let who = 0
  const faults = []
  const lane = async () => {
    while (Date.now() < until) {
      const name = String(++who)
      const writer = start(context.options.control ? ['write', file, name, 'all', 'behind', 'FULL'] : ['write', file, name, 'all', 'ours', 'FULL'], {
        onLine: (line) => {
          const [, turn, id] = /^ack (\d+) (\d+)$/u.exec(line) ?? []
          if (id !== undefined) acknowledged.set(`${name} ${turn}`, Number(id))
        },
      })
      try {
        await writer.saw('ready')
        await sleep(Math.random() * 120)
      } catch (error) {
        faults.push({ point: name, fault: error.message })
      }
      if (writer.child.kill('SIGKILL')) kills++
      await writer.ended
    }
  }
  await Promise.all(Array.from({ length: context.processes }, lane))
  const store = await driver.openStore(file)
  const concepts = new Map((await store.concepts([...new Set(acknowledged.values())])).map(({ id, body }) => [id, body]))
  for (const [body, id] of acknowledged) if (concepts.get(id) !== body) faults.push({ point: body, fault: `acknowledged as ${id} and not there` })
  if (new Set(acknowledged.values()).size !== acknowledged.size) faults.push({ point: 'ids', fault: 'an id was given twice' })
  for (const { message } of await store.inspect('whole')) if (!/not what was stored|other words/u.test(message)) faults.push({ point: 'store', fault: message })
  await store.close()
  const figure = { row: 'kill torture', kills, acknowledged: acknowledged.size, faults: faults.length }
  context.say(`kill torture: ${kills} kills, ${acknowledged.size} acknowledged, ${faults.length} faults`)
  return { figures: [figure], faults }
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
  try {
    for (; rounds < context.rounds && Date.now() < until; rounds++) {
      sh('truncate', ['-s', '0', image])
      sh('truncate', ['-s', '48M', image])
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
      await sleep(300 + Math.random() * 900)
      // What was acknowledged by now is promised; the writers stand still while the disk is copied.
      for (const { child } of writers) child.kill('SIGSTOP')
      await sleep(5)
      const promised = [...acknowledged]
      copyFileSync(image, copy)
      for (const { child } of writers) child.kill('SIGKILL')
      await Promise.all(writers.map((writer) => writer.ended))
      sh('umount', [ground])
      sh('mount', ['-o', 'loop', copy, restored])
      try {
        const store = await driver.openStore(path.join(restored, 'memory.db'))
        const bodies = new Map((await store.concepts(promised.map(([, id]) => id))).map(({ id, body }) => [id, body]))
        const lost = promised.filter(([body, id]) => bodies.get(id) !== body)
        if (lost.length > 0) faults.push({ point: `round ${rounds + 1}`, fault: `${lost.length} of ${promised.length} acknowledged are lost` })
        for (const fault of await store.inspect('quick')) faults.push({ point: `round ${rounds + 1}`, fault: fault.message })
        await store.close()
      } catch (error) {
        faults.push({ point: `round ${rounds + 1}`, fault: error.message })
      }
      acknowledgedInAll += promised.length
      sh('umount', [restored])
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

/** A person saves the document all the time, in place and by rename, while learnings are stored for it. */
async function storeEdits(context) {
  const driver = await bundleDriver()
  const root = createInquiry(context.newFolder())
  const file = fileOf(root)
  const faults = []
  let edits = 0
  let stored = 0
  const wanted = Number(context.options.edits)
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
  context.say(`people editing: ${edits} edits beside ${stored} learnings, ${kept.length} kept aside, ${faults.length} faults`)
  return { figures: [{ row: 'people editing', edits, stored, kept: kept.length, faults: faults.length }], faults }
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
  'store-kills': storeKills,
  'kill-torture': killTorture,
  'power-cuts': powerCuts,
  incident,
  'open-storm': openStorm,
  'store-edits': storeEdits,
  'bit-flips': bitFlips,
  'long-reader': longReader,
}

export const storeUsage = `
       node scripts/torture.mjs store-kills [--points N|all] [--rounds N] [--errors] [--double] [options]
       node scripts/torture.mjs kill-torture|power-cuts [--processes N] [--seconds N] [--rounds N] [options]
       node scripts/torture.mjs incident [--processes N] [--writes N] [--concepts N] [options]
       node scripts/torture.mjs open-storm|bit-flips [--processes N] [--rounds N] [options]
       node scripts/torture.mjs store-edits [--edits N] | long-reader [options]`
