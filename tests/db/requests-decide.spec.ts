import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { accessRequests, accountAccess, auditLog, consents, letters, passports, users } from '@/db/schema'
import { publishFirstVersions } from '@/lib/documents/commands'
import { env } from '@/lib/env'
import { sendLetter } from '@/lib/mail/commands'
import { submitRequest } from '@/lib/requests/commands'
import { approveRequest, refuseRequest } from '@/lib/requests/decisions'
import { erasePassportsDue, revealPassport } from '@/lib/requests/disclosure'
import { requestForDecision, requestQueue } from '@/lib/requests/queries'
import { refusalReasons } from '@/lib/requests/schema'
import { day } from '@/lib/units/day'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff } from '../support/people'
import { PASSPORT, requestInput } from '../support/requests'

const NOW = new Date('2026-11-22T13:40:00Z')
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)

test.beforeAll(() => db().transaction(publishFirstVersions))

async function submitted(
  change: Record<string, string> = {},
  account: Parameters<typeof makeAccount>[0] = {},
) {
  const { id: accountId, accountNumber } = await makeAccount(account)
  const input = requestInput({ accountNumber, ...change })
  await submitRequest(input, { address: randomUUID() }, NOW)
  return { ...(await requestOf(input.submissionKey)), accountId }
}

async function requestOf(submissionKey: string) {
  const [request] = await db()
    .select()
    .from(accessRequests)
    .where(eq(accessRequests.submissionKey, submissionKey))
  if (!request) throw new Error('no request')
  return request
}

const actionsOn = async (requestId: string) => {
  const rows = await db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.subjectId, requestId))
    .orderBy(auditLog.id)
  return rows.map(({ action }) => action)
}
const lettersTo = (email: string) => db().select().from(letters).where(eq(letters.toEmail, email))

test('approval makes the user, gives access, owes the letter and hands the consents over', async () => {
  const staff = await makeStaff()
  const request = await submitted()
  const result = await approveRequest(staff, request.id, NOW)
  const decided = await requestOf(request.submissionKey)
  expect(decided).toMatchObject({ decision: 'approved', decidedAt: NOW, decidedBy: staff.userId })
  expect(result).toEqual({ status: 'ok', value: { userId: decided.userId } })
  const access = await db().select().from(accountAccess).where(eq(accountAccess.accountId, request.accountId))
  expect(access).toMatchObject([{ userId: decided.userId, requestId: request.id, endedAt: null }])
  const given = await db().select().from(consents).where(eq(consents.requestId, request.id))
  expect(given.map(({ userId }) => userId)).toEqual([decided.userId, decided.userId])
  expect((await lettersTo(request.email)).map(({ kind }) => kind).sort()).toEqual([
    'access-granted',
    'request-received',
  ])
  expect(await actionsOn(request.id)).toEqual(['request.submitted', 'request.approved'])
})

test('an account billing does not know, or has closed, cannot be approved', async () => {
  const staff = await makeStaff()
  const unknown = await submitted({ accountNumber: '88888888' })
  const closed = await submitted({}, { closedOn: day('2026-11-22') })
  expect(await approveRequest(staff, unknown.id, NOW)).toMatchObject({
    code: 'account',
    message: /нет счёта 88888888/,
  })
  expect(await approveRequest(staff, closed.id, NOW)).toMatchObject({
    code: 'account',
    message: /закрыт с 22 ноября 2026/,
  })
  expect(await requestOf(closed.submissionKey)).toMatchObject({ decision: null })
  expect(await approveRequest(staff, randomUUID(), NOW)).toMatchObject({ status: 'refused', code: 'unknown' })
})

