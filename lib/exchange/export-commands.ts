import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { exportChoices, exports, handedPeriods, payments } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { holdReadings } from '@/lib/readings/commands'
import { windowOf } from '@/lib/readings/window'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { readSettings } from '@/lib/settings/queries'
import { formatPeriod, type Period } from '@/lib/units/period'
import { countRows, isCharged } from './export-queries'
import { choiceOf, type ExportChoice, type ExportKind, exportKindNames, monthlyKinds } from './export-schema'

/** What somebody wants as a file; the choice is kept for the next time. */
export interface ExportWanted {
  kind: ExportKind
  /** Of the kinds that are of one month. */
  period: Period | undefined
  choice: ExportChoice
}

/** «Скачать»: remembers the columns and the format, and enters who took what. Refused: `no-period`. */
export function makeExport(
  staff: Staff,
  { kind, period, choice }: ExportWanted,
  now: Date,
): Promise<Result<{ id: string }, 'no-period'>> {
  return db().transaction(async (tx) => {
    const of = monthlyKinds.has(kind) ? (period ?? null) : null
    if (monthlyKinds.has(kind) && of === null) return refused('no-period', 'Выберите месяц.')
    await tx
      .insert(exportChoices)
      .values({ kind, value: choice })
      .onConflictDoUpdate({ target: exportChoices.kind, set: { value: choice } })
    const rows = await countRows(tx, { kind, period: of, handedIn: null, now })
    const id = await enter(tx, staff, { kind, period: of, format: choice.format, rows, final: false })
    await record(tx, staff, {
      action: 'export.made',
      subject: { kind: 'export', id, label: exportKindNames[kind] },
      after: { ...(of ? { period: of } : {}), format: choice.format, rows },
    })
    return ok({ id })
  })
}

async function enter(
  tx: Tx,
  staff: Staff,
  values: Omit<typeof exports.$inferInsert, 'createdBy'>,
): Promise<string> {
  const [entered] = await tx
    .insert(exports)
    .values({ ...values, createdBy: staff.userId })
    .returning({ id: exports.id })
  if (!entered) throw new Error('an insert returned nothing')
  return entered.id
}

/**
 * «Передать в биллинг»: from now on nothing of the month's readings changes; a reading sent at the same moment is either
 * among them or stored for the next month. A month handed over already is answered with that hand-over. Refused:
 * `too-early` before its window opens, `nothing` when it has no readings, `busy` while a file is being loaded.
 */
export function handOverReadings(
  staff: Staff,
  period: Period,
  now: Date,
): Promise<Result<{ id: string }, 'too-early' | 'nothing' | 'busy'>> {
  return unlessBusy(() =>
    db().transaction(async (tx) => {
      const { readingWindow } = await readSettings(tx)
      if (now < windowOf(period, readingWindow).opensAt)
        return refused('too-early', `Приём показаний за ${formatPeriod(period)} ещё не начался.`)
      await holdPeriod(tx, period)
      const handed = await tx.select().from(handedPeriods).where(eq(handedPeriods.period, period))
      if (handed[0]) return ok({ id: handed[0].exportId })
      const rows = await countRows(tx, { kind: 'readings', period, handedIn: null, now })
      if (rows === 0)
        return refused('nothing', `Показаний за ${formatPeriod(period)} нет: передавать нечего.`)
      const { format } = await keptChoice(tx, 'readings')
      const id = await enter(tx, staff, { kind: 'readings', period, format, rows, final: true })
      await tx.insert(handedPeriods).values({ period, exportId: id, handedBy: staff.userId })
      await record(tx, staff, {
        action: 'period.handed',
        subject: subjectOf(period),
        after: { period, rows },
      })
      return ok({ id })
    }),
  )
}

/** Holds a month against readings residents send and files that are loaded or undone, which take the lock of the load. */
async function holdPeriod(tx: Tx, period: Period): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', '5s', true)`)
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet load'))`)
  await holdReadings(tx, period)
}

const LOCK_NOT_AVAILABLE = '55P03'

async function unlessBusy<T, Code extends string>(
  work: () => Promise<Result<T, Code>>,
): Promise<Result<T, Code | 'busy'>> {
  try {
    return await work()
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error
    if (!(cause instanceof Error && 'code' in cause && cause.code === LOCK_NOT_AVAILABLE)) throw error
    return refused(
      'busy',
      'Сейчас загружается файл из биллинга. Подождите, пока он загрузится, и нажмите ещё раз.',
    )
  }
}

async function keptChoice(tx: Tx, kind: ExportKind): Promise<ExportChoice> {
  const [kept] = await tx.select().from(exportChoices).where(eq(exportChoices.kind, kind))
  return choiceOf(kind).parse(kept?.value ?? {})
}

function subjectOf(period: Period) {
  return { kind: 'period' as const, id: period, label: period }
}

/**
 * «Передать в биллинг»: marks the payments taken here and not handed over yet, each once for all. Refused: `nothing`
 * when there are none.
 */
export function handOverPayments(staff: Staff): Promise<Result<{ id: string }, 'nothing'>> {
  return db().transaction(async (tx) => {
    const id = randomUUID()
    const marked = await tx
      .update(payments)
      .set({ exportId: id })
      .where(and(eq(payments.source, 'cabinet'), isNull(payments.exportId)))
    const rows = marked.rowCount ?? 0
    if (rows === 0) return refused('nothing', 'Новых платежей нет: все уже переданы.')
    const { format } = await keptChoice(tx, 'payments')
    await enter(tx, staff, { id, kind: 'payments', format, rows, final: true })
    await record(tx, staff, {
      action: 'payments.handed',
      subject: { kind: 'export', id, label: exportKindNames.payments },
      after: { rows },
    })
    return ok({ id })
  })
}

/**
 * «Открыть период снова»: readings of the month can be corrected again, until it is handed over anew. Refused:
 * `not-handed`, `charged` once billing has stated charges of the month, `busy` while a file is being loaded.
 */
export function reopenPeriod(
  staff: Staff,
  { period, reason }: { period: Period; reason: string },
): Promise<Result<undefined, 'not-handed' | 'charged' | 'busy'>> {
  return unlessBusy(() =>
    db().transaction(async (tx) => {
      await holdPeriod(tx, period)
      if (await isCharged(tx, period))
        return refused(
          'charged',
          `Начисления за ${formatPeriod(period)} уже загружены: открыть период снова нельзя.`,
        )
      const opened = await tx.delete(handedPeriods).where(eq(handedPeriods.period, period))
      if (opened.rowCount === 0)
        return refused('not-handed', `Показания за ${formatPeriod(period)} не переданы: период открыт.`)
      await record(tx, staff, {
        action: 'period.reopened',
        subject: subjectOf(period),
        after: { period, reason },
      })
      return ok()
    }),
  )
}
