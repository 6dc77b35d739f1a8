import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, auditLog, enquiries, enquiryMessages, letters, users } from '@/db/schema'
import { openEnquiry } from '@/lib/enquiries/commands'
import { ownEnquiries, ownEnquiry } from '@/lib/enquiries/queries'
import { enquiryForStaff, enquiryQueue } from '@/lib/enquiries/staff'
import { queueSchema } from '@/lib/enquiries/staff-schema'
import { period } from '@/lib/units/period'
import { makeCharge, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { answerEnquiry, continueEnquiry } from '../support/enquiries'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const now = new Date('2026-11-20T09:00:00Z')
const input = {
  subject: 'Отопление, октябрь 2026',
  text: 'Откуда эта сумма?',
  period: undefined,
  service: undefined,
  files: [],
}

async function someone() {
  const account = await makeAccount()
  const subscriber = await makeSubscriber([account.id])
  return { account, subscriber }
}

/** An enquiry opened at that moment; its number. */
async function opened(of: Awaited<ReturnType<typeof someone>>, words: Partial<typeof input> = {}, at = now) {
  const asked = { ...input, ...words, sendingKey: randomUUID(), accountNumber: of.account.accountNumber }
  const result = await openEnquiry(of.subscriber, asked, at)
  if (result.status !== 'ok') throw new Error('not opened')
  return result.value.number
}

test('an enquiry keeps its words, its line with the sum, and promises a day ten working days away', async () => {
  const one = await someone()
  const heating = await makeService('Отопление')
  await makeCharge(one.account.id, '2026-10', heating, { charged: 31_240n, benefit: 1_000n })
  const asked = {
    ...input,
    sendingKey: randomUUID(),
    accountNumber: one.account.accountNumber,
    period: period('2026-10'),
    service: heating,
  }
  const result = await openEnquiry(one.subscriber, asked, now)
  if (result.status !== 'ok') throw new Error('not opened')
  const { number } = result.value
  expect(await ownEnquiry(one.subscriber, number)).toMatchObject({
    subject: input.subject,
    state: 'open',
    dueOn: '2026-12-04',
    messages: [{ byStaff: false, text: input.text }],
    line: { service: 'Отопление', period: '2026-10', amount: 30_240n },
  })
  const acts = await db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.subjectLabel, String(number)))
  expect(acts.map((act) => act.action)).toEqual(['enquiry.opened'])
})

test('a line of another account, or one that is not stated, is not attached', async () => {
  const [one, other] = [await someone(), await someone()]
  const heating = await makeService('Отопление')
  await makeCharge(other.account.id, '2026-10', heating, { charged: 31_240n })
  const asked = {
    ...input,
    sendingKey: randomUUID(),
    accountNumber: one.account.accountNumber,
    period: period('2026-10'),
    service: heating,
  }
  const result = await openEnquiry(one.subscriber, asked, now)
  if (result.status !== 'ok') throw new Error('not opened')
  const [stored] = await db().select().from(enquiries).where(eq(enquiries.number, result.value.number))
  expect(stored).toMatchObject({ period: null, serviceId: null, accountId: one.account.id })
})

test('nothing is opened about a stranger’s account', async () => {
  const [one, other] = [await someone(), await someone()]
  const asked = { ...input, sendingKey: randomUUID(), accountNumber: other.account.accountNumber }
  expect(await openEnquiry(one.subscriber, asked, now)).toMatchObject({ status: 'refused', code: 'stranger' })
  expect(await ownEnquiries(one.subscriber)).toEqual([])
})

test('a stranger’s number is no number: neither read nor written to', async () => {
  const [one, other] = [await someone(), await someone()]
  const number = await opened(other)
  expect(await ownEnquiry(one.subscriber, number)).toBeUndefined()
  expect(await continueEnquiry(one.subscriber, { number, text: 'И мне' }, now)).toMatchObject({
    code: 'unknown',
  })
  expect((await ownEnquiry(other.subscriber, number))?.messages).toHaveLength(1)
})

