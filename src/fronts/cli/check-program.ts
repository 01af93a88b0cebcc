/** Owns the program where its first argument is `check`, which then can be no other verb. The build makes one script of it. */

import type { Running } from '../../engine/files/script.js'
import { writeCache } from '../../engine/files/write.js'
import { start } from './start.js'
import { checkVerb } from './verbs/check.js'

export const ended: Running['ended'] = start([{ ...checkVerb, load: async () => checkVerb }])
export const keep: Running['keep'] = (file, parts) =>
  writeCache(file, (append) => {
    for (const part of parts) append(part)
  })
