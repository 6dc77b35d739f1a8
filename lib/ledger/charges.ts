import { type SQL, sql } from 'drizzle-orm'
import type { Period } from '@/lib/units/period'

/** Months as an array for SQL, spelled out so that the planner leaves other months' partitions alone. */
export function monthArray(months: readonly Period[]): SQL {
  return sql.raw(`array[${months.map((month) => `'${month}'`).join(', ')}]::char(7)[]`)
}

/**
 * The latest version of every charge of those months, void ones too, for work on whole months. Few charges ever get a
 * second version, so looking for those first is several times as fast as sorting all (`stated_charges`, which is for
 * one account's rows).
 */
export function latestCharges(months: readonly Period[]): SQL {
  const these = sql`period = any(${monthArray(months)})`
  return sql`(
    select c.* from charges c
    left join (
      select account_id, period, service_id, max(version) as version from charges
      where ${these} and version > 1 group by account_id, period, service_id
    ) newest on newest.account_id = c.account_id and newest.period = c.period and newest.service_id = c.service_id
    where c.${these} and c.version = coalesce(newest.version, 1))`
}
