import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { contactChanges, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { phoneCode, phoneCodeHash, tokenHash } from '@/lib/mail/link-token'
import { canText, oweText } from '@/lib/mail/owe-text'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { inMinutes, take } from '@/lib/session/throttle'
import { mobileNumber } from '@/lib/units/phone'
import { cancelOpenChanges, lockUser, putInForce, subjectOf, type User } from './contact-change'
import { CODE_TRIES, CONFIRM_PHONE_MS, changeState } from './rules'

/** What became of a phone asked for: a code is on its way to it, or it is in force, not confirmed. */
export type PhoneAsked = 'code' | 'changed'

/**
 * Asks for another phone. Where SMS can be sent a code goes to it and it is in force once the code is typed; where not, it is
 * in force at once and counts as not confirmed. The e-mail is told and can undo it. `phone` as typed. Refused: `often`.
 */
export async function askPhoneChange(
  subscriber: Subscriber,
  phone: string,
  now: Date,
): Promise<Result<PhoneAsked, 'often'>> {
  const number = mobileNumber(phone)
  if (!number) return invalid({ phone: 'Нужен мобильный номер России: +7 9…, например +7 910 123-45-67' })
  const [current] = await db().select().from(users).where(eq(users.id, subscriber.userId))
  const known = current?.phone === number && (current.phoneConfirmedAt !== null || !canText())
  if (known) return invalid({ phone: 'Это и есть ваш нынешний номер' })
  const free = await take([
    ['contact-asked', subscriber.userId],
    ['contact-value', number],
  ])
  if (free !== 'free')
    return refused('often', `Слишком много изменений подряд. Попробуйте ${inMinutes(free.minutes)}.`)
  return db().transaction(async (tx) => {
    const user = await lockUser(tx, subscriber.userId)
    await cancelOpenChanges(tx, user.id, now, 'phone')
    return ok(
      await (canText()
        ? sendCode(tx, subscriber, user, number, now)
        : changeNow(tx, subscriber, user, number, now)),
    )
  })
}

async function sendCode(tx: Tx, subscriber: Subscriber, user: User, number: string, now: Date) {
  const id = randomUUID()
  const code = phoneCode(id)
  const confirmBy = new Date(now.getTime() + CONFIRM_PHONE_MS)
  await insertChange(tx, user, {
    id,
    newValue: number,
    askedAt: now,
    confirmBy,
    confirmHash: phoneCodeHash(id, code),
  })
  const body = `Код ${code}: новый телефон в личном кабинете. Никому его не говорите.`
  await oweText(tx, { kind: 'phone-code', toPhone: number, body, expiresAt: confirmBy })
  await record(tx, subscriber, {
    action: 'contact.asked',
    subject: subjectOf(user),
    after: { kind: 'phone' },
  })
  return 'code' as const
}

/** Nobody can show a phone without SMS: the change stands, and no SMS will go to it until it is confirmed. */
async function changeNow(tx: Tx, subscriber: Subscriber, user: User, newValue: string, now: Date) {
  const id = randomUUID()
  const confirmHash = tokenHash(randomBytes(32).toString('base64url'))
  await insertChange(tx, user, { id, newValue, askedAt: now, confirmBy: now, confirmHash })
  const change = { id, kind: 'phone', oldValue: user.phone, newValue } as const
  await putInForce(tx, subscriber, user, change, { proven: false, now })
  return 'changed' as const
}

type NewChange = Pick<
  typeof contactChanges.$inferInsert,
  'id' | 'newValue' | 'askedAt' | 'confirmBy' | 'confirmHash'
>

async function insertChange(tx: Tx, user: User, change: NewChange): Promise<void> {
  await tx.insert(contactChanges).values({ ...change, userId: user.id, kind: 'phone', oldValue: user.phone })
}

/**
 * Puts the new phone in force by the code of the SMS: within 10 minutes, and after five wrong ones never.
 * Refused: `gone` (nothing waits, late, too many tries).
 */
export async function confirmPhone(
  subscriber: Subscriber,
  code: string,
  now: Date,
): Promise<Result<undefined, 'gone'>> {
  return db().transaction(async (tx) => {
    const user = await lockUser(tx, subscriber.userId)
    const [change] = await tx
      .select()
      .from(contactChanges)
      .where(
        and(
          eq(contactChanges.userId, user.id),
          eq(contactChanges.kind, 'phone'),
          isNull(contactChanges.confirmedAt),
          isNull(contactChanges.cancelledAt),
        ),
      )
      .orderBy(desc(contactChanges.askedAt))
      .limit(1)
    if (!change || changeState(change, now) !== 'open' || change.attempts >= CODE_TRIES)
      return refused('gone', 'Код больше не действует. Укажите номер ещё раз, и мы пришлём новый.')
    if (!timingSafeEqual(phoneCodeHash(change.id, code), change.confirmHash)) {
      await tx
        .update(contactChanges)
        .set({ attempts: sql`${contactChanges.attempts} + 1` })
        .where(eq(contactChanges.id, change.id))
      return invalid({ code: 'Код не подошёл. Проверьте, что он из последней SMS.' })
    }
    await putInForce(tx, subscriber, user, { ...change, oldValue: user.phone }, { proven: true, now })
    return ok()
  })
}
