import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { hasChosen, wantsMessages } from '@/lib/access/channels'
import { env } from '@/lib/env'
import { owe } from '@/lib/mail/owe'
import { oweText } from '@/lib/mail/owe-text'
import { readSettings } from '@/lib/settings/queries'
import { type CalendarDay, day, formatDay } from '@/lib/units/day'
import { formatPeriod, type Period, period } from '@/lib/units/period'
import { latestCharges } from './charges'
import { ownAmount } from './own-part'
import { dueOn } from './rules'

// Which accounts and periods a load or an undoing has touched stands in the table `touched_charges` (account_id, period)
// of the caller's transaction. Every posting is the difference between what should stand and what does: posting again adds nothing.

/**
 * Posts `carried`: what billing opened a period of a touched account with beyond what it closed the one before with.
 * Looks at each touched period and at the next one stated after it. `summed`: months of which `touched_charges` has every
 * account, with its opening and closing balance (kopecks).
 */
export async function postCarried(tx: Tx, importId: string, summed: readonly Period[] = []): Promise<void> {
  await sumTouched(tx, summed)
  await tx.execute(sql`
    with asked as (
      select t.account_id, t.period from touched_charges t
      union
      select t.account_id, min(s.period) from touched_charges t
      join touched_sums s on s.account_id = t.account_id and s.period > t.period group by t.account_id, t.period
    ), series as (
      select account_id, period, opening - coalesce(lag(closing) over (partition by account_id order by period), 0) as amount
      from touched_sums
    ), entered as (
      select account_id, period, sum(amount) as amount from ledger_entries
      where kind = 'carried' and account_id in (select account_id from touched_charges) group by 1, 2
    )
    insert into ledger_entries (account_id, kind, amount, period, import_id)
    select a.account_id, 'carried', coalesce(x.amount, 0) - coalesce(e.amount, 0), a.period, ${importId}::uuid
    from asked a left join series x using (account_id, period) left join entered e using (account_id, period)
    where coalesce(x.amount, 0) <> coalesce(e.amount, 0)
    order by a.account_id, a.period`)
}

/**
 * Makes `touched_sums`: opening and closing balances of the touched accounts for the touched months, the ones stated
 * before and the ones stated after them, without a month left out between.
 */
async function sumTouched(tx: Tx, summed: readonly Period[]): Promise<void> {
  const { rows } = await tx.execute(sql`
    select min(period) as first, max(period) as last, count(*) > ${MANY} as many from touched_charges`)
  const [{ first, last, many }] = extent.parse(rows)
  const months = await everyMonth(tx)
  const from = months.findLastIndex((month) => month < (first ?? ''))
  const to = months.findIndex((month) => month > (last ?? ''))
  const near = months.slice(Math.max(from, 0), to < 0 ? undefined : to + 1)
  const asked = near.filter((one) => !summed.includes(one))
  // A whole month is added up sooner than many accounts are picked out of it.
  const picked = many ? sql`` : sql`and account_id in (select account_id from touched_charges)`
  await tx.execute(sql`drop table if exists touched_sums`)
  await tx.execute(sql`
    create temp table touched_sums on commit drop as
    select account_id, period, sum(opening) as opening, sum(closing) as closing from ${latestCharges(asked)} c
    where not void ${picked} group by 1, 2`)
  if (summed.length > 0)
    await tx.execute(
      sql`insert into touched_sums select account_id, period, opening, closing from touched_charges`,
    )
  await tx.execute(sql`analyze touched_sums`)
  // An account may have no bill of the month beside: then the nearest one it has.
  await sumBeyond(tx, sql`min`, sql`<`, months.slice(0, Math.max(from, 0)).toReversed())
  await sumBeyond(tx, sql`max`, sql`>`, to < 0 ? [] : months.slice(to + 1))
}

const MANY = 10_000
const month = z.string().transform(period).nullable()
const extent = z.tuple([z.object({ first: month, last: month, many: z.boolean() })])

/** The months there are partitions for, the earliest first. */
async function everyMonth(tx: Tx): Promise<Period[]> {
  const { rows } = await tx.execute(sql`
    select replace(substr(c.relname, length('charges_') + 1), '_', '-') as period
    from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'charges'::regclass order by 1`)
  return found.parse(rows).map((row) => row.period)
}

