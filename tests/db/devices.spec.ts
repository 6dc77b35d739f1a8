import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, letters, sessions, users } from '@/db/schema'
import { endOtherSignIns, endSignIn, signInsOf } from '@/lib/access/devices'
import { changePassword } from '@/lib/access/password-change'
import { hashPassword } from '@/lib/session/passwords'
import type { Subscriber } from '@/lib/session/require'
import { sessionHash } from '@/lib/session/sessions'
import { signInWithPassword } from '@/lib/session/sign-in'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber, makeUser } from '../support/people'

const PASSWORD = 'четыре слова через пробел'
const CHROME = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'
const now = new Date('2026-11-25T09:00:00Z')

async function person() {
  return makeUser({ passwordHash: await hashPassword(PASSWORD) })
}

async function enter(
  login: string,
  change: { knownDevice?: boolean; shared?: boolean; password?: string } = {},
) {
  const attempt = { login, password: PASSWORD, shared: false, address: randomUUID(), device: CHROME, now }
  return signInWithPassword({ ...attempt, knownDevice: false, ...change })
}

const lettersTo = (email: string) =>
  db().select().from(letters).where(eq(letters.toEmail, email)).orderBy(asc(letters.createdAt))

test('a sign-in from a browser never used before is told by letter, but for the first ever', async () => {
  const { id, login, email } = await person()
  await enter(login)
  expect(await lettersTo(email)).toEqual([])
  await enter(login, { knownDevice: true })
  expect(await lettersTo(email)).toEqual([])
  await enter(login)
  await enter(login, { knownDevice: true, shared: true })
  expect(await lettersTo(email)).toMatchObject([
    { kind: 'new-device', payload: { at: now.toISOString(), device: 'Chrome, Windows' } },
    { kind: 'new-device' },
  ])
  const kept = await db().select().from(sessions).where(eq(sessions.userId, id))
  expect(kept.map(({ knownDevice }) => knownDevice).sort()).toEqual([false, false, false, true])
})

test('failures before a success from an unknown browser stand in the journal, an owner’s slips do not', async () => {
  const { id, login } = await person()
  for (let i = 0; i < 6; i += 1) await enter(login, { password: 'не тот пароль совсем' })
  await enter(login, { knownDevice: true })
  await enter(login)
  const started = await db()
    .select({ after: auditLog.after })
    .from(auditLog)
    .where(eq(auditLog.subjectId, id))
    .orderBy(asc(auditLog.id))
  expect(started.map(({ after }) => after)).toEqual([{ mode: 'own' }, { mode: 'own', failures: 6 }])
})

async function signedIn(login: string, userId: string): Promise<Subscriber> {
  const outcome = await enter(login, { knownDevice: true })
  if (outcome.kind !== 'signed-in') throw new Error('not signed in')
  const like = await makeSubscriber()
  return { ...like, userId, login, sessionHash: sessionHash(outcome.sessionId) }
}

test('one sees the own sign-ins and ends them, one or all; nobody else’s', async () => {
  const { id, login } = await person()
  const me = await signedIn(login, id)
  await enter(login)
  await enter(login)
  const { open } = await signInsOf(me, now)
  expect(open).toHaveLength(3)
  expect(open.filter(({ current }) => current)).toHaveLength(1)
  expect(open[0]).toMatchObject({ device: 'Chrome, Windows', createdAt: now })
  const stranger = await makeSubscriber()
  const [other] = open.filter(({ current }) => !current)
  const [own] = open.filter(({ current }) => current)
  expect(await endSignIn(stranger, other?.ref ?? '')).toMatchObject({ code: 'unknown' })
  expect(await endSignIn(me, own?.ref ?? '')).toMatchObject({ code: 'current' })
  expect(await endSignIn(me, other?.ref ?? '')).toMatchObject({ status: 'ok' })
  expect(await endSignIn(me, other?.ref ?? '')).toMatchObject({ code: 'unknown' })
  expect(await signInsOf(me, now)).toMatchObject({ open: [{}, {}], ended: [{ ref: other?.ref }] })
  await endOtherSignIns(me)
  expect(await signInsOf(me, now)).toMatchObject({ open: [{ current: true }], ended: [{}, {}] })
  const kept = await db().select().from(sessions).where(eq(sessions.userId, id))
  expect(JSON.stringify(open)).not.toContain(kept[0]?.idHash.toString('base64url'))
})

test('a password is changed by whoever knows the old one: other sign-ins end, a letter tells', async () => {
  const { id, login, email } = await person()
  const { accountNumber } = await makeAccount()
  const me = await signedIn(login, id)
  await enter(login, { knownDevice: true })
  const change = (current: string, password: string) => changePassword(me, { current, password }, now)
  expect(await change('не тот пароль совсем', 'password1234')).toMatchObject({
    errors: { current: expect.any(String) },
  })
  expect(await change(PASSWORD, 'password1234')).toMatchObject({ errors: { password: expect.any(String) } })
  expect(await change(PASSWORD, PASSWORD)).toMatchObject({ errors: { password: expect.any(String) } })
  expect(await change(PASSWORD, `совсем другие слова ${accountNumber}`)).toMatchObject({ status: 'ok' })
  expect(await signInsOf(me, now)).toMatchObject({ open: [{ current: true }], ended: [{}] })
  expect((await lettersTo(email)).map(({ kind }) => kind)).toEqual(['password-changed'])
  expect(await enter(login)).toEqual({ kind: 'wrong' })
  const [user] = await db().select().from(users).where(eq(users.id, id))
  expect(user?.passwordHash).not.toBeNull()
})

test('old passwords guessed at are throttled', async () => {
  const { id, login } = await person()
  const me = await signedIn(login, id)
  const guess = () =>
    changePassword(me, { current: 'не тот пароль совсем', password: 'новые слова тут есть' }, now)
  for (let i = 0; i < 10; i += 1) expect(await guess()).toMatchObject({ status: 'invalid' })
  expect(await guess()).toMatchObject({ code: 'throttled' })
})
