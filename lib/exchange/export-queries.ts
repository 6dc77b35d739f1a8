import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Reader } from '@/db/client'
import { exportChoices, exports, handedPeriods, payments, statedCharges, users } from '@/db/schema'
import { windowOf } from '@/lib/readings/window'
import type { Staff } from '@/lib/session/require'
import { readSettings } from '@/lib/settings/queries'
import { moscowDay } from '@/lib/units/day'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { addMonths, formatPeriod, type Period, periodOf } from '@/lib/units/period'
import { fileOf, fileTypeOf } from './export-files'
import { type ExportScope, sourceOf } from './export-rows'
import { choiceOf, type ExportChoice, type ExportKind, exportFormats, exportKindNames } from './export-schema'
import { exportRows } from './export-stream'

/** Months one can choose from. */
const MONTHS = 13
const RECENT = 20

/** What was handed to billing: who, when, how much of what. */
export interface HandOver {
  id: string
  kind: ExportKind
  period: Period | null
  rows: number
  at: Date
  by: string
}

/** The page of exports for one month. */
export interface ExportsPage {
  period: Period
  periods: Period[]
  /** Set once billing has taken the readings of the month. */
  handed: HandOver | undefined
  /** Readings of the month can be handed over: its window has opened. */
  begun: boolean
  /** Charges of the month are loaded: it cannot be opened again. */
  charged: boolean
  /** Payments taken here and not handed over. */
  waiting: { count: number; sum: Kopecks }
  choices: Readonly<Record<ExportKind, ExportChoice>>
  history: HandOver[]
}

/** Everything the page of exports shows; of the latest month whose window has opened when none is named. */
export async function exportsPage(
  _staff: Staff,
  wanted: Period | undefined,
  now: Date,
): Promise<ExportsPage> {
  const { readingWindow } = await readSettings(db())
  const current = periodOf(moscowDay(now))
  const begun = (of: Period) => now >= windowOf(of, readingWindow).opensAt
  const period = wanted ?? (begun(current) ? current : addMonths(current, -1))
  const [latest = period] = [period, current].sort().reverse()
  const [handed, charged, waiting, choices, history] = await Promise.all([
    handOverOf(period),
    isCharged(db(), period),
    waitingPayments(),
    keptChoices(),
    handOvers().where(eq(exports.final, true)).orderBy(desc(exports.createdAt)).limit(RECENT),
  ])
  return {
    period,
    periods: Array.from({ length: MONTHS }, (_, back) => addMonths(latest, -back)),
    handed,
    begun: begun(period),
    charged,
    waiting,
    choices,
    history,
  }
}

function handOvers() {
  return db()
    .select({
      id: exports.id,
      kind: exports.kind,
      period: exports.period,
      rows: exports.rows,
      at: exports.createdAt,
      by: users.login,
    })
    .from(exports)
    .innerJoin(users, eq(users.id, exports.createdBy))
    .$dynamic()
}

async function handOverOf(period: Period): Promise<HandOver | undefined> {
  const [found] = await handOvers()
    .innerJoin(handedPeriods, eq(handedPeriods.exportId, exports.id))
    .where(eq(handedPeriods.period, period))
  return found
}

/** Whether billing has stated charges of a month: then it has used its readings. */
export async function isCharged(reader: Reader, period: Period): Promise<boolean> {
  const found = await reader
    .select({ one: sql`1` })
    .from(statedCharges)
    .where(eq(statedCharges.period, period))
    .limit(1)
  return found.length > 0
}

async function waitingPayments(): Promise<ExportsPage['waiting']> {
  const [found] = await db()
    .select({
      count: sql<number>`count(*)::int`,
      sum: sql<string>`coalesce(sum(${payments.amount}), 0)::text`,
    })
    .from(payments)
    .where(and(eq(payments.source, 'cabinet'), isNull(payments.exportId)))
  return { count: found?.count ?? 0, sum: kopecks(BigInt(found?.sum ?? 0)) }
}

async function keptChoices(): Promise<ExportsPage['choices']> {
  const kept = await db().select().from(exportChoices)
  const choice = (kind: ExportKind) =>
    choiceOf(kind).parse(kept.find((one) => one.kind === kind)?.value ?? {})
  return {
    readings: choice('readings'),
    corrections: choice('corrections'),
    payments: choice('payments'),
    'missing-readings': choice('missing-readings'),
    paperless: choice('paperless'),
  }
}

/** How many rows a list has at this moment. */
export async function countRows(reader: Reader, scope: ExportScope): Promise<number> {
  const { query } = sourceOf(scope)
  const { rows } = await reader.execute(sql`select count(*)::int as count from (${query}) listed`)
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0
}

/** A list as a file: its name, its type, its bytes as they are made. */
export interface ExportFile {
  name: string
  contentType: string
  bytes: AsyncGenerator<Uint8Array>
}

/**
 * The file of an export, in the format it was asked for and with the columns last chosen for its kind; undefined when
 * there is none of that id. The file of a hand-over has the same rows whenever it is asked for.
 */
export async function exportFile(_staff: Staff, id: string, now: Date): Promise<ExportFile | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined
  const [found] = await db().select().from(exports).where(eq(exports.id, id))
  if (!found) return undefined
  const { kind, period, final } = found
  const choice = { ...(await keptChoices())[kind], format: z.enum(exportFormats).parse(found.format) }
  const { extension, contentType } = fileTypeOf(choice.format)
  const handedIn = final ? id : null
  const rows = exportRows(sourceOf({ kind, period, handedIn, now }))
  const when = period ? formatPeriod(period) : moscowDay(found.createdAt)
  return {
    name: `${exportKindNames[kind]} ${when}.${extension}`,
    contentType,
    bytes: fileOf(kind, choice, rows),
  }
}
