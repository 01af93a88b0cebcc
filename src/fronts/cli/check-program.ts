/** The program where its first argument is `check`, which then can be no other verb. The build makes one script of it. */

import { start } from './start.js'
import { checkVerb } from './verbs/check.js'

export const ended = start([{ ...checkVerb, load: async () => checkVerb }])
