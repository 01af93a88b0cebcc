/** Owns reading an archive as anything that unpacks one does: by the directory at its end. */

import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

const directoryEnd = 0x06054b50
const directoryEntry = 0x02014b50

/** The files of an archive by their names. */
export function unzip(file: string): ReadonlyMap<string, Buffer> {
  const bytes = readFileSync(file)
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== directoryEnd) end--
  if (end < 0) throw new TypeError(`${file} is no archive`)
  const files = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== directoryEntry) throw new TypeError(`${file}: its directory is broken`)
    const [method, packed, name, extra, comment, start] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)]
    const body = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
    const content = bytes.subarray(body, body + packed)
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), method === 0 ? content : inflateRawSync(content))
    at += 46 + name + extra + comment
  }
  return files
}
