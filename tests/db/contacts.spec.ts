import { and, asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  auditLog,
  contactChanges,
  credentialLinks,
  letters,
  sessions,
  textMessages,
  users,
} from '@/db/schema'
import { blockUser } from '@/lib/access/commands'
import { askEmailChange, cancelContactChange, confirmEmail, emailLink } from '@/lib/access/contacts'
import { askPhoneChange, confirmPhone } from '@/lib/access/contacts-phone'
import { contactsOf } from '@/lib/access/contacts-state'
import { undoContactChange, undoLink } from '@/lib/access/contacts-undo'
import { requestRecovery } from '@/lib/access/passwords'
import { contactToken, linkToken, phoneCode, undoToken } from '@/lib/mail/link-token'
import { warningAddresses } from '@/lib/mail/mailboxes'
import type { Subscriber } from '@/lib/session/require'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'
import { withTexts } from '../support/texts'

const now = new Date('2026-11-25T09:00:00Z')
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const visitor = { address: '203.0.113.9' }
let made = 0
const mailbox = (name: string) => `${name}.${process.env.TEST_WORKER_INDEX}.${++made}@example.ru`
const phone = () => `+7910${String(1_000_000 + ++made)}`

async function person(): Promise<Subscriber & { email: string }> {
  const { id } = await makeAccount()
  const subscriber = await makeSubscriber([id])
  await db().update(users).set({ passwordHash: 'a hash' }).where(eq(users.id, subscriber.userId))
  return { ...subscriber, email: (await userOf(subscriber)).email }
}

async function userOf({ userId }: Subscriber) {
  const [user] = await db().select().from(users).where(eq(users.id, userId))
  if (!user) throw new Error('no user')
  return user
}

async function lastChange({ userId }: Subscriber) {
  const changes = await db()
    .select()
    .from(contactChanges)
    .where(eq(contactChanges.userId, userId))
    .orderBy(asc(contactChanges.askedAt))
  const last = changes.at(-1)
  if (!last) throw new Error('no change')
  return last
}

async function moveTo(subscriber: Subscriber, email: string, at = now): Promise<string> {
  expect(await askEmailChange(subscriber, email, at)).toMatchObject({ status: 'ok' })
  const { id } = await lastChange(subscriber)
  expect(await confirmEmail(contactToken(id), visitor, at)).toMatchObject({ status: 'ok' })
  return id
}

const kindsTo = async (email: string) =>
  (await db().select().from(letters).where(eq(letters.toEmail, email)).orderBy(asc(letters.createdAt))).map(
    ({ kind }) => kind,
  )

test('a new e-mail is in force once its link is pressed, and the old one is told', async () => {
  const subscriber = await person()
  const email = mailbox('new')
  await askEmailChange(subscriber, email, now)
  const { id } = await lastChange(subscriber)
  expect((await userOf(subscriber)).email).toBe(subscriber.email)
  expect(await emailLink(contactToken(id), now)).toBe('open')
  expect(await emailLink(contactToken(id), now)).toBe('open')
  expect((await userOf(subscriber)).email).toBe(subscriber.email)

  const answers = await Promise.all(
    Array.from({ length: 4 }, () => confirmEmail(contactToken(id), visitor, later(23))),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual(['ok', 'refused', 'refused', 'refused'])
  expect((await userOf(subscriber)).email).toBe(email)
  expect(await kindsTo(email)).toEqual(['email-confirm'])
  expect(await kindsTo(subscriber.email)).toEqual(['contact-changed'])
  expect(await emailLink(contactToken(id), later(23))).toBe('done')
})

test('neither journal nor letters nor tables hold the address, the tokens or the code', async () => {
  const subscriber = await person()
  const [email, number] = [mailbox('canary'), phone()]
  const emailId = await moveTo(subscriber, email)
  await withTexts(async () => {
    await askPhoneChange(subscriber, number, now)
  })
  const phoneId = (await lastChange(subscriber)).id
  await undoContactChange(undoToken(emailId), visitor, later(1))
  const journal = await db().select().from(auditLog).where(eq(auditLog.subjectId, subscriber.userId))
  expect(journal.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['contact.asked', 'contact.changed', 'contact.undone']),
  )
  for (const secret of [email, number, subscriber.email, phoneCode(phoneId)])
    expect(JSON.stringify(journal)).not.toContain(secret)
  const payloads = JSON.stringify(await db().select({ payload: letters.payload }).from(letters))
  const changes = JSON.stringify(await db().select().from(contactChanges))
  for (const token of [contactToken(emailId), undoToken(emailId), undoToken(phoneId)]) {
    expect(payloads).not.toContain(token)
    expect(changes).not.toContain(token)
  }
  expect(payloads).not.toContain(email)
})

