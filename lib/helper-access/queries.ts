import { and, desc, eq, gte, isNull, lte, or } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, accounts, helperAccess, meters, readings } from '@/db/schema'
import { holderStands } from '@/lib/readings/helpers'
import { meterTitle } from '@/lib/readings/words'
import type { Subscriber } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import { type HelperState, helperState } from './rules'

/** More than anybody ever had; the oldest are left out. */
const MOST_SHOWN = 50
const SENDINGS_SHOWN = 3
const VALUES_READ = 300

/** What a state follows from, as columns of a query. */
export const termColumns = {
  until: helperAccess.until,
  inviteEndsAt: helperAccess.inviteEndsAt,
  acceptedAt: helperAccess.acceptedAt,
  endedAt: helperAccess.endedAt,
  holderStands,
}

export type EndReason = NonNullable<(typeof helperAccess.$inferSelect)['endReason']>

/** A helper as the holder's list shows them. `sendings`: the latest, each with the meters it was for. */
export interface HelperLine {
  id: string
  accountNumber: string
  name: string
  email: string
  state: HelperState
  until: CalendarDay
  inviteEndsAt: Date
  acceptedAt: Date | null
  endedAt: Date | null
  endReason: EndReason | null
  sendings: { at: Date; meters: string[] }[]
}

/** Whom the subscriber has invited for accounts they hold now, the newest first. */
export async function helpersOf(subscriber: Subscriber, now: Date): Promise<HelperLine[]> {
  const found = await db()
    .select({
      id: helperAccess.id,
      accountNumber: accounts.accountNumber,
      name: helperAccess.name,
      email: helperAccess.email,
      endReason: helperAccess.endReason,
      ...termColumns,
    })
    .from(helperAccess)
    .innerJoin(accounts, eq(accounts.id, helperAccess.accountId))
    .innerJoin(
      accountAccess,
      and(
        eq(accountAccess.accountId, helperAccess.accountId),
        eq(accountAccess.userId, helperAccess.holderId),
        isNull(accountAccess.endedAt),
      ),
    )
    .where(eq(helperAccess.holderId, subscriber.userId))
    .orderBy(desc(helperAccess.invitedAt))
    .limit(MOST_SHOWN)
  const sendings = await sendingsFor(subscriber)
  return found.map((line) => ({
    ...line,
    state: helperState(line, now),
    sendings: sendings.get(line.id)?.slice(0, SENDINGS_SHOWN) ?? [],
  }))
}

/** What helpers of the subscriber's have sent while they were helpers, by access, the latest first. */
async function sendingsFor(subscriber: Subscriber): Promise<Map<string, HelperLine['sendings']>> {
  const rows = await db()
    .selectDistinct({
      id: helperAccess.id,
      at: readings.receivedAt,
      meterId: meters.id,
      kind: meters.kind,
      place: meters.place,
    })
    .from(helperAccess)
    .innerJoin(
      readings,
      and(
        eq(readings.accountId, helperAccess.accountId),
        eq(readings.actorId, helperAccess.helperId),
        eq(readings.channel, 'helper'),
        gte(readings.receivedAt, helperAccess.acceptedAt),
        or(isNull(helperAccess.endedAt), lte(readings.receivedAt, helperAccess.endedAt)),
      ),
    )
    .innerJoin(meters, eq(meters.id, readings.meterId))
    .where(eq(helperAccess.holderId, subscriber.userId))
    .orderBy(desc(readings.receivedAt), meters.id)
    .limit(VALUES_READ)
  const sendings = new Map<string, HelperLine['sendings']>()
  for (const { id, at, kind, place } of rows) {
    const own = sendings.get(id) ?? []
    sendings.set(id, own)
    const last = own.at(-1)
    if (last?.at.getTime() === at.getTime()) last.meters.push(meterTitle(kind, place))
    else own.push({ at, meters: [meterTitle(kind, place)] })
  }
  return sendings
}
