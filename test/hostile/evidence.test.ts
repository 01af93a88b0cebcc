/** Commands of a stranger: what they try while they run, as root and as a user without rights. */

import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
// @ts-expect-error -- the entries are plain JavaScript, for `npm run hostile`
import { attacks as entries } from '../../scripts/hostile/evidence.mjs'
import type { Attack } from '../support/hostile.js'
import { meetAttack, usersHere } from '../support/hostile.js'

const attacks = entries as readonly Attack[]
const works = process.platform === 'linux' && spawnSync('bwrap', ['--unshare-user', '--unshare-net', '--unshare-pid', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', 'true'], { stdio: 'ignore' }).status === 0
if (!works) console.log('skipped: bubblewrap is not installed, or may not make a sandbox here')

// Every attack once, every other one as the other user; `npm run hostile` meets each as both.
const users = usersHere()
const met = attacks.map((attack, index) => {
  const mine = users.filter((user) => attack.users?.includes(user) !== false)
  return { attack, name: attack.name, user: mine[index % mine.length] }
})
for (const { name, user } of met) if (user === undefined) console.log(`skipped: ${name}: the tests are not run by root`)

describe.skipIf(!works)('a command does not', () => {
  test.each(met.flatMap(({ name, user, attack }) => (user === undefined ? [] : [[name, user, attack] as const])))('%s, as %s', async (_name, user, attack) => {
    expect(await meetAttack(attack, user)).toEqual([])
  })
})
