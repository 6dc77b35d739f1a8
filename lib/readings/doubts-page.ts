import { and, asc, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, handedPeriods, meters, readingDoubts, readings, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial, formatQuantity, subtract } from '@/lib/units/quantity'
import { type DoubtsFilter, doubtNames } from './doubts-schema'
import { messageRecipients } from './recipients'
import { averageUse, compare, type Point } from './rules'
import { meterTitle, registerName, unitOf } from './words'

/** A doubt as the office's list names it. */
export interface DoubtRow {
  id: string
  /** What looks odd, in words. */
  what: string
  accountNumber: string
  address: string
  meterId: number
  /** «Холодная вода, кухня», with the counter's name where there are several. */
  title: string
  serial: string
  unit: string
  period: Period
  dial: string
  raisedAt: Date
  settledAt: Date | null
  outcome: typeof readingDoubts.$inferSelect.outcome
  settledBy: string | null
}

/** A doubt with what one needs to decide it. */
export interface DoubtView extends DoubtRow {
  previous: { dial: string; takenOn: CalendarDay } | undefined
  /** What was used by the doubted value, and usually in a month. */
  used: string | undefined
  average: string | undefined
  proposed: string | undefined
  takenOn: CalendarDay | undefined
  /** Billing has taken the month. */
  handed: boolean
  /** How many a letter would reach, and the phone billing knows. */
  people: number
  phone: string | null
}

const QUEUE = 50

/** The office's list: those that wait, the oldest first; or those decided, the latest first. */
export async function doubtsQueue(
  _staff: Staff,
  { state, kind }: DoubtsFilter,
): Promise<{ total: number; rows: DoubtRow[] }> {
  const { settledAt, raisedAt } = readingDoubts
  const condition = and(
    state === 'open' ? isNull(settledAt) : isNotNull(settledAt),
    kind ? eq(readingDoubts.kind, kind) : undefined,
  )
  const found = await doubts()
    .where(condition)
    .orderBy(state === 'open' ? asc(raisedAt) : desc(settledAt))
    .limit(QUEUE)
  return { total: await db().$count(readingDoubts, condition), rows: found.map(rowOf) }
}

function doubts() {
  return db()
    .select({ doubt: readingDoubts, meter: meters, account: accounts, by: users.login })
    .from(readingDoubts)
    .innerJoin(meters, eq(meters.id, readingDoubts.meterId))
    .innerJoin(accounts, eq(accounts.id, readingDoubts.accountId))
    .leftJoin(users, eq(users.id, readingDoubts.settledBy))
    .$dynamic()
}

type Found = Awaited<ReturnType<typeof doubts>>[number]

function rowOf({ doubt, meter, account, by }: Found): DoubtRow {
  const name = registerName(doubt.register, meter.registers)
  const title = meterTitle(meter.kind, meter.place)
  return {
    id: doubt.id,
    what: doubtNames[doubt.kind],
    accountNumber: account.accountNumber,
    address: account.address,
    meterId: meter.id,
    title: name ? `${title}, ${name.toLowerCase()}` : title,
    serial: meter.serial,
    unit: unitOf(meter.kind),
    period: doubt.period,
    dial: formatDial(doubt.value, meter.digitsBefore, meter.digitsAfter),
    raisedAt: doubt.raisedAt,
    settledAt: doubt.settledAt,
    outcome: doubt.outcome,
    settledBy: by,
  }
}

/** One doubt with its history and whom to ask; undefined when there is none of that id. */
export async function doubtView(_staff: Staff, id: string): Promise<DoubtView | undefined> {
  const [found] = await doubts().where(eq(readingDoubts.id, id))
  if (!found) return undefined
  const { doubt, meter, account } = found
  const [earlier, takenOn, handed, people] = await Promise.all([
    pointsBefore(found),
    takenOnOf(found),
    db().$count(handedPeriods, eq(handedPeriods.period, doubt.period)),
    messageRecipients(db(), account.id),
  ])
  const dial = (value: typeof doubt.value) => formatDial(value, meter.digitsBefore, meter.digitsAfter)
  const [last] = earlier
  const initial = [meter.initial1, meter.initial2, meter.initial3][doubt.register - 1]
  const verdict = compare(doubt.value, last?.value ?? initial ?? undefined, meter)
  const average = averageUse(earlier, meter)
  return {
    ...rowOf(found),
    previous: last && { dial: dial(last.value), takenOn: last.takenOn },
    used: 'used' in verdict ? formatQuantity(verdict.used) : usedOf(doubt.value, last?.value),
    average: average === undefined ? undefined : formatQuantity(average),
    proposed: doubt.proposed === null ? undefined : dial(doubt.proposed),
    takenOn,
    handed: handed > 0,
    people: people.length,
    phone: account.phone,
  }
}

function usedOf(value: Point['value'], before: Point['value'] | undefined): string | undefined {
  return before === undefined ? undefined : formatQuantity(subtract(value, before))
}

const HISTORY = 8

function pointsBefore({ doubt }: Found) {
  const { period, value, rolledOver, takenOn } = readings
  return db()
    .select({ period, value, rolledOver, takenOn })
    .from(readings)
    .where(and(ofCounter(doubt), lt(period, doubt.period)))
    .orderBy(desc(period))
    .limit(HISTORY)
}

async function takenOnOf({ doubt }: Found): Promise<CalendarDay | undefined> {
  const [found] = await db()
    .select({ takenOn: readings.takenOn })
    .from(readings)
    .where(and(ofCounter(doubt), eq(readings.period, doubt.period)))
  return found?.takenOn
}

function ofCounter({ accountId, meterId, register }: Found['doubt']) {
  return and(
    eq(readings.accountId, accountId),
    eq(readings.meterId, meterId),
    eq(readings.register, register),
    isNull(readings.supersededAt),
  )
}
