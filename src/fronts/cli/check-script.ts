/** Owns where the build puts the script of `check`, and what V8 made of it. */

import { runScript } from '../../engine/files/script.js'

/** A digest of the script. */
declare const INQUEST_CHECK: string

/** @param part see `runScript` */
export async function runCheckScript(part: 'main' | 'thread'): Promise<void> {
  await runScript(new URL('chunks/check.script', import.meta.url), new URL(`compiled/check-${INQUEST_CHECK}`, import.meta.url), part)
}
