import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Tx } from '@/db/client'
import { meterKinds } from '@/db/schema'
import { wantsMessages } from '@/lib/access/channels'
import { meterOrder, meterTitle } from '@/lib/readings/words'
import { type CalendarDay, moscowDay, parseDay } from '@/lib/units/day'

/** Which meters of whom a letter is about. */
export interface Reminder {
  accountId: number
  userId: string
  /** Where a letter goes; undefined for who wants none of these. */
  email: string | undefined
  /** E.164; where an SMS goes; undefined for who wants none of these. */
  phone: string | undefined
  accountNumber: string
  meters: RemindedMeter[]
}
export interface RemindedMeter {
  /** «Холодная вода, кухня, № 48-221001». */
  words: string
  id: number
  verifiedUntil: CalendarDay | undefined
}

/** What is to be reminded of. */
export interface Occasion {
  kind: 'window' | 'verification'
  /** Selects `account_id`, `about` and the meter's columns of meters it concerns, whoever they belong to. */
  meters: SQL
  /** Owes the letter and the SMS that are wanted, in the transaction that remembers it was owed. */
  write: (tx: Tx, reminder: Reminder) => Promise<unknown>
}

/** Accesses looked at in one transaction: what the memory holds, and how long a lock is. */
const PAGE = 500

/**
 * Owes letters and SMS to everybody the occasion concerns: who has access to the account now, is not blocked, agreed to messages
 * and wants those about readings by e-mail or SMS, of accounts that are open. Never twice: who was told of what is remembered in the transaction that owes the letter, so
 * the same run again, or two at once, owe nothing more; a run that broke off goes on where it was. @returns how many were told
 */
export async function remind({ kind, meters, write }: Occasion, now: Date): Promise<number> {
  let told = 0
  for (let after = 0; ; ) {
    const upTo = await endOfPage(after)
    if (upTo === undefined) return told
    const page = sql`x.account_id > ${after} and x.account_id <= ${upTo}`
    told += await db().transaction(async (tx) => {
      const found = await freshIn(tx, page, { kind, meters }, moscowDay(now))
      for (const reminder of found) await write(tx, reminder)
      return found.length
    })
    after = upTo
  }
}

/** The last account of the next page after one; undefined when none is left. */
async function endOfPage(after: number): Promise<number | undefined> {
  const { rows } = await db().execute(sql`
    select max(account_id) as "upTo" from (
      select account_id from account_access where account_id > ${after} and ended_at is null order by account_id limit ${PAGE}
    ) page`)
  return ends.parse(rows)[0].upTo ?? undefined
}

const ends = z.tuple([z.object({ upTo: z.coerce.number().nullable() })])

/** Who of a page is to be told of what they were not told yet; remembers it. */
async function freshIn(
  tx: Tx,
  page: SQL,
  { kind, meters }: Pick<Occasion, 'kind' | 'meters'>,
  today: CalendarDay,
): Promise<Reminder[]> {
  const { rows } = await tx.execute(sql`
    with due as materialized (
      select x.user_id, case when wanted.email then u.email end as email, case when wanted.sms then u.phone end as phone,
        a.account_number, d.*
      from account_access x
      join accounts a on a.id = x.account_id
      join users u on u.id = x.user_id
      join lateral (select ${wantsMessages(sql`u.id`, 'readings', 'email')} as email,
        ${wantsMessages(sql`u.id`, 'readings', 'sms')} as sms) wanted on wanted.email or wanted.sms
      join lateral (select * from (${meters}) m where m.account_id = x.account_id) d on true
      where ${page} and x.ended_at is null and (a.closed_on is null or a.closed_on > ${today}::date)
        and u.kind = 'subscriber'
        and not exists (select 1 from blocks b where b.user_id = u.id and b.unblocked_at is null)
    ), fresh as (
      insert into reading_reminders (account_id, user_id, kind, about)
      select distinct account_id, user_id, ${kind}, about from due order by 1, 2, 4
      on conflict do nothing
      returning account_id, user_id, about
    )
    select d.account_id as "accountId", d.user_id as "userId", d.email, d.phone, d.account_number as "accountNumber",
      json_agg(json_build_object('id', d.id, 'kind', d.kind, 'place', d.place, 'serial', d.serial,
        'verifiedUntil', d.verified_until)) as meters
    from due d join fresh f using (account_id, user_id, about)
    group by 1, 2, 3, 4, 5 order by 1, 2`)
  return reminders.parse(rows)
}

const meter = z.object({
  id: z.number(),
  kind: z.enum(meterKinds),
  place: z.string(),
  serial: z.string(),
  verifiedUntil: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : parseDay(text))),
})

const reached = z
  .string()
  .nullable()
  .transform((where) => where ?? undefined)

const reminders = z.array(
  z.object({
    accountId: z.coerce.number(),
    userId: z.uuid(),
    email: reached,
    phone: reached,
    accountNumber: z.string(),
    meters: z.array(meter).transform((found) =>
      found.sort(meterOrder).map(({ id, kind, place, serial, verifiedUntil }) => ({
        id,
        words: `${meterTitle(kind, place)}, № ${serial}`,
        verifiedUntil,
      })),
    ),
  }),
)
