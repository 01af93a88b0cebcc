#!/usr/bin/env node
/** Owns the start of the program: `check` is run at every save and starts from what V8 compiled before, all else as modules. */

import { setFlagsFromString } from 'node:v8'
import { runScript } from '../../engine/files/script.js'

declare const INQUEST_CHECK: string

// Where V8 sees much of a kind survive, it puts all of that kind where only a full collection frees it. The tree of a
// document that happened to be there when that was decided would make those of a hundred thousand others pile up.
setFlagsFromString('--no-allocation-site-pretenuring')
// V8 of Node 20 takes functions for worth optimizing so early, after 67584 bytes of bytecode, that much of what it makes of them does
// not hold and is made again: most verbs spent a third of their time on it. Servers live long enough to have use for the rest. Later
// versions wait by themselves, and know no such switch.
const [, , verb = ''] = process.argv
if (process.versions.node.startsWith('20.') && !['lsp', 'mcp'].includes(verb)) setFlagsFromString('--interrupt-budget=1000000')

if (verb === 'check') await runScript(new URL('chunks/check.script', import.meta.url), new URL(`compiled/check-${INQUEST_CHECK}`, import.meta.url))
else await (await import('./program.js')).ended
