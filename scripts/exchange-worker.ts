import { setTimeout as pause } from 'node:timers/promises'
import { closeDb } from '../db/client'
import { env } from '../lib/env'
import { stepBack } from '../lib/exchange/step-back'
import { startExchangeWorker } from '../lib/worker/run'
import { EXIT, reportAndExit } from './launcher/exit'
import { scrubConsole } from './launcher/scrub-console'

const FINISH_WITHIN = 8_000

/** Checks, loads and undoes uploads; started by the server process and ends with it. What it leaves undone goes on at the next start. */
function work(): void {
  try {
    env()
  } catch (error) {
    reportAndExit(error, EXIT.misconfigured)
  }
  scrubConsole()
  stepBack()
  startExchangeWorker()
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    const stopped = Promise.resolve(globalThis.stopWorker?.()).then(closeDb)
    void Promise.race([stopped, pause(FINISH_WITHIN)]).finally(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('disconnect', end)
}

work()
