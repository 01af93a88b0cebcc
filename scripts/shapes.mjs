/**
 * Judges documents that are built to hurt, each at one, two and four times a length, and tells how the time grows: to four
 * times as much where it is linear. Then shapes are mixed by chance, and the worst is told. Processor time is measured, the
 * least of several runs, and a shape that seems to grow faster is measured again before it is said to.
 * usage: node scripts/shapes.mjs [--length N] [--seconds N] [--seed N] [--only TEXT]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { head, places, shapes } from './shape-documents.mjs'
import { createRandom, loadSource } from './source.mjs'

const { values } = parseArgs({ options: { length: { type: 'string', default: '50000' }, seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, only: { type: 'string', default: '' } } })
const length = Number(values.length)
const seconds = Number(values.seconds)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
if ([length, seconds, seed].some((number) => !Number.isFinite(number) || number < 0)) {
  console.error('usage: node scripts/shapes.mjs [--length N] [--seconds N] [--seed N] [--only TEXT]')
  process.exit(2)
}

/** Linear growth gives 4, growth by the square 16. */
const steepest = 9
/** Shorter times say more of the machine than of the text, in milliseconds. */
const telling = 60

const folder = mkdtempSync(path.join(tmpdir(), 'inquest-shapes-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const own = await loadSource()
const workspace = await own.openWorkspace(own.createNodeHost(folder))

async function judge(text) {
  const before = process.cpuUsage()
  const examined = own.examine(workspace, 'inquiry.md', text, true)
  await own.placeFindings(own.findingsOf(workspace, examined), examined.document, 'inquiry.md')
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function least(text, runs) {
  let best = await judge(text)
  // What takes seconds is told by one run.
  for (let run = 1; run < runs && best < 2000; run++) best = Math.min(best, await judge(text))
  return best
}

async function grow(make) {
  const texts = [1, 2, 4].map((times) => head + make(length * times))
  const measured = async (runs) => {
    const times = []
    for (const text of texts) times.push(await least(text, runs))
    return { growth: times[2] / times[0], times, perCharacter: (times[2] * 1000) / texts[2].length }
  }
  let found = await measured(2)
  for (let again = 0; again < 3 && found.growth > steepest && found.times[2] > telling; again++) found = await measured(4)
  return found
}

const known = Object.entries(shapes).flatMap(([name, make]) => Object.entries(places).map(([where, put]) => ({ name: `${name}, ${where}`, make: (size) => put(make(size)) })))
const asked = known.filter(({ name }) => name.includes(values.only))
const row = ({ name, growth, times, perCharacter }) => `${growth.toFixed(1).padStart(6)} × ${perCharacter.toFixed(2).padStart(8)} µs per character  ${times.map((time) => time.toFixed(0).padStart(6)).join('')} ms  ${name}`

// What is compiled while the program runs is not to be taken for the price of the first shapes.
for (const { make } of known.filter((_, index) => index % 7 === 0)) await judge(head + make(5000))

const begun = Date.now()
const isOver = (share) => Date.now() - begun > seconds * 1000 * share
const told = []
// In an order of chance, so that short runs come round to all of them.
const random = createRandom(seed)
const order = asked.map((one) => ({ one, at: random() })).toSorted((a, b) => a.at - b.at).map(({ one }) => one)
for (const { name, make } of order) {
  if (isOver(0.8)) break
  told.push({ name, ...(await grow(make)) })
  if (process.stderr.isTTY) process.stderr.write(`\r${told.length} of ${asked.length} shapes`)
}
if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')

const steep = told.filter(({ growth, times }) => growth > steepest && times[2] > telling)
const slowest = told.toSorted((a, b) => b.perCharacter - a.perCharacter).slice(0, 5)
console.log(`seed ${seed}: ${told.length} of ${asked.length} shapes at ${length}, ${2 * length} and ${4 * length} characters; the slowest:`)
for (const one of slowest) console.log(row(one))

/** Some shapes after one another, in one another's lines, or each in a place of its own. */
function mix() {
  const below = (limit) => Math.floor(random() * limit)
  const names = Object.keys(shapes)
  const chosen = Array.from({ length: 2 + below(3) }, () => names[below(names.length)])
  const where = Object.keys(places)[below(Object.keys(places).length)]
  const rounds = 1 + below(40)
  const between = ['\n\n', ' ', '\n> ', '\n- ', '\n  ', '\n## '][below(6)]
  const size = Math.max(40, length / chosen.length / rounds)
  const piece = chosen.map((name) => shapes[name](size)).join(between)
  return { name: `${chosen.join(' + ')}, ${rounds} times behind ${JSON.stringify(between)}, ${where}`, text: head + places[where](Array.from({ length: rounds }, () => piece).join(between)) }
}

const worst = { perCharacter: 0, name: 'none' }
let mixed = 0
while (!isOver(1) && values.only === '') {
  const { name, text } = mix()
  let perCharacter = ((await judge(text)) * 1000) / text.length
  if (perCharacter > worst.perCharacter) perCharacter = Math.min(perCharacter, ((await least(text, 3)) * 1000) / text.length)
  if (perCharacter > worst.perCharacter) Object.assign(worst, { perCharacter, name })
  mixed++
}
if (mixed > 0) console.log(`of ${mixed} mixed by chance the worst takes ${worst.perCharacter.toFixed(2)} µs per character: ${worst.name}`)

if (steep.length > 0) {
  console.log('\ngrows faster than its length:')
  for (const one of steep) console.log(row(one))
  process.exitCode = 1
}