test('the line is hidden once the person no longer sees its account', async () => {
  const one = await someone()
  const heating = await makeService('Отопление')
  await makeCharge(one.account.id, '2026-10', heating, { charged: 31_240n })
  const line = { period: period('2026-10'), service: heating }
  const result = await openEnquiry(
    one.subscriber,
    { ...input, ...line, sendingKey: randomUUID(), accountNumber: one.account.accountNumber },
    now,
  )
  if (result.status !== 'ok') throw new Error('not opened')
  await db().update(accountAccess).set({ endedAt: now }).where(eq(accountAccess.accountId, one.account.id))
  expect((await ownEnquiry(one.subscriber, result.value.number))?.line).toBeUndefined()
})

test('the button pressed ten times at once opens one enquiry and counts once', async () => {
  const one = await someone()
  const numbers = await Promise.all(Array.from({ length: 10 }, () => opened(one)))
  expect(new Set(numbers).size).toBe(1)
  expect(await ownEnquiries(one.subscriber)).toHaveLength(1)
  for (let more = 2; more <= 10; more += 1) await opened(one, { text: `Вопрос ${more}` })
  const eleventh = {
    ...input,
    text: 'Ещё один',
    sendingKey: randomUUID(),
    accountNumber: one.account.accountNumber,
  }
  expect(await openEnquiry(one.subscriber, eleventh, now)).toMatchObject({ status: 'refused', code: 'often' })
  expect(await ownEnquiries(one.subscriber)).toHaveLength(10)
})

test('an answer is told by a letter without a word of it, once', async () => {
  const one = await someone()
  const staff = await makeStaff()
  const number = await opened(one)
  const answer = { number, text: 'Отопление началось 5 октября.' }
  expect((await answerEnquiry(staff, answer, now)).status).toBe('ok')
  expect((await answerEnquiry(staff, answer, now)).status).toBe('ok')
  const [person] = await db().select().from(users).where(eq(users.id, one.subscriber.userId))
  const owed = await db()
    .select()
    .from(letters)
    .where(eq(letters.toEmail, person?.email ?? ''))
  expect(owed.map(({ kind, payload }) => ({ kind, payload }))).toEqual([
    { kind: 'enquiry-answered', payload: { number: String(number) } },
  ])
  const read = await ownEnquiry(one.subscriber, number)
  expect(read?.state).toBe('answered')
  expect(read?.messages.map(({ byStaff, text }) => [byStaff, text])).toEqual([
    [false, input.text],
    [true, answer.text],
  ])
})

test('a further question makes it wait again, from that day on', async () => {
  const one = await someone()
  const staff = await makeStaff()
  const number = await opened(one)
  await answerEnquiry(staff, { number, text: 'Ответили.' }, now)
  const later = new Date('2026-12-01T09:00:00Z')
  expect((await continueEnquiry(one.subscriber, { number, text: 'А почему?' }, later)).status).toBe('ok')
  expect(await ownEnquiry(one.subscriber, number)).toMatchObject({ state: 'open', dueOn: '2026-12-15' })
  expect(await enquiryForStaff(staff, number, later)).toMatchObject({ left: { words: '10 дней' } })
})

test('staff see those that wait, the oldest deadline first', async () => {
  const one = await someone()
  const staff = await makeStaff()
  const [young, old, answered] = [
    await opened(one, { text: 'третий' }, new Date('2026-11-12T09:00:00Z')),
    await opened(one, { text: 'первый' }, new Date('2026-11-02T09:00:00Z')),
    await opened(one, { text: 'решён' }, new Date('2026-11-01T09:00:00Z')),
  ]
  await answerEnquiry(staff, { number: answered, text: 'Решено.' }, now)
  const queue = await enquiryQueue(staff, queueSchema.parse({}), now)
  const own = queue.rows
    .map(({ number }) => number)
    .filter((number) => [young, old, answered].includes(number))
  expect(own).toEqual([old, young])
  expect(queue.rows.find(({ number }) => number === old)?.left).toEqual({
    words: 'просрочено',
    urgency: 'bad',
  })
})

test('what is said is never lost: each message stands once, in order', async () => {
  const one = await someone()
  const number = await opened(one)
  for (const text of ['Второе', 'Второе', 'Третье'])
    await continueEnquiry(one.subscriber, { number, text }, now)
  const [stored] = await db().select().from(enquiries).where(eq(enquiries.number, number))
  expect(await db().$count(enquiryMessages, eq(enquiryMessages.enquiryId, stored?.id ?? ''))).toBe(3)
})
