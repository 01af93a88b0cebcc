/** Owns what V8 is told by a program that has the process to itself. Called before anything else is compiled. */

import { setFlagsFromString } from 'node:v8'

/** For a process that ends when it has done one thing; servers hold one tree for long, and live long enough to have use for the rest. */
export function suitDocuments(): void {
  // Where V8 sees much of a kind survive, it puts all of that kind where only a full collection frees it. The tree of a
  // document that happened to be there when that was decided would make those of a hundred thousand others pile up.
  setFlagsFromString('--no-allocation-site-pretenuring')
  // V8 of Node 20 takes functions for worth optimizing so early, after 67584 bytes of bytecode, that much of what it makes of them does
  // not hold and is made again: most verbs spent a third of their time on it. Later versions wait by themselves, and know no such switch.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000')
}

let saving = false

/**
 * V8 lets its heap grow to twice and more of what is alive before it looks for what is not. Where much is alive, that is memory
 * which others want, and it is told to look at a fifth more.
 */
export function saveMemory(): void {
  if (!saving) setFlagsFromString('--heap-growing-percent=20')
  saving = true
}
