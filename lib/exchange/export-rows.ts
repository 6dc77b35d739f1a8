import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { meterTitle } from '@/lib/readings/words'
import { addDays, moscowDay } from '@/lib/units/day'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { addMonths, dayOfPeriod, type Period, periodOf } from '@/lib/units/period'
import { roubles } from '@/lib/units/sheet'
import {
  account,
  accountCells,
  accountShape,
  dayWords,
  figure,
  monthly,
  monthWords,
  text,
} from './export-cells'
import type { ExportRow } from './export-columns'
import { correctionRow, correctionsQuery, readingRow, readingsQuery } from './export-readings'
import type { ExportKind } from './export-schema'

/** What a list is of. */
export interface ExportScope {
  kind: ExportKind
  /** Of the kinds that are of one month. */
  period: Period | null
  /** The hand-over it is the list of: payments of it, readings as it took them. Null: payments not handed over yet, readings in force. */
  handedIn: string | null
  now: Date
}

/** A query of one list, in the order of the file, and how a row of it is read. */
export interface ExportSource {
  query: SQL
  row: (found: unknown) => ExportRow
}

/** Where the rows of a list come from. @throws RangeError for a list of a month without its month */
export function sourceOf({ kind, period: month, handedIn, now }: ExportScope): ExportSource {
  switch (kind) {
    case 'payments':
      return { query: paymentsQuery(handedIn), row: paymentRow }
    case 'paperless':
      return { query: paperlessQuery, row: paperlessRow }
    case 'readings':
      return { query: readingsQuery(monthOf(month), handedIn), row: readingRow }
    case 'corrections':
      return { query: correctionsQuery(monthOf(month)), row: correctionRow }
    case 'missing-readings':
      return { query: missingQuery(monthOf(month), now), row: missingRow }
  }
}

function monthOf(month: Period | null): Period {
  if (month === null) throw new RangeError('a list of a month needs its month')
  return month
}

/** Payments taken here: not handed over yet, or those of one hand-over. */
function paymentsQuery(handedIn: string | null): SQL {
  const which = handedIn === null ? sql`p.export_id is null` : sql`p.export_id = ${handedIn}::uuid`
  return sql`
    select ${account}, p.period, p.amount::text as amount, p.document, p.place,
      floor(extract(epoch from p.paid_at) * 1000)::float8 as "paidAt"
    from payments p join accounts a on a.id = p.account_id
    where p.source = 'cabinet' and ${which} order by p.paid_at, a.account_number, p.document, p.id`
}

const paymentShape = z.object({
  ...accountShape,
  period: monthly.nullable(),
  amount: z.string().transform((value): Kopecks => kopecks(BigInt(value))),
  document: z.string(),
  place: z.string(),
  paidAt: z.number(),
})

function paymentRow(found: unknown): ExportRow {
  const of = paymentShape.parse(found)
  const paidOn = moscowDay(new Date(of.paidAt))
  return {
    ...accountCells(of),
    // Whoever named no month paid in the month of the payment.
    period: text(monthWords(of.period ?? periodOf(paidOn))),
    paidOn: text(dayWords(paidOn)),
    amount: roubles(of.amount),
    document: text(of.document),
    place: text(of.place),
  }
}

/** Open accounts with a meter that was due and has no reading of the month; house by house. */
function missingQuery(of: Period, now: Date): SQL {
  const last = addDays(dayOfPeriod(addMonths(of, 1), 1), -1)
  const [on = last] = [moscowDay(now), last].sort()
  return sql`
    select a.house, ${account}, a.phone, d.meters, d.missing, d.which
    from (
      select m.account_id, count(*)::int as meters, count(*) filter (where s.sent is null)::int as missing,
        json_agg(json_build_object('kind', m.kind, 'place', m.place, 'serial', m.serial) order by m.place, m.kind, m.id)
          filter (where s.sent is null) as which
      from meters m left join (
        select meter_id, account_id, 1 as sent from readings
        where period = ${of}::char(7) and superseded_at is null group by meter_id, account_id
      ) s on s.account_id = m.account_id and s.meter_id = m.id
      where m.installed_on <= ${on}::date and (m.removed_on is null or m.removed_on > ${on}::date)
        and (m.verified_until is null or m.verified_until >= ${on}::date) and not m.automatic
      group by m.account_id
    ) d join accounts a on a.id = d.account_id
    where d.missing > 0 and (a.closed_on is null or a.closed_on > ${on}::date)
    order by 1, a.account_number`
}

const missingShape = z.object({
  ...accountShape,
  house: z.string(),
  phone: z.string().nullable(),
  meters: z.number(),
  missing: z.number(),
  which: z.array(
    z.object({
      kind: z.enum(['cold_water', 'hot_water', 'electricity', 'heat', 'gas']),
      place: z.string(),
      serial: z.string(),
    }),
  ),
})

function missingRow(found: unknown): ExportRow {
  const of = missingShape.parse(found)
  return {
    ...accountCells(of),
    house: text(of.house),
    // A plus would be taken for a formula.
    phone: text((of.phone ?? '').replace(/^\+7/, '8')),
    meters: figure(String(of.meters)),
    missing: figure(String(of.missing)),
    which: text(of.which.map((one) => `${meterTitle(one.kind, one.place)} № ${one.serial}`).join('; ')),
  }
}

const paperlessQuery = sql`
  select ${account}, floor(extract(epoch from c.since) * 1000)::float8 as since
  from (select account_id, min(since) as since from paperless_choices group by account_id) c
  join accounts a on a.id = c.account_id order by a.account_number`

const paperlessShape = z.object({ ...accountShape, since: z.number() })

function paperlessRow(found: unknown): ExportRow {
  const of = paperlessShape.parse(found)
  return { ...accountCells(of), since: text(dayWords(moscowDay(new Date(of.since)))) }
}
