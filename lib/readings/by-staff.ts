import { and, eq, isNull, max, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, readingDoubts, readings } from '@/db/schema'
import { type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import type { MeterValue } from '@/lib/units/quantity'
import type { CounterValue } from './meters-rules'
import { takenSince } from './queries'
import { firstNotTaken } from './rules'

/** An account held until the transaction ends. */
export interface HeldAccount {
  id: number
  accountNumber: string
}

const LOCK_NOT_AVAILABLE = '55P03'

/**
 * One change of staff to an account's meters or readings: beside no load or undoing of a file, and one after another with
 * whatever residents send for it. Refused: `absent` (no such account), `busy` (a file is being loaded).
 */
export async function onAccount<T, Code extends string>(
  which: { number: string } | { id: number },
  work: (tx: Tx, account: HeldAccount) => Promise<Result<T, Code>>,
): Promise<Result<T, Code | 'absent' | 'busy'>> {
  const condition = 'number' in which ? eq(accounts.accountNumber, which.number) : eq(accounts.id, which.id)
  try {
    return await db().transaction(async (tx) => {
      await tx.execute(sql`select set_config('lock_timeout', '5s', true)`)
      await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext('kabinet load'))`)
      const [account] = await tx
        .select({ id: accounts.id, accountNumber: accounts.accountNumber })
        .from(accounts)
        .where(condition)
        .for('no key update')
      return account ? await work(tx, account) : refused('absent', 'Такого счёта нет.')
    })
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error
    if (!(cause instanceof Error && 'code' in cause && cause.code === LOCK_NOT_AVAILABLE)) throw error
    return refused(
      'busy',
      'Сейчас загружается файл из биллинга. Подождите, пока он загрузится, и нажмите ещё раз.',
    )
  }
}

/** The first period from `due` on that billing has not taken; until the transaction ends it cannot take it. */
export async function holdOpenPeriod(tx: Tx, due: Period): Promise<Period> {
  for (let period = due; ; ) {
    await holdPeriod(tx, period)
    const open = firstNotTaken(period, await takenSince(tx, due))
    if (open === period) return period
    period = open
  }
}

/** Until the transaction ends billing cannot take that period's readings. */
export async function holdPeriod(tx: Tx, period: Period): Promise<void> {
  await tx.execute(sql`
    select pg_advisory_xact_lock_shared(hashtext('kabinet readings'), hashtext(${period}::text))`)
}

/** A counter's value in force. */
export interface InForce {
  value: MeterValue
  rolledOver: boolean
  takenOn: CalendarDay
  version: number
}

/** The values in force of a meter for a period, by counter. */
export async function inForce(
  tx: Tx,
  of: { accountId: number; meterId: number; period: Period },
): Promise<ReadonlyMap<number, InForce>> {
  const { register, value, rolledOver, takenOn, version } = readings
  const found = await tx
    .select({ register, value, rolledOver, takenOn, version })
    .from(readings)
    .where(and(which(of), isNull(readings.supersededAt)))
  return new Map(found.map((one) => [one.register, one]))
}

function which({ accountId, meterId, period }: { accountId: number; meterId: number; period: Period }) {
  return and(eq(readings.accountId, accountId), eq(readings.meterId, meterId), eq(readings.period, period))
}

/**
 * Stores values staff tell of a meter for a period: what differs from the value in force becomes the next version and
 * settles a doubt about that one, what is the same stays one record. Returns what was in force of the counters it changed.
 */
export async function storeByStaff(
  tx: Tx,
  staff: Staff,
  of: { accountId: number; meterId: number; period: Period; takenOn: CalendarDay; now: Date },
  values: readonly CounterValue[],
): Promise<(CounterValue & { before: MeterValue | undefined })[]> {
  const current = await inForce(tx, of)
  const changes = values
    .map((entry) => ({ ...entry, before: current.get(entry.register) }))
    .filter(({ value, turned, before }) => before?.value !== value || before.rolledOver !== turned)
  for (const { register, value, turned } of changes) {
    const counter = and(which(of), eq(readings.register, register))
    const [last] = await tx
      .select({ version: max(readings.version) })
      .from(readings)
      .where(counter)
    await tx
      .update(readings)
      .set({ supersededAt: of.now })
      .where(and(counter, isNull(readings.supersededAt)))
    await tx
      .update(readingDoubts)
      .set({ settledAt: of.now, settledBy: staff.userId, outcome: 'superseded' })
      .where(
        and(
          eq(readingDoubts.accountId, of.accountId),
          eq(readingDoubts.meterId, of.meterId),
          eq(readingDoubts.period, of.period),
          eq(readingDoubts.register, register),
          isNull(readingDoubts.settledAt),
        ),
      )
    await tx.insert(readings).values({
      accountId: of.accountId,
      meterId: of.meterId,
      period: of.period,
      register,
      version: (last?.version ?? 0) + 1,
      value,
      rolledOver: turned,
      takenOn: of.takenOn,
      receivedAt: of.now,
      channel: 'staff',
      actorId: staff.userId,
    })
  }
  return changes.map(({ before, ...entry }) => ({ ...entry, before: before?.value }))
}
