/**
 * Owns running a script of this program from what V8 made of it in an earlier run, which takes a fraction of reading it anew.
 * What was made is kept beside the program, is as much of it as the script itself, and is made once for each version of Node.
 * V8 looks whether it is for this version and for a text of this length, and takes what is damaged for what it made.
 */

import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

const digestLength = 32

/** What a script is when it is read. What it answers tells when it has ended. */
type Body = (require: NodeJS.Require, __filename: string) => { readonly ended: Promise<void> }

/**
 * Runs a script to its end.
 * @param compiled where to keep what V8 makes of it; the name is another for every other text of the script
 */
export async function runScript(script: URL, compiled: URL): Promise<void> {
  const file = fileURLToPath(script)
  const place = `${fileURLToPath(compiled)}-${process.version}-${process.arch}`
  const cachedData = readWhole(place)
  const made = new Script(fs.readFileSync(file, 'utf8'), { filename: file, ...(cachedData !== undefined && { cachedData }) })
  const body = made.runInThisContext() as Body
  await body(createRequire(file), file).ended
  if (cachedData !== undefined && made.cachedDataRejected !== true) return
  if (!isPlainRun()) return
  // After it ran, so that the functions are there that such a run needs.
  const { writeCache } = await import('./write.js')
  const kept = made.createCachedData()
  writeCache(place, (append) => {
    append(digestOf(kept))
    append(kept)
  })
}

/** Switches have V8 make something else, which the next run may not take; and a run that went wrong needed other functions. */
function isPlainRun(): boolean {
  return process.execArgv.length === 0 && (process.env['NODE_OPTIONS'] ?? '') === '' && Number(process.exitCode ?? 0) < 2
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** Undefined where there is nothing, or not all that was written. */
function readWhole(file: string): Buffer | undefined {
  let bytes: Buffer
  try {
    bytes = fs.readFileSync(file)
  } catch {
    return undefined
  }
  const kept = bytes.subarray(digestLength)
  return digestOf(kept).equals(bytes.subarray(0, digestLength)) ? kept : undefined
}
