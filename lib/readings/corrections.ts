import { and, eq, isNull } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, meters, readingCorrections, users } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import { type AuditEntry, record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff, Subscriber } from '@/lib/session/require'
import { type Count, giveBack, inMinutes, take } from '@/lib/session/throttle'
import { formatDay, moscowDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial, toDecimal } from '@/lib/units/quantity'
import { type HeldAccount, holdPeriod, inForce, onAccount, storeByStaff } from './by-staff'
import { countersOf, lastHanded } from './corrected'
import { weighCorrection } from './corrections-rules'
import type { AskCorrectionInput } from './corrections-schema'

type Meter = typeof meters.$inferSelect
type Correction = typeof readingCorrections.$inferSelect

/**
 * Asks staff to correct what billing has taken already: the latest such month of a meter of the person's own account. One
 * request of a meter and month waits at a time; the same again is the same request. `invalid` by field; refused: `absent`
 * (not theirs or not there, alike, or nothing of it was taken), `waiting`, `often`.
 */
export async function askCorrection(
  subscriber: Subscriber,
  input: AskCorrectionInput,
  now: Date,
): Promise<Result<undefined, 'absent' | 'waiting' | 'often'>> {
  const count: Count[] = [['correction-asked', subscriber.userId]]
  const free = await take(count)
  if (free !== 'free')
    return refused('often', `Слишком много запросов подряд. Попробуйте ${inMinutes(free.minutes)}.`)
  const { fresh, result } = await db().transaction((tx) => ask(tx, subscriber, input, now))
  if (!fresh) await giveBack(count)
  return result
}

type Asked = { fresh: boolean; result: Result<undefined, 'absent' | 'waiting'> }

async function ask(tx: Tx, subscriber: Subscriber, input: AskCorrectionInput, now: Date): Promise<Asked> {
  const found = await lockOwn(tx, subscriber, input.meter)
  const period = found && (await lastHanded(tx, found.meter))
  if (!found || !period || (input.period && input.period !== period)) return answer(ABSENT)
  const { meter, account } = found
  const counters = await countersOf(tx, meter, period)
  const { values, errors } = weighCorrection(meter, counters, [input.value1, input.value2, input.value3])
  if (Object.keys(errors).length > 0) return answer(invalid(errors))
  const told = values.map(({ value }) => toDecimal(value))
  const open = await openOf(tx, meter, period)
  if (open) return answer(open.values.join() === told.join() ? ok() : WAITING)
  await tx.insert(readingCorrections).values({
    ...{ accountId: account.id, meterId: meter.id, period, values: told },
    ...{ note: input.note, askedAt: now, askedBy: subscriber.userId },
  })
  await record(tx, subscriber, entryOf('correction.asked', account, { meter: meter.serial, period }))
  return { fresh: true, result: ok() }
}

const ABSENT = refused(
  'absent',
  'Исправить здесь нечего: таких переданных показаний нет. Откройте «Показания» и посмотрите, что записано.',
)
const WAITING = refused('waiting', 'Запрос по этому счётчику уже ждёт ответа. Когда ответим, пришлём письмо.')

function answer(result: Asked['result']): Asked {
  return { fresh: false, result }
}

/** The meter and its account, held against other sendings for it; undefined when it is not theirs. */
async function lockOwn(
  tx: Tx,
  subscriber: Subscriber,
  id: number,
): Promise<{ meter: Meter; account: HeldAccount } | undefined> {
  const [found] = await tx
    .select({ meter: meters, account: { id: accounts.id, accountNumber: accounts.accountNumber } })
    .from(meters)
    .innerJoin(accounts, eq(accounts.id, meters.accountId))
    .where(and(eq(meters.id, id), ownedBy(subscriber, meters.accountId)))
    .for('no key update', { of: accounts })
  return found
}

async function openOf(tx: Tx, meter: Meter, period: Period): Promise<Correction | undefined> {
  const [found] = await tx
    .select()
    .from(readingCorrections)
    .where(
      and(
        eq(readingCorrections.accountId, meter.accountId),
        eq(readingCorrections.meterId, meter.id),
        eq(readingCorrections.period, period),
        isNull(readingCorrections.settledAt),
      ),
    )
  return found
}

type Refusal = 'absent' | 'busy' | 'decided' | 'unfit'

/**
 * «Исправить»: what the person asked for becomes the next version of that month's reading, and the person is owed a
 * letter. Refused: `absent`, `busy`, `decided` (says who was quicker), `unfit` (the neighbouring months changed meanwhile).
 */