const found = z.array(z.object({ period: z.string().transform(period) }))

/**
 * Adds the nearest of these months, given nearest first, of each touched account that has nothing on that side yet. A
 * month at a time: looking account by account opens every month for everybody who never had a bill.
 */
async function sumBeyond(tx: Tx, edge: SQL, beyond: SQL, months: readonly Period[]): Promise<void> {
  if (months.length === 0) return
  await tx.execute(sql`drop table if exists lone_accounts`)
  await tx.execute(sql`
    create temp table lone_accounts on commit drop as
    select account_id from (select account_id, ${edge}(period) as period from touched_charges group by 1) t
    where not exists (select 1 from touched_sums k where k.account_id = t.account_id and k.period ${beyond} t.period)`)
  await tx.execute(sql`analyze lone_accounts`)
  for (const month of months) {
    await tx.execute(sql`
      with nearest as (
        insert into touched_sums
        select account_id, period, sum(opening), sum(closing) from ${latestCharges([month])} c
        where not void and account_id in (select account_id from lone_accounts) group by 1, 2
        returning account_id
      ) delete from lone_accounts l using nearest n where n.account_id = l.account_id`)
  }
}

/** Condition on `charges c`: the latest version of its row, and stated. */
const inForce = sql`not c.void and not exists (
  select 1 from charges later where later.account_id = c.account_id and later.period = c.period
    and later.service_id = c.service_id and later.version > c.version)`

/** Accounts among which what became of payments is posted: a query of `account_id`. */
const TOUCHED = sql`select account_id from touched_charges`

/**
 * Posts what became of the payments of touched accounts, or of those named, and of money given back. Billing's figures
 * for an account are of the moment the file that brought its latest month says (`figuresOf`). A payment made later is
 * not in them: `payment` (given back: `refund`), or `returned` when it had been taken over before. One made by then is
 * in them: `taken-over`. `importId`: what caused it, if a load did.
 */
export async function postPayments(tx: Tx, importId: string | null, accounts = TOUCHED): Promise<void> {
  await tx.execute(sql`
    with concerned as materialized (
      select distinct account_id from payments where account_id in (${accounts})
    ), known as materialized (${figuresOf(sql`select account_id from concerned`)}), state as (
      select p.account_id, p.id,
        case when k.as_of is null or p.paid_at > k.as_of then -p.amount else 0 end as due,
        coalesce(sum(e.amount), 0) as entered, max(e.id) as last
      from payments p join concerned using (account_id)
      left join known k using (account_id)
      left join ledger_entries e on e.account_id = p.account_id and e.payment_id = p.id
      group by p.account_id, p.id, k.as_of
    )
    insert into ledger_entries (account_id, kind, amount, payment_id, import_id, reverses)
    select account_id, case when last is null and due > 0 then 'refund' when last is null then 'payment'
      when due = 0 then 'taken-over' else 'returned' end, due - entered, id, ${importId}::uuid, last
    from state where due <> entered
    order by account_id, id`)
}

/**
 * A query of `account_id` and `as_of`: the moment billing's figures for the accounts are of, as the file that brought the
 * latest month says (`imports.as_of`; else the end of that month), and never later than that file was loaded. Accounts
 * without a bill are left out.
 */
export function figuresOf(accounts: SQL): SQL {
  return sql`
    select o.account_id, max(least(i.loaded_at,
      coalesce(i.as_of, ((s.period || '-01')::date + interval '1 month') at time zone 'Europe/Moscow'))) as as_of
    from (${accounts}) o
    join lateral (
      select c.period from charges c where c.account_id = o.account_id and ${inForce} order by c.period desc limit 1
    ) latest on true
    join stated_charges s on s.account_id = o.account_id and s.period = latest.period
    left join imports i on i.id = s.import_id
    group by 1`
}

