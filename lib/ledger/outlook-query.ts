import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, meters, services, tariffs } from '@/db/schema'
import { seenBy } from '@/lib/accounts/queries'
import { stateOf } from '@/lib/readings/queries'
import type { Subscriber } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { addMonths, periodOf } from '@/lib/units/period'
import type { Dwelling } from './norm'
import { type KindOutlook, type OutlookMeter, outlookOf } from './outlook'
import { letterScope, linesOf, ownScope, type Scope } from './queries'
import type { KnownPrices, Listed } from './unit-price'

/** What a month costs on the subscriber's own account, for the meters of its readings page; none when it is not theirs. */
export async function outlook(
  subscriber: Subscriber,
  accountId: number,
  own: readonly OutlookMeter[],
  now: Date,
): Promise<KindOutlook[]> {
  return outlookIn(ownScope(subscriber, accountId), own, now)
}

/** `outlook` for a letter to somebody who has access to the account; nothing for others. */
export async function outlookForLetter(userId: string, accountId: number, now: Date): Promise<KindOutlook[]> {
  const { meters: own } = await stateOf(seenBy(userId, meters.accountId), accountId, now)
  return outlookIn(letterScope(userId, accountId), own, now)
}

async function outlookIn(scope: Scope, own: readonly OutlookMeter[], now: Date): Promise<KindOutlook[]> {
  const [bill, listed, dwelling] = await Promise.all([
    lastBill(scope, now),
    listOfTariffs(),
    dwellingIn(scope),
  ])
  return outlookOf(own, { bill, listed }, dwelling)
}

/** An account without a bill for so many months has no price to tell; only their partitions are opened. */
const RECENT = 5

async function lastBill(scope: Scope, now: Date): Promise<KnownPrices['bill']> {
  const current = periodOf(moscowDay(now))
  const lines = await linesOf(
    scope,
    Array.from({ length: RECENT }, (_, back) => addMonths(current, -back)),
  )
  const [period] = lines.map((line) => line.period).sort((a, b) => (a < b ? 1 : -1))
  return period && { period, lines: lines.filter((line) => line.period === period) }
}

/** The list of tariffs is the same for everybody and short: a row per service and change. */
async function listOfTariffs(): Promise<Listed[]> {
  const { serviceId, validFrom, unit, price, norm, normPer } = tariffs
  return db()
    .select({ serviceId, service: services.name, validFrom, unit, price, norm, normPer })
    .from(tariffs)
    .innerJoin(services, eq(services.id, serviceId))
}

async function dwellingIn({ accountId, allowed }: Scope): Promise<Dwelling> {
  const [dwelling] = await db()
    .select({ residents: accounts.residents, area: accounts.area })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), allowed()))
  return dwelling ?? { residents: null, area: null }
}
