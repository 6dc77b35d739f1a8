import { randomUUID } from 'node:crypto'
import { and, eq, isNull, like, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, credentialLinks, letters, sessions, users } from '@/db/schema'
import { setPassword } from '@/lib/access/passwords'
import { linkAsksDigits } from '@/lib/access/queries'
import {
  changeRoles,
  dismissStaff,
  inviteAgain,
  inviteStaff,
  resetStaff,
  takeBack,
  withdrawInvitation,
} from '@/lib/access/staff-commands'
import { memberForStaff, staffList } from '@/lib/access/staff-queries'
import { linkToken } from '@/lib/mail/link-token'
import type { Staff } from '@/lib/session/require'
import { setSecret } from '@/lib/session/second-factor'
import { newSecret } from '@/lib/session/totp'
import { expect, test } from '../support/database'
import { makeStaff, makeSubscriber } from '../support/people'

const now = new Date()
const PASSWORD = 'четыре слова через пробел'
const reason = 'Уволился по своему желанию'

async function invited(by: Staff, roles: ('operator' | 'administrator')[] = ['operator']) {
  const person = {
    lastName: 'Орлова',
    firstName: 'Ирина',
    patronymic: '',
    email: `${randomUUID()}@example.ru`,
  }
  const result = await inviteStaff(by, { person, roles }, now)
  if (result.status !== 'ok') throw new Error('not invited')
  return { userId: result.value.userId, email: person.email, person }
}

async function tokenOf(userId: string) {
  const usable = and(
    eq(credentialLinks.userId, userId),
    isNull(credentialLinks.usedAt),
    isNull(credentialLinks.revokedAt),
  )
  const found = await db().select().from(credentialLinks).where(usable)
  return found.map(({ id }) => linkToken(id))
}

const sessionsOf = (userId: string) =>
  db().$count(sessions, and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))

async function actsOn(userId: string) {
  const rows = await db()
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(and(eq(auditLog.subjectId, userId), like(auditLog.action, 'staff.%')))
    .orderBy(auditLog.id)
  return rows.map(({ action }) => action)
}

/** A member of staff at work: with a password. */
async function working(
  ...[roles]: Parameters<typeof makeStaff> extends [unknown?, (infer R)?] ? [R?] : never
) {
  const staff = await makeStaff(undefined, roles)
  await db().update(users).set({ passwordHash: 'set' }).where(eq(users.id, staff.userId))
  return staff
}

test('an invitation is a letter with a link that asks for no account, and works once', async () => {
  const admin = await working()
  const { userId, email, person } = await invited(admin)
  const [letter, ...more] = await db().select().from(letters).where(eq(letters.toEmail, email))
  expect(more).toEqual([])
  expect(letter).toMatchObject({
    kind: 'staff-access',
    payload: expect.objectContaining({ why: 'invited', roles: ['Оператор'] }),
  })
  const [token = ''] = await tokenOf(userId)
  expect(JSON.stringify(letter)).not.toContain(token)
  expect(await linkAsksDigits(token)).toBe(false)
  expect(await memberForStaff(admin, userId)).toMatchObject({ state: 'invited', secondFactor: false })
  expect((await setPassword({ token, password: PASSWORD }, { address: randomUUID() }, now)).status).toBe('ok')
  expect(await memberForStaff(admin, userId)).toMatchObject({ state: 'active' })
  expect(await inviteAgain(admin, { userId }, now)).toMatchObject({ code: 'active' })
  expect(await withdrawInvitation(admin, { userId }, now)).toMatchObject({ code: 'active' })
  expect(
    await inviteStaff(admin, { person: { ...person, email: email.toUpperCase() }, roles: ['support'] }, now),
  ).toMatchObject({ status: 'invalid', errors: { email: expect.any(String) } })
})

test('an invitation sent again kills the link before; withdrawn, it leaves none, and can be given anew', async () => {
  const admin = await working()
  const { userId } = await invited(admin)
  const [old = ''] = await tokenOf(userId)
  expect((await inviteAgain(admin, { userId }, now)).status).toBe('ok')
  const [fresh = '', ...others] = await tokenOf(userId)
  expect([others, fresh === old]).toEqual([[], false])
  expect((await withdrawInvitation(admin, { userId }, now)).status).toBe('ok')
  expect(await tokenOf(userId)).toEqual([])
  expect(await inviteAgain(admin, { userId }, now)).toMatchObject({ code: 'dismissed' })
  expect((await takeBack(admin, { userId, reason }, now)).status).toBe('ok')
  expect(await tokenOf(userId)).toHaveLength(1)
  expect(await actsOn(userId)).toEqual(['staff.invited', 'staff.invitation-withdrawn', 'staff.returned'])
})

