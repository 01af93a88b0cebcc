/** People who save a document while a command replaces it: at each of its calls on files, one after the other, and thousands of times by chance. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const document = 'docs/inquiry.md'
const notesIn = (text) => [...text.matchAll(/^- Note (\d+) of a person$/gmu)].map((match) => Number(match[1]))
const withoutNotes = (text) => text.replaceAll(/^- Note \d+ of a person\n/gmu, '')

/** A folder without git, since git only takes time here. */
function createFolder(root, text) {
  mkdirSync(path.join(root, 'docs'), { recursive: true })
  writeFileSync(path.join(root, 'inquest.yaml'), 'author: Export team\n')
  writeFileSync(path.join(root, document), text)
  return root
}

/** What people find in the folder of the document afterwards. */
function look(root) {
  const folder = path.join(root, 'docs')
  const names = readdirSync(folder)
  const read = (name) => readFileSync(path.join(folder, name), 'utf8')
  return {
    text: existsSync(path.join(root, document)) ? read(path.basename(document)) : undefined,
    kept: names.filter((name) => name.includes('.kept')).map(read),
    hidden: names.filter((name) => name.startsWith('.')),
  }
}

/**
 * @param context { run, program, scratch, newFolder, eachOf, jobs, before, isTold }
 * @param most so many of each kind, spread evenly
 */
export async function editAtEachCall(context, most) {
  const { run, program, before } = context
  const interloper = new URL('interloper.mjs', import.meta.url).href
  let reports = 0
  const advance = async (root, native, acts) => {
    const report = path.join(context.scratch, `report-${String(++reports)}`)
    const told = { INTERLOPER: JSON.stringify({ file: path.join(root, document), report, native, acts }) }
    const done = await run(process.execPath, ['--import', interloper, program, 'advance', document], root, told)
    const met = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : []
    const calls = existsSync(`${report}.calls`) ? JSON.parse(readFileSync(`${report}.calls`, 'utf8')) : []
    for (const file of [report, `${report}.calls`]) rmSync(file, { force: true })
    return { done, met, calls }
  }
  const faults = []
  const counts = { edits: 0, kills: 0, moved: 0, told: 0, kept: 0, known: 0 }
  for (const native of ['whole', 'no exchange', 'none']) {
    const undisturbed = createFolder(context.newFolder(), before)
    const { calls } = await advance(undisturbed, native, [])
    const after = look(undisturbed).text
    await context.eachOf(spread(casesFor(calls, native), most), context.jobs, async (acts) => {
      const root = createFolder(context.newFolder(), before)
      const { done, met } = await advance(root, native, acts)
      const point = `${native}, ${acts.map(({ at, act }) => `${act} at call ${at} (${calls[at - 1] ?? 'the end'})`).join(', ')}`
      const fault = (what) => {
        faults.push({ point, fault: what })
        if (context.loud) console.log(`  ${point}: ${what}`)
      }
      const killed = met.some(({ act }) => act === 'kill')
      if (!killed) {
        if (look(root).hidden.length > 0) fault(`leaves ${look(root).hidden.join(', ')}`)
        if (done.status !== 0 && !context.isTold(done)) fault(`exit ${done.status}: ${done.stdout}${done.stderr}`)
      }
      const tidied = await run(process.execPath, [program, 'doctor'], root)
      if (tidied.status !== 0) fault(`doctor ends with ${tidied.status}: ${tidied.stdout}${tidied.stderr}`)
      const { text, kept, hidden } = look(root)
      if (hidden.length > 0) fault(`after doctor there is still ${hidden.join(', ')}`)
      for (const one of [text, ...kept]) if (one === undefined || ![before, after].includes(withoutNotes(one))) fault(`a document is neither as before nor as after: ${one?.length ?? 'it is gone'}`)
      const notes = new Set([text ?? '', ...kept].flatMap(notesIn))
      // Without the exchange, what is put in place of the file right before it is replaced cannot be told from it.
      const isKnown = ({ act, before: call }) => native !== 'whole' && ['rename', 'aside', 'anew'].includes(act) && call === 'renameSync'
      for (const saved of met.filter(({ act }) => ['append', 'rewrite', 'rename', 'write', 'anew'].includes(act))) {
        counts.edits++
        if (notes.has(saved.at)) continue
        if (isKnown(saved)) counts.known++
        else fault(`the edit at call ${saved.at} is lost`)
      }
      // One edit that came too early is an edit that the command is told of, unless it never got there.
      if (!killed && done.status === 0 && kept.length > 0) fault('an edit is kept aside without a word')
      counts.kept += kept.length
      if (killed) counts.kills++
      else if (done.status === 0) counts.moved++
      else counts.told++
      rmSync(root, { recursive: true, force: true })
    })
  }
  return { counts, faults }
}

/** Single edits at each call, saves that take some calls, two edits, and kills that come after an edit. */
function casesFor(calls, native) {
  const points = calls.map((_, index) => index + 1)
  const pairs = (first, second, distances) => points.flatMap((at) => distances.filter((far) => at + far <= points.length).map((far) => [{ at, act: first }, { at: at + far, act: second }]))
  const single = ['append', 'rewrite', 'rename'].flatMap((act) => points.map((at) => [{ at, act }]))
  const slow = [...pairs('open', 'write', [1, 2, 4, 7]), ...pairs('hold', 'write', [1, 4, 9, 20]), ...pairs('aside', 'anew', [1])]
  const kills = ['append', 'rename'].flatMap((act) => pairs(act, 'kill', [1, 2, 3, 5, 8]))
  const bare = points.map((at) => [{ at, act: 'kill' }])
  const exchanged = calls.indexOf('exchange') + 1
  const twice = native !== 'whole' ? [] : ['append', 'rename'].flatMap((first) => ['append', 'rewrite', 'rename'].flatMap((second) => points.filter((at) => at > exchanged).map((at) => [{ at: exchanged, act: first }, { at, act: second }])))
  const lastly = twice.map((acts) => [...acts, { at: acts[1].at + 2, act: 'kill' }])
  return [...single, ...slow, ...bare, ...kills, ...twice, ...lastly]
}

