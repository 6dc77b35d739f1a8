import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, meters, readings } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import { issueCertificate } from '@/lib/papers/commands'
import type { MetersCertificate } from '@/lib/papers/schema'
import { ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { moscowDay } from '@/lib/units/day'
import { formatDial } from '@/lib/units/quantity'
import { meterTitle, registerName, unitOf } from './words'

type Meter = typeof meters.$inferSelect
type Value = Awaited<ReturnType<typeof lastValues>>[number]

/**
 * «Справка об учтённых счётчиках» on the subscriber's own account: the meters that stand there today. Asked for again the
 * same day it is the same paper, unless something changed. Refused: `absent` (another's account), `nothing` registered.
 */
export async function issueMeters(
  subscriber: Subscriber,
  accountNumber: string,
  now: Date,
): Promise<Result<{ id: string }, 'absent' | 'nothing'>> {
  const [account] = await db()
    .select()
    .from(accounts)
    .where(and(eq(accounts.accountNumber, accountNumber), ownedBy(subscriber, accounts.id)))
  if (!account) return refused('absent', 'Такого счёта у вас нет.')
  const { id, address, holderName } = account
  const [standing, values] = await Promise.all([metersOf(id), lastValues(id)])
  if (standing.length === 0)
    return refused(
      'nothing',
      'На этом счёте нет учтённых счётчиков. Если вы поставили счётчик, напишите нам.',
    )
  const { company } = await currentSettings()
  const body = {
    ...{ accountNumber, address, holderName, company: company.fullName, on: moscowDay(now) },
    meters: standing.map((meter) => lineOf(meter, values)),
  }
  return ok({ id: await issueCertificate(subscriber, { kind: 'meters', accountId: id, body }, now) })
}

function metersOf(accountId: number): Promise<Meter[]> {
  return db()
    .select()
    .from(meters)
    .where(and(eq(meters.accountId, accountId), isNull(meters.removedOn)))
    .orderBy(asc(meters.id))
}

/** Of every counter of the account the last value in force. */
function lastValues(accountId: number) {
  const { meterId, register, value, period } = readings
  return db()
    .selectDistinctOn([meterId, register], { meterId, register, value, period })
    .from(readings)
    .where(and(eq(readings.accountId, accountId), isNull(readings.supersededAt)))
    .orderBy(asc(meterId), asc(register), desc(period))
}

function lineOf(meter: Meter, values: readonly Value[]): MetersCertificate['meters'][number] {
  const { id, kind, serial, place, verifiedUntil, commissionedOn, installedOn } = meter
  const own = values.filter((value) => value.meterId === id)
  const months = own.map((value) => value.period).sort()
  return {
    ...{ kind: meterTitle(kind, ''), serial, place, unit: unitOf(kind), verifiedUntil },
    // Where no other day is known, a meter counts from the day it was put up.
    commissionedOn: commissionedOn ?? installedOn,
    values: Array.from({ length: meter.registers }, (_, before) => {
      const found = own.find((value) => value.register === before + 1)
      const dial = found ? formatDial(found.value, meter.digitsBefore, meter.digitsAfter) : null
      return { name: registerName(before + 1, meter.registers) ?? null, dial }
    }),
    valuesOf: months.at(-1) ?? null,
  }
}