export function acceptCorrection(
  staff: Staff,
  correctionId: string,
  now: Date,
): Promise<Result<undefined, Refusal>> {
  return settle(staff, correctionId, 'accepted', async (tx, account, correction, meter) => {
    await holdPeriod(tx, correction.period)
    const counters = await countersOf(tx, meter, correction.period)
    const { values, errors } = weighCorrection(meter, counters, correction.values)
    const [problem] = Object.values(errors)
    if (problem) return refused('unfit', problem)
    const of = { accountId: account.id, meterId: meter.id, period: correction.period }
    const takenOn = (await inForce(tx, of)).get(1)?.takenOn ?? moscowDay(now)
    await storeByStaff(tx, staff, { ...of, takenOn, now }, values)
    await decide(tx, staff, correction, { outcome: 'accepted', settledAt: now })
    const shown = values.map(({ value }) => formatDial(value, meter.digitsBefore, meter.digitsAfter))
    const was = counters.map(({ current }) => formatDial(current, meter.digitsBefore, meter.digitsAfter))
    const facts = { meter: meter.serial, period: correction.period }
    const entry = entryOf('correction.accepted', account, { ...facts, value: shown.join(', ') })
    await record(tx, staff, { ...entry, before: { value: was.join(', ') } })
    return ok()
  })
}

/** «Отказать»: the reading stays; the person reads why, and is owed a letter. Refused: `absent`, `busy`, `decided`. */
export function refuseCorrection(
  staff: Staff,
  { correction: id, reason }: { correction: string; reason: string },
  now: Date,
): Promise<Result<undefined, Refusal>> {
  return settle(staff, id, 'refused', async (tx, account, correction, meter) => {
    await decide(tx, staff, correction, { outcome: 'refused', settledAt: now, reason })
    const facts = { meter: meter.serial, period: correction.period }
    await record(tx, staff, entryOf('correction.refused', account, facts))
    return ok()
  })
}

/** One decision per request: whoever comes second is told who decided; pressed twice it is the same decision. */
async function settle(
  staff: Staff,
  id: string,
  outcome: 'accepted' | 'refused',
  work: (
    tx: Tx,
    account: HeldAccount,
    correction: Correction,
    meter: Meter,
  ) => Promise<Result<undefined, 'unfit'>>,
): Promise<Result<undefined, Refusal>> {
  const [of] = await db()
    .select({ accountId: readingCorrections.accountId })
    .from(readingCorrections)
    .where(eq(readingCorrections.id, id))
  if (!of) return refused('absent', 'Такого запроса нет.')
  return onAccount<undefined, Refusal>({ id: of.accountId }, async (tx, account) => {
    const [found] = await tx
      .select({ correction: readingCorrections, meter: meters })
      .from(readingCorrections)
      .innerJoin(meters, eq(meters.id, readingCorrections.meterId))
      .where(eq(readingCorrections.id, id))
      .for('update', { of: readingCorrections })
    if (!found) return refused('absent', 'Такого запроса нет.')
    const { correction, meter } = found
    if (!correction.settledAt) return work(tx, account, correction, meter)
    const again = correction.settledBy === staff.userId && correction.outcome === outcome
    return again ? ok() : refused('decided', await whoDecided(tx, correction))
  })
}

async function whoDecided(tx: Tx, { settledBy, settledAt, outcome }: Correction): Promise<string> {
  const [by] = settledBy
    ? await tx.select({ login: users.login }).from(users).where(eq(users.id, settledBy))
    : []
  const when = settledAt ? formatDay(moscowDay(settledAt)) : ''
  const what = outcome === 'accepted' ? 'показание исправлено' : 'в исправлении отказано'
  return `Этот запрос уже решён: ${what}, ${by?.login ?? ''}, ${when}.`
}

async function decide(
  tx: Tx,
  staff: Staff,
  { id, askedBy, accountId, period }: Correction,
  change: Pick<Correction, 'settledAt'> & Partial<Correction>,
): Promise<void> {
  await tx
    .update(readingCorrections)
    .set({ ...change, settledBy: staff.userId })
    .where(eq(readingCorrections.id, id))
  const [to] = await tx
    .select({ email: users.email, accountNumber: accounts.accountNumber })
    .from(users)
    .innerJoin(accounts, eq(accounts.id, accountId))
    .where(eq(users.id, askedBy))
  if (!to) throw new Error('a request of nobody')
  const accepted = change.outcome === 'accepted'
  await owe(tx, 'correction-settled', to.email, {
    correction: id,
    accountNumber: to.accountNumber,
    period,
    accepted,
  })
}

function entryOf(
  action: AuditEntry['action'],
  account: HeldAccount,
  after: NonNullable<AuditEntry['after']>,
): AuditEntry {
  const subject = { kind: 'account' as const, id: String(account.id), label: account.accountNumber }
  return { action, subject, after }
}
