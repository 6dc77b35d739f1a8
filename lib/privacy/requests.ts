import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { privacyRequests, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff, Subscriber } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { lastDay, type PrivacyKind } from './rules'
import type { SettleInput } from './schema'

type PrivacyRequest = typeof privacyRequests.$inferSelect

/** More open at once is nobody's mistake in a name. */
const MOST_OPEN = 5
/** The same words again within this time are a second click. */
const REPEAT_MS = 10 * 60_000

/** Requests of the person, the latest first. */
export async function ownRequests(subscriber: Subscriber): Promise<PrivacyRequest[]> {
  return db()
    .select()
    .from(privacyRequests)
    .where(eq(privacyRequests.userId, subscriber.userId))
    .orderBy(desc(privacyRequests.askedAt))
}

/** Asks staff to correct what is wrong (152-ФЗ art. 14 §1). The same words again are the same request. Refused: `full`. */
export async function askDataCorrection(
  subscriber: Subscriber,
  text: string,
  now: Date,
): Promise<Result<undefined, 'full'>> {
  return db().transaction(async (tx) => {
    await hold(tx, subscriber)
    const open = await openOf(tx, subscriber, 'correction')
    const same = open.find((one) => one.text === text && now.getTime() - one.askedAt.getTime() < REPEAT_MS)
    if (same) return ok()
    if (open.length >= MOST_OPEN)
      return refused('full', 'Пять ваших просьб уже ждут ответа. Дождитесь его или позвоните нам.')
    await ask(tx, subscriber, 'correction', text, now)
    return ok()
  })
}

/**
 * Withdraws the consent to processing: staff destroy in thirty days what no law keeps; until they do, the cabinet works and the
 * person may recall it. Asked twice it is one request.
 */
export async function withdrawConsent(subscriber: Subscriber, now: Date): Promise<Result> {
  return db().transaction(async (tx) => {
    await hold(tx, subscriber)
    const [open] = await openOf(tx, subscriber, 'withdrawal')
    if (!open) await ask(tx, subscriber, 'withdrawal', '', now)
    return ok()
  })
}

/** «Передумать»: takes an own request back while staff have not settled it. Refused: `absent` (theirs or not, alike). */
export async function recallRequest(
  subscriber: Subscriber,
  id: string,
  now: Date,
): Promise<Result<undefined, 'absent'>> {
  return db().transaction(async (tx) => {
    const [recalled] = await tx
      .update(privacyRequests)
      .set({ settledAt: now, outcome: 'recalled' })
      .where(
        and(
          eq(privacyRequests.id, id),
          eq(privacyRequests.userId, subscriber.userId),
          isNull(privacyRequests.settledAt),
        ),
      )
      .returning({ kind: privacyRequests.kind })
    if (!recalled) return refused('absent', 'Этой просьбы уже нет или на неё ответили. Обновите страницу.')
    await record(tx, subscriber, {
      action: 'privacy.recalled',
      subject: subjectOf(subscriber),
      after: { kind: recalled.kind },
    })
    return ok()
  })
}

/** Of two clicks at once the second sees what the first did. */
async function hold(tx: Tx, { userId }: Subscriber): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')
}

async function openOf(tx: Tx, { userId }: Subscriber, kind: PrivacyKind) {
  return tx
    .select()
    .from(privacyRequests)
    .where(
      and(
        eq(privacyRequests.userId, userId),
        eq(privacyRequests.kind, kind),
        isNull(privacyRequests.settledAt),
      ),
    )
}

async function ask(tx: Tx, subscriber: Subscriber, kind: PrivacyKind, text: string, now: Date) {
  const dueOn = lastDay(kind, moscowDay(now))
  await tx.insert(privacyRequests).values({ userId: subscriber.userId, kind, text, askedAt: now, dueOn })
  const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, subscriber.userId))
  if (user) await owe(tx, 'privacy-received', user.email, { kind, dueOn })
  await record(tx, subscriber, {
    action: 'privacy.asked',
    subject: subjectOf(subscriber),
    after: { kind, until: dueOn },
  })
}

function subjectOf({ userId, login }: { userId: string; login: string }) {
  return { kind: 'user', id: userId, label: login } as const
}

/** A request before staff, with whose it is. */
export type StaffRequest = Awaited<ReturnType<typeof privacyQueue>>[number]

const QUEUE = 100
const withPerson = { request: privacyRequests, person: { id: users.id, login: users.login } }

/** The office's list: those that wait by their day of law, or those settled, the latest first. */
export async function privacyQueue(_staff: Staff, state: 'open' | 'settled') {
  const { settledAt, dueOn, askedAt } = privacyRequests
  return db()
    .select(withPerson)
    .from(privacyRequests)
    .innerJoin(users, eq(users.id, privacyRequests.userId))
    .where(state === 'open' ? isNull(settledAt) : gt(settledAt, new Date(0)))
    .orderBy(...(state === 'open' ? [asc(dueOn), asc(askedAt)] : [desc(settledAt)]))
    .limit(QUEUE)
}

/** One request before staff; undefined for an unknown id. */
export async function privacyRequest(_staff: Staff, id: string): Promise<StaffRequest | undefined> {
  const [found] = await db()
    .select(withPerson)
    .from(privacyRequests)
    .innerJoin(users, eq(users.id, privacyRequests.userId))
    .where(eq(privacyRequests.id, id))
  return found
}

/** Answers a correction; the person is owed a letter. Refused: `absent`, `settled` (already, or taken back). */
export async function settleCorrection(
  staff: Staff,
  { id, outcome, note }: SettleInput,
  now: Date,
): Promise<Result<undefined, 'absent' | 'settled'>> {
  return db().transaction(async (tx) => {
    const [found] = await tx
      .select({ ...withPerson, email: users.email })
      .from(privacyRequests)
      .innerJoin(users, eq(users.id, privacyRequests.userId))
      .where(and(eq(privacyRequests.id, id), eq(privacyRequests.kind, 'correction')))
      .for('update', { of: privacyRequests })
    if (!found) return refused('absent', 'Такой просьбы нет.')
    if (found.request.settledAt) return refused('settled', 'На эту просьбу уже ответили. Обновите страницу.')
    await tx
      .update(privacyRequests)
      .set({ settledAt: now, settledBy: staff.userId, outcome, note })
      .where(eq(privacyRequests.id, id))
    await owe(tx, 'privacy-settled', found.email, { done: outcome === 'done', note })
    await record(tx, staff, {
      action: 'privacy.settled',
      subject: { kind: 'user', id: found.person.id, label: found.person.login },
      after: { kind: 'correction', outcome },
    })
    return ok()
  })
}