test('two staff at once: one decision, one user, one letter; the other reads who decided', async () => {
  const [first, second] = [await makeStaff(), await makeStaff()]
  const request = await submitted()
  const results = await Promise.all([
    approveRequest(first, request.id, NOW),
    approveRequest(second, request.id, NOW),
    refuseRequest(second, request.id, { reason: 'name', note: '' }, NOW),
  ])
  const decided = await requestOf(request.submissionKey)
  const winner = decided.decidedBy === first.userId ? first : second
  const losers = results.filter((result) => result.status === 'refused')
  expect(results.filter(({ status }) => status === 'ok')).toHaveLength(1)
  expect(losers).toHaveLength(2)
  for (const loser of losers) {
    expect(loser.code).toBe('decided')
    expect(loser.message).toMatch(
      new RegExp(`уже (подтвердил|отказал)\\(а\\) ${winner.login} 22 ноября 2026, 16:40`),
    )
  }
  const approved = decided.decision === 'approved' ? 1 : 0
  expect(await db().$count(users, eq(users.email, request.email))).toBe(approved)
  expect(await lettersTo(request.email)).toHaveLength(2)
  expect(
    await db().$count(
      accountAccess,
      and(eq(accountAccess.accountId, request.accountId), isNull(accountAccess.endedAt)),
    ),
  ).toBe(approved)
})

test('two approvals at once make one user', async () => {
  const request = await submitted()
  const staff = await Promise.all(Array.from({ length: 5 }, () => makeStaff()))
  const results = await Promise.all(staff.map((who) => approveRequest(who, request.id, NOW)))
  expect(results.filter(({ status }) => status === 'ok')).toHaveLength(1)
  expect(await db().$count(users, eq(users.email, request.email))).toBe(1)
  expect(await lettersTo(request.email)).toHaveLength(2)
})

for (const reason of ['name', 'address', 'passport', 'account'] as const) {
  test(`the letter of a refusal does not tell the reason «${refusalReasons[reason]}»`, async () => {
    const staff = await makeStaff()
    const request = await submitted()
    const note = 'В договоре другой владелец'
    expect(await refuseRequest(staff, request.id, { reason, note }, NOW)).toMatchObject({ status: 'ok' })
    expect(await requestOf(request.submissionKey)).toMatchObject({
      refusalReason: reason,
      refusalNote: note,
      userId: null,
    })
    const text = await textOfLetter(request.email)
    expect(text).toContain(`Ответ на заявку № ${request.number}`)
    for (const told of [refusalReasons[reason], note, reason, request.accountNumber, request.lastName])
      expect(text.toLowerCase()).not.toContain(told.toLowerCase())
  })
}

test('letters of all refusals are equal but for the number', async () => {
  const staff = await makeStaff()
  const texts = []
  for (const reason of ['name', 'suspicion'] as const) {
    const request = await submitted()
    await refuseRequest(staff, request.id, { reason, note: '' }, NOW)
    texts.push((await textOfLetter(request.email)).replaceAll(request.number, 'N').replace(/^Кому:.*$/m, ''))
  }
  expect(texts[0]).toBe(texts[1])
})

async function textOfLetter(email: string): Promise<string> {
  const refusal = (await lettersTo(email)).find(({ kind }) => kind === 'request-refused')
  if (!refusal) throw new Error('no letter')
  await sendLetter(refusal.id)
  const folder = path.join(env().DATA_DIR, 'mail')
  const file = (await readdir(folder)).find((name) => name.endsWith(`${refusal.id}.txt`))
  return readFile(path.join(folder, file ?? ''), 'utf8')
}

test('every look at a passport is written down with who and why, without the values', async () => {
  const staff = await makeStaff()
  const request = await submitted()
  const result = await revealPassport(staff, request.id, 'contract')
  expect(result).toEqual({
    status: 'ok',
    value: { number: '6614512092', issuedBy: PASSPORT.passportIssuedBy, issuedOn: PASSPORT.passportIssuedOn },
  })
  const [, looked] = await db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.subjectId, request.id))
    .orderBy(auditLog.id)
  expect(looked).toMatchObject({
    action: 'passport.viewed',
    actorId: staff.userId,
    subjectLabel: request.number,
    after: { reason: 'Сверка с договором' },
  })
  expect(await revealPassport(staff, randomUUID(), 'contract')).toMatchObject({ code: 'unknown' })
})

