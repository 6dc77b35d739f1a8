import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Reader } from '@/db/client'
import { firstSeenPeriod } from '@/lib/accounts/rules'
import { type CalendarDay, startOfMoscowDay } from '@/lib/units/day'
import { type Kopecks, kopecks } from '@/lib/units/money'

/**
 * What of an account's balance is its new holder's, payments on their way aside: what their `months` moved, and what payments
 * moved across the border: the former holder's that billing took into the new one's months, and the new one's that it took into
 * the former's. Both holders' parts together are the account's balance.
 */
export async function ownPart(
  accountId: number,
  since: CalendarDay,
  months: readonly { opening: Kopecks; closing: Kopecks }[],
): Promise<Kopecks> {
  const moved = months.reduce((total, { opening, closing }) => total + closing - opening, 0n)
  return kopecks(moved + (await paidAcross(db(), accountId, since)))
}

/** Of the former holder's payments what stands in the new one's months, less the new one's in the former's. */
async function paidAcross(reader: Reader, accountId: number, since: CalendarDay): Promise<bigint> {
  const start = startOfMoscowDay(since)
  const { rows } = await reader.execute(sql`
    with stated as (
      select s.period, max(least(i.loaded_at,
        coalesce(i.as_of, ((s.period || '-01')::date + interval '1 month') at time zone 'Europe/Moscow'))) as as_of
      from stated_charges s left join imports i on i.id = s.import_id where s.account_id = ${accountId} group by s.period
    ), edges as (
      select coalesce((select as_of from stated where period < ${firstSeenPeriod(since)} order by period desc limit 1),
          '-infinity') as former,
        coalesce((select as_of from stated order by period desc limit 1), '-infinity') as latest
    )
    select coalesce(sum(case when p.paid_at < ${start} then p.amount else -p.amount end), 0)::text as sum
    from payments p cross join edges e where p.account_id = ${accountId} and case when p.paid_at < ${start}
      then p.paid_at > e.former and p.paid_at <= e.latest else p.paid_at <= e.former end`)
  return across.parse(rows)[0].sum
}

/** What the new holder owes as far as billing and payments tell; below zero is overpaid. For a letter. */
export async function ownAmount(reader: Reader, accountId: number, since: CalendarDay): Promise<Kopecks> {
  const { rows } = await reader.execute(sql`
    select (coalesce((select sum(closing - opening) from stated_charges
        where account_id = ${accountId} and period >= ${firstSeenPeriod(since)}), 0)
      + coalesce((select sum(e.amount) from ledger_entries e join payments p on p.id = e.payment_id
        where e.account_id = ${accountId} and e.kind <> 'carried' and p.paid_at >= ${startOfMoscowDay(since)}), 0))::text as sum`)
  return kopecks(across.parse(rows)[0].sum + (await paidAcross(reader, accountId, since)))
}

/**
 * What a holder leaves on the account when it changes hands on `changedOn`: all of its balance but the new holder's part, and
 * but that of the holder before them, if they came by a change themselves, `since`.
 */
export async function leftBehind(
  reader: Reader,
  accountId: number,
  { since, changedOn }: { since: CalendarDay | undefined; changedOn: CalendarDay },
): Promise<Kopecks> {
  const whole = since ? await ownAmount(reader, accountId, since) : await wholeAmount(reader, accountId)
  return kopecks(whole - (await ownAmount(reader, accountId, changedOn)))
}

async function wholeAmount(reader: Reader, accountId: number): Promise<Kopecks> {
  const { rows } = await reader.execute(sql`
    select (coalesce((select sum(closing - opening) from stated_charges where account_id = ${accountId}), 0)
      + coalesce((select sum(amount) from ledger_entries where account_id = ${accountId}), 0))::text as sum`)
  return kopecks(across.parse(rows)[0].sum)
}

const across = z.tuple([z.object({ sum: z.string().transform((text) => BigInt(text)) })])
