import { randomUUID } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import sharp from 'sharp'
import { attachmentResponse } from '@/app/_files/answer'
import { db } from '@/db/client'
import { auditLog, enquiries, enquiryFiles, letters } from '@/db/schema'
import { openEnquiry } from '@/lib/enquiries/commands'
import { openFeedback } from '@/lib/enquiries/feedback'
import { ownEnquiry, ownFile, sentFeedback } from '@/lib/enquiries/queries'
import { enquirySchema, feedbackSchema } from '@/lib/enquiries/schema'
import { enquiriesCsv, enquiryForStaff, enquiryQueue, fileForStaff } from '@/lib/enquiries/staff'
import { assignEnquiry, closeEnquiry, noteOnEnquiry, reopenEnquiry } from '@/lib/enquiries/staff-commands'
import { queueSchema } from '@/lib/enquiries/staff-schema'
import { answerTemplatesFor, dropTemplate, saveTemplate } from '@/lib/enquiries/templates'
import type { Subscriber } from '@/lib/session/require'
import { expect, test } from '../support/database'
import {
  answerEnquiry,
  continueEnquiry,
  feedback,
  pdfFile,
  photoFile,
  sendFeedback,
} from '../support/enquiries'
import { makeStaff, makeSubscriber } from '../support/people'

const now = new Date('2026-11-20T09:00:00Z')
const stored = async (number: number) =>
  (await db().select().from(enquiries).where(eq(enquiries.number, number)))[0]
const actsOn = async (number: number) =>
  (
    await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectLabel, String(number)))
      .orderBy(auditLog.id)
  ).map(({ action }) => action)

/** A general enquiry of the person. */
async function ask(subscriber: Subscriber, values: { text?: string; files?: File[] } = {}): Promise<number> {
  const general = { accountNumber: '', subject: 'Двор', text: 'Когда уберут?', files: [] }
  const result = await openEnquiry(subscriber, { sendingKey: randomUUID(), ...general, ...values }, now)
  if (result.status !== 'ok') throw new Error(JSON.stringify(result))
  return result.value.number
}

test('anybody writes, is promised a day, and twice sent is once written', async () => {
  const input = feedback({ name: 'Пётр', email: 'petr@example.ru' })
  const sendings = Array.from({ length: 5 }, () => openFeedback(input, '10.1.1.1', now))
  expect((await Promise.all(sendings)).every(({ status }) => status === 'ok')).toBe(true)
  const sent = await sentFeedback(input.sendingKey)
  expect(sent).toMatchObject({ dueOn: '2026-12-04', email: true, phone: false })
  expect(await stored(sent?.number ?? 0)).toMatchObject({
    userId: null,
    accountId: null,
    contactName: 'Пётр',
  })
  expect(await db().$count(enquiries, eq(enquiries.sendingKey, input.sendingKey))).toBe(1)
  expect(await sentFeedback(randomUUID())).toBeUndefined()
})

test('one address is slowed down, and what was no fresh sending is not counted', async () => {
  const address = `10.9.${Date.now() % 250}.1`
  const first = feedback()
  for (let time = 0; time < 4; time++) expect((await openFeedback(first, address, now)).status).toBe('ok')
  const bad = new File(['<html>'], 'a.jpg')
  expect(await openFeedback(feedback({ files: [bad] }), address, now)).toMatchObject({ status: 'invalid' })
  for (let time = 0; time < 4; time++)
    expect((await openFeedback(feedback(), address, now)).status).toBe('ok')
  expect(await openFeedback(feedback(), address, now)).toMatchObject({ status: 'refused', code: 'often' })
})

test('the answer goes to whoever left an e-mail, whole and once; to others no letter goes', async () => {
  const staff = await makeStaff()
  const email = `${randomUUID()}@example.ru`
  const number = await sendFeedback({ email })
  for (let press = 0; press < 2; press++)
    expect((await answerEnquiry(staff, { number, text: 'Починим завтра.' }, now)).status).toBe('ok')
  const owed = await db().select().from(letters).where(eq(letters.toEmail, email))
  expect(owed).toMatchObject([
    { kind: 'feedback-answered', payload: { number: String(number), text: 'Починим завтра.' } },
  ])
  const before = await db().$count(letters)
  await answerEnquiry(
    staff,
    { number: await sendFeedback({ phone: '+7 910 123-45-67' }), text: 'Ждём.' },
    now,
  )
  expect(await db().$count(letters)).toBe(before)
})

