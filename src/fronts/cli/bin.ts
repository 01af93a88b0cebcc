#!/usr/bin/env node
/** Owns the start of the program: `check` is run at every save and starts from what V8 compiled before, all else as modules. */

import { runScript } from '../../engine/files/script.js'

declare const INQUEST_CHECK: string

if (process.argv[2] === 'check') await runScript(new URL('chunks/check.script', import.meta.url), new URL(`compiled/check-${INQUEST_CHECK}`, import.meta.url))
else await (await import('./program.js')).ended