/** Evens out what stands for the payments of an import that is being undone. */
export async function returnPayments(tx: Tx, importId: string): Promise<void> {
  await tx.execute(sql`
    insert into ledger_entries (account_id, kind, amount, payment_id, import_id, reverses)
    select e.account_id, 'returned', -sum(e.amount), e.payment_id, ${importId}::uuid, max(e.id)
    from payments p join ledger_entries e on e.account_id = p.account_id and e.payment_id = p.id
    where p.import_id = ${importId}::uuid
    group by e.account_id, e.payment_id having sum(e.amount) <> 0`)
}

const owed = z.array(
  z.object({
    accountId: z.coerce.number(),
    userId: z.string(),
    email: z.string(),
    byEmail: z.boolean(),
    phone: z.string().nullable(),
    accountNumber: z.string(),
    period: z.string().transform(period),
    amount: z.string(),
    seesFrom: z
      .string()
      .nullable()
      .transform((text) => (text === null ? undefined : day(text))),
  }),
)

/**
 * Owes a letter «новая квитанция» to whoever asked for bills by e-mail of an account this import brought a newer month
 * for than any before, unless they want none in «Профиль»; one per person, account and month, whatever is loaded again. An SMS
 * goes to whoever chose that. To be called after the postings.
 */
export async function oweBillLetters(tx: Tx, importId: string): Promise<void> {
  const { rows } = await tx.execute(sql`
    with newer as (
      select c.account_id, max(t.period) as period from touched_charges t
      join (select distinct account_id from paperless_choices) c on c.account_id = t.account_id group by 1
    ), fresh as (
      insert into bill_letters (account_id, user_id, period, by_email)
      select p.account_id, p.user_id, n.period, wanted.email from newer n
      join paperless_choices p on p.account_id = n.account_id
      join lateral (select ${hasChosen(sql`p.user_id`, 'bills', 'email')} as email,
        ${wantsMessages(sql`p.user_id`, 'bills', 'sms')} as sms) wanted on wanted.email or wanted.sms
      where not exists (select 1 from charges c where c.account_id = n.account_id and c.period >= n.period
          and c.import_id is distinct from ${importId}::uuid)
        and exists (select 1 from account_access x
          where x.account_id = p.account_id and x.user_id = p.user_id and x.ended_at is null
            and (x.sees_from is null or n.period >= to_char(x.sees_from - interval '1 day' + interval '1 month', 'YYYY-MM')))
        and not exists (select 1 from blocks b where b.user_id = p.user_id and b.unblocked_at is null)
      on conflict do nothing
      returning account_id, user_id, period, by_email
    )
    select f.account_id as "accountId", f.user_id as "userId", u.email, f.by_email as "byEmail",
      case when ${wantsMessages(sql`u.id`, 'bills', 'sms')} then u.phone end as phone, a.account_number as "accountNumber", f.period,
      ((select sum(s.closing) from stated_charges s where s.account_id = f.account_id and s.period = f.period)
        + coalesce((select sum(e.amount) from ledger_entries e where e.account_id = f.account_id and e.kind <> 'carried'), 0)
      )::text as amount,
      (select x.sees_from::text from account_access x
        where x.account_id = f.account_id and x.user_id = f.user_id and x.ended_at is null) as "seesFrom"
    from fresh f join users u on u.id = f.user_id join accounts a on a.id = f.account_id
    order by f.account_id, f.user_id`)
  const { dueDay } = await readSettings(tx)
  for (const { email, byEmail, phone, accountId, accountNumber, period, seesFrom, ...all } of owed.parse(
    rows,
  )) {
    const amount = seesFrom ? String(await ownAmount(tx, accountId, seesFrom)) : all.amount
    const bill = { accountNumber, period, amount, dueOn: dueOn(period, dueDay) }
    if (byEmail) await owe(tx, 'bill-ready', email, bill)
    if (phone) await oweText(tx, { kind: 'bill', toPhone: phone, body: billText(bill) })
  }
}

/** No amount: whoever looks at the phone's locked screen need not know it. */
function billText({
  accountNumber,
  period,
  dueOn,
}: {
  accountNumber: string
  period: Period
  dueOn: CalendarDay
}) {
  const until = formatDay(dueOn, { year: false })
  return `Готова квитанция за ${formatPeriod(period)} по счёту ${accountNumber}, оплатить до ${until}: ${env().PUBLIC_URL}/personal`
}
