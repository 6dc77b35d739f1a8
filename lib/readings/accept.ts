import { and, eq, type SQL, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts } from '@/db/schema'
import type { Actor } from '@/lib/audit/record'
import { paperOfSending } from '@/lib/papers/commands'
import { type FieldErrors, invalid, ok, type Result, refused } from '@/lib/result'
import { readSettings } from '@/lib/settings/queries'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import type { MeterValue } from '@/lib/units/quantity'
import { type MeterState, metersFor, type RegisterState } from './queries'
import { readTyped } from './rules'
import { fieldName, meterOfField, type ReadingsInput } from './schema'
import { issueSlip, slipInForce } from './slip'
import { oweSlip } from './slip-letter'
import { type Change, storeReadings } from './store'
import { holdTargets } from './targets'
import { type Entry, weigh } from './weigh'
import { periodFor, type WindowSettings, windowDaysOf } from './window'
import { overMessage, takenMessage } from './words'

/** Readings on their way in, whoever sends them. */
export interface Sending {
  actor: Actor
  channel: 'cabinet' | 'staff' | 'helper' | 'offline'
  accountId: number
  /** What the account must meet for this sender: a condition on `accounts`. */
  may: SQL
  input: ReadingsInput
  now: Date
  /** When the dials were read; it decides the period. */
  takenAt: Date
  /** The moment is worth keeping beside the day: a phone sent later. */
  keepMoment?: boolean
  /** Of this sending: the same one again is one record and gets the same slip. */
  key?: string | undefined
  /** By field, the dial in force the sender knew of; another one in force now is a conflict. */
  known?: Readonly<Record<string, string>> | undefined
}

/** What was accepted: the slip given for it, the period of the first value, how many counters. */
export interface Accepted {
  paperId: string
  period: Period
  counters: number
}

/**
 * Accepts a form's values, all or nothing, by the same rules for everybody who may send. Each goes to the period its meter's
 * window is due for; once billing has taken that, a correction is `invalid` and a new value goes to the next. A value that
 * differs from the one already sent for its period supersedes it; the same value again is one record and the same slip.
 * `invalid` by field; `refused`: `absent` for an account or a meter the sender may not, or that does not exist, alike;
 * `conflict` when another value was sent meanwhile.
 */
export function acceptReadings(sending: Sending): Promise<Result<Accepted, 'absent' | 'conflict'>> {
  return db().transaction((tx) => acceptIn(tx, sending))
}

/** The same in the caller's transaction; what is not `ok` has written nothing. */
export async function acceptIn(tx: Tx, sending: Sending): Promise<Result<Accepted, 'absent' | 'conflict'>> {
  const account = await holdAccount(tx, sending)
  if (!account) return absent()
  const { now, takenAt, input } = sending
  const settings = await readSettings(tx)
  const targetOf = await holdTargets(tx, settings, takenAt)
  const meters = await metersFor(tx, sql`true`, account.id, { settings, targetOf, now: takenAt })
  const before = sending.key ? await paperOfSending(tx, account.id, sending.key) : undefined
  if (before) return ok(acceptedBefore(before, meters, input))
  if (namesForeignMeter(meters, input)) return absent()
  const { entries, resent, errors } = weighAll(meters, sending, settings)
  if (Object.keys(errors).length > 0) return invalid(errors)
  if (meetsAnother(meters, entries, sending.known)) return conflict()
  const changes = entries.map((entry) => beside(meters, entry)).filter(isChange)
  const named = meters.filter((meter) => namesMeter(meter, input))
  const values = new Map([
    ...resent,
    ...entries.map((of) => [fieldName(of.meterId, of.register), of.value] as const),
  ])
  const told = { period: periodOf(named, entries[0]), counters: entries.length || resent.length }
  const standing = changes.length === 0 ? await slipInForce(tx, account.id, named) : undefined
  if (standing) return ok({ paperId: standing, ...told })
  const slip = { ...slipOf(sending, account), meters: named, values }
  const paperId = await issueSlip(tx, slip)
  if (changes.length > 0)
    await storeReadings(tx, sending, account, { changes, paperId, takenOn: slip.takenOn, now })
  if (sending.channel !== 'staff') await oweSlip(tx, paperId, sending.actor.userId)
  return ok({ paperId, ...told })
}

/**
 * Holds the account's row: two submits for it go one after the other, and a submit and a load that brings readings of it
 * (`lib/exchange/meter-readings.ts`) as well. Undefined when the sender may not.
 */
async function holdAccount(tx: Tx, { accountId, may }: Sending) {
  const [account] = await tx
    .select({ id: accounts.id, accountNumber: accounts.accountNumber })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), may))
    .for('no key update')
  return account
}

