/** Owns serving a turnstile. It runs in a worker by its source text alone, so it uses its parameters and nothing else. */

type Net = typeof import('node:net')
type Files = typeof import('node:fs')

/** Lines: `r <n> <priority>` asks for a turn, `d <n>` ends it; the answer is `<n>` when the turn has come. */
export function serveTurns(net: Net, files: Files, told: import('node:worker_threads').MessagePort, address: string): void {
  interface Turn {
    readonly socket: import('node:net').Socket
    readonly request: string
    since: number
  }
  /** A batch job gets a turn after so many of people's, however many wait. */
  const mostBeforeBatch = 64
  /** One that holds its turn longer is stopped or slow; the next goes on. */
  const longestTurn = 1000
  const queues: { readonly interactive: Turn[]; readonly batch: Turn[] } = { interactive: [], batch: [] }
  let holder: Turn | undefined
  let sinceBatch = 0

  const next = (): void => {
    if (holder !== undefined) return
    const batchIsDue = queues.batch.length > 0 && (queues.interactive.length === 0 || sinceBatch >= mostBeforeBatch)
    holder = batchIsDue ? queues.batch.shift() : queues.interactive.shift()
    if (holder === undefined) return
    sinceBatch = batchIsDue ? 0 : sinceBatch + 1
    holder.since = performance.now()
    holder.socket.write(`${holder.request}\n`)
  }
  const end = (isMeant: (turn: Turn) => boolean): void => {
    for (const queue of [queues.interactive, queues.batch]) {
      for (let at = queue.length - 1; at >= 0; at--) {
        const turn = queue[at]
        if (turn !== undefined && isMeant(turn)) queue.splice(at, 1)
      }
    }
    if (holder !== undefined && isMeant(holder)) holder = undefined
    next()
  }
  setInterval(() => {
    if (holder === undefined || performance.now() - holder.since < longestTurn) return
    holder = undefined
    next()
  }, 100)

  const server = net.createServer((socket) => {
    let rest = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: unknown) => {
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const [word, request = '', priority] = line.split(' ')
        if (word === 'r') {
          queues[priority === 'batch' ? 'batch' : 'interactive'].push({ socket, request, since: 0 })
          next()
        } else end((turn) => turn.socket === socket && turn.request === request)
      }
      // Nobody sends that much without a line's end.
      if (rest.length > 1000) socket.destroy()
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => end((turn) => turn.socket === socket))
  })
  server.on('listening', () => told.postMessage('listening'))
  let tries = 0
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' || ++tries > 3) process.exit(0)
    // The name may have been left by a process that is gone.
    const probe = net.connect(address)
    probe.once('connect', () => process.exit(0))
    probe.once('error', () => {
      files.rmSync(address, { force: true })
      server.listen(address)
    })
  })
  server.listen(address)
}
