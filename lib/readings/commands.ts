import { and, eq, isNull, max, or, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, readings } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import { type AuditEntry, record } from '@/lib/audit/record'
import { type FieldErrors, invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { readSettings } from '@/lib/settings/queries'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial, type MeterValue } from '@/lib/units/quantity'
import { type MeterState, metersFor, type Target, takenSince } from './queries'
import { firstNotTaken, readTyped } from './rules'
import { fieldName, meterOfField, type ReadingsInput } from './schema'
import { type Entry, weigh } from './weigh'
import { periodFor } from './window'
import { takenMessage } from './words'

/** What was accepted: for which period, and how many counters. */
export interface Accepted {
  period: Period
  counters: number
}

/**
 * «Передать показания»: stores a form's values for the period whose window has not closed, all or nothing. A value that
 * differs from the one already sent for that period supersedes it; the same value sent again is one record and the same
 * answer. Once billing has taken the period nothing of it changes: a correction is `invalid`, a new value is stored for
 * the next. `invalid` by field; `refused: absent` for an account or a meter that is not theirs or does not exist, alike.
 */
export async function submitReadings(
  subscriber: Subscriber,
  accountId: number,
  input: ReadingsInput,
  now: Date,
): Promise<Result<Accepted, 'absent'>> {
  return db().transaction(async (tx) => {
    const accountNumber = await lockAccount(tx, subscriber, accountId)
    if (accountNumber === undefined) return absent()
    const target = await holdTarget(tx, periodFor(now, (await readSettings(tx)).readingWindow))
    const { period } = target
    const today = moscowDay(now)
    const all = await metersFor(tx, subscriber, accountId, target, today)
    if (namesForeignMeter(all, input)) return absent()
    const { entries, resent, errors } = weighAll(all, input)
    if (Object.keys(errors).length > 0) return invalid(errors)
    if (entries.length === 0) return ok({ period: target.due, counters: resent })
    const changes = entries.map((entry) => beside(all, entry)).filter(isChange)
    if (changes.length > 0) {
      await store(tx, subscriber, accountId, changes, { period, today, now })
      await record(tx, subscriber, auditEntry(accountId, accountNumber, period, changes))
    }
    return ok({ period, counters: entries.length })
  })
}

/**
 * Holds the account's row: two submits for it go one after the other, and a submit and a load that brings readings of it
 * (`lib/exchange/meter-readings.ts`) as well. The account's number, or undefined when it is not theirs.
 */
async function lockAccount(tx: Tx, subscriber: Subscriber, accountId: number): Promise<string | undefined> {
  const [account] = await tx
    .select({ accountNumber: accounts.accountNumber })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), ownedBy(subscriber, accounts.id)))
    .for('no key update')
  return account?.accountNumber
}

const periodLock = (period: Period) => sql`hashtext('kabinet readings'), hashtext(${period}::text)`

/**
 * What a value sent now is for and what it is stored for. Until the transaction ends billing cannot take the latter: a
 * value is stored before that, and handed over, or after it, and stored for the next.
 */
async function holdTarget(tx: Tx, due: Period): Promise<Target> {
  for (let period = due; ; ) {
    await tx.execute(sql`select pg_advisory_xact_lock_shared(${periodLock(period)})`)
    const open = firstNotTaken(period, await takenSince(tx, due))
    if (open === period) return { due, period }
    period = open
  }
}

