import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { wantsMessages } from '@/lib/access/channels'
import { canText } from '@/lib/mail/owe-text'
import type { Staff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { type Audience, latelyFrom } from './rules'

/** Whom a notice is for. */
export interface Addressed {
  audience: Audience
  place: string | null
  serviceId: number | null
}

/**
 * Condition on an account `a`: a notice is for it. A house is the address without its flat, a microdistrict the part of it
 * before a comma; the same rule stands in queries.ts the other way round, for the notices of one person.
 */
export function isFor({ audience, place, serviceId }: Addressed, now: Date): SQL {
  switch (audience) {
    case 'all':
      return sql`true`
    case 'house':
      return sql`a.house = ${place}`
    case 'microdistrict':
      return sql`(a.house = ${place} or a.house like ${`${(place ?? '').replace(/[\\%_]/g, '\\$&')},%`})`
    case 'service':
      return sql`exists (select 1 from stated_charges c where c.account_id = a.id
        and c.period >= ${latelyFrom(now)} and c.service_id = ${serviceId})`
  }
}

/** Condition: an access `x` is in force, and its account `a` open. */
export function isLive(now: Date): SQL {
  return sql`x.ended_at is null and (a.closed_on is null or a.closed_on > ${moscowDay(now)}::date)`
}

/** Condition: a user `u` may be written to at all: a resident who is not blocked. */
export const isReachable = sql`u.kind = 'subscriber'
  and not exists (select 1 from blocks b where b.user_id = u.id and b.unblocked_at is null)`

/** How a user `u` wants notices; nobody does by SMS while none are sent. */
export function wantsNotice(channel: 'email' | 'sms'): SQL {
  if (channel === 'sms' && !canText()) return sql`false`
  return wantsMessages(sql`u.id`, 'notices', channel)
}

/** How many a notice would reach, and how. */
export interface Reach {
  accounts: number
  people: number
  emails: number
  texts: number
}

/** Counts whom a notice would reach now. */
export async function reachOf(_staff: Staff, addressed: Addressed, now: Date): Promise<Reach> {
  const { rows } = await db().execute(sql`
    with accounts_for as (
      select a.id from accounts a where ${isFor(addressed, now)} and (a.closed_on is null or a.closed_on > ${moscowDay(now)}::date)
    ), people as (
      select distinct x.user_id from accounts_for a join account_access x on x.account_id = a.id and x.ended_at is null
    )
    select (select count(*) from accounts_for)::int as accounts, count(*)::int as people,
      count(*) filter (where ${wantsNotice('email')})::int as emails,
      count(*) filter (where ${wantsNotice('sms')})::int as texts
    from people p join users u on u.id = p.user_id where ${isReachable}`)
  return reach.parse(rows)[0]
}

const reach = z.tuple([
  z.object({ accounts: z.number(), people: z.number(), emails: z.number(), texts: z.number() }),
])
