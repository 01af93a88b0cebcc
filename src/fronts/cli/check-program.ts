/** Owns the program where its first argument is `check`, which then can be no other verb. The build makes one script of it. */

import { beginListing } from '../../engine/files/listing.js'
import type { Running } from '../../engine/files/script.js'

export const ended: Running['ended'] = run()

export const keep: Running['keep'] = async (file, parts) => {
  const { writeCache } = await import('../../engine/files/write.js')
  writeCache(file, (append) => {
    for (const part of parts) append(part)
  })
}

async function run(): Promise<void> {
  beginListing(process.cwd())
  const { start } = await import('./start.js')
  const { checkVerb } = await import('./verbs/check.js')
  await start([{ ...checkVerb, load: async () => checkVerb }])
}