test('a second change replaces the first, a late link and a cancelled one are dead', async () => {
  const subscriber = await person()
  await askEmailChange(subscriber, mailbox('first'), now)
  const first = contactToken((await lastChange(subscriber)).id)
  await askEmailChange(subscriber, mailbox('second'), later(0.1))
  const second = contactToken((await lastChange(subscriber)).id)
  expect(await confirmEmail(first, visitor, later(1))).toMatchObject({ code: 'link' })
  expect(await emailLink(second, later(24.2))).toBe('late')
  expect(await confirmEmail(second, visitor, later(24.2))).toMatchObject({ code: 'link' })
  await cancelContactChange(subscriber, 'email', later(1))
  expect(await confirmEmail(second, visitor, later(2))).toMatchObject({ code: 'link' })
  expect(await confirmEmail('made-up', visitor, now)).toMatchObject({ code: 'link' })
  expect((await contactsOf(subscriber, later(2))).waiting).toEqual({})
  expect(await askEmailChange(subscriber, subscriber.email.toUpperCase(), now)).toMatchObject({
    errors: { email: expect.any(String) },
  })
})

test('an undoing brings the old address back, ends every session and link, and asks for a new password', async () => {
  const subscriber = await person()
  const email = mailbox('thief')
  const id = await moveTo(subscriber, email)
  expect(await undoLink(undoToken(id), later(71))).toEqual({ state: 'open', kind: 'email' })
  const answers = await Promise.all(
    Array.from({ length: 3 }, () => undoContactChange(undoToken(id), visitor, later(71))),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual(['ok', 'refused', 'refused'])
  expect(await userOf(subscriber)).toMatchObject({ email: subscriber.email, passwordHash: null })
  const own = await db().select().from(sessions).where(eq(sessions.userId, subscriber.userId))
  expect(own.map(({ revokeReason }) => revokeReason)).toEqual(['reset'])
  expect(await kindsTo(subscriber.email)).toEqual(['contact-changed', 'contact-undone'])
  const links = await db().select().from(credentialLinks).where(eq(credentialLinks.userId, subscriber.userId))
  expect(links).toMatchObject([{ purpose: 'recovery', usedAt: null, revokedAt: null }])
  const payloads = JSON.stringify(
    await db()
      .select({ payload: letters.payload })
      .from(letters)
      .where(eq(letters.toEmail, subscriber.email)),
  )
  expect(payloads).not.toContain(linkToken(links[0]?.id ?? ''))
})

test('an undoing is refused after 72 hours; of somebody blocked it brings no link', async () => {
  const subscriber = await person()
  const id = await moveTo(subscriber, mailbox('new'))
  expect(await undoContactChange(undoToken(id), visitor, later(72))).toMatchObject({ code: 'link' })
  expect((await userOf(subscriber)).passwordHash).not.toBeNull()
  await blockUser(await makeStaff(), { userId: subscriber.userId, reason: 'проба' }, later(1))
  expect(await undoContactChange(undoToken(id), visitor, later(2))).toMatchObject({ status: 'ok' })
  const links = await db().select().from(credentialLinks).where(eq(credentialLinks.userId, subscriber.userId))
  expect(links).toEqual([])
})

test('the first mailbox keeps the upper hand: it undoes whatever came after it, and gets the letters of a recovery', async () => {
  const subscriber = await person()
  const [second, third] = [mailbox('second'), mailbox('third')]
  const first = await moveTo(subscriber, second)
  const next = await moveTo(subscriber, third, later(1))
  expect(await warningAddresses(db(), subscriber.userId, later(2))).toEqual([third, subscriber.email])
  await requestRecovery(subscriber.login, { address: mailbox('from') }, later(2))
  expect(await kindsTo(third)).not.toContain('password-recovery')
  expect(await kindsTo(second)).not.toContain('password-recovery')
  expect(await kindsTo(subscriber.email)).toContain('password-recovery')
  expect(await undoContactChange(undoToken(first), visitor, later(3))).toMatchObject({ status: 'ok' })
  expect((await userOf(subscriber)).email).toBe(subscriber.email)
  expect(await undoContactChange(undoToken(next), visitor, later(3))).toMatchObject({ code: 'link' })
  expect(await warningAddresses(db(), subscriber.userId, later(3))).toEqual([subscriber.email])
})

test('a recovery goes to the new address once nothing can be undone', async () => {
  const subscriber = await person()
  const email = mailbox('new')
  await moveTo(subscriber, email)
  await requestRecovery(subscriber.login, { address: mailbox('from') }, later(73))
  expect(await kindsTo(email)).toContain('password-recovery')
})

test('without SMS a phone changes at once, counts as not confirmed, and can be undone', async () => {
  const subscriber = await person()
  const number = phone()
  expect(await askPhoneChange(subscriber, `8${number.slice(2)}`, now)).toEqual({
    status: 'ok',
    value: 'changed',
  })
  expect(await userOf(subscriber)).toMatchObject({ phone: number, phoneConfirmedAt: null })
  expect(await kindsTo(subscriber.email)).toEqual(['contact-changed'])
  expect(await askPhoneChange(subscriber, number, now)).toMatchObject({
    errors: { phone: expect.any(String) },
  })
  expect(await askPhoneChange(subscriber, '(48153) 3-15-30', now)).toMatchObject({ status: 'invalid' })
  const { id } = await lastChange(subscriber)
  expect(await undoContactChange(undoToken(id), visitor, later(1))).toEqual({
    status: 'ok',
    value: { kind: 'phone' },
  })
  expect(await userOf(subscriber)).toMatchObject({ phone: null, passwordHash: null })
})

test('with SMS a phone waits for its code: ten minutes, five tries', async () => {
  await withTexts(async () => {
    const subscriber = await person()
    const number = phone()
    expect(await askPhoneChange(subscriber, number, now)).toEqual({ status: 'ok', value: 'code' })
    expect((await userOf(subscriber)).phone).toBeNull()
    const { id } = await lastChange(subscriber)
    const [text] = await db().select().from(textMessages).where(eq(textMessages.toPhone, number))
    expect(text).toMatchObject({ kind: 'phone-code', expiresAt: later(1 / 6) })
    expect(text?.body).toContain(phoneCode(id))
    expect(await confirmPhone(subscriber, phoneCode(id), later(1 / 6))).toMatchObject({ code: 'gone' })
    const wrong = phoneCode(id) === '000000' ? '000001' : '000000'
    for (let tries = 0; tries < 4; tries += 1)
      expect(await confirmPhone(subscriber, wrong, later(0.1))).toMatchObject({ status: 'invalid' })
    expect(await confirmPhone(subscriber, phoneCode(id), later(0.1))).toMatchObject({ status: 'ok' })
    expect(await userOf(subscriber)).toMatchObject({ phone: number, phoneConfirmedAt: later(0.1) })
    expect(await kindsTo(subscriber.email)).toEqual(['contact-changed'])

    await askPhoneChange(subscriber, phone(), later(1))
    const { id: another } = await lastChange(subscriber)
    for (let tries = 0; tries < 5; tries += 1)
      await confirmPhone(subscriber, phoneCode(another) === wrong ? '123456' : wrong, later(1))
    expect(await confirmPhone(subscriber, phoneCode(another), later(1))).toMatchObject({ code: 'gone' })
  })
})

test('a phone that is there already is confirmed without a letter: nothing changed', async () => {
  await withTexts(async () => {
    const subscriber = await person()
    const number = phone()
    await db().update(users).set({ phone: number }).where(eq(users.id, subscriber.userId))
    expect(await askPhoneChange(subscriber, number, now)).toEqual({ status: 'ok', value: 'code' })
    const { id } = await lastChange(subscriber)
    expect(await confirmPhone(subscriber, phoneCode(id), now)).toMatchObject({ status: 'ok' })
    expect((await userOf(subscriber)).phoneConfirmedAt).toEqual(now)
    expect(await kindsTo(subscriber.email)).toEqual([])
    expect(await askPhoneChange(subscriber, number, now)).toMatchObject({ status: 'invalid' })
  })
})

test('who asks for changes again and again is told to wait', async () => {
  const subscriber = await person()
  for (let asked = 0; asked < 6; asked += 1)
    expect(await askEmailChange(subscriber, mailbox('other'), now)).toMatchObject({ status: 'ok' })
  expect(await askEmailChange(subscriber, mailbox('other'), now)).toMatchObject({ code: 'often' })
  const waiting = await db()
    .select()
    .from(contactChanges)
    .where(and(eq(contactChanges.userId, subscriber.userId), eq(contactChanges.kind, 'email')))
  expect(waiting.filter(({ cancelledAt }) => cancelledAt === null)).toHaveLength(1)
})
