/**
 * Owns running a script of this program from what V8 made of it in an earlier run, which takes a fraction of reading it anew.
 * What was made is kept beside the program, is as much of it as the script itself, and is made once for each version of Node.
 * V8 looks whether it is for this version and for a text of this length, and takes what is damaged for what it made.
 */

import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import * as zlib from 'node:zlib'

/** What a script is when it is read. */
type Body = (require: NodeJS.Require, __filename: string) => Parts

export interface Parts {
  /** The program, to its end. */
  main(): Promise<void>
  /** A thread beside it, to its end. */
  thread(): Promise<void>
  /** Writes a file that only saves time. @param parts one behind the other */
  keep(file: string, parts: readonly Buffer[]): Promise<void>
}

/**
 * Runs a part of a script to its end.
 * @param compiled where to keep what V8 makes of it; the name is another for every other text of the script
 */
export async function runScript(script: URL, compiled: URL, part: 'main' | 'thread'): Promise<void> {
  const file = fileURLToPath(script)
  const place = `${fileURLToPath(compiled)}-${process.version}-${process.arch}`
  const cachedData = readWhole(place)
  const made = new Script(fs.readFileSync(file, 'utf8'), { filename: file, ...(cachedData !== undefined && { cachedData }) })
  const body = made.runInThisContext() as Body
  const parts = body(createRequire(file), file)
  await parts[part]()
  if (cachedData !== undefined && made.cachedDataRejected !== true) return
  if (part === 'thread' || !isPlainRun()) return
  // After it ran, so that the functions are there that such a run needs.
  const content = made.createCachedData()
  const sum = sumOf(content)
  if (sum !== undefined) await parts.keep(place, [sum, content])
}

/** Switches have V8 make something else, which the next run may not take; and a run that went wrong needed other functions. */
function isPlainRun(): boolean {
  return process.execArgv.length === 0 && (process.env['NODE_OPTIONS'] ?? '') === '' && Number(process.exitCode ?? 0) < 2
}

const sumLength = 4

/** Undefined before Node 20.15, which has no quick way to tell. */
function sumOf(bytes: Buffer): Buffer | undefined {
  const { crc32 } = zlib as Partial<typeof zlib>
  if (crc32 === undefined) return undefined
  const sum = Buffer.alloc(sumLength)
  sum.writeUInt32LE(crc32(bytes))
  return sum
}

/** Undefined where there is nothing, or not all that was written. */
function readWhole(file: string): Buffer | undefined {
  let bytes: Buffer
  try {
    bytes = fs.readFileSync(file)
  } catch {
    return undefined
  }
  const content = bytes.subarray(sumLength)
  return sumOf(content)?.equals(bytes.subarray(0, sumLength)) === true ? content : undefined
}
