import { randomUUID } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { accessRequests, accountAccess, auditLog, blocks, contactChanges, suspicions } from '@/db/schema'
import { raiseSuspicions } from '@/lib/access/suspicion-look'
import { openSuspicions, settleSuspicion, suspicionQueue, suspicionsAbout } from '@/lib/access/suspicions'
import { record } from '@/lib/audit/record'
import { startSession } from '@/lib/session/sessions'
import { expect, testAlone } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber, makeUser } from '../support/people'

/** What happens in other files must not be looked at here: a database of its own. */
const test = testAlone('suspicions')

const now = new Date()
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const holder = async () => makeSubscriber([(await makeAccount()).id])

const signIn = (userId: string, minutes: number, of: { address?: string; knownDevice?: boolean } = {}) =>
  db().transaction((tx) =>
    startSession(tx, {
      ...{ userId, mode: 'own', device: '', address: of.address ?? randomUUID() },
      ...{ knownDevice: of.knownDevice ?? true, now: ago(minutes) },
    }),
  )

async function changedEmail(userId: string, minutes: number) {
  await db()
    .insert(contactChanges)
    .values({
      ...{ userId, kind: 'email', oldValue: 'a@example.ru', newValue: 'b@example.ru' },
      ...{ confirmHash: Buffer.alloc(32), confirmBy: now, confirmedAt: ago(minutes) },
    })
}

const signsOf = async (userId: string) => {
  const found = await db().select().from(suspicions).where(eq(suspicions.userId, userId))
  return found.map(({ sign }) => sign)
}

test('guesses before a sign-in are raised once, by however many processes', async () => {
  const { userId, login } = await holder()
  const few = await holder()
  const sign = (of: { userId: string; login: string }, failures: number) =>
    db().transaction((tx) =>
      record(
        tx,
        { ...of, address: '' },
        {
          action: 'session.started',
          subject: { kind: 'user', id: of.userId, label: of.login },
          after: { mode: 'own', failures },
        },
      ),
    )
  await sign({ userId, login }, 7)
  await sign({ userId: few.userId, login: few.login }, 4)
  const raised = await Promise.all([raiseSuspicions(now), raiseSuspicions(now), raiseSuspicions(now)])
  expect(raised.reduce((sum, count) => sum + count)).toBe(1)
  expect(await raiseSuspicions(now)).toBe(0)
  expect(await signsOf(userId)).toEqual(['guessed'])
  expect(await signsOf(few.userId)).toEqual([])
  const [about] = await suspicionsAbout(await makeStaff(), userId)
  expect(about?.words).toContain('7 неверных паролей подряд')
})

test('a new device and a changed e-mail within a day; the first sign-in ever and known devices are none', async () => {
  const [thief, first, own, late] = [await holder(), await makeUser(), await holder(), await holder()]
  await signIn(thief.userId, 50, { knownDevice: false })
  await changedEmail(thief.userId, 20)
  await signIn(first.id, 50, { knownDevice: false })
  await changedEmail(first.id, 20)
  await signIn(own.userId, 50)
  await changedEmail(own.userId, 20)
  await signIn(late.userId, 30 * 60, { knownDevice: false })
  await changedEmail(late.userId, 20)
  // The sessions `holder` makes are older than anything here.
  await db().execute(
    `update sessions set created_at = created_at - interval '9 days' where device = 'a browser'`,
  )
  await raiseSuspicions(now)
  const people = [thief.userId, first.id, own.userId, late.userId]
  expect(await Promise.all(people.map(signsOf))).toEqual([['moved'], [], [], []])
})

test('one network in five people’s accounts is raised for each of them, once a day; helpers do not count', async () => {
  const [office, family] = ['198.51.100.7', '198.51.100.8']
  const crowd = [await holder(), await holder(), await holder(), await holder(), await holder()]
  for (const { userId } of crowd.slice(0, 4)) await signIn(userId, 30, { address: family })
  await signIn((await makeUser()).id, 30, { address: family })
  const sameNetwork = [await holder(), await holder(), await holder(), await holder(), await holder()]
  for (const [place, { userId }] of sameNetwork.entries())
    await signIn(userId, 30, { address: `2001:db8:1:2::${place + 1}` })
  // Those `holder` makes all come from one machine.
  await db().execute(`update sessions set address = '' where device = 'a browser'`)
  for (const { userId } of crowd) await signIn(userId, 30, { address: office })
  await raiseSuspicions(now)
  await raiseSuspicions(now)
  for (const { userId } of [...crowd, ...sameNetwork]) expect(await signsOf(userId)).toEqual(['crowd'])
  const kept = JSON.stringify(await db().select().from(suspicions))
  for (const address of [office, '2001:db8']) expect(kept).not.toContain(address)
})