test('a dismissed member of staff is out at once, and comes back with a new password', async () => {
  const admin = await working()
  const member = await working(['operator'])
  expect((await dismissStaff(admin, { userId: member.userId, reason }, now)).status).toBe('ok')
  expect(await sessionsOf(member.userId)).toBe(0)
  expect(await dismissStaff(admin, { userId: member.userId, reason }, now)).toMatchObject({
    code: 'dismissed',
  })
  expect(await memberForStaff(admin, member.userId)).toMatchObject({ state: 'dismissed', block: { reason } })
  expect((await staffList(admin)).at(-1)?.state).toBe('dismissed')
  expect((await takeBack(admin, { userId: member.userId, reason }, now)).status).toBe('ok')
  expect(await memberForStaff(admin, member.userId)).toMatchObject({ state: 'invited', block: null })
  expect(await takeBack(admin, { userId: member.userId, reason }, now)).toMatchObject({ code: 'free' })
})

test('a reset ends the sessions and takes the password, and the second factor only when it is asked for', async () => {
  const admin = await working()
  const member = await working(['operator'])
  await db().transaction((tx) => setSecret(tx, member.userId, newSecret(), now))
  const reset = (what: 'password' | 'both') => resetStaff(admin, { userId: member.userId, what, reason }, now)
  expect((await reset('password')).status).toBe('ok')
  expect(await sessionsOf(member.userId)).toBe(0)
  expect(await memberForStaff(admin, member.userId)).toMatchObject({
    state: 'invited',
    secondFactor: true,
    codesLeft: 10,
  })
  expect(await reset('password')).toMatchObject({ code: 'waiting' })
  expect((await reset('both')).status).toBe('ok')
  expect(await memberForStaff(admin, member.userId)).toMatchObject({ secondFactor: false, codesLeft: 0 })
  expect(await tokenOf(member.userId)).toHaveLength(1)
  const [user] = await db().select().from(users).where(eq(users.id, member.userId))
  const sent = await db()
    .select()
    .from(letters)
    .where(eq(letters.toEmail, user?.email ?? ''))
  expect(
    sent
      .map(({ payload }) => payload)
      .map((payload) => JSON.stringify(payload))
      .join(),
  ).toMatch(/"password".*"both"|"both".*"password"/)
})

test('nobody acts on themselves, and nobody of the office is a resident or the other way round', async () => {
  const admin = await working()
  const own = { userId: admin.userId, reason }
  for (const result of [
    await changeRoles(admin, { userId: admin.userId, roles: ['operator'] }),
    await dismissStaff(admin, own, now),
    await resetStaff(admin, { ...own, what: 'both' }, now),
    await takeBack(admin, own, now),
  ])
    expect(result).toMatchObject({ code: 'self' })
  const { userId } = await makeSubscriber()
  expect(await dismissStaff(admin, { userId, reason }, now)).toMatchObject({ code: 'unknown' })
  expect(await changeRoles(admin, { userId, roles: ['administrator'] })).toMatchObject({ code: 'unknown' })
  expect(await memberForStaff(admin, userId)).toBeUndefined()
})

test('roles change and are told before and after', async () => {
  const admin = await working()
  const member = await working(['support'])
  const result = await changeRoles(admin, { userId: member.userId, roles: ['operator', 'billing'] })
  expect(result.status).toBe('ok')
  expect((await memberForStaff(admin, member.userId))?.roles).toEqual(['operator', 'billing'])
  const [act] = await db()
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.subjectId, member.userId), eq(auditLog.action, 'staff.roles')))
  expect(act).toMatchObject({
    before: { roles: 'Специалист по обращениям' },
    after: { roles: 'Оператор, Расчётчик' },
  })
})

test('two administrators who take each other out at once leave one', async () => {
  await db()
    .update(users)
    .set({ roles: ['operator'] })
    .where(sql`'administrator' = any(roles)`)
  const [one, two] = [await working(['administrator']), await working(['administrator'])]
  const attacks = [
    () => changeRoles(one, { userId: two.userId, roles: ['operator'] }),
    () => dismissStaff(two, { userId: one.userId, reason }, now),
  ]
  const results = await Promise.all(attacks.map((attack) => attack()))
  expect(results.map((result) => (result.status === 'refused' ? result.code : result.status)).sort()).toEqual(
    ['last', 'ok'],
  )
})
