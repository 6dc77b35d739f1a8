import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { latestCharges } from '@/lib/ledger/charges'
import { readSettings } from '@/lib/settings/queries'
import { addMonths, type Period } from '@/lib/units/period'
import { layouts } from './layouts'
import type { StoredReport } from './schema'
import type { Extra } from './target'

const NAMED = 100
const SERVICES = 100

/** Totals by service beside last month's, and accounts whose charges moved far. */
export async function summariseCharges(tx: Tx, months: readonly Period[]): Promise<Extra> {
  const last = months.at(-1)
  if (!last) return {}
  const { outlierShare } = (await readSettings(tx)).exchange
  return {
    totals: await totalsByService(tx, months.length === 1 ? addMonths(last, -1) : undefined),
    outlierShare,
    ...(await outliers(tx, last, outlierShare)),
  }
}

const digits = z.string()
const sums = {
  rows: z.coerce.number(),
  opening: digits,
  charged: digits,
  recalculated: digits,
  benefit: digits,
  penalty: digits,
  paid: digits,
  closing: digits,
}
const totals = z.array(z.object({ service: z.string(), ...sums }))

const names = layouts.charges.money
const inText = sql.raw(names.map((name) => `${name}::text`).join(', '))
const summed = sql.raw(names.map((name) => `sum(${name})::text as ${name}`).join(', '))

async function totalsByService(tx: Tx, before: Period | undefined): Promise<StoredReport['totals']> {
  const now = await tx.execute(sql`
    select n.name as service, i.rows, ${inText} from incoming_totals i
    join incoming_services n on n.id = i.service_id order by i.charged desc, n.name limit ${SERVICES}`)
  const earlier = before
    ? await tx.execute(sql`
        select s.name as service, b.* from (
          select service_id, count(*) as rows, ${summed} from ${latestCharges([before])} c where not void group by service_id
        ) b join services s on s.id = b.service_id`)
    : { rows: [] }
  const known = new Map(totals.parse(earlier.rows).map(({ service, ...rest }) => [service, rest]))
  return totals.parse(now.rows).map((row) => ({ ...row, before: known.get(row.service) ?? null }))
}

const moved = z.array(
  z.object({ accountNumber: z.string(), before: z.string(), now: z.string(), all: z.coerce.number() }),
)

/** Accounts whose charges of the month differ from those of the month before by more than the share, the farthest first. */
async function outliers(tx: Tx, month: Period, share: number) {
  const { rows } = await tx.execute(sql`
    select a.account_number as "accountNumber", far.before::text as before, far.now::text as now, far.all
    from (
      select n.account_id, b.total as before, n.total as now, count(*) over () as all
      from (select account_id, charged as total from incoming_sums where period = ${month}) n
      join (select account_id, sum(charged) as total from ${latestCharges([addMonths(month, -1)])} c
        where not void group by 1) b on b.account_id = n.account_id
      where b.total <> 0 and abs(n.total - b.total) * 100 > abs(b.total) * ${share}::int
      order by abs(n.total - b.total) desc, n.account_id limit ${NAMED}
    ) far join accounts a on a.id = far.account_id
    order by abs(far.now - far.before) desc, far.account_id`)
  const found = moved.parse(rows)
  return {
    outlierCount: found[0]?.all ?? 0,
    outliers: found.map(({ all: _, ...row }) => ({ ...row, period: month })),
  }
}
