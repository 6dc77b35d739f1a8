import { inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts } from '@/db/schema'
import { enterReadings } from '@/lib/readings/commands'
import { type MeterState, staffMeters } from '@/lib/readings/queries'
import { fieldName } from '@/lib/readings/schema'
import { momentOf } from '@/lib/readings/window'
import type { Staff } from '@/lib/session/require'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import type { MeterValue } from '@/lib/units/quantity'
import { cellReaders } from './cells'
import type { RowAnswer, SheetRow } from './schema'
import { asked, bare, digits, failed, inputOf, type Outcome, valuesOf } from './sheet-asks'

/** What all rows of a sheet share. */
export interface SheetOptions {
  /** Of rows that name no day. */
  takenOn: CalendarDay
  /** Ticks at odd rows, by name. */
  ticks: Readonly<Record<string, string>>
  now: Date
}

/** Accounts entered at the same time. */
const LANES = 4

/**
 * Enters a sheet row by row, each in a transaction of its own, those of an account one after another, and answers each: `stored`; `same` when that value stands
 * already; `doubt` when it looks odd and nobody ticked it; `failed` with the reason. The same sheet again changes nothing.
 */
export async function enterSheet(
  staff: Staff,
  rows: readonly SheetRow[],
  options: SheetOptions,
): Promise<RowAnswer[]> {
  const known = await accountIds(rows)
  const answers: RowAnswer[] = []
  const waiting = byAccount(rows).values()
  const lane = async () => {
    for (const ofAccount of waiting) {
      const seen = new Map<string, SheetRow>()
      for (const row of ofAccount) {
        const earlier = twinOf(row, seen)
        const outcome = earlier
          ? failed(`Этот счётчик уже есть в строке ${earlier.line}, с другим показанием.`)
          : await enterRow(staff, row, known, options)
        answers.push({ row, ...outcome })
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return answers.sort((a, b) => a.row.line - b.row.line)
}

/** Accounts as written without the zeros they begin with: the same account is never in two lanes. */
function byAccount(rows: readonly SheetRow[]): Map<string, SheetRow[]> {
  const found = new Map<string, SheetRow[]>()
  for (const row of rows) {
    const account = digits(row.account).replace(/^0+/, '')
    const ofAccount = found.get(account)
    if (ofAccount) ofAccount.push(row)
    else found.set(account, [row])
  }
  return found
}

/** An earlier row of the same meter and day with other values. */
function twinOf(row: SheetRow, seen: Map<string, SheetRow>): SheetRow | undefined {
  const key = [bare(row.serial), row.day].join(' ')
  const earlier = seen.get(key)
  seen.set(key, earlier ?? row)
  return earlier && earlier.values.join() !== row.values.join() ? earlier : undefined
}

const LONGEST_NUMBER = 20

/** Spreadsheets drop zeros: a number may lack those it begins with. */
function candidates(account: string): string[] {
  const number = digits(account)
  const zeros = Math.max(0, LONGEST_NUMBER - number.length)
  return /^\d{4,20}$/.test(number)
    ? Array.from({ length: zeros + 1 }, (_, more) => '0'.repeat(more) + number)
    : []
}

async function accountIds(rows: readonly SheetRow[]): Promise<ReadonlyMap<string, number>> {
  const numbers = [...new Set(rows.flatMap((row) => candidates(row.account)))]
  const found = new Map<string, number>()
  for (let from = 0; from < numbers.length; from += SOME) {
    const asked = inArray(accounts.accountNumber, numbers.slice(from, from + SOME))
    for (const { id, accountNumber } of await db().select().from(accounts).where(asked))
      found.set(accountNumber, id)
  }
  return found
}

const SOME = 5_000

async function enterRow(
  staff: Staff,
  row: SheetRow,
  known: ReadonlyMap<string, number>,
  { takenOn: usual, ticks, now }: SheetOptions,
): Promise<Outcome> {
  const takenOn = row.day === '' ? usual : readDay(row.day)
  if (!takenOn) return failed('Нужна дата вида 24.11.2026.')
  if (takenOn > moscowDay(now)) return failed('Этот день ещё не наступил.')
  const ids = candidates(row.account).flatMap((number) => known.get(number) ?? [])
  const [accountId] = ids
  if (accountId === undefined) return failed('Такого лицевого счёта нет.')
  if (ids.length > 1) return failed('Таких счетов несколько: допишите нули впереди.')
  const meter = meterOf(await staffMeters(staff, accountId, momentOf(takenOn, now)), row.serial)
  if (!meter) return failed('На этом счёте нет такого счётчика.')
  const lacking = countMessage(meter, row.values)
  if (lacking) return failed(lacking)
  const values = valuesOf(meter, row.values)
  if (isSame(meter, values)) return { outcome: 'same', words: 'То же уже записано.', asks: [] }
  const input = inputOf(meter, row, ticks)
  const result = await enterReadings(staff, accountId, input, { now, takenOn })
  if (result.status === 'ok') return { outcome: 'stored', words: 'Записано.', asks: [] }
  if (result.status === 'refused') return failed(result.message)
  return asked(meter, row, values, result.errors)
}

const { day: readDay } = cellReaders({ decimal: 'auto', dates: 'auto', periods: 'auto' })

/** The meter of that serial; one that stands before one that is removed. Spreadsheets drop zeros here, too. */
function meterOf(meters: readonly MeterState[], serial: string): MeterState | undefined {
  const standing = [...meters].sort(
    (a, b) => Number(a.standing === 'removed') - Number(b.standing === 'removed'),
  )
  const wanted = bare(serial)
  const short = (text: string) => bare(text).replace(/^0+/, '')
  const alike = standing.filter((meter) => short(meter.serial) === short(wanted))
  return (
    standing.find((meter) => bare(meter.serial) === wanted) ??
    (new Set(alike.map((meter) => meter.serial)).size === 1 ? alike[0] : undefined)
  )
}

function countMessage({ registers }: MeterState, values: readonly string[]): string | undefined {
  const given = values.filter((value) => value !== '').length
  if (given === 0) return 'Нет показания.'
  return given === registers.length && values.length === given
    ? undefined
    : `Показаний ${given}, а тарифов у счётчика ${registers.length}.`
}

function isSame(meter: MeterState, values: ReadonlyMap<string, MeterValue>): boolean {
  return meter.registers.every(
    ({ register, sent }) => sent && sent.value === values.get(fieldName(meter.id, register)),
  )
}
