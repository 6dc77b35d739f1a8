import { setTimeout as pause } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Db } from '@/db/client'
import * as schema from '@/db/schema'
import { env } from '@/lib/env'
import { logProblem } from '@/lib/log'
import { stepBackInDatabase } from './step-back'

const { importProgress, imports } = schema

/** How often staff's «Остановить» is looked for, and progress told, ms. */
const BEAT_MS = 500

/** An upload as the database has it. */
export type Upload = typeof imports.$inferSelect

type Phase = (typeof importProgress.$inferSelect)['phase']
interface Figures {
  bytesRead: number
  rowsRead: number
  rowsWritten: number
}

/** Staff pressed «Остановить». */
export class StoppedError extends Error {
  constructor() {
    super('stopped by staff')
  }
}

/** Work on one upload: a connection of its own without a time limit, its progress, and whether it is to stop. */
export interface Work {
  /** The work's own connection: everything it holds goes with it. */
  db: Db
  /** The same connection, for COPY. */
  client: pg.Client
  /** Begins a phase; figures given are shown at the next beat. */
  phase: (phase: Phase) => Promise<void>
  tell: (figures: Partial<Figures>) => void
  /** @throws StoppedError once staff asked to stop */
  pulse: () => void
}

/**
 * Does work on an upload, one at a time for each upload (others wait), on a connection of its own. While it runs, its
 * progress is told beside its transactions, and «Остановить» breaks off whatever the database is doing for it.
 * @throws StoppedError when staff stopped it
 */
export async function workOn<T>(
  importId: string,
  task: (work: Work, upload: Upload | undefined) => Promise<T>,
): Promise<T> {
  const client = await connect(SETTINGS)
  const heart = await Heart.of(importId, client)
  try {
    await client.query("select pg_advisory_lock(hashtext('kabinet import'), hashtext($1))", [importId])
    await stepBackInDatabase(client)
    heart.start()
    const work = workDb(client)
    const [upload] = await work.select().from(imports).where(eq(imports.id, importId))
    const { phase, tell, pulse } = heart
    return await task({ db: work, client, phase, tell, pulse }, upload)
  } catch (error) {
    throw heart.stopped && isCancelled(error) ? new StoppedError() : error
  } finally {
    await heart.end()
    await client.end().catch(() => undefined)
  }
}

/**
 * A server process whose client was killed ends at once instead of finishing for nobody; and the work takes one
 * processor and not all of them, for people read pages meanwhile.
 */
const SETTINGS = [
  'client_connection_check_interval=1s',
  'work_mem=128MB',
  'maintenance_work_mem=256MB',
  'jit=off',
  'max_parallel_workers_per_gather=0',
  'max_parallel_maintenance_workers=0',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

async function connect(options: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: 'kabinet import',
    keepAlive: true,
    options,
  })
  client.on('error', (error) => logProblem('import connection lost', error))
  await client.connect()
  return client
}

function workDb(client: pg.Client): Db {
  return drizzle({ client, schema, casing: 'snake_case' })
}

/**
 * What beats beside the work: tells progress, and breaks the work off when staff asked for it. On a connection of its own:
 * those of the pool may all be waiting for what the work holds.
 */
class Heart {
  stopped = false
  private readonly over = new AbortController()
  private beating: Promise<void> = Promise.resolve()
  private figures: Figures = { bytesRead: 0, rowsRead: 0, rowsWritten: 0 }

  private constructor(
    private readonly importId: string,
    private readonly client: pg.Client,
    private readonly db: Db,
    private readonly backend: number,
  ) {}

  static async of(importId: string, work: pg.Client): Promise<Heart> {
    const client = await connect('')
    return new Heart(importId, client, workDb(client), await backendOf(work))
  }

  start(): void {
    this.beating = this.beat()
  }

  async end(): Promise<void> {
    this.over.abort()
    await this.beating
    await this.db.delete(importProgress).where(eq(importProgress.importId, this.importId)).catch(logTrouble)
    await this.client.end().catch(() => undefined)
  }

  readonly tell = (figures: Partial<Figures>): void => {
    Object.assign(this.figures, figures)
  }

  readonly pulse = (): void => {
    if (this.stopped) throw new StoppedError()
  }

  readonly phase = async (phase: Phase): Promise<void> => {
    const row = { importId: this.importId, phase, ...this.figures }
    await this.db
      .insert(importProgress)
      .values(row)
      .onConflictDoUpdate({ target: importProgress.importId, set: { ...row, updatedAt: sql`now()` } })
    await this.look()
    this.pulse()
  }

  private async beat(): Promise<void> {
    while (!this.over.signal.aborted) {
      await pause(BEAT_MS, undefined, { signal: this.over.signal }).catch(() => undefined)
      if (!this.over.signal.aborted) await this.look().catch(logTrouble)
    }
  }

  private async look(): Promise<void> {
    await this.db
      .update(importProgress)
      .set({ ...this.figures, updatedAt: sql`now()` })
      .where(eq(importProgress.importId, this.importId))
    const [row] = await this.db
      .select({ stop: imports.stopRequestedAt })
      .from(imports)
      .where(eq(imports.id, this.importId))
    if (!row?.stop) return
    this.stopped = true
    await this.db.execute(sql`select pg_cancel_backend(${this.backend}::int)`)
  }
}

function logTrouble(error: unknown): void {
  logProblem('import progress not told', error)
}

async function backendOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid ?? 0
}

const CANCELLED = '57014'

function isCancelled(error: unknown): boolean {
  if (error instanceof StoppedError) return true
  const cause = error instanceof Error && error.cause ? error.cause : error
  return cause instanceof Error && 'code' in cause && cause.code === CANCELLED
}

/** Shutdown, crash and start of the database, and a connection that broke: work goes on once it is back. */
const AWAY = /^(57P0[1-5]|08\w{3}|53300|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/

/** Whether the database went away in the middle: no fault of the file's. */
export function isOutage(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error
  if (!(cause instanceof Error)) return false
  if ('code' in cause && typeof cause.code === 'string') return AWAY.test(cause.code)
  return /connection (terminated|ended)|not queryable|connection timeout|timeout exceeded/i.test(
    cause.message,
  )
}
