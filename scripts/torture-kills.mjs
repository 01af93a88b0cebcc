/** Kills what works on a store: at each of its calls, in the middle of recovering from that, with errors in place of kills, and at any moment. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openCopies, quickGround } from './copies.mjs'
import { bundleDriver, loadScenarios, start } from './store-processes.mjs'

const learnings = ['first 0: what was learned of rows 0 and pages 0', 'first 1: what was learned of rows 7 and pages 13']

/** A process that waits for its word, as a copy where processes can be copied. */
async function ready(copies, args) {
  if (copies !== undefined) return copies.start(args)
  const driven = start(args)
  await driven.saw('ready')
  const { pid } = driven.child
  return {
    pid,
    status: () => {
      try {
        return readFileSync(`/proc/${pid}/status`, 'utf8')
      } catch {
        return undefined
      }
    },
    go: driven.go,
    kill: (signal) => driven.child.kill(signal),
    ended: () => driven.ended,
    lines: () => driven.lines,
    forget: () => undefined,
  }
}

/** Runs a task to its end, with strace at its main thread. @returns its last words and what strace saw */
async function traced(copies, args, filters, log) {
  const one = await ready(copies, args)
  const strace = spawn('strace', ['-q', '-y', '-s', '0', ...filters, '-o', log, '-p', String(one.pid)], { stdio: ['ignore', 'ignore', 'ignore'] })
  const gone = new Promise((resolve) => strace.on('close', resolve))
  // It is attached once the kernel says so.
  for (let tries = 0; tries < 2000 && !/^TracerPid:\t[1-9]/mu.test(one.status() ?? ''); tries++) await sleep(1)
  one.go()
  const limit = setTimeout(() => one.kill('SIGKILL'), 60_000)
  await one.ended()
  clearTimeout(limit)
  await gone
  const answer = one.lines().findLast((line) => line.startsWith('{'))
  one.forget()
  return { answer: answer === undefined ? undefined : JSON.parse(answer), calls: readFileSync(log, 'utf8') }
}

const errorNumbers = { ENOSPC: 28, EIO: 5 }

/** Runs a task to the call at which it is cut off: by itself where it is a copy, else by strace. */
async function cutOff(copies, args, call, injection, log) {
  if (copies === undefined) {
    const { answer, calls } = await traced(undefined, args, injected(call, injection), log)
    return { answer, met: wasMet(calls, injection) }
  }
  const one = await copies.start(args, { name: call.name, ordinal: call.ordinal, error: errorNumbers[/^error=(.+)$/u.exec(injection)?.[1]] ?? 0 })
  const limit = setTimeout(() => one.kill('SIGKILL'), 60_000)
  await one.ended()
  clearTimeout(limit)
  const lines = one.lines()
  one.forget()
  const answer = lines.findLast((line) => line.startsWith('{'))
  return { answer: answer === undefined ? undefined : JSON.parse(answer), met: lines.includes('met') }
}

const injected = (call, injection) => ['-e', `trace=${call.name}`, '-e', `inject=${call.name}:${injection}:when=${call.ordinal}`]
const wasMet = (calls, injection) => (injection.startsWith('signal') ? calls.includes('+++ killed by SIGKILL +++') : calls.includes('(INJECTED)'))

/** An error that a person is told has a code; a gate that cannot ask the store stays shut, and says why. */
const isCoded = ({ done, error }) => done === true || error === 'Error: refused: 1 finding keeps it from being closed' || /^(?:store-[a-z]+(?:-[a-z]+)*|io|changed-meanwhile|environment)$/u.test(error ?? '')