async function requested(of: { submittedFrom: string; phone: string; minutes: number; askedBy?: string }) {
  const [made] = await db()
    .insert(accessRequests)
    .values({
      ...{
        number: `2026-${randomUUID().slice(0, 8)}`,
        submissionKey: randomUUID(),
        accountNumber: '0104523',
      },
      ...{
        lastName: 'А',
        firstName: 'Б',
        registrationAddress: 'В',
        postalAddress: 'Г',
        email: 'x@example.ru',
      },
      ...{ submittedFrom: of.submittedFrom, phone: of.phone, submittedAt: ago(of.minutes) },
      ...{ dueOn: '2026-11-30' as never, dueAt: now, askedBy: of.askedBy ?? null },
    })
    .returning()
  return made
}

test('requests faster than anybody types are raised for nobody’s account; there is nobody to block', async () => {
  const staff = await makeStaff()
  const phone = '+79990000001'
  for (const minutes of [9, 7, 5, 3]) await requested({ submittedFrom: randomUUID(), phone, minutes })
  for (const minutes of [58, 43, 30, 16])
    await requested({ submittedFrom: 'slow', phone: randomUUID(), minutes })
  const { userId } = await holder()
  for (const minutes of [9, 7, 5, 3])
    await requested({ submittedFrom: 'own', phone: '+79990000002', minutes, askedBy: userId })
  await raiseSuspicions(now)
  const fast = (await suspicionQueue(staff, 'open')).filter(({ sign }) => sign === 'fast')
  expect(fast).toHaveLength(1)
  const [one] = fast
  if (!one) throw new Error('nothing raised')
  expect(one.words).toContain('4 заявки с одним телефоном')
  expect(one.person).toBeNull()
  const settle = (outcome: 'blocked' | 'dismissed') =>
    settleSuspicion(staff, { suspicionId: one.id, outcome, reason: 'семья из четырёх квартир' }, now)
  expect(await settle('blocked')).toMatchObject({ code: 'nobody' })
  expect(await settle('dismissed')).toEqual({ status: 'ok', value: { userId: null } })
})

test('a sign is settled once, by a block or as no danger, with its reason in the journal', async () => {
  const staff = await makeStaff()
  const [bad, good] = [await holder(), await holder()]
  await db()
    .insert(suspicions)
    .values(
      [bad, good].map(({ userId }) => ({
        ...{ userId, sign: 'guessed' as const, about: randomUUID() },
        evidence: { failures: 6, at: now.toISOString() },
      })),
    )
  const before = await openSuspicions(staff)
  const of = async (userId: string) => (await suspicionsAbout(staff, userId))[0]
  const settle = async (userId: string, outcome: 'blocked' | 'dismissed') =>
    settleSuspicion(staff, { suspicionId: (await of(userId))?.id ?? '', outcome, reason: 'чужой вход' }, now)
  const answers = await Promise.all([1, 2, 3].map(() => settle(bad.userId, 'blocked')))
  expect(answers.map(({ status }) => status).sort()).toEqual(['ok', 'refused', 'refused'])
  expect(await settle(good.userId, 'dismissed')).toMatchObject({ status: 'ok' })
  expect(await openSuspicions(staff)).toBe(before - 2)
  const blocked = await db()
    .select({ userId: blocks.userId, reason: blocks.blockReason })
    .from(blocks)
    .where(inArray(blocks.userId, [bad.userId, good.userId]))
  expect(blocked).toEqual([{ userId: bad.userId, reason: 'чужой вход' }])
  expect((await of(good.userId))?.settled).toMatchObject({ outcome: 'dismissed', by: staff.login })
  const journal = await db()
    .select({ subject: auditLog.subjectId, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.action, 'suspicion.settled'), eq(auditLog.actorId, staff.userId)))
  expect(journal).toHaveLength(2)
  await expect(
    settleSuspicion(staff, { suspicionId: randomUUID(), outcome: 'dismissed', reason: 'нет' }, now),
  ).resolves.toMatchObject({ code: 'unknown' })
  expect(await db().$count(accountAccess, eq(accountAccess.userId, bad.userId))).toBe(1)
})
