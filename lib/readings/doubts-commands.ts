import { and, eq, isNull, ne } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { handedPeriods, meters, readingCorrections, readingDoubts, readings, users } from '@/db/schema'
import { type AuditEntry, record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { formatDial, type MeterValue, toDecimal } from '@/lib/units/quantity'
import { type HeldAccount, holdPeriod, inForce, onAccount, storeByStaff } from './by-staff'
import { countersOf } from './corrected'
import { weighCorrection } from './corrections-rules'
import { messageRecipients } from './recipients'

type Doubt = typeof readingDoubts.$inferSelect
type Meter = typeof meters.$inferSelect
type Outcome = 'kept' | 'corrected' | 'asked'
type Refusal = 'absent' | 'busy' | 'decided' | 'gone' | 'nobody'

/** «Оставить как есть». Refused: `absent`, `busy`, `decided` (says who was quicker), `gone` (the value was corrected since). */
export function keepDoubt(staff: Staff, id: string, now: Date): Promise<Result<undefined, Refusal>> {
  return settle(staff, id, 'kept', now, async () => ok({}))
}

/**
 * «Исправить на …»: the value becomes the next version of the doubted reading; of a swap both counters change places.
 * Billing has taken the month: it is an accepted correction, listed for billing. `invalid` at `value`; refused as `keepDoubt`.
 */
export function correctDoubt(
  staff: Staff,
  { doubt: id, value }: { doubt: string; value: string },
  now: Date,
): Promise<Result<undefined, Refusal>> {
  return settle(staff, id, 'corrected', now, async (tx, _account, doubt, meter) => {
    await holdPeriod(tx, doubt.period)
    const counters = await countersOf(tx, meter, doubt.period)
    const own = counters.filter(({ register }) => register === doubt.register)
    const texts = [1, 2, 3].map((register) => (register === doubt.register ? value : ''))
    const { values, errors } = weighCorrection(meter, own, texts)
    const [problem] = Object.values(errors)
    const [entry] = values
    if (problem || !entry) return invalid({ value: problem ?? 'Введите показание.' })
    const other = entry.value === doubt.proposed ? await partnerOf(tx, doubt) : undefined
    if (other && other.meterId !== meter.id) await correct(tx, staff, doubt, other.meter, [other.entry], now)
    const ownOther = other && other.meterId === meter.id ? [other.entry] : []
    await correct(tx, staff, doubt, meter, [entry, ...ownOther], now)
    return ok({ value: formatDial(entry.value, meter.digitsBefore, meter.digitsAfter) })
  })
}

/** The counter that has the doubted one's likely value: of a swap the other one, which then takes the doubted value. */
async function partnerOf(tx: Tx, { kind, proposed, ...of }: Doubt) {
  if (proposed === null || (kind !== 'swapped' && kind !== 'registers')) return undefined
  const same = kind === 'registers'
  const [found] = await tx
    .select({ meter: meters, register: readings.register })
    .from(readings)
    .innerJoin(meters, eq(meters.id, readings.meterId))
    .where(
      and(
        eq(readings.accountId, of.accountId),
        eq(readings.period, of.period),
        eq(readings.value, proposed),
        isNull(readings.supersededAt),
        same ? eq(readings.meterId, of.meterId) : ne(readings.meterId, of.meterId),
        same ? ne(readings.register, of.register) : undefined,
      ),
    )
    .limit(1)
  if (!found) return undefined
  const entry = { register: found.register, value: of.value, turned: false }
  return { meter: found.meter, meterId: found.meter.id, entry }
}

/** Stores corrected counters of a meter in the doubted month, and enters the correction when billing has taken that. */
async function correct(
  tx: Tx,
  staff: Staff,
  { accountId, period }: Doubt,
  meter: Meter,
  entries: readonly { register: number; value: MeterValue; turned: boolean }[],
  now: Date,
): Promise<void> {
  const of = { accountId, meterId: meter.id, period }
  const current = await inForce(tx, of)
  const takenOn = current.get(entries[0]?.register ?? 1)?.takenOn ?? moscowDay(now)
  await storeByStaff(tx, staff, { ...of, takenOn, now }, entries)
  const handed = await tx.select().from(handedPeriods).where(eq(handedPeriods.period, period))
  if (handed.length === 0) return
  const values = [...current.keys()].sort().flatMap((register) => {
    const value = entries.find((entry) => entry.register === register)?.value ?? current.get(register)?.value
    return value === undefined ? [] : [toDecimal(value)]
  })
  const by = { askedBy: staff.userId, settledBy: staff.userId, askedAt: now, settledAt: now }
  await tx.insert(readingCorrections).values({ ...of, ...by, values, outcome: 'accepted' })
}

/** «Спросить жильца»: a letter to those who agreed to messages. Refused as `keepDoubt`, and `nobody` when none did. */
export function askAboutDoubt(
  staff: Staff,
  { doubt: id, text }: { doubt: string; text: string },
  now: Date,
): Promise<Result<undefined, Refusal>> {
  return settle(staff, id, 'asked', now, async (tx, account) => {
    const recipients = await messageRecipients(tx, account.id)
    if (recipients.length === 0)
      return refused('nobody', 'Написать некому: никто из жильцов не согласился на письма. Позвоните.')
    for (const email of recipients)
      await owe(tx, 'reading-question', email, { accountNumber: account.accountNumber, text })
    return ok({ people: recipients.length })
  })
}

type Work = (
  tx: Tx,
  account: HeldAccount,
  doubt: Doubt,
  meter: Meter,
) => Promise<Result<NonNullable<AuditEntry['after']>, Refusal>>

/** One decision per doubt: whoever comes second is told who decided; pressed twice it is the same decision. */
async function settle(
  staff: Staff,
  id: string,
  outcome: Outcome,
  now: Date,
  work: Work,
): Promise<Result<undefined, Refusal>> {
  const [of] = await db()
    .select({ accountId: readingDoubts.accountId })
    .from(readingDoubts)
    .where(eq(readingDoubts.id, id))
  if (!of) return ABSENT
  return onAccount<undefined, Refusal>({ id: of.accountId }, async (tx, account) => {
    const [found] = await tx
      .select({ doubt: readingDoubts, meter: meters })
      .from(readingDoubts)
      .innerJoin(meters, eq(meters.id, readingDoubts.meterId))
      .where(eq(readingDoubts.id, id))
      .for('update', { of: readingDoubts })
    if (!found) return ABSENT
    const { doubt, meter } = found
    if (doubt.settledAt) {
      const again = doubt.settledBy === staff.userId && doubt.outcome === outcome
      return again ? ok() : refused('decided', await whoDecided(tx, doubt))
    }
    if ((await inForce(tx, doubt)).get(doubt.register)?.value !== doubt.value) {
      await close(tx, doubt, { outcome: 'superseded', settledAt: now })
      return refused('gone', 'Показание с тех пор исправили: решать больше нечего.')
    }
    const result = await work(tx, account, doubt, meter)
    if (result.status !== 'ok') return result
    await close(tx, doubt, { outcome, settledAt: now, settledBy: staff.userId })
    await record(tx, staff, entryOf(account, doubt, meter, outcome, result.value))
    return ok()
  })
}

const ABSENT = refused('absent', 'Такого сомнения нет.')

async function close(tx: Tx, { id }: Doubt, change: Partial<Doubt>): Promise<void> {
  await tx.update(readingDoubts).set(change).where(eq(readingDoubts.id, id))
}

const outcomes = {
  kept: 'показание оставлено',
  corrected: 'показание исправлено',
  asked: 'жильца спросили',
  superseded: 'показание исправили',
}

async function whoDecided(tx: Tx, { settledBy, settledAt, outcome }: Doubt): Promise<string> {
  const [by] = settledBy
    ? await tx.select({ login: users.login }).from(users).where(eq(users.id, settledBy))
    : []
  const words = [outcome && outcomes[outcome], by?.login, settledAt && formatDay(moscowDay(settledAt))]
  return `Это уже решено: ${words.filter(Boolean).join(', ')}.`
}

function entryOf(
  account: HeldAccount,
  doubt: Doubt,
  meter: Meter,
  outcome: Outcome,
  after: NonNullable<AuditEntry['after']>,
): AuditEntry {
  const value = formatDial(doubt.value, meter.digitsBefore, meter.digitsAfter)
  return {
    action: `doubt.${outcome}`,
    subject: { kind: 'account', id: String(account.id), label: account.accountNumber },
    ...(outcome === 'corrected' ? { before: { value } } : {}),
    after: {
      ...{ meter: meter.serial, period: doubt.period },
      ...(outcome === 'corrected' ? {} : { value }),
      ...after,
    },
  }
}