/** What a scenario starts from, the calls that it makes, and what becomes of it undisturbed. */
async function prepare(context, all, copies, name, task) {
  const seed = context.newRoot()
  await all.scenarios[name].prepare(seed, context.sample)
  const undisturbed = copyOf(context, seed)
  if (task[0] === 'careless') await untilItsEnd(copies, argumentsOf(task, name, undisturbed))
  else {
    await all.scenarios[name].run(undisturbed).catch((error) => Promise.reject(new Error(`${name}: the undisturbed run fails: ${error.message}`, { cause: error })))
    // Asked again, it changes nothing.
    await all.scenarios[name].run(undisturbed).catch((error) => (all.wasDone(error) ? undefined : Promise.reject(error)))
  }
  const root = copyOf(context, seed)
  const { calls } = await traced(copies, argumentsOf(task, name, root), ['-e', 'trace=%file,%desc'], `${root}.calls`)
  // A copy counts only calls on files; strace counts all.
  const counted = copies === undefined ? calls : calls.split('\n').filter((line) => !/^(?:\d+ +)?(?:write|read|close|fcntl|fstat)\(\d+<(?!\/)/u.test(line)).join('\n')
  return { name, seed, expected: await all.stateOf(undisturbed), calls: context.readCalls(counted, root) }
}

const argumentsOf = (task, name, root) => (task[0] === 'scenario' ? [...task, name, root] : [...task, root, ...learnings])

async function untilItsEnd(copies, args) {
  const one = await ready(copies, args)
  one.go()
  await one.ended()
  one.forget()
}

function copyOf(context, seed) {
  const root = context.newRoot()
  cpSync(seed, root, { recursive: true })
  return root
}

/** Where two states differ, as faults. */
function differences(found, expected) {
  return Object.keys(expected).flatMap((part) => {
    if (JSON.stringify(found[part]) === JSON.stringify(expected[part])) return []
    if (!Array.isArray(expected[part])) return [`${part}: ${found[part]}, expected ${expected[part]}`]
    const [are, should] = [found[part], expected[part]].map((list) => list.map((one) => JSON.stringify(one)))
    return [`${part}: ${[...are.filter((one) => !should.includes(one)).map((one) => `has ${one.slice(0, 300)}`), ...should.filter((one) => !are.includes(one)).map((one) => `lacks ${one.slice(0, 300)}`), `${are.length} of ${should.length}`].slice(0, 4).join('; ')}`]
  })
}

/** One run that is cut off at a call, what holds right then, and what the next ones make of it. */
async function cut(context, all, copies, { scenario, call, second, injection }, task, index) {
  const root = copyOf(context, scenario.seed)
  const args = argumentsOf(task, scenario.name, root)
  const { answer, met } = await cutOff(copies, args, call, injection, `${root}.calls`)
  const faults = []
  // Node ends itself where it cannot close what it has read, which is as good as a kill.
  if (injection.startsWith('error') && answer !== undefined && !isCoded(answer) && !all.wasDone({ message: answer.message ?? '' })) faults.push(`an error without a code: ${JSON.stringify(answer)}`)
  const faultsNow = async () => (await all.faultsNow(root)).filter((fault) => all.scenarios[scenario.name].lacksAtFirst !== true || !fault.startsWith('live and not listed'))
  faults.push(...(await faultsNow()))
  let twice = 0
  if (second !== undefined) {
    twice = (await cutOff(copies, args, second, injection, `${root}.calls`)).met ? 1 : 0
    faults.push(...(await faultsNow()))
  }
  // Whoever comes next asks the same, or looks only and asks then.
  if (task[0] === 'careless') await untilItsEnd(copies, args)
  else {
    if (index % 2 === 0) await all.look(root)
    await all.scenarios[scenario.name].run(root).catch((error) => {
      if (!all.wasDone(error)) faults.push(`run again it fails: ${error.message}`)
      // It looked no further; somebody else does.
      return all.look(root)
    })
  }
  faults.push(...(await all.faultsNow(root)), ...differences(await all.stateOf(root), scenario.expected))
  for (const one of [root, `${root}.calls`]) rmSync(one, { recursive: true, force: true })
  return { met, twice, faults: [...new Set(faults)] }
}

const spread = (list, count) => (list.length <= count ? list : Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]))

/** The rows of a list that say which of its calls another run is killed at: another one each time. */
const secondOf = (scenario, index) => {
  const writing = scenario.calls.filter((call) => call.writes)
  return writing[(index * 7 + 3) % writing.length]
}

