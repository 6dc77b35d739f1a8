import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { scriptArgs } from './children'
import { ROOT } from './config'

/** What the exchange process may take. Rows of a batch die young: room for them spares the collector most of its work. */
export const MEMORY = ['--max-old-space-size=384', '--max-semi-space-size=64']
const SHORTEST_PAUSE = 200
const LONGEST_PAUSE = 10_000
const STEADY_AFTER = 30_000

/** The exchange process of a server. */
export interface Exchange {
  /** Of the one that runs now. */
  pid(): number | undefined
  /** Ends it; what it was doing goes on at the next start. */
  stop(): Promise<void>
}

/** Keeps the exchange process running for as long as this one does: it is replaced when it dies, and ends with us. */
export function keepExchange(): Exchange {
  let child: ChildProcess | undefined
  let stopping = false
  const run = async () => {
    for (let failures = 0; !stopping; ) {
      const startedAt = Date.now()
      child = spawn(process.execPath, [...MEMORY, ...scriptArgs('scripts/exchange-worker.ts')], {
        cwd: ROOT,
        // A session of its own, which can step back behind ours as a whole.
        detached: true,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      await new Promise((resolve) => child?.once('exit', resolve).once('error', resolve))
      failures = Date.now() - startedAt > STEADY_AFTER ? 0 : failures + 1
      if (!stopping) await pause(Math.min(SHORTEST_PAUSE * 2 ** failures, LONGEST_PAUSE))
    }
  }
  const ended = run()
  const stop = async () => {
    stopping = true
    child?.kill('SIGTERM')
    await ended
  }
  return { stop, pid: () => child?.pid }
}