/** Keeps readings of a period from being stored until the transaction ends; waits for those that are being stored. */
export async function holdReadings(tx: Tx, period: Period): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${periodLock(period)})`)
}

function namesForeignMeter(own: readonly MeterState[], input: ReadingsInput): boolean {
  const ids = new Set(own.map((meter) => meter.id))
  return Object.entries(input).some(([name, text]) => {
    const id = meterOfField(name)
    return id !== undefined && text.trim() !== '' && !ids.has(id)
  })
}

interface Weighed {
  entries: Entry[]
  errors: FieldErrors
  /** Counters whose values came again just as billing has them. */
  resent: number
}

/** Weighs a form. Of meters whose values billing has taken nothing may differ, and nothing is stored. */
function weighAll(all: readonly MeterState[], input: ReadingsInput): Weighed {
  const own = all.filter((meter) => !meter.taken)
  const errors: FieldErrors = {}
  let resent = 0
  for (const meter of all) {
    if (!meter.taken) continue
    for (const { register, sent } of meter.registers) {
      const field = fieldName(meter.id, register)
      if (isBlank(input, field)) continue
      const typed = readTyped(input[field] ?? '', meter)
      if (typed.ok && typed.value === sent?.value) resent += 1
      else errors[field] = takenMessage(meter.taken)
    }
  }
  const onlyTaken = own.every((meter) =>
    meter.registers.every(({ register }) => isBlank(input, fieldName(meter.id, register))),
  )
  const settled = onlyTaken && (resent > 0 || Object.keys(errors).length > 0)
  const weighed = settled ? { entries: [], errors: {} } : weigh(own, input)
  return { entries: weighed.entries, errors: { ...errors, ...weighed.errors }, resent }
}

function isBlank(input: ReadingsInput, field: string): boolean {
  return (input[field] ?? '').trim() === ''
}

interface Change extends Entry {
  meter: MeterState
  name: string | undefined
  sent: { value: MeterValue; rolledOver: boolean } | undefined
}

function beside(own: readonly MeterState[], entry: Entry): Change | undefined {
  const meter = own.find((one) => one.id === entry.meterId)
  const register = meter?.registers.find((one) => one.register === entry.register)
  return meter && register ? { ...entry, meter, name: register.name, sent: register.sent } : undefined
}

function isChange(entry: Change | undefined): entry is Change {
  return entry !== undefined && (entry.sent?.value !== entry.value || entry.sent.rolledOver !== entry.turned)
}

async function store(
  tx: Tx,
  subscriber: Subscriber,
  accountId: number,
  changes: readonly Change[],
  { period, today, now }: { period: Period; today: CalendarDay; now: Date },
): Promise<void> {
  const inPeriod = and(eq(readings.accountId, accountId), eq(readings.period, period))
  const changed = or(
    ...changes.map((of) => and(eq(readings.meterId, of.meterId), eq(readings.register, of.register))),
  )
  const versions = await tx
    .select({ meterId: readings.meterId, register: readings.register, last: max(readings.version) })
    .from(readings)
    .where(and(inPeriod, changed))
    .groupBy(readings.meterId, readings.register)
  await tx
    .update(readings)
    .set({ supersededAt: now })
    .where(and(inPeriod, changed, isNull(readings.supersededAt)))
  const versionAfter = (of: Entry) =>
    (versions.find((one) => one.meterId === of.meterId && one.register === of.register)?.last ?? 0) + 1
  await tx.insert(readings).values(
    changes.map((of) => ({
      accountId,
      meterId: of.meterId,
      period,
      register: of.register,
      version: versionAfter(of),
      value: of.value,
      rolledOver: of.turned,
      takenOn: today,
      receivedAt: now,
      channel: 'cabinet' as const,
      actorId: subscriber.userId,
    })),
  )
}

function auditEntry(
  accountId: number,
  accountNumber: string,
  period: Period,
  changes: readonly Change[],
): AuditEntry {
  const shown = (value: MeterValue, { digitsBefore, digitsAfter }: MeterState) =>
    formatDial(value, digitsBefore, digitsAfter)
  const label = (of: Change) => (of.name ? `${of.meter.serial}, ${of.name.toLowerCase()}` : of.meter.serial)
  const before = changes.flatMap((of) => (of.sent ? [[label(of), shown(of.sent.value, of.meter)]] : []))
  const after = changes.map((of) => [label(of), shown(of.value, of.meter)])
  return {
    action: 'readings.submitted',
    subject: { kind: 'account', id: String(accountId), label: accountNumber },
    ...(before.length > 0 ? { before: Object.fromEntries(before) } : {}),
    after: { period, ...Object.fromEntries(after) },
  }
}

function absent() {
  return refused('absent', 'Такого счётчика на вашем счёте нет. Обновите страницу и попробуйте ещё раз.')
}
