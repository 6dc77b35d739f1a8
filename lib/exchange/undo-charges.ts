import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { postCarried, postPayments } from '@/lib/ledger/commands'

const names = `unit, volume, tariff, basis, norm, basis_count, charged_from, penalty_base, penalty_days, penalty_rate,
  opening, charged, recalculated, benefit, penalty, paid, closing`
const copied = sql.raw(`import_id, void, ${names}`)
const figures = sql.raw(names)

/** Months as SQL, spelled out so that the planner leaves other months' partitions alone. */
export function monthList(periods: readonly string[]) {
  const checked = z.array(z.string().regex(/^\d{4}-\d{2}$/)).parse(periods)
  return sql.raw(`array[${checked.map((month) => `'${month}'`)}]::char(7)[]`)
}

/** The rows of charges an import wrote, each with its first and last version of the import's. */
export const writtenCharges = (importId: string, periods: readonly string[]) => sql`(
  select account_id, period, service_id, min(version) as first, max(version) as last from charges
  where import_id = ${importId}::uuid and period = any(${monthList(periods)}) group by 1, 2, 3)`

/** States what stood before an import again, as a new version; what it was the first to state becomes void. */
export async function undoCharges(tx: Tx, importId: string, periods: readonly string[]): Promise<void> {
  await tx.execute(sql`
    create temp table undone on commit drop as select * from ${writtenCharges(importId, periods)} w`)
  await tx.execute(sql`analyze undone`)
  await tx.execute(sql`
    insert into charges (account_id, period, service_id, version, ${copied})
    select u.account_id, u.period, u.service_id, u.last + 1, ${importId}::uuid, true, ${figures}
    from undone u join charges c using (account_id, period, service_id)
    where u.first = 1 and c.version = u.last and c.period = any(${monthList(periods)})`)
  await tx.execute(sql`
    insert into charges (account_id, period, service_id, version, ${copied})
    select u.account_id, u.period, u.service_id, u.last + 1, ${copied}
    from undone u join charges c using (account_id, period, service_id)
    where c.version = u.first - 1 and c.period = any(${monthList(periods)})`)
  await tx.execute(sql`
    create temp table touched_charges on commit drop as select distinct account_id, period from undone`)
  await postCarried(tx, importId)
  await postPayments(tx, importId)
}
