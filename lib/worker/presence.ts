import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { z } from 'zod'
import { type Db, db } from '@/db/client'
import { env } from '@/lib/env'
import { logEvent, logProblem } from '@/lib/log'

/** How often is looked for jobs of workers that are gone, ms. */
const LOOK_EVERY = 5_000
/** A worker that has just begun is given this long to say that it is there, ms. */
const GRACE = 1_500
const RETRY = 1_000

/**
 * Says that a worker is there for as long as its process lives: a lock on its id, held by a connection of its own, which
 * the database lets go of the moment the process dies. Graphile marks jobs with the id of the pool that took them.
 */
export class Presence {
  private readonly over = new AbortController()
  private readonly ids = new Set<string>()
  private readonly jobs = new Set<string>()
  private client: pg.Client | undefined

  constructor() {
    void this.keep()
    void this.sweep()
  }

  /** From now on that worker is there. */
  add(id: string): void {
    this.ids.add(id)
    void this.client?.query(HELD, [id]).catch(() => undefined)
  }

  /** One of its workers is at that job. */
  begin(job: string): void {
    this.jobs.add(job)
  }

  /** It is not any more, whether or not the database heard of it. */
  finish(job: string): void {
    this.jobs.delete(job)
  }

  /** Its workers are gone, whatever jobs may still be marked with them. */
  forget(): void {
    this.ids.clear()
    this.jobs.clear()
    void this.client?.query(LET_GO).catch(() => undefined)
  }

  async end(): Promise<void> {
    this.over.abort()
    await this.client?.end().catch(() => undefined)
  }

  /** Connects, holds the locks, and does so again whenever the connection is lost. */
  private async keep(): Promise<void> {
    while (!this.over.signal.aborted) {
      const client = new pg.Client({
        connectionString: env().DATABASE_URL,
        application_name: 'kabinet presence',
        keepAlive: true,
      })
      const lost = new Promise<void>((resolve) => {
        client.on('error', () => resolve())
        client.on('end', () => resolve())
      })
      try {
        await client.connect()
        this.client = client
        for (const id of this.ids) await client.query(HELD, [id])
        await lost
      } catch (error) {
        if (!this.over.signal.aborted) logProblem('worker presence', error)
      }
      this.client = undefined
      await client.end().catch(() => undefined)
      await this.sleep(RETRY)
    }
  }

  /** Frees jobs nobody is at, so that they are taken up at once and not after hours. */
  private async sweep(): Promise<void> {
    while (!this.over.signal.aborted) {
      try {
        await this.free()
        const suspects = await db().transaction(goneWorkers)
        if (suspects.length > 0) {
          await this.sleep(GRACE)
          if (!this.over.signal.aborted) await db().transaction((tx) => release(tx, suspects))
        }
      } catch (error) {
        logProblem('worker presence', error)
      }
      await this.sleep(LOOK_EVERY)
    }
  }

  /** Frees what is marked with its own workers although they are not at it. */
  async free(): Promise<void> {
    await freeLost([...this.ids], [...this.jobs])
  }

  private async sleep(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.over.signal, ref: false }).catch(() => undefined)
  }
}

const LET_GO = 'select pg_advisory_unlock_all()'
const HELD = "select pg_advisory_lock(hashtext('kabinet worker'), hashtext($1))"

/** A job's taking or ending may be on its way for so long, seconds. */
const ON_ITS_WAY = 5

/** The answer to a job's taking was lost with a connection; or its ending was, which Graphile does not look at. */
async function freeLost(ids: readonly string[], jobs: readonly string[]): Promise<void> {
  const { rowCount } = await db().execute(sql`
    update graphile_worker._private_jobs set locked_at = null, locked_by = null
    where locked_by = any(${sql.param(ids)}::text[]) and id <> all(${sql.param(jobs)}::bigint[])
      and locked_at < now() - make_interval(secs => ${ON_ITS_WAY})`)
  if (rowCount) logEvent('jobs whose taking or ending was lost are free again', { count: rowCount })
}

type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
const workers = z.array(z.object({ id: z.string() }))

/** Ids jobs are marked with whose lock nobody holds. */
async function goneWorkers(tx: Tx): Promise<string[]> {
  const { rows } = await tx.execute(sql`
    select id from (
      select distinct locked_by as id from graphile_worker._private_jobs where locked_by is not null
    ) marked where pg_try_advisory_xact_lock(hashtext('kabinet worker'), hashtext(id))`)
  return workers.parse(rows).map(({ id }) => id)
}

async function release(tx: Tx, suspects: readonly string[]): Promise<void> {
  const gone = (await goneWorkers(tx)).filter((id) => suspects.includes(id))
  if (gone.length === 0) return
  await tx.execute(sql`select graphile_worker.force_unlock_workers(${sql.param(gone)}::text[])`)
  logEvent('jobs of workers that are gone are free again', { count: gone.length })
}