export async function storeKills(given) {
  const missing = given.straceMissing()
  if (missing !== undefined) return { skipped: missing, figures: [], faults: [] }
  await bundleDriver()
  const all = await loadScenarios()
  const ground = mkdtempSync(path.join(quickGround, 'inquest-kills-'))
  let roots = 0
  const context = { ...given, newRoot: () => path.join(ground, `r${String(++roots).padStart(7, '0')}`) }
  const { options } = given
  const task = options.control ? ['careless'] : ['scenario']
  const names = options.control ? ['a-first-learning'] : options.scenario ?? Object.keys(all.scenarios)
  const warm = context.newRoot()
  await all.scenarios['a-first-learning'].prepare(warm, context.sample)
  const nursery = await openCopies(['scenario', 'a-first-learning', warm])
  const copies = nursery.missing === undefined ? nursery : undefined
  if (nursery.missing !== undefined) context.say(`each process starts by itself: ${nursery.missing}`)
  const faults = []
  const figures = []
  const most = options.points === 'all' ? Infinity : Math.ceil(Number(options.points) / names.length)
  const row = options.errors ? 'errors' : options.double ? 'double kills' : 'kills'
  try {
    for (const name of names) {
      const scenario = await prepare(context, all, copies, name, task)
      const of = (call, injection) => ({ scenario, call, injection })
      const points = options.errors
        ? scenario.calls.filter((call) => call.writes).flatMap((call) => ['ENOSPC', 'EIO'].map((code) => of(call, `error=${code}`)))
        : scenario.calls.map((call) => of(call, 'signal=SIGKILL'))
      // What only reads leaves what the call before it left; where there are few points, those that write come first.
      const chosen = spread(most < points.length ? points.filter(({ call }) => call.writes || call.printed) : points, most)
      const begun = performance.now()
      let [met, twice, found] = [0, 0, 0]
      await context.eachOf(chosen.entries(), context.jobs, async ([index, point]) => {
        const second = options.double ? secondOf(scenario, index) : undefined
        const one = await cut(context, all, copies, { ...point, second }, task, index).catch((error) => ({ met: true, twice: 0, faults: [`the look at it fails: ${error.stack}`] }))
        if (one.met) met++
        twice += one.twice
        found += one.faults.length
        for (const fault of one.faults) faults.push({ point: `${name}, ${point.injection} at ${point.call.label}${second === undefined ? '' : `, then at ${second.label}`}`, fault })
      })
      figures.push({ row, scenario: name, calls: scenario.calls.length, points: chosen.length, met, ...(options.double && { twice }), faults: found })
      context.say(`  ${name}: ${met} of ${chosen.length} points${options.double ? `, ${twice} of them killed twice` : ''}, ${found} faults, ${Math.round((performance.now() - begun) / 1000)} s`)
    }
  } finally {
    await copies?.close()
    rmSync(ground, { recursive: true, force: true })
  }
  const sum = (key) => figures.reduce((total, figure) => total + figure[key], 0)
  context.say(`${row}: ${sum('points')} points of ${sum('calls')} calls, ${sum('met')} met${options.double ? `, ${sum('twice')} twice` : ''}, ${faults.length} faults`)
  return { figures, faults }
}

/** Writers that are killed at any moment, as many as it takes; every acknowledged write is there, once. */
export async function killTorture(context) {
  const driver = await bundleDriver()
  const ground = mkdtempSync(path.join(quickGround, 'inquest-kills-'))
  const file = path.join(ground, 'memory.db')
  await driver.fill(file, 1, 'ours')
  const warm = path.join(ground, 'warm.db')
  await driver.fill(warm, 1, 'ours')
  const nursery = await openCopies(['write', warm, 0, 40, 'ours', 'FULL'])
  const copies = nursery.missing === undefined ? nursery : undefined
  if (nursery.missing !== undefined) context.say(`each process starts by itself: ${nursery.missing}`)
  const until = Date.now() + context.seconds * 1000
  const acknowledged = new Map()
  let kills = 0
  let who = 0
  const faults = []
  const lane = async () => {
    while (Date.now() < until && kills < context.kills) {
      const name = String(++who)
      const args = ['write', file, name, 'all', context.options.control ? 'behind' : 'ours', 'FULL']
      const writer = copies === undefined ? await ready(undefined, args) : await copies.start(args)
      await sleep(Math.random() * (copies === undefined ? 120 : 25))
      if (writer.kill('SIGKILL')) {
        kills++
        if (kills % 10_000 === 0) context.say(`  ${kills} kills, ${acknowledged.size} acknowledged`)
      } else faults.push({ point: name, fault: 'it had ended by itself' })
      await writer.ended()
      for (const line of writer.lines()) {
        const [, turn, id] = /^ack (\d+) (\d+)$/u.exec(line) ?? []
        if (id !== undefined) acknowledged.set(`${name} ${turn}`, Number(id))
      }
      writer.forget()
    }
  }
  try {
    await Promise.all(Array.from({ length: context.processes }, lane))
    const store = await driver.openStore(file)
    const concepts = new Map((await store.concepts([...new Set(acknowledged.values())])).map(({ id, body }) => [id, body]))
    for (const [body, id] of acknowledged) if (concepts.get(id) !== body) faults.push({ point: body, fault: `acknowledged as ${id} and not there` })
    if (new Set(acknowledged.values()).size !== acknowledged.size) faults.push({ point: 'ids', fault: 'an id was given twice' })
    for (const { message } of await store.inspect('whole')) if (!/not what was stored|other words/u.test(message)) faults.push({ point: 'store', fault: message })
    await store.close()
  } finally {
    await copies?.close()
    rmSync(ground, { recursive: true, force: true })
  }
  const figure = { row: 'kill torture', kills, acknowledged: acknowledged.size, faults: faults.length }
  context.say(`kill torture: ${kills} kills, ${acknowledged.size} acknowledged, ${faults.length} faults`)
  return { figures: [figure], faults }
}