function spread(list, count) {
  if (count >= list.length) return list
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)])
}

/** A person who saves again and again, remembering what they wrote, beside a process that replaces without a pause. */
function person(file, edits, patience) {
  let mine = 0
  const folder = path.dirname(file)
  const kept = () => fs.readdirSync(folder).filter((name) => name.includes('.kept')).map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))
  const whole = () => {
    const note = `- Note ${mine} of a person\n`
    let text
    // What was displaced is back within a moment; a person's editor would show it all the while.
    for (const until = Date.now() + patience; ; ) {
      text = fs.readFileSync(file, 'utf8')
      if (mine === 0 || text.includes(note) || Date.now() > until || kept().some((one) => one.includes(note))) return text
    }
  }
  for (let number = 1; number <= edits; number++) {
    const until = performance.now() + Math.random() * 8
    while (performance.now() < until);
    const line = `- Note ${number} of a person\n`
    if (number % 3 === 0) fs.appendFileSync(file, line)
    else if (number % 3 === 1) fs.writeFileSync(file, whole() + line)
    else {
      fs.writeFileSync(`${file}~`, whole() + line)
      fs.renameSync(`${file}~`, file)
    }
    mine = number
  }
}

/** Replaces without a pause until the person is done. */
function writer(file, done) {
  let [replaced, told, tries] = [0, 0, 0]
  while (!fs.existsSync(done)) {
    const before = fs.readFileSync(file, 'utf8')
    // In the midst of being saved it is no document, and no command goes on with it.
    if (!before.startsWith('turn')) continue
    try {
      replace(file, before, before.replace(/^turn \d+/u, `turn ${++tries}`))
      replaced++
    } catch (error) {
      if (error.code !== 'changed-meanwhile') throw error
      told++
    }
  }
  console.log(JSON.stringify({ replaced, told }))
}

/** The usual way: compare, write beside, rename. */
function usualReplace(file, before, after) {
  const refuse = () => {
    throw Object.assign(new Error('changed meanwhile'), { code: 'changed-meanwhile' })
  }
  if (fs.readFileSync(file, 'utf8') !== before) refuse()
  const temporary = `${file}.tmp`
  const descriptor = fs.openSync(temporary, 'w')
  fs.writeSync(descriptor, after)
  fs.fsyncSync(descriptor)
  fs.closeSync(descriptor)
  fs.renameSync(temporary, file)
}

/** The module that replaces, as one file from which its native part is found. */
async function bundle(projectRoot) {
  const outfile = path.join(projectRoot, 'dist', `torture-${process.pid}.mjs`)
  await build({ entryPoints: [path.join(projectRoot, 'src/engine/files/replace.ts')], bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' })
  return outfile
}

/** @param usual in place of inquest's way, to see that the test can fail */
export async function editByChance({ projectRoot, newFolder }, edits, usual) {
  const root = newFolder()
  const file = path.join(root, 'document.md')
  const done = path.join(root, 'done')
  const text = `turn 0\n${'A line of the document.\n'.repeat(200)}`
  writeFileSync(file, text)
  const bundled = await bundle(projectRoot)
  try {
    const imports = "import fs from 'node:fs'\nimport path from 'node:path'\n"
    const start = (name, source) => {
      writeFileSync(path.join(root, name), imports + source)
      const child = spawn(process.execPath, [path.join(root, name)], { stdio: ['ignore', 'pipe', 'inherit'] })
      let stdout = ''
      child.stdout.on('data', (data) => (stdout += data))
      return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout })))
    }
    const replace = usual ? `const replace = ${usualReplace.toString()}` : `import { replaceFile } from ${JSON.stringify(pathToFileURL(bundled).href)}\nconst replace = (file, before, after) => replaceFile(file, before, after, () => {})`
    const writing = start('writer.mjs', `${replace};\n(${writer.toString()})(${JSON.stringify(file)}, ${JSON.stringify(done)})`)
    const saving = await start('person.mjs', `(${person.toString()})(${JSON.stringify(file)}, ${edits}, ${usual ? 20 : 10_000})`)
    writeFileSync(done, '')
    const wrote = await writing
    const kept = readdirSync(root).filter((name) => name.includes('.kept'))
    const held = [readFileSync(file, 'utf8'), ...kept.map((name) => readFileSync(path.join(root, name), 'utf8'))]
    const notes = new Set(held.flatMap(notesIn))
    const lost = Array.from({ length: edits }, (_, index) => index + 1).filter((number) => !notes.has(number))
    const figure = { edits, lost: lost.length, kept: kept.length, ...JSON.parse(wrote.stdout || '{}') }
    const faults = lost.map((number) => `edit ${number} of ${edits} is lost`)
    if (saving.status !== 0 || wrote.status !== 0) faults.push(`the person ends with ${saving.status}, the writer with ${wrote.status}`)
    for (const one of held) if (withoutNotes(one).replace(/^turn \d+/u, 'turn 0') !== text) faults.push('a document is not whole')
    const hidden = readdirSync(root).filter((name) => name.startsWith('.'))
    faults.push(...hidden.map((name) => `${name} is left`))
    return { figure, faults }
  } finally {
    rmSync(bundled, { force: true })
  }
}
