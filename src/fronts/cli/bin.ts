#!/usr/bin/env node
/** Owns the start of the program: `check` is run at every save and starts from what V8 compiled before, all else as modules. */

import { runScript } from '../../engine/files/script.js'
import { suitDocuments } from '../v8.js'

declare const INQUEST_CHECK: string

const [, , verb = ''] = process.argv
suitDocuments(['lsp', 'mcp'].includes(verb) ? 'serving' : 'once')

if (verb === 'check') await runScript(new URL('chunks/check.script', import.meta.url), new URL(`compiled/check-${INQUEST_CHECK}`, import.meta.url))
else await (await import('./program.js')).ended
