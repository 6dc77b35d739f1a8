import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, meters, readings } from '@/db/schema'
import { ownedSince } from '@/lib/accounts/queries'
import type { Subscriber } from '@/lib/session/require'
import { type Period, parsePeriod } from '@/lib/units/period'
import { meterId } from './meters-schema'
import { meterTitle } from './words'

/** Meters of an account that were read in a month. */
export interface ReadMeters {
  accountId: number
  accountNumber: string
  period: Period
  meters: { id: number; title: string; serial: string }[]
}

type Wanted = Record<'account' | 'meter' | 'period', string | string[] | undefined>

/**
 * The month of readings a page of pictures is about: the account and month of its address, else the latest that was read.
 * The meter of the address stands first. Undefined when nothing of theirs was read.
 */
export async function readMeters(subscriber: Subscriber, wanted: Wanted): Promise<ReadMeters | undefined> {
  const month = typeof wanted.period === 'string' ? parsePeriod(wanted.period) : undefined
  const meter = meterId.safeParse(wanted.meter).data
  const [latest] = await read(
    subscriber,
    and(
      month ? eq(readings.period, month) : undefined,
      meter ? eq(meters.id, meter) : undefined,
      typeof wanted.account === 'string' ? eq(accounts.accountNumber, wanted.account) : undefined,
    ),
  ).limit(1)
  if (!latest) return undefined
  const { accountId, accountNumber, period } = latest
  const rows = await read(subscriber, and(eq(accounts.id, accountId), eq(readings.period, period)))
  const found = rows.map(({ id, kind, place, serial }) => ({ id, title: meterTitle(kind, place), serial }))
  const first = found.filter(({ id }) => id === meter)
  return { accountId, accountNumber, period, meters: [...first, ...found.filter(({ id }) => id !== meter)] }
}

function read(subscriber: Subscriber, condition: ReturnType<typeof and>) {
  const { id, kind, place, serial, accountId } = meters
  const { accountNumber } = accounts
  return db()
    .select({ id, kind, place, serial, accountId, accountNumber, period: readings.period })
    .from(readings)
    .innerJoin(meters, and(eq(meters.id, readings.meterId), eq(meters.accountId, readings.accountId)))
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .where(
      and(
        ownedSince(subscriber, readings.accountId, { day: readings.takenOn }),
        isNull(readings.supersededAt),
        eq(readings.register, 1),
        condition,
      ),
    )
    .orderBy(desc(readings.period), asc(accountNumber), asc(id))
}
