import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { postPayments } from '@/lib/ledger/commands'
import type { PaymentRow } from './row-schema'
import { ACCOUNT, expel, expelUnknownAccounts } from './staged-rejects'
import { countChange, type Target } from './target'

/**
 * Tells payments of a register apart that brings no numbers: the account, the day, the sum, who took it, and which of
 * several alike it is. The same register again gives the same words.
 */
const identified = sql`(
  select i.line, i.account_id, i.amount, i.paid_at, i.period, i.place,
    case when i.document <> '' then i.document else 'без номера ' || md5(concat_ws('|', i.account_id, extract(epoch from i.paid_at),
      i.amount, i.place, row_number() over (partition by i.account_id, i.paid_at, i.amount, i.place, i.document order by i.line)))
    end as document
  from incoming i)`
const matched = sql`${identified} i
  left join payments p on p.account_id = i.account_id and p.source = 'register' and p.document = i.document`

/** Payments taken elsewhere, as a register tells them. A day without a time is its first second in Moscow. */
export const paymentsTarget: Target<PaymentRow> = {
  columns: { paid_at: 'timestamptz', amount: 'bigint', document: 'text', place: 'text', period: 'char(7)' },
  account: (row) => row.accountNumber,
  cells: (row) => [`${row.paidOn} 00:00:00+03`, row.amount, row.document, row.place, row.period],
  // Payments without a number are told apart by their order.
  key: {
    of: sql`${ACCOUNT}, document, case when document = '' then line else 0 end`,
    texts: (row) => [row.accountNumber, row.document],
    field: 'document',
  },
  expel: async (tx, { unknownAccounts }) => {
    if (unknownAccounts) await expelUnknownAccounts(tx)
    await expelContradictions(tx)
  },
  compare: async (tx) => [
    await countChange(
      tx,
      'Платежи',
      sql`select count(*) filter (where p.id is null) as added, 0 as changed, count(*) as all from ${matched}`,
    ),
  ],
  absent: async () => 0,
  write: async (tx, incoming, { importId }) => {
    const changes = await paymentsTarget.compare(tx, incoming)
    await tx.execute(sql`
      insert into payments (account_id, source, amount, paid_at, period, place, document, import_id)
      select i.account_id, 'register', i.amount, i.paid_at, i.period, i.place, i.document, ${importId}::uuid
      from ${matched} where p.id is null order by i.account_id, i.paid_at`)
    await tx.execute(sql`
      create temp table touched_charges on commit drop as
      select distinct account_id, null::char(7) as period from incoming`)
    await postPayments(tx, importId)
    return changes
  },
}

/** A payment known by that number and stated otherwise now is for people to look into. */
async function expelContradictions(tx: Tx): Promise<void> {
  await expel(
    tx,
    sql`
    select i.line, 'amount' as field, 'Платёж с таким номером уже есть, но с другой суммой или датой' as reason
    from ${matched} where (p.amount, p.paid_at) <> (i.amount, i.paid_at)`,
  )
}