test('files are known by their content, pictures made anew, and nobody else gets them', async () => {
  const [one, other, staff] = [await makeSubscriber(), await makeSubscriber(), await makeStaff()]
  const number = await ask(one, { files: [await photoFile('../..\\мой "снимок".PNG'), pdfFile('акт')] })
  const [said] = (await ownEnquiry(one, number))?.messages ?? []
  expect(said?.files.map(({ name, type }) => [name, type])).toEqual([
    ['акт.pdf', 'application/pdf'],
    ['мой снимок.jpg', 'image/jpeg'],
  ])
  const [pdf, photo] = said?.files ?? []
  const kept = await ownFile(one, number, photo?.id ?? '')
  expect((await sharp(kept?.bytes).metadata()).exif).toBeUndefined()
  expect(await ownFile(other, number, photo?.id ?? '')).toBeUndefined()
  expect(await ownFile(one, number + 1, photo?.id ?? '')).toBeUndefined()
  expect(await ownFile(one, number, 'x')).toBeUndefined()
  const document = await fileForStaff(staff, number, pdf?.id ?? '')
  if (!document) throw new Error('no file')
  const { headers } = attachmentResponse(document)
  expect(headers.get('content-disposition')).toMatch(/^attachment;/)
  expect(headers.get('content-security-policy')).toContain('sandbox')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('what is no picture and no PDF is refused by name, and nothing is written', async () => {
  const one = await makeSubscriber()
  const count = await db().$count(enquiryFiles)
  const html = new File(['<script>alert(1)</script>'], 'счёт.pdf', { type: 'application/pdf' })
  const input = { accountNumber: '', subject: 'Двор', text: 'Что?', files: [pdfFile(), html] }
  const result = await openEnquiry(one, { sendingKey: randomUUID(), ...input }, now)
  expect(result).toMatchObject({ status: 'invalid', errors: { files: expect.stringContaining('счёт.pdf') } })
  expect(await db().$count(enquiryFiles)).toBe(count)
})

test('too many files and too large ones are refused by the form’s shape', () => {
  const typed = { sendingKey: randomUUID(), subject: 'Двор', text: 'Когда?' }
  const big = new File([new Uint8Array(5_000_000)], 'a.jpg')
  for (const files of [[big, big], Array.from({ length: 6 }, () => pdfFile())]) {
    expect(feedbackSchema.safeParse({ ...typed, files }).error?.issues[0]?.path).toEqual(['files'])
    expect(enquirySchema.safeParse({ ...typed, files }).success).toBe(false)
  }
  for (const contact of [{ email: 'нет' }, { phone: 'звоните' }])
    expect(feedbackSchema.safeParse({ ...typed, ...contact }).success).toBe(false)
  expect(feedbackSchema.safeParse({ ...typed, email: '', phone: '', name: '' }).success).toBe(true)
})

test('suspects are pointed out, never closed; closing is logged and can be taken back', async () => {
  const [one, staff] = [await makeSubscriber(), await makeStaff()]
  const number = await ask(one, { text: 'Скидка 30% на окна, звоните 8 910 123-45-67' })
  expect(await stored(number)).toMatchObject({
    state: 'open',
    suspectedOf: expect.stringContaining('реклама'),
  })
  const suspects = await enquiryQueue(staff, queueSchema.parse({ suspected: '1' }), now)
  expect(suspects.rows.map((row) => row.number)).toContain(number)

  expect((await closeEnquiry(staff, { number, reason: 'advertising', note: '' }, now)).status).toBe('ok')
  expect(await ownEnquiry(one, number)).toMatchObject({ state: 'closed', closeReason: 'advertising' })
  expect(await continueEnquiry(one, { number, text: 'А теперь?' }, now)).toMatchObject({ code: 'closed' })
  expect(await answerEnquiry(staff, { number, text: 'Нет.' }, now)).toMatchObject({ code: 'closed' })
  expect((await reopenEnquiry(staff, { number })).status).toBe('ok')
  expect(await stored(number)).toMatchObject({
    state: 'open',
    closeReason: null,
    closedAt: null,
    dueOn: '2026-12-04',
  })
  expect(await actsOn(number)).toEqual(['enquiry.opened', 'enquiry.closed', 'enquiry.reopened'])
})

test('a settled one needs words while nobody answered, and opens again when the person writes', async () => {
  const [one, staff] = [await makeSubscriber(), await makeStaff()]
  const number = await ask(one)
  const settled = { number, reason: 'settled', note: '' } as const
  expect(await closeEnquiry(staff, settled, now)).toMatchObject({ status: 'invalid' })
  expect((await closeEnquiry(staff, { ...settled, note: 'Позвонили' }, now)).status).toBe('ok')
  const later = new Date('2026-12-01T09:00:00Z')
  expect((await continueEnquiry(one, { number, text: 'Опять' }, later)).status).toBe('ok')
  expect(await stored(number)).toMatchObject({ state: 'open', closedAt: null, dueOn: '2026-12-15' })
})

test('a note is for staff: the person neither sees it nor is it an answer', async () => {
  const [one, staff] = [await makeSubscriber(), await makeStaff()]
  const number = await ask(one)
  await noteOnEnquiry(staff, { number, remark: 'Спросить у мастера' }, now)
  expect(await ownEnquiry(one, number)).toMatchObject({ state: 'open', messages: [{ internal: false }] })
  expect((await enquiryForStaff(staff, number, now))?.messages.map(({ internal }) => internal)).toEqual([
    false,
    true,
  ])
})

test('an enquiry is taken, given to a colleague who may answer, and to nobody else', async () => {
  const [one, staff, colleague] = [await makeSubscriber(), await makeStaff(), await makeStaff()]
  const number = await ask(one)
  expect((await assignEnquiry(staff, { number, to: staff.userId })).status).toBe('ok')
  const mine = await enquiryQueue(staff, queueSchema.parse({ who: 'mine' }), now)
  expect(mine.rows.map((row) => row.number)).toEqual([number])
  expect((await assignEnquiry(staff, { number, to: colleague.userId })).status).toBe('ok')
  expect(await assignEnquiry(staff, { number, to: one.userId })).toMatchObject({ code: 'helpless' })
  expect(await stored(number)).toMatchObject({ assignedTo: colleague.userId })
})

test('the list finds by number, words and contact, and is taken away as a file that runs nothing', async () => {
  const staff = await makeStaff()
  const word = randomUUID()
  const number = await sendFeedback({ name: '=HYPERLINK("x")', text: `Про ${word}`, email: 'q@example.ru' })
  for (const q of [String(number), word, 'q@example']) {
    const found = await enquiryQueue(staff, queueSchema.parse({ q }), now)
    expect(
      found.rows.map((row) => row.number),
      q,
    ).toContain(number)
  }
  const csv = await enquiriesCsv(staff, queueSchema.parse({ q: word }))
  expect(csv.split('\r\n')).toHaveLength(3)
  expect(csv).toContain("'=HYPERLINK")
  const [act] = await db().select().from(auditLog).orderBy(desc(auditLog.id)).limit(1)
  expect(act).toMatchObject({ action: 'export.made', subjectLabel: 'Обращения', after: { rows: 1 } })
})

test('templates have titles of their own, are changed and removed', async () => {
  const staff = await makeStaff()
  const title = `Заготовка ${randomUUID()}`
  const own = async () => (await answerTemplatesFor(staff)).filter((one) => one.title.startsWith(title))
  await saveTemplate(staff, { id: '', title, body: 'Здравствуйте!' }, now)
  expect(await saveTemplate(staff, { id: '', title, body: 'Другая' }, now)).toMatchObject({
    status: 'invalid',
  })
  const [kept] = await own()
  await saveTemplate(staff, { id: kept?.id ?? '', title: `${title}!`, body: 'Добрый день!' }, now)
  expect(await own()).toMatchObject([{ title: `${title}!`, body: 'Добрый день!' }])
  await dropTemplate(staff, { id: kept?.id ?? '' })
  expect(await own()).toEqual([])
})
