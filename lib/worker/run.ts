import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import { db, pool } from '@/db/client'
import { publishFirstVersions } from '@/lib/documents/commands'
import { logProblem } from '@/lib/log'
import { crontab, tasks } from './tasks'

const RETRY_MS = 2_000

declare global {
  /** Set while the worker runs; the server process calls it before it ends. */
  var stopWorker: (() => Promise<void>) | undefined
}

/**
 * Starts the worker and keeps it going: when the database goes away, it is tried again until it is back.
 * A service that has no documents yet gets their first versions.
 */
export function startWorker(taskList: TaskList = tasks): void {
  let stopping = false
  let runner: Runner | undefined
  const loop = async () => {
    while (!stopping) {
      try {
        await db().transaction(publishFirstVersions)
        runner = await run({
          pgPool: pool(),
          taskList,
          crontab,
          concurrency: 4,
          pollInterval: 2_000,
          noHandleSignals: true,
          logger: quietLogger,
        })
        await runner.promise
      } catch (error) {
        logProblem('worker stopped', error)
      }
      if (!stopping) await new Promise((wake) => setTimeout(wake, RETRY_MS))
    }
  }
  const ended = loop()
  globalThis.stopWorker = async () => {
    stopping = true
    await runner?.stop().catch(() => undefined)
    await ended
  }
}

/** The library's own lines may carry payloads; only that something failed is kept. */
const quietLogger = new Logger((scope) => (level, message) => {
  if (level === 'error') logProblem('worker', new Error(message), { job: scope.taskIdentifier })
})
