import { and, eq } from 'drizzle-orm'
import sharp from 'sharp'
import { db } from '@/db/client'
import { accountAccess, auditLog, disconnections, letters, users } from '@/db/schema'
import { accountsOf } from '@/lib/accounts/queries'
import { disconnectAccount } from '@/lib/holders/disconnect'
import { disconnectionsOf, scanOf } from '@/lib/holders/queries'
import { disconnectInput } from '@/lib/holders/schema'
import type { Subscriber } from '@/lib/session/require'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')

const form = (account: string, { userId }: Subscriber, change: object = {}) =>
  disconnectInput.parse({ account, userId, number: '14-в', day: '2026-11-20', note: '', ...change })

test('an account is disconnected by an application: gone at once, its own letter and row, the others stay', async () => {
  const [gone, stays] = [await makeAccount(), await makeAccount()]
  const person = await makeSubscriber([gone.id, stays.id])
  const staff = await makeStaff()
  const input = form(gone.accountNumber, person)
  const results = await Promise.all([1, 2, 3].map(() => disconnectAccount(staff, input, NOW)))
  expect(results.map((result) => result.status)).toEqual(['ok', 'ok', 'ok'])
  expect(await accountsOf(person)).toMatchObject([{ id: stays.id }])
  expect(await disconnectionsOf(staff, { userId: person.userId })).toMatchObject([
    { kind: 'application', applicationNumber: '14-в', applicationDay: '2026-11-20', hasScan: false },
  ])
  const [user] = await db().select().from(users).where(eq(users.id, person.userId))
  const owed = await db()
    .select()
    .from(letters)
    .where(eq(letters.toEmail, user?.email ?? ''))
  expect(owed.map((letter) => letter.kind)).toEqual(['account-disconnected'])
  const about = and(eq(auditLog.action, 'access.ended'), eq(auditLog.subjectId, person.userId))
  expect(await db().$count(auditLog, about)).toBe(1)
  expect(
    await disconnectAccount(staff, form(gone.accountNumber, person, { number: '15' }), NOW),
  ).toMatchObject({
    code: 'ended',
  })
})

test('a scan is kept by what it is: a picture made anew, a PDF as it came, nothing else', async () => {
  const staff = await makeStaff()
  const png = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer()
  const kinds: [Buffer, string | undefined][] = [
    [png, 'image/jpeg'],
    [Buffer.from('%PDF-1.7 …'), 'application/pdf'],
    [Buffer.from('<svg onload="x"/>'), undefined],
  ]
  for (const [bytes, type] of kinds) {
    const account = await makeAccount()
    const person = await makeSubscriber([account.id])
    const scan = new File([new Uint8Array(bytes)], 'заявление.exe')
    const result = await disconnectAccount(staff, form(account.accountNumber, person, { scan }), NOW)
    if (!type) {
      expect(result).toMatchObject({ errors: { scan: expect.anything() } })
      expect(await accountsOf(person)).toHaveLength(1)
      continue
    }
    const [ended] = await db()
      .select({ id: disconnections.accessId })
      .from(disconnections)
      .innerJoin(accountAccess, eq(accountAccess.id, disconnections.accessId))
      .where(eq(accountAccess.userId, person.userId))
    expect((await scanOf(staff, ended?.id ?? ''))?.type).toBe(type)
  }
  expect(await scanOf(staff, 'x')).toBeUndefined()
})

test('what is not there, or not yet written, disconnects nothing', async () => {
  const account = await makeAccount()
  const person = await makeSubscriber([account.id])
  const stranger = await makeSubscriber()
  const staff = await makeStaff()
  const tries: [ReturnType<typeof form>, Record<string, unknown>][] = [
    [form('no', person), { code: 'absent' }],
    [form(account.accountNumber, stranger), { code: 'absent' }],
    [form(account.accountNumber, person, { day: '2026-11-23' }), { errors: { day: expect.anything() } }],
  ]
  for (const [input, answer] of tries)
    expect(await disconnectAccount(staff, input, NOW)).toMatchObject(answer)
  expect(await accountsOf(person)).toHaveLength(1)
})
