import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { readingChannels } from '@/db/schema'
import { formatInstant, moscowDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import {
  account,
  accountCells,
  accountShape,
  dated,
  dayWords,
  decimal,
  figure,
  monthly,
  monthWords,
  text,
} from './export-cells'
import type { ExportRow } from './export-columns'

/** Every reading of the month, one row per meter: those in force, or as a hand-over took them, before later corrections. */
export function readingsQuery(of: Period, handedIn: string | null): SQL {
  const inForce = sql`select * from readings where period = ${of}::char(7) and superseded_at is null`
  const taken = sql`
    select distinct on (account_id, meter_id, register) * from readings r
    where period = ${of}::char(7) and not exists (
      select 1 from reading_corrections c join exports e on e.id = ${handedIn}::uuid
      where c.account_id = r.account_id and c.meter_id = r.meter_id and c.period = r.period
        and c.outcome = 'accepted' and c.settled_at = r.received_at and c.settled_at > e.created_at)
    order by account_id, meter_id, register, version desc`
  return sql`
    select ${account}, a.unified_account as "unifiedAccount", m.kind, m.place, m.serial, r.*
    from (
      select account_id, meter_id, max(period) as period, max(taken_on)::text as "takenOn",
        max(value) filter (where register = 1)::text as t1, max(value) filter (where register = 2)::text as t2,
        max(value) filter (where register = 3)::text as t3, max(channel) as channel,
        floor(extract(epoch from max(received_at)) * 1000)::float8 as "receivedAt"
      from (${handedIn === null ? inForce : taken}) told group by account_id, meter_id
    ) r join accounts a on a.id = r.account_id join meters m on m.id = r.meter_id
    order by a.account_number, m.serial, m.id`
}

const readingShape = z.object({
  ...accountShape,
  unifiedAccount: z.string().nullable(),
  kind: z.enum(['cold_water', 'hot_water', 'electricity', 'heat', 'gas']),
  place: z.string(),
  serial: z.string(),
  period: monthly,
  takenOn: dated,
  t1: decimal,
  t2: decimal,
  t3: decimal,
  channel: z.enum(readingChannels),
  receivedAt: z.number(),
})

// As the company's own files name them.
const kindWords = {
  cold_water: 'Холодная вода',
  hot_water: 'Горячая вода',
  electricity: 'Электроэнергия',
  heat: 'Отопление',
  gas: 'Газ',
}
const channelWords = {
  cabinet: 'личный кабинет',
  staff: 'сотрудник',
  import: 'файл',
  helper: 'помощник',
  offline: 'телефон без связи',
}

function meterCells(
  of: Omit<z.output<typeof readingShape>, 'unifiedAccount' | 'channel' | 'receivedAt'>,
): ExportRow {
  return {
    ...accountCells(of),
    kind: text(kindWords[of.kind]),
    place: text(of.place),
    serial: text(of.serial),
    period: text(monthWords(of.period)),
    takenOn: text(dayWords(of.takenOn)),
    t1: figure(of.t1),
    t2: figure(of.t2),
    t3: figure(of.t3),
  }
}

/** A reading as its row. */
export function readingRow(found: unknown): ExportRow {
  const of = readingShape.parse(found)
  return {
    ...meterCells(of),
    unifiedAccount: text(of.unifiedAccount ?? ''),
    channel: text(channelWords[of.channel]),
    receivedAt: text(formatInstant(new Date(of.receivedAt))),
  }
}

/** Readings of a month corrected since billing took it: what it took and what stands now, one row per meter. */
export function correctionsQuery(of: Period): SQL {
  const values = (which: SQL, register: number) => sql`(
    select value::text from readings v where v.account_id = d.account_id and v.meter_id = d.meter_id
      and v.period = ${of}::char(7) and v.register = ${register} and ${which} order by v.version desc limit 1)`
  const then = sql`v.received_at < d.first`
  const now = sql`v.superseded_at is null`
  return sql`
    select ${account}, m.kind, m.place, m.serial, ${of}::text as period,
      (select max(taken_on)::text from readings v where v.account_id = d.account_id and v.meter_id = d.meter_id
        and v.period = ${of}::char(7) and v.superseded_at is null) as "takenOn",
      ${values(then, 1)} as was1, ${values(then, 2)} as was2, ${values(then, 3)} as was3,
      ${values(now, 1)} as t1, ${values(now, 2)} as t2, ${values(now, 3)} as t3,
      floor(extract(epoch from d.latest) * 1000)::float8 as "settledAt"
    from (
      select c.account_id, c.meter_id, min(c.settled_at) as first, max(c.settled_at) as latest
      from reading_corrections c join handed_periods h on h.period = c.period and c.settled_at > h.handed_at
      where c.period = ${of}::char(7) and c.outcome = 'accepted' group by c.account_id, c.meter_id
    ) d join accounts a on a.id = d.account_id join meters m on m.id = d.meter_id
    order by a.account_number, m.serial, m.id`
}

const correctionShape = readingShape
  .omit({ unifiedAccount: true, channel: true, receivedAt: true })
  .extend({ was1: decimal, was2: decimal, was3: decimal, settledAt: z.number() })

/** A correction as its row. */
export function correctionRow(found: unknown): ExportRow {
  const of = correctionShape.parse(found)
  return {
    ...meterCells(of),
    was1: figure(of.was1),
    was2: figure(of.was2),
    was3: figure(of.was3),
    settledOn: text(dayWords(moscowDay(new Date(of.settledAt)))),
  }
}
