import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import type { Subscriber } from '@/lib/session/require'
import { latelyFrom } from './rules'

/** A notice as a resident sees it. */
export type ResidentNotice = z.output<typeof noticeRow>

/** Past ones that are listed. */
const MOST = 50
/** On the overview. */
const MOST_NEW = 5
/** A past one is listed for a year. */
const LISTED_DAYS = 365

/** Notices for the person that are in force and not yet marked as read; accidents first, then what begins sooner. */
export function newNotices(subscriber: Subscriber, now: Date): Promise<ResidentNotice[]> {
  return listed(
    subscriber,
    sql`n.shown_until > ${now.toISOString()}::timestamptz
      and not exists (select 1 from notice_reads r where r.notice_id = n.id and r.user_id = ${subscriber.userId})`,
    sql`(n.kind = 'sudden') desc, coalesce(n.starts_at, n.published_at), n.number`,
    { limit: MOST_NEW, now },
  )
}

/** Notices for the person of the last year, the latest first, read and over ones too. */
export function allNotices(subscriber: Subscriber, now: Date): Promise<ResidentNotice[]> {
  return listed(
    subscriber,
    sql`n.shown_until > ${now.toISOString()}::timestamptz - make_interval(days => ${LISTED_DAYS})`,
    sql`n.published_at desc`,
    { limit: MOST, now },
  )
}

async function listed(
  { userId }: Subscriber,
  condition: SQL,
  order: SQL,
  { limit, now }: { limit: number; now: Date },
): Promise<ResidentNotice[]> {
  const { rows } = await db().execute(sql`
    select n.number, n.kind, n.title, n.body, n.starts_at as "startsAt", n.ends_at as "endsAt",
      n.shown_until as "shownUntil", n.published_at as "publishedAt",
      exists (select 1 from notice_reads r where r.notice_id = n.id and r.user_id = ${userId}) as read
    from notices n
    where n.withdrawn_at is null and ${condition} and ${isForPerson(userId, now)}
    order by ${order} limit ${limit}`)
  return z.array(noticeRow).parse(rows)
}

/** Condition on a notice `n`: one of the accounts the user sees now is among those it is for. */
function isForPerson(userId: string, now: Date): SQL {
  return sql`exists (
    select 1 from account_access x join accounts a on a.id = x.account_id
    where x.user_id = ${userId} and x.ended_at is null and case n.audience
      when 'all' then true
      when 'house' then a.house = n.place
      when 'microdistrict' then a.house = n.place or starts_with(a.house, n.place || ',')
      else exists (select 1 from stated_charges c where c.account_id = a.id
        and c.period >= ${latelyFrom(now)} and c.service_id = n.service_id) end)`
}

const noticeRow = z.object({
  number: z.coerce.number(),
  kind: z.enum(['planned', 'sudden', 'news']),
  title: z.string(),
  body: z.string(),
  startsAt: z.coerce.date().nullable(),
  endsAt: z.coerce.date().nullable(),
  shownUntil: z.coerce.date(),
  publishedAt: z.coerce.date(),
  read: z.boolean(),
})
