/** Owns whose turn it is: what the client asked goes before what is sent unasked, and both before work nobody waits for. */

export interface Turns {
  /** A message was taken up. */
  heard(): void
  /** Resolves once every message that had arrived was taken up, so that what follows counts with all of them. */
  caughtUp(): Promise<void>
  /** Resolves once there is nothing else to do. */
  idle(): Promise<void>
}

/** A message is read in one turn of the event loop, decoded in the next and handled in the third. */
const turnsOfMessage = 4

/** What waits for messages to be taken up is done by then, or has begun and heard of itself. */
const turnsOfRest = 2 * turnsOfMessage

export function createTurns(): Turns {
  const waiting = new Set<{ readonly turns: number; left: number; readonly resolve: () => void }>()
  const turn = (): void => {
    for (const one of waiting) {
      one.left--
      if (one.left > 0) continue
      waiting.delete(one)
      one.resolve()
    }
    if (waiting.size > 0) setImmediate(turn)
  }
  const wait = (turns: number): Promise<void> => {
    return new Promise((resolve) => {
      if (waiting.size === 0) setImmediate(turn)
      waiting.add({ turns, left: turns, resolve })
    })
  }
  return {
    heard() {
      for (const one of waiting) one.left = one.turns
    },
    caughtUp: () => wait(turnsOfMessage),
    idle: () => wait(turnsOfRest),
  }
}
