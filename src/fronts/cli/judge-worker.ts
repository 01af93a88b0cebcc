/** Owns the start of a thread that judges files: from what V8 made of `check` before, as `check` itself starts. */

import { runCheckScript } from './check-script.js'

await runCheckScript('thread')
