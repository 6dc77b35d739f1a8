import { type SQL, sql } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { type StoredReport, storedReport } from './schema'
import { writtenCharges } from './undo-charges'
import type { Upload } from './work'

/** Something that stands in the way of an undoing: a query that yields a row when it does, and its words. */
type Obstacle = readonly [query: SQL, words: string]

const CHANGED =
  'Отменить нельзя: часть записей этого файла позже изменена. Если их изменила другая загрузка, отмените сначала её; если сотрудник, его правка важнее файла.'
const HANDED = 'Отменить нельзя: показания из этого файла уже переданы в биллинг.'
const USED = 'Отменить нельзя: добавленными записями уже пользуются.'

/** Why a load cannot be undone, in words; undefined when it can. */
export async function undoObstacle(
  reader: Reader,
  upload: Pick<Upload, 'id' | 'kind' | 'report' | 'loadedAt'>,
): Promise<string | undefined> {
  const report = storedReport(upload.report)
  for (const [query, words] of obstacles(upload, report)) {
    const { rows } = await reader.execute(query)
    if (rows.length > 0) return words
  }
  return undefined
}

function obstacles({ id, kind }: Pick<Upload, 'id' | 'kind'>, report: StoredReport): Obstacle[] {
  if (kind === 'charges') return report.periods.length > 0 ? ofCharges(id, report.periods) : []
  if (kind === 'accounts') return [fewerLeft(id, 'accounts', report, 0), ...ofAccounts(id)]
  if (kind === 'tariffs') return [fewerLeft(id, 'tariffs', report, 0)]
  if (kind === 'payments') return [fewerLeft(id, 'payments', report, 0), ofPayments(id)]
  if (kind === 'readings') return ofReadings(id)
  return [fewerLeft(id, 'meters', report, 0), ...ofReadings(id), ofMeters(id)]
}

/** Rows written elsewhere since carry another import, those staff changed none: fewer are left than were written. */
function fewerLeft(id: string, table: string, { changes }: StoredReport, place: number): Obstacle {
  const { added = 0, changed = 0 } = changes[place] ?? {}
  const query = sql`
    select 1 from (select count(*) as count from ${sql.identifier(table)} where import_id = ${id}::uuid) left_over
    where count < ${added + changed}::int`
  return [query, CHANGED]
}

function ofCharges(id: string, periods: readonly string[]): Obstacle[] {
  const written = writtenCharges(id, periods)
  const later = sql`select 1 from ${written} w join charges c using (account_id, period, service_id)
    where c.version > w.last limit 1`
  const newer = sql`
    select 1 from imports mine join imports other on other.loaded_at > mine.loaded_at
      and other.kind = 'charges' and other.state in ('loaded', 'undoing')
    where mine.id = ${id}::uuid
      and other.report->'periods'->>-1 > ${periods.at(-1) ?? ''}::text limit 1`
  return [
    [
      newer,
      'Отменить нельзя: после этого файла загружены начисления более позднего месяца. Отмените сначала их.',
    ],
    [later, CHANGED],
  ]
}

function ofAccounts(id: string): Obstacle[] {
  const added = sql`(select a.id from accounts a where a.import_id = ${id}::uuid and not exists (
    select 1 from import_before k where k.import_id = ${id}::uuid and k.table_name = 'accounts'
      and (k.row->>'id')::bigint = a.id)) added`
  return ['account_access', 'owner_changes', 'meters', 'charges', 'payments'].map((table) => [
    sql`select 1 from ${added} where exists (select 1 from ${sql.identifier(table)} t where t.account_id = added.id) limit 1`,
    'Отменить нельзя: у добавленных счетов уже есть начисления, счётчики, платежи или пользователи.',
  ])
}

function ofReadings(id: string): Obstacle[] {
  const mine = sql`select 1 from readings r where r.import_id = ${id}::uuid`
  return [
    [
      sql`${mine} and r.superseded_at is not null limit 1`,
      'Отменить нельзя: показания из этого файла позже исправлены.',
    ],
    [sql`${mine} and r.period in (select period from handed_periods) limit 1`, HANDED],
  ]
}

function ofMeters(id: string): Obstacle {
  const query = sql`
    select 1 from meters m join readings r on r.account_id = m.account_id and r.meter_id = m.id
    where m.import_id = ${id}::uuid and r.import_id is distinct from ${id}::uuid and not exists (
      select 1 from import_before k where k.import_id = ${id}::uuid and k.table_name = 'meters'
        and (k.row->>'id')::bigint = m.id) limit 1`
  return [query, USED]
}

function ofPayments(id: string): Obstacle {
  const query = sql`select 1 from payments where import_id = ${id}::uuid and export_id is not null limit 1`
  return [query, 'Отменить нельзя: платежи из этого файла уже переданы в биллинг.']
}