test('a passport moved to another request does not open', async () => {
  const staff = await makeStaff()
  const [one, other] = [await submitted(), await submitted()]
  const [sealed] = await db().select().from(passports).where(eq(passports.requestId, one.id))
  if (!sealed) throw new Error('no passport')
  const { wrappedKey, number, issuedBy, issuedOn } = sealed
  await db()
    .update(passports)
    .set({ wrappedKey, number, issuedBy, issuedOn })
    .where(eq(passports.requestId, other.id))
  await expect(revealPassport(staff, other.id, 'contract')).rejects.toThrow()
  expect(await actionsOn(other.id)).toEqual(['request.submitted'])
})

test('a passport goes 30 days after the decision; its last digits and the fact stay', async () => {
  const staff = await makeStaff()
  const [refused, waiting] = [await submitted(), await submitted()]
  await refuseRequest(staff, refused.id, { reason: 'contact', note: '' }, NOW)
  await erasePassportsDue(later(29))
  expect(await revealPassport(staff, refused.id, 'repeat')).toMatchObject({ status: 'ok' })
  expect(await erasePassportsDue(later(30))).toBeGreaterThan(0)
  expect(await erasePassportsDue(later(30))).toBe(0)
  const [erased] = await db().select().from(passports).where(eq(passports.requestId, refused.id))
  expect(erased).toEqual({
    requestId: refused.id,
    ...{ wrappedKey: null, number: null, issuedBy: null, issuedOn: null, blindIndex: null },
    lastDigits: '092',
    erasedAt: later(30),
  })
  expect(await revealPassport(staff, refused.id, 'repeat')).toMatchObject({
    status: 'refused',
    code: 'erased',
  })
  expect(await revealPassport(staff, waiting.id, 'repeat')).toMatchObject({ status: 'ok' })
  expect((await actionsOn(refused.id)).at(-1)).toBe('passport.erased')
})

test('staff see the request beside billing, earlier ones, the same passport, and who has access', async () => {
  const staff = await makeStaff()
  const passport = '11 22 333444'
  const first = await submitted({ passport })
  await approveRequest(staff, first.id, NOW)
  const again = requestInput({ accountNumber: first.accountNumber, lastName: 'Щукина', passport })
  await submitRequest(again, { address: randomUUID() }, later(1))
  const elsewhere = await submitted({ passport })
  const { id } = await requestOf(again.submissionKey)
  const found = await requestForDecision(staff, id, later(1))
  expect(found).toMatchObject({
    request: { number: expect.any(String), passport: { lastDigits: '444', erasedAt: null } },
    earlier: [{ id: first.id, decision: 'approved' }],
    holders: [{ name: 'Королёва-Щукина Анна Петровна' }],
  })
  expect(found?.samePassport.map((request) => request.id).sort()).toEqual([first.id, elsewhere.id].sort())
  expect(JSON.stringify(found)).not.toContain(again.submissionKey)
  expect(await requestForDecision(staff, randomUUID(), NOW)).toBeUndefined()
})

test('the queue: waiting by deadline, decided apart, found by surname, account and number', async () => {
  const staff = await makeStaff()
  const lastName = 'Ёлкина'
  const request = await submitted({ lastName })
  const numbersOf = async (state: 'waiting' | 'decided', q: string) =>
    (await requestQueue(staff, { state, q }, NOW)).rows.map(({ number }) => number)
  for (const q of ['елк', 'ЁЛКИНА', request.accountNumber, request.number, `№ ${request.number}`])
    expect(await numbersOf('waiting', q)).toEqual([request.number])
  expect(await numbersOf('waiting', '%')).toEqual([])
  const second = requestInput({ lastName, accountNumber: request.accountNumber })
  await submitRequest(second, { address: randomUUID() }, new Date('2026-11-23T08:00:00Z'))
  const { rows } = await requestQueue(staff, { state: 'waiting', q: lastName }, NOW)
  expect(rows.map(({ repeated }) => repeated)).toEqual([false, true])
  expect(rows[0]?.left).toEqual({ words: '3 дня', urgency: 'water' })
  await refuseRequest(staff, request.id, { reason: 'repeat', note: '' }, NOW)
  expect(await numbersOf('decided', lastName)).toEqual([request.number])
})