function namesForeignMeter(own: readonly MeterState[], input: ReadingsInput): boolean {
  const ids = new Set(own.map((meter) => meter.id))
  return Object.entries(input).some(([name, text]) => {
    const id = meterOfField(name)
    return id !== undefined && text.trim() !== '' && !ids.has(id)
  })
}

function namesMeter(meter: MeterState, input: ReadingsInput): boolean {
  return meter.registers.some(({ register }) => !isBlank(input, fieldName(meter.id, register)))
}

interface AllWeighed {
  entries: Entry[]
  errors: FieldErrors
  /** Values that came again just as billing has them. */
  resent: [field: string, value: MeterValue][]
}

/** Weighs a form. Of meters whose month is settled nothing may differ, and nothing is stored. */
function weighAll(all: readonly MeterState[], sending: Sending, settings: WindowSettings): AllWeighed {
  const { input, channel, takenAt } = sending
  const own = all.filter((meter) => !settledMessage(meter, sending, settings))
  const errors: FieldErrors = {}
  const resent: AllWeighed['resent'] = []
  for (const meter of all) {
    const settled = settledMessage(meter, sending, settings)
    if (!settled) continue
    for (const { register, sent } of meter.registers) {
      const field = fieldName(meter.id, register)
      if (isBlank(input, field)) continue
      const typed = readTyped(input[field] ?? '', meter)
      if (typed.ok && typed.value === sent?.value) resent.push([field, typed.value])
      else errors[field] = settled
    }
  }
  const onlySettled =
    !own.some((meter) => namesMeter(meter, input)) && (resent.length > 0 || Object.keys(errors).length > 0)
  const weighed = onlySettled
    ? { entries: [], errors: {} }
    : weigh(own, input, { everything: channel === 'staff', takenOn: moscowDay(takenAt) })
  return { entries: weighed.entries, errors: { ...errors, ...weighed.errors }, resent }
}

/** Why a value that was sent stays: billing has taken it, or staff name a day of a month that is over. */
function settledMessage(
  { taken, kind, period, registers }: MeterState,
  { channel, now }: Sending,
  settings: WindowSettings,
): string | undefined {
  if (taken) return takenMessage(taken)
  const over = channel === 'staff' && period < periodFor(now, windowDaysOf(settings, kind))
  return over && registers.some(({ sent }) => sent) ? overMessage(period) : undefined
}

function isBlank(input: ReadingsInput, field: string): boolean {
  return (input[field] ?? '').trim() === ''
}

/** Whether a value stands that the sender did not know of, and that is not the one sent. */
function meetsAnother(
  meters: readonly MeterState[],
  entries: readonly Entry[],
  known: Sending['known'],
): boolean {
  if (!known) return false
  return entries.some((entry) => {
    const change = beside(meters, entry)
    const sent = change?.sent?.value
    if (!change || sent === undefined || sent === entry.value) return false
    const typed = readTyped(known[fieldName(entry.meterId, entry.register)] ?? '', change.meter)
    return !typed.ok || typed.value !== sent
  })
}

function beside(own: readonly MeterState[], entry: Entry): Change | undefined {
  const meter = own.find((one) => one.id === entry.meterId)
  const register = meter?.registers.find((one: RegisterState) => one.register === entry.register)
  return meter && register ? { ...entry, meter, name: register.name, sent: register.sent } : undefined
}

function isChange(entry: Change | undefined): entry is Change {
  return entry !== undefined && (entry.sent?.value !== entry.value || entry.sent.rolledOver !== entry.turned)
}

function slipOf(sending: Sending, account: { id: number; accountNumber: string }) {
  const { actor, channel, now, takenAt, key, keepMoment } = sending
  const takenOn: CalendarDay = moscowDay(takenAt)
  return {
    account,
    channel,
    issuedTo: channel === 'staff' ? null : actor.userId,
    now,
    takenOn,
    takenAt: keepMoment ? takenAt : null,
    sendingKey: key,
  }
}

function acceptedBefore(paperId: string, meters: readonly MeterState[], input: ReadingsInput): Accepted {
  const named = meters.filter((meter) => namesMeter(meter, input))
  const counters = named.reduce((sum, meter) => sum + meter.registers.length, 0)
  return { paperId, period: periodOf(named.length > 0 ? named : meters), counters }
}

/** The period of the first value: of what is stored, else of what stands already. */
function periodOf(named: readonly MeterState[], entry?: Entry): Period {
  const first = named.find((meter) => meter.id === entry?.meterId) ?? named[0]
  if (!first) throw new Error('no meter was named')
  return first.taken ?? first.period
}

/** For an account or a meter that is not theirs or does not exist, alike. */
export function absent() {
  return refused('absent', 'Такого счётчика на вашем счёте нет. Обновите страницу и попробуйте ещё раз.')
}

function conflict() {
  return refused('conflict', 'Пока вы были без связи, по этому счётчику передали другие показания.')
}
