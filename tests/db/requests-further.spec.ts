import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accessRequests, accountAccess, letters, users } from '@/db/schema'
import { gainedAccounts } from '@/lib/access/own-accounts'
import { accountsOf } from '@/lib/accounts/queries'
import { publishFirstVersions } from '@/lib/documents/commands'
import { submitRequest } from '@/lib/requests/commands'
import { approveRequest, refuseRequest } from '@/lib/requests/decisions'
import { furtherState, submitFurther } from '@/lib/requests/further'
import { requestForDecision } from '@/lib/requests/queries'
import { furtherSchema } from '@/lib/requests/schema'
import type { Subscriber } from '@/lib/session/require'
import { makeCharge, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'
import { requestInput } from '../support/requests'

const NOW = new Date('2026-11-22T13:40:00Z')

test.beforeAll(() => db().transaction(publishFirstVersions))

/** Somebody whose passport staff saw with a request, as `requireSubscriber` would give. */
async function known() {
  const staff = await makeStaff()
  const { accountNumber } = await makeAccount()
  const input = requestInput({ accountNumber })
  await submitRequest(input, { address: randomUUID() }, NOW)
  const [request] = await db()
    .select()
    .from(accessRequests)
    .where(eq(accessRequests.submissionKey, input.submissionKey))
  if (!request) throw new Error('no request')
  const approved = await approveRequest(staff, request.id, NOW)
  if (approved.status !== 'ok') throw new Error('not approved')
  await db().update(users).set({ passwordHash: 'a hash' }).where(eq(users.id, approved.value.userId))
  const [user] = await db().select().from(users).where(eq(users.id, approved.value.userId))
  if (!user) throw new Error('no user')
  const subscriber: Subscriber = { ...(await makeSubscriber()), userId: user.id, login: user.login }
  return { staff, subscriber, user, request, accountNumber }
}

const form = (accountNumber: string, change: Record<string, string> = {}) =>
  furtherSchema.parse({ submissionKey: randomUUID(), accountNumber, ...change })
const lettersTo = (email: string) => db().select().from(letters).where(eq(letters.toEmail, email))
const requestOf = async (number: string) => {
  const [request] = await db().select().from(accessRequests).where(eq(accessRequests.number, number))
  if (!request) throw new Error('no request')
  return request
}

test('a further account is asked for without a passport and decided like any other', async () => {
  const { staff, subscriber, user, request } = await known()
  const account = await makeAccount()
  const input = form(account.accountNumber, { billSum: '1 234,56 ₽' })
  await makeCharge(account.id, '2026-10', await makeService('Вода'), { charged: 1_234_56n })
  const answers = await Promise.all(Array.from({ length: 5 }, () => submitFurther(subscriber, input, NOW)))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  const [answer] = answers
  if (answer?.status !== 'ok') throw new Error('not sent')
  const { number } = answer.value
  expect((await furtherState(subscriber)).waiting).toMatchObject([
    { number, accountNumber: account.accountNumber },
  ])

  const stored = await requestOf(number)
  expect(stored).toMatchObject({ askedBy: user.id, lastName: user.lastName, email: user.email })
  const found = await requestForDecision(staff, stored.id, NOW)
  expect(found?.request.passport).toBeUndefined()
  expect(found?.identification).toMatchObject({ request: { id: request.id, number: request.number } })
  expect(found?.rows.find(({ label }) => label === 'Последняя квитанция')).toMatchObject({ verdict: 'known' })

  // By then the person is called otherwise and has another e-mail: it is the same person all the same.
  await db()
    .update(users)
    .set({ email: `${randomUUID()}@example.ru` })
    .where(eq(users.id, user.id))
  expect(await approveRequest(staff, stored.id, NOW)).toEqual({ status: 'ok', value: { userId: user.id } })
  expect((await accountsOf(subscriber)).map(({ accountNumber }) => accountNumber)).toContain(
    account.accountNumber,
  )
  const of = await db().select().from(letters).where(sql`payload->>'number' = ${number}`)
  expect(of.map(({ kind }) => kind).sort()).toEqual(['account-added', 'request-received'])
  expect(await gainedAccounts(subscriber)).toMatchObject([
    { request: { number: request.number } },
    { accountNumber: account.accountNumber, request: { number } },
  ])
  expect((await furtherState(subscriber)).waiting).toEqual([])
})

test('refused, the answer goes to the e-mail the cabinet has by then', async () => {
  const { staff, subscriber, user } = await known()
  const { accountNumber } = await makeAccount()
  const sent = await submitFurther(subscriber, form(accountNumber), NOW)
  if (sent.status !== 'ok') throw new Error('not sent')
  const email = `${randomUUID()}@example.ru`
  await db().update(users).set({ email }).where(eq(users.id, user.id))
  const { id } = await requestOf(sent.value.number)
  await refuseRequest(staff, id, { reason: 'name', note: '' }, NOW)
  expect((await lettersTo(email)).map(({ kind }) => kind)).toEqual(['request-refused'])
})

test('an account that is there, one asked for already and too many are refused kindly', async () => {
  const { subscriber, accountNumber } = await known()
  expect(await submitFurther(subscriber, form(accountNumber), NOW)).toMatchObject({ code: 'own' })
  const asked = form('7700001')
  expect(await submitFurther(subscriber, asked, NOW)).toMatchObject({ status: 'ok' })
  expect(await submitFurther(subscriber, form('7700001'), NOW)).toMatchObject({ code: 'waiting' })
  expect(await submitFurther(subscriber, { ...asked, meterSerial: '48-1' }, NOW)).toMatchObject({
    code: 'sent',
  })
  for (const number of ['7700002', '7700003', '7700004', '7700005'])
    expect(await submitFurther(subscriber, form(number), NOW)).toMatchObject({ status: 'ok' })
  expect(await submitFurther(subscriber, form('7700006'), NOW)).toMatchObject({ code: 'often' })
  expect(await submitFurther(subscriber, asked, NOW)).toMatchObject({ status: 'ok' })
})

test('whom staff never identified sends an ordinary request with a passport', async () => {
  const helper = await makeSubscriber()
  expect((await furtherState(helper)).identified).toBe(false)
  expect(await submitFurther(helper, form('7700001'), NOW)).toMatchObject({ code: 'unidentified' })
  const { id } = await makeAccount()
  const atTheDesk = await makeSubscriber()
  const staff = await makeStaff()
  await db()
    .insert(accountAccess)
    .values({ userId: atTheDesk.userId, accountId: id, grantedBy: staff.userId })
  expect((await furtherState(atTheDesk)).identified).toBe(true)
})

test('a sum that is none is told at its field', () => {
  const typed = { submissionKey: randomUUID(), accountNumber: '0104523' }
  for (const billSum of ['много', '1e3', '99999999999999'])
    expect(furtherSchema.safeParse({ ...typed, billSum }).success).toBe(false)
  expect(furtherSchema.parse({ ...typed, billSum: '1234,5 руб.' }).billSum).toBe(123450n)
  expect(furtherSchema.parse(typed).billSum).toBeUndefined()
})
