/** Checks a folder of real documents: no crash, the same findings twice, and every place inside its text. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { check } from '../dist/index.js'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: node scripts/corpus.mjs FOLDER')
  process.exit(2)
}
const cwd = path.resolve(folder)
const first = await check({ cwd, paths: [cwd] })
const second = await check({ cwd, paths: [cwd] })
let wrong = 0
const fault = (message) => {
  wrong++
  console.error(message)
}
if (JSON.stringify(first.findings) !== JSON.stringify(second.findings)) fault('two runs do not give the same findings')
const lengths = new Map()
for (const { path: file, range, rule } of first.findings) {
  if (!lengths.has(file)) lengths.set(file, readFileSync(path.join(first.root, file), 'utf8').split(/\r\n|\n|\r/u).map((line) => line.length))
  const lines = lengths.get(file)
  for (const point of [range.start, range.end]) {
    const length = lines[point.line - 1]
    if (length === undefined || point.column < 1 || point.column > length + 1) fault(`${file}: ${rule} points outside the text, at ${point.line}:${point.column}`)
  }
}
if (first.summary.documents === 0) fault('no document was found')
const { documents, errors, warnings, infos } = first.summary
console.log(`${documents} documents: ${errors} errors, ${warnings} warnings, ${infos} infos`)
process.exitCode = wrong === 0 ? 0 : 1
