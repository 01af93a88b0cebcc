/**
 * Loaded into the program by `node --import`: counts its calls on files from the moment it begins to replace a
 * document, and at the ones it is told does what a person, or a power cut, might do just then.
 * INTERLOPER holds { file, report, native: "whole" | "no exchange" | "none", acts: [{ at, act }, …] }; `at` is the
 * number of a call, or the name of the first such call.
 */
import fs, { appendFileSync, closeSync, existsSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync, writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'

const { file, report, native = 'whole', acts } = JSON.parse(process.env.INTERLOPER)
const folder = path.dirname(file)
const names = []
let descriptor
let acting = false

/** Each way in which files are saved; `open` and `write` are one save that takes its time. */
const doings = {
  append: (note) => appendFileSync(file, note),
  rewrite: (note) => writeFileSync(file, readIfThere(file) + note),
  rename: (note) => {
    writeFileSync(`${file}~`, readIfThere(file) + note)
    renameSync(`${file}~`, file)
  },
  open: () => {
    const text = readIfThere(file)
    descriptor = { number: openSync(file, 'w'), text }
  },
  /** As shells do it that add to a file. */
  hold: () => {
    descriptor = { number: openSync(file, 'a'), text: '' }
  },
  write: (note) => {
    writeSync(descriptor.number, descriptor.text + note)
    closeSync(descriptor.number)
    descriptor = undefined
  },
  /** As editors do that keep the old file as a backup. */
  aside: () => existsSync(file) && renameSync(file, `${file}~`),
  anew: (note) => {
    writeFileSync(file, readFileSync(`${file}~`, 'utf8') + note)
    unlinkSync(`${file}~`)
  },
  kill: () => process.kill(process.pid, 'SIGKILL'),
}

function readIfThere(name) {
  return existsSync(name) ? readFileSync(name, 'utf8') : ''
}

function meet(name) {
  names.push(name)
  const isFirst = names.indexOf(name) === names.length - 1
  for (const { at, act } of acts) if (at === names.length || (isFirst && at === name)) perform(names.length, act, name)
}

function perform(at, act, name) {
  acting = true
  appendFileSync(report, `${JSON.stringify({ at, act, before: name })}\n`)
  doings[act](`- Note ${at} of a person\n`)
  acting = false
}

const isInside = (argument) => typeof argument === 'string' && (argument === folder || argument.startsWith(folder + path.sep))
const begins = (argument) => typeof argument === 'string' && argument === path.join(folder, '.inquest-lock')

for (const name of ['openSync', 'closeSync', 'readFileSync', 'writeFileSync', 'renameSync', 'unlinkSync', 'linkSync', 'statSync', 'fsyncSync', 'fchmodSync']) {
  const call = fs[name]
  fs[name] = (...args) => {
    if (!acting && (names.length > 0 || begins(args[0])) && (isInside(args[0]) || typeof args[0] === 'number')) meet(name)
    return call(...args)
  }
}
syncBuiltinESMExports()

const { dlopen } = process
process.dlopen = (module, library, ...rest) => {
  if (!library.includes('fs-native-extensions')) return dlopen(module, library, ...rest)
  if (native === 'none') throw new Error('not built for this system')
  dlopen(module, library, ...rest)
  const { swapSync } = module.exports
  module.exports.swapSync = (one, other) => {
    meet('exchange')
    if (native === 'no exchange') throw Object.assign(new Error('invalid argument'), { code: 'EINVAL' })
    swapSync(one, other)
    meet('after the exchange')
  }
}

process.on('exit', () => {
  // A save that was begun is ended even where the command is done before it.
  const last = acts.at(-1)
  if (descriptor !== undefined) perform(last.at, 'write', 'exit')
  if (last?.act === 'anew' && existsSync(`${file}~`)) perform(last.at, 'anew', 'exit')
  writeFileSync(`${report}.calls`, JSON.stringify(names))
})
