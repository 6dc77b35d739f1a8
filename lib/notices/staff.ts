import { asc, count, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { db } from '@/db/client'
import { noticeMessages, noticeReads, notices, services, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'

const PAGE = 50
/** Houses one may choose from; no town has more. */
const MOST_HOUSES = 5_000

const publisher = alias(users, 'publisher')
const withdrawer = alias(users, 'withdrawer')
const columns = {
  id: notices.id,
  number: notices.number,
  kind: notices.kind,
  title: notices.title,
  body: notices.body,
  startsAt: notices.startsAt,
  endsAt: notices.endsAt,
  shownUntil: notices.shownUntil,
  audience: notices.audience,
  place: notices.place,
  service: services.name,
  publishedAt: notices.publishedAt,
  publishedBy: publisher.login,
  deliveredAt: notices.deliveredAt,
  withdrawnAt: notices.withdrawnAt,
  withdrawnBy: withdrawer.login,
}

/** A page of all notices, the latest first; `next` is whether there are older ones. */
export async function noticesForStaff(_staff: Staff, page: number) {
  const rows = await selected()
    .orderBy(desc(notices.number))
    .limit(PAGE + 1)
    .offset((page - 1) * PAGE)
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE }
}

/** A notice with how many were owed a message and how many have read it; undefined for an unknown number. */
export async function noticeForStaff(_staff: Staff, number: number) {
  const [found] = await selected().where(eq(notices.number, number))
  if (!found) return undefined
  const [owed, reads] = await Promise.all([
    db()
      .select({ channel: noticeMessages.channel, count: count() })
      .from(noticeMessages)
      .where(eq(noticeMessages.noticeId, found.id))
      .groupBy(noticeMessages.channel),
    db().$count(noticeReads, eq(noticeReads.noticeId, found.id)),
  ])
  const by = (channel: 'email' | 'sms') => owed.find((one) => one.channel === channel)?.count ?? 0
  return { ...found, emails: by('email'), texts: by('sms'), reads }
}

function selected() {
  return db()
    .select(columns)
    .from(notices)
    .leftJoin(services, eq(services.id, notices.serviceId))
    .innerJoin(publisher, eq(publisher.id, notices.publishedBy))
    .leftJoin(withdrawer, eq(withdrawer.id, notices.withdrawnBy))
    .$dynamic()
}

/** Microdistricts and houses of the accounts, to choose from: by steps from house to house in the index. */
export async function placesFor(_staff: Staff): Promise<{ microdistricts: string[]; houses: string[] }> {
  const { rows } = await db().execute(sql`
    with recursive step as (
      (select house from accounts order by house limit 1)
      union all
      select (select a.house from accounts a where a.house > s.house order by a.house limit 1)
      from step s where s.house is not null
    )
    select house from step where house is not null limit ${MOST_HOUSES}`)
  const houses = z
    .array(z.object({ house: z.string() }))
    .parse(rows)
    .map(({ house }) => house)
    .sort(natural.compare)
  const districts = houses.flatMap((house) => (house.includes(',') ? [house.split(',')[0] ?? ''] : []))
  return { microdistricts: [...new Set(districts)].sort(natural.compare), houses }
}

const natural = new Intl.Collator('ru', { numeric: true })

/** Services a notice may be for. */
export function servicesFor(_staff: Staff): Promise<{ id: number; name: string }[]> {
  return db()
    .select({ id: services.id, name: services.name })
    .from(services)
    .orderBy(asc(services.sort), asc(services.name))
}
