/** Owns whether another program has a file open, so that what it is about to write is not lost. */

import * as fs from 'node:fs'

/** True where a process has the file open for writing. Linux alone tells, of the processes that one may look into; false elsewhere. */
export function isOpenForWriting(file: string): boolean {
  const user = process.getuid?.()
  const wanted = fs.statSync(file)
  return listFolder('/proc').some((process) => {
    // Only an administrator may look into the processes of others.
    if (!/^\d+$/u.test(process) || (user !== 0 && fs.statSync(`/proc/${process}`, { throwIfNoEntry: false })?.uid !== user)) return false
    return listFolder(`/proc/${process}/fd`).some((descriptor) => leadsTo(`/proc/${process}/fd/${descriptor}`, wanted) && isForWriting(process, descriptor))
  })
}

/** Empty for what is gone by now. */
function listFolder(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder)
  } catch {
    return []
  }
}

/** By what it is and not by its name, which the file may have lost since it was opened. */
function leadsTo(link: string, { ino, dev }: fs.Stats): boolean {
  try {
    const there = fs.statSync(link)
    return there.ino === ino && there.dev === dev
  } catch {
    return false
  }
}

/** The last two of the flags say whether for reading only. */
function isForWriting(process: string, descriptor: string): boolean {
  try {
    const [, flags = '0'] = /^flags:\s*(\d+)$/mu.exec(fs.readFileSync(`/proc/${process}/fdinfo/${descriptor}`, 'utf8')) ?? []
    return Number.parseInt(flags, 8) % 4 !== 0
  } catch {
    return false
  }
}
