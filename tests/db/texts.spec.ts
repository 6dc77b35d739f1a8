import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { textMessages } from '@/db/schema'
import { env } from '@/lib/env'
import { oweText, type TextKind } from '@/lib/mail/owe-text'
import { sendText } from '@/lib/mail/send-text'
import { smsRu } from '@/lib/mail/sms-ru'
import { expect, test } from '../support/database'
import { TestSms } from '../support/sms'

const PHONE = '+79101234567'
const now = new Date('2026-11-25T09:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
let sms: TestSms
let before: ReturnType<typeof env>

test.beforeAll(async () => {
  sms = await TestSms.start()
  before = { ...env() }
  Object.assign(env(), { SMS: 'smsru', SMSRU_API_ID: sms.access.apiId, SMSRU_URL: sms.access.url })
})

test.afterAll(async () => {
  Object.assign(env(), before)
  await sms.stop()
})

const oweOne = (kind: TextKind = 'notice', body = 'Воды не будет', expiresAt?: Date) =>
  db().transaction((tx) => oweText(tx, { kind, toPhone: PHONE, body, ...(expiresAt ? { expiresAt } : {}) }))
const textOf = async (id: string) =>
  (await db().select().from(textMessages).where(eq(textMessages.id, id)))[0]
const takenSince = (count: number) => sms.taken.slice(count).map(({ to, text }) => [to, text])

test('a text is handed over once; its key and words stand in no address', async () => {
  const count = sms.taken.length
  const id = await oweOne()
  await Promise.all([sendText(id, now), sendText(id, now), sendText(id, now)])
  await sendText(id, now)
  expect(takenSince(count)).toEqual([['79101234567', 'Воды не будет']])
  expect(await textOf(id)).toMatchObject({
    sentAt: expect.any(Date),
    lastError: null,
    body: 'Воды не будет',
    providerId: sms.taken.at(-1)?.id,
  })
  expect(new Set(sms.asked)).toEqual(new Set(['POST /sms/send']))
})

test('a code is gone from the database once it was sent, and once it is of no more use', async () => {
  const sent = await oweOne('phone-code', 'Код 123456', later(10))
  await sendText(sent, now)
  expect(sms.taken.at(-1)?.text).toBe('Код 123456')
  expect(await textOf(sent)).toMatchObject({ body: '', sentAt: expect.any(Date) })

  const count = sms.taken.length
  const stale = await oweOne('phone-code', 'Код 654321', later(10))
  await sendText(stale, later(11))
  expect(takenSince(count)).toEqual([])
  expect(await textOf(stale)).toMatchObject({ body: '', sentAt: null, lastError: 'expired' })
})

test('no money, a limit, an outage: it waits with its reason and goes out on a later try', async () => {
  for (const failure of [{ request: 201 }, { request: 220 }, { number: 230 }, '503'] as const) {
    const count = sms.taken.length
    const id = await oweOne()
    sms.fail(failure)
    await expect(sendText(id, now)).rejects.toThrow()
    expect((await textOf(id))?.lastError).toMatch(/^later:/)
    await sendText(id, now)
    expect(takenSince(count)).toHaveLength(1)
    expect(await textOf(id)).toMatchObject({ attempts: 2, lastError: null, sentAt: expect.any(Date) })
  }
})

test('a number that cannot be reached is final and not tried again', async () => {
  for (const code of [202, 207, 209, 216]) {
    const count = sms.taken.length
    const id = await oweOne()
    sms.fail({ number: code })
    await sendText(id, now)
    await sendText(id, now)
    expect(takenSince(count)).toEqual([])
    expect(await textOf(id)).toMatchObject({ sentAt: null, attempts: 1, lastError: `refused:${code}` })
  }
})

test('a lost answer, or a worker lost on the way, never makes two of one', async () => {
  for (const failure of ['500', 'bad-json'] as const) {
    const count = sms.taken.length
    const id = await oweOne()
    sms.fail(failure)
    await sendText(id, now)
    await sendText(id, now)
    expect(takenSince(count)).toHaveLength(1)
    expect((await textOf(id))?.lastError).toMatch(/^unknown:/)
  }
  const count = sms.taken.length
  const id = await oweOne()
  await db().update(textMessages).set({ lastError: 'sending' }).where(eq(textMessages.id, id))
  await sendText(id, now)
  expect(takenSince(count)).toEqual([])
  expect((await textOf(id))?.lastError).toBe('unknown:interrupted')
})

test('a wrong key, a closed port and a server that hangs are told apart', async () => {
  const text = { toPhone: PHONE, body: 'Проверка' }
  expect(await smsRu({ ...sms.access, apiId: 'wrong' }).send(text)).toEqual({ kind: 'later', code: '301' })
  const gone = await TestSms.start()
  const { access } = gone
  await gone.stop()
  expect(await smsRu(access).send(text)).toEqual({ kind: 'later', code: 'econnrefused' })
  sms.fail('hang-after', 'reset-before')
  expect(await smsRu(sms.access).send(text)).toEqual({ kind: 'unknown', code: 'TimeoutError' })
  expect(await smsRu(sms.access).send(text)).toMatchObject({ kind: 'unknown' })
})

test('while nobody sends SMS a text waits', async () => {
  Object.assign(env(), { SMS: 'off' })
  const id = await oweOne()
  await expect(sendText(id, now)).rejects.toThrow()
  expect(await textOf(id)).toMatchObject({ sentAt: null, lastError: 'later:off' })
  Object.assign(env(), { SMS: 'smsru' })
})
