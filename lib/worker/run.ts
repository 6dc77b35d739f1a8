import { EventEmitter } from 'node:events'
import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import { db, pool } from '@/db/client'
import { publishMissingVersions } from '@/lib/documents/commands'
import { logProblem } from '@/lib/log'
import { readSettings } from '@/lib/settings/queries'
import { sayHowToSetUp } from '@/lib/setup/code'
import { Presence } from './presence'
import { crontab, exchangeTasks, tasks } from './tasks'

const RETRY_MS = 2_000
const SETTINGS_EVERY_MS = 60_000

declare global {
  /** Set while the worker runs; the server process calls it before it ends. */
  var stopWorker: (() => Promise<void>) | undefined
}

/** What one kind of worker does, and how. */
interface Kind {
  tasks: TaskList
  crontab?: string
  concurrency: number
  /** Jobs are told of at once; this is how soon freed and repeated ones are seen, ms. */
  pollInterval: number
  prepare?: () => Promise<unknown>
}

/**
 * Starts the worker of the server process: everything but the exchange. A service that has no documents yet gets their
 * first versions, and one that has nobody yet the way to its set-up.
 */
export function startWorker(): void {
  keepRunning({
    tasks,
    crontab,
    concurrency: 4,
    pollInterval: 2_000,
    prepare: async () => {
      await db().transaction(publishMissingVersions)
      await readSettings(db())
      await sayHowToSetUp()
    },
  })
}

/** Starts the worker of the exchange process: parsing and loading big files must not hold up pages. */
export function startExchangeWorker(): void {
  keepRunning({
    tasks: exchangeTasks,
    concurrency: 2,
    pollInterval: 1_000,
    prepare: () => readSettings(db()),
  })
}

/** Keeps a worker going: when the database goes away, it is tried again until it is back. */
function keepRunning({ tasks: taskList, crontab = '', concurrency, pollInterval, prepare }: Kind): void {
  let stopping = false
  let runner: Runner | undefined
  const presence = new Presence()
  const events = new EventEmitter()
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => presence.add(workerPool.id))
  keepSettings()
  events.on('job:start', ({ job }: { job: { id: string } }) => presence.begin(job.id))
  events.on('job:complete', ({ job }: { job: { id: string } }) => presence.finish(job.id))
  const loop = async () => {
    while (!stopping) {
      try {
        await prepare?.()
        runner = await run({
          pgPool: pool(),
          taskList,
          crontab,
          concurrency,
          pollInterval,
          events,
          noHandleSignals: true,
          logger: quietLogger,
        })
        await runner.promise
      } catch (error) {
        logProblem('worker stopped', error)
      }
      runner = undefined
      presence.forget()
      if (!stopping) await new Promise((wake) => setTimeout(wake, RETRY_MS))
    }
  }
  const ended = loop()
  globalThis.stopWorker = async () => {
    stopping = true
    await runner?.stop().catch(() => undefined)
    await ended
    await presence.end()
  }
}

/** What another instance has changed, a calendar above all, counts here within a minute. */
function keepSettings(): void {
  setInterval(() => {
    readSettings(db()).catch((error: unknown) => logProblem('settings: not read', error))
  }, SETTINGS_EVERY_MS).unref()
}

/** The library's own lines may carry payloads; only that something failed is kept. */
const quietLogger = new Logger((scope) => (level, message) => {
  if (level === 'error') logProblem('worker', new Error(message), { job: scope.taskIdentifier })
})
