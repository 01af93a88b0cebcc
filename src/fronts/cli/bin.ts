#!/usr/bin/env node
/** Owns the start of the program: `check` is run at every save and starts from what V8 compiled before, all else as modules. */

import { suitDocuments } from '../../engine/v8.js'
import { runCheckScript } from './check-script.js'

const [, , verb = ''] = process.argv
if (!['lsp', 'mcp'].includes(verb)) suitDocuments()

if (verb === 'check') await runCheckScript('main')
else await (await import('./program.js')).ended
