import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { and, eq, sql } from 'drizzle-orm'
import { closeDb, db } from '@/db/client'
import { migrate } from '@/db/migrate'
import { accounts, auditLog, charges, imports } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { receiveFile, requestCheck, requestLoad } from '@/lib/exchange/commands'
import { EmbeddedPostgres } from '../../scripts/embedded'
import { keepExchange } from '../../scripts/launcher/exchange'
import { billingFile } from '../support/billing-file'
import { freshNumber, inPieces } from '../support/imports'

const HOMES = 4_000
const PATIENCE = { timeout: 30_000, intervals: [20] }

test.describe.configure({ mode: 'serial' })

test.describe('the exchange process, killed outright', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'kabinet-import-'))
  let postgres: EmbeddedPostgres
  let exchange: ReturnType<typeof keepExchange>
  const numbers = Array.from({ length: HOMES }, freshNumber)

  test.beforeAll(async () => {
    postgres = await EmbeddedPostgres.start(path.join(dataDir, 'postgres'), { throwaway: true })
    process.env.DATABASE_URL = postgres.url
    await migrate(postgres.url)
    const rows = numbers.map((accountNumber) => ({ accountNumber, holderName: 'Ли Вэй', address: 'дом 1' }))
    for (let from = 0; from < HOMES; from += 5_000)
      await db()
        .insert(accounts)
        .values(rows.slice(from, from + 5_000))
    exchange = keepExchange()
  })

  test.afterAll(async () => {
    await exchange?.stop()
    await closeDb()
    await postgres?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('at the start of a check: the check goes on by itself', async () => {
    const id = await bring('01.2025')
    await requestCheck(SERVICE, id)
    await expect.poll(() => phaseOf(id), PATIENCE).toBe('reading')
    killExchange()
    await expect.poll(() => stateOf(id), PATIENCE).toBe('checked')
    await load(id)
    await expectWhole(id, '2025-01')
  })

  test('in the middle of writing, and at the commit: absent, then whole', async () => {
    const id = await bring('02.2025')
    await requestCheck(SERVICE, id)
    await expect.poll(() => stateOf(id), PATIENCE).toBe('checked')
    // Writing the last rows and committing take their time, so that the process can be killed there.
    await db().execute(sql`create function slow() returns trigger language plpgsql as
      $$ begin if new.state = 'loaded' then perform pg_sleep(1.5); end if; return new; end $$`)
    await db().execute(
      sql`create trigger slow_end before update on imports for each row execute function slow()`,
    )
    await requestLoad(SERVICE, id)
    await expect.poll(() => phaseOf(id), PATIENCE).toBe('writing')
    await expect.poll(() => waitsIn('update "imports"%'), PATIENCE).toBe(true)
    await expectBehind()
    killExchange()
    expect(await written('2025-02')).toBe(0)
    await db().execute(sql`drop trigger slow_end on imports`)
    await db().execute(sql`create constraint trigger slow_commit after update on imports
      deferrable initially deferred for each row execute function slow()`)
    await expect.poll(() => waitsIn('commit%'), PATIENCE).toBe(true)
    killExchange()
    expect(await written('2025-02')).toBe(0)
    await db().execute(sql`drop trigger slow_commit on imports`)
    await expect.poll(() => stateOf(id), PATIENCE).toBe('loaded')
    await expectWhole(id, '2025-02')
  })

  /** The process goes behind everything else, and so do the database's: the one that writes and the one that listens for jobs. */
  async function expectBehind(): Promise<void> {
    const { rows } = await db().execute(sql`
      select pid from pg_stat_activity where query ilike 'listen%'
        or (application_name = 'kabinet import' and wait_event = 'PgSleep')`)
    const pids = [exchange.pid(), ...rows.map(({ pid }) => Number(pid))]
    expect(pids.map((pid) => os.getPriority(pid))).toEqual([10, 10, 10])
    for (const pid of pids) {
      const group = `/proc/${pid}/autogroup`
      if (existsSync(group)) expect(readFileSync(group, 'utf8')).toMatch(/ nice 10\n$/)
    }
  }

  function killExchange(): void {
    const pid = exchange.pid()
    if (pid === undefined) throw new Error('no exchange process runs')
    process.kill(pid, 'SIGKILL')
  }

  async function bring(month: string): Promise<string> {
    const bytes = billingFile(
      'charges',
      numbers.map((accountNumber) => ({ accountNumber, period: month })),
    )
    const received = await receiveFile(SERVICE, { fileName: `${month}.csv`, bytes: inPieces(bytes) })
    if (received.status !== 'ok') throw new Error('not received')
    return received.value.id
  }
})

async function load(id: string): Promise<void> {
  expect(await requestLoad(SERVICE, id)).toMatchObject({ status: 'ok' })
  await expect.poll(() => stateOf(id), PATIENCE).toBe('loaded')
}

async function expectWhole(id: string, month: string): Promise<void> {
  expect(await written(month)).toBe(HOMES)
  const loads = and(eq(auditLog.action, 'import.loaded'), eq(auditLog.subjectId, id))
  expect(await db().$count(auditLog, loads)).toBe(1)
}

async function written(month: string): Promise<number> {
  return db().$count(charges, sql`${charges.period} = ${month}`)
}

async function stateOf(id: string): Promise<string | undefined> {
  const [found] = await db().select({ state: imports.state }).from(imports).where(eq(imports.id, id))
  return found?.state
}

async function phaseOf(id: string): Promise<unknown> {
  const { rows } = await db().execute(sql`select phase from import_progress where import_id = ${id}`)
  return rows[0]?.phase
}

/** Whether the work is sleeping in a statement that begins like that. */
async function waitsIn(statement: string): Promise<boolean> {
  const { rows } = await db().execute(sql`
    select 1 from pg_stat_activity where application_name = 'kabinet import' and wait_event = 'PgSleep'
      and query ilike ${statement}`)
  return rows.length > 0
}
