/** Turns are taken over one line for each connection, and every turn that was given is given back over the line it came by. */

import { rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { addressFor, createTurnstile } from '../../src/memory/turnstile.js'
import { scratchFolder } from '../support/repository.js'

/** Stands in for who serves the turns: gives each at once, and notes what is said over which line. */
async function watchTurns(file: string): Promise<{ readonly lines: string[][]; close(): Promise<void> }> {
  const address = addressFor(file) ?? ''
  const lines: string[][] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    const said: string[] = []
    lines.push(said)
    sockets.push(socket)
    socket.setEncoding('utf8').on('data', (chunk) => {
      for (const line of String(chunk).split('\n').filter((one) => one !== '')) {
        said.push(line)
        const [word, request] = line.split(' ')
        if (word === 'r') socket.write(`${request}\n`)
      }
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(address, resolve))
  return {
    lines,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      rmSync(address, { force: true })
    },
  }
}

const given = (said: readonly string[], word: string): readonly (string | undefined)[] => said.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(' ')[1])

test.each([1, 2])('with %i connections to one store in a process that ask in the same moment', async (count) => {
  const file = path.join(scratchFolder(), 'memory.db')
  const watched = await watchTurns(file)
  const until = performance.now() + 10_000
  const turnstiles = Array.from({ length: count }, () => createTurnstile(file))
  await Promise.all(
    turnstiles.map(async (turnstile) => {
      turnstile.greet()
      const first = await turnstile.enter('interactive', until)
      // Whoever looks again whether somebody serves has a line already, and somebody holds a turn over it.
      turnstile.greet()
      const [second, third] = await Promise.all([turnstile.enter('interactive', until), turnstile.enter('batch', until), turnstile.serve()])
      for (const leave of [first, second, third]) {
        expect(leave).toBeDefined()
        leave?.()
      }
    }),
  )
  await expect.poll(() => watched.lines.map((said) => given(said, 'd').toSorted())).toEqual(watched.lines.map((said) => given(said, 'r').toSorted()))
  expect(watched.lines.map((said) => given(said, 'r').length)).toEqual(turnstiles.map(() => 3))
  for (const turnstile of turnstiles) turnstile.close()
  await watched.close()
})
