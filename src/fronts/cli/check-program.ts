/** Owns the program where its first argument is `check`, which then can be no other verb. The build makes one script of it. */

import { beginListing } from '../../engine/files/listing.js'
import type { Parts } from '../../engine/files/script.js'

export const main: Parts['main'] = async () => {
  beginListing(process.cwd())
  const { start } = await import('./start.js')
  const { checkVerb } = await import('./verbs/check.js')
  await start([{ ...checkVerb, load: async () => checkVerb }])
}

export const thread: Parts['thread'] = async () => {
  const { judgeShare } = await import('../../engine/judge-thread.js')
  await judgeShare()
}

export const keep: Parts['keep'] = async (file, parts) => {
  const { writeCache } = await import('../../engine/files/write.js')
  writeCache(file, (append) => {
    for (const part of parts) append(part)
  })
}
