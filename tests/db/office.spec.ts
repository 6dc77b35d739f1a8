import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, letters, settings as table, textMessages } from '@/db/schema'
import { env } from '@/lib/env'
import { sendLetter } from '@/lib/mail/commands'
import { sendTestLetter, sendTestText } from '@/lib/office/channels'
import { addRate, loadCalendar, removeRate, saveRequisites, saveSection } from '@/lib/office/commands'
import { knownYears, missingYears, waitingMessages } from '@/lib/office/queries'
import { sections } from '@/lib/office/sections'
import { Shown } from '@/lib/result'
import { readSettings } from '@/lib/settings/queries'
import { day } from '@/lib/units/day'
import { calendarLoaded, isWorkingDay } from '@/lib/units/workdays'
import { expect, test } from '../support/database'
import { makeStaff } from '../support/people'
import { requisites } from '../support/requisites'

test.afterAll(() => db().delete(table))

const now = () => readSettings(db())
const lastRecord = async () => {
  const [row] = await db().select().from(auditLog).orderBy(desc(auditLog.id)).limit(1)
  return row
}
const texts = (front: string) => ({ change: { texts: { front, suspended: '' } } })
const seenNow = async () => JSON.stringify(sections.texts.toForm(await now()))

test('a section is changed with its row in the journal; sent as it stands it is not', async () => {
  const staff = await makeStaff()
  const seen = await seenNow()
  expect(await saveSection(staff, 'texts', { seen, ...texts('Отключение воды 3 декабря') })).toMatchObject({
    status: 'ok',
  })
  expect((await now()).texts.front).toBe('Отключение воды 3 декабря')
  const row = await lastRecord()
  expect(row).toMatchObject({ action: 'settings.changed', subjectLabel: 'texts', actorLogin: staff.login })
  await saveSection(staff, 'texts', { seen: await seenNow(), ...texts('Отключение воды 3 декабря') })
  expect((await lastRecord())?.id).toBe(row?.id)
})

test('of two who change the same the second is told what is there now, and may still say so', async () => {
  const [first, second] = [await makeStaff(), await makeStaff()]
  const seen = await seenNow()
  await saveSection(first, 'texts', { seen, ...texts('Первый') })
  const refusal = await saveSection(second, 'texts', { seen, ...texts('Второй') })
  expect(refusal).toMatchObject({
    status: 'refused',
    code: 'changed',
    message: expect.stringContaining('«Объявление на первой странице» — Первый'),
    values: { seen: await seenNow() },
  })
  expect((await now()).texts.front).toBe('Первый')
  const again = refusal.status === 'refused' ? (refusal.values?.seen ?? '') : ''
  expect(await saveSection(second, 'texts', { seen: again, ...texts('Второй') })).toMatchObject({
    status: 'ok',
  })
  expect((await now()).texts.front).toBe('Второй')
})

test('a form that says nothing of what was seen overwrites nothing', async () => {
  for (const seen of ['', '[]', '{"front":1}', 'null', '{'])
    expect(await saveSection(await makeStaff(), 'texts', { seen, ...texts('Вслепую') })).toMatchObject({
      code: 'changed',
    })
})

test('at the same moment one of two wins, and two sections do not lose each other', async () => {
  const staff = await makeStaff()
  const seen = await seenNow()
  const race = await Promise.all(
    ['Раз', 'Два', 'Три'].map((front) => saveSection(staff, 'texts', { seen, ...texts(front) })),
  )
  expect(race.map(({ status }) => status).sort()).toEqual(['ok', 'refused', 'refused'])
  const settings = await now()
  const form = (section: 'terms' | 'retention') => JSON.stringify(sections[section].toForm(settings))
  await Promise.all([
    saveSection(staff, 'terms', { seen: form('terms'), change: { dueDay: 20 } }),
    saveSection(staff, 'retention', { seen: form('retention'), change: { passportRetentionDays: 10 } }),
  ])
  expect(await now()).toMatchObject({ dueDay: 20, passportRetentionDays: 10 })
})

test('requisites are shown as a payment code will say them before they are saved', async () => {
  const staff = await makeStaff()
  const seen = JSON.stringify(sections.requisites.toForm(await now()))
  const shown = await saveRequisites(staff, { seen, confirmed: '', requisites })
  if (shown.status !== 'ok' || !(shown.value instanceof Shown)) throw new Error('not shown')
  expect(shown.value.values).toMatchObject({
    account: requisites.account,
    words: expect.stringContaining(`Расчётный счёт: ${requisites.account}`),
  })
  expect((await now()).requisites).toBeNull()
  const { confirmed = '' } = shown.value.values
  const other = { ...requisites, bankName: 'Другой банк' }
  const shownAnew = await saveRequisites(staff, { seen, confirmed, requisites: other })
  expect(shownAnew).toMatchObject({ status: 'ok', value: expect.any(Shown) })
  expect(await saveRequisites(staff, { seen, confirmed, requisites })).toEqual({
    status: 'ok',
    value: 'saved',
  })
  expect((await now()).requisites).toEqual(requisites)
})

test('a rate is added from a day; what is in force stays', async () => {
  const staff = await makeStaff()
  const at = new Date('2026-11-20T12:00:00+03:00')
  await addRate(staff, { from: day('2027-03-01'), percent: '11' })
  await addRate(staff, { from: day('2027-01-01'), percent: '15.5' })
  expect((await now()).penaltyRates).toEqual([
    { from: '2022-02-28', percent: '9.5' },
    { from: '2027-01-01', percent: '15.5' },
    { from: '2027-03-01', percent: '11' },
  ])
  expect(await addRate(staff, { from: day('2027-03-01'), percent: '12' })).toMatchObject({
    errors: { from: expect.stringContaining('уже есть') },
  })
  expect(await removeRate(staff, day('2022-02-28'), at)).toMatchObject({ code: 'past' })
  expect(await removeRate(staff, day('2026-11-20'), at)).toMatchObject({ code: 'past' })
  expect(await removeRate(staff, day('2027-01-01'), at)).toMatchObject({ status: 'ok' })
  expect(await removeRate(staff, day('2027-01-01'), at)).toMatchObject({ status: 'ok' })
  expect((await now()).penaltyRates.map(({ from }) => from)).toEqual(['2022-02-28', '2027-03-01'])
})

const YEAR_2028 = `<calendar year="2028"><days>${'01.01 01.02 01.03 01.04 01.05 01.06 01.07 01.08 02.23 03.08 05.01 05.09 06.12 11.04'
  .split(' ')
  .map((one) => `<day d="${one}" t="1"/>`)
  .join('')}<day d="02.19" t="3"/></days></calendar>`

test('a year is loaded, from a file or pasted, and working days go by it at once', async () => {
  const staff = await makeStaff()
  const at = new Date('2027-06-01T12:00:00+03:00')
  expect(missingYears(at)).toEqual([2028])
  expect(await loadCalendar(staff, { text: YEAR_2028.replace('05.09', '05.10') })).toMatchObject({
    errors: { text: expect.stringContaining('09.05') },
  })
  const file = new File([YEAR_2028], 'calendar.xml')
  expect(await loadCalendar(staff, { text: '', file })).toMatchObject({ value: { year: 2028 } })
  expect(missingYears(at)).toEqual([])
  expect(knownYears(await now())[0]).toMatchObject({ year: 2028, loaded: true, workingWeekends: ['02-19'] })
  expect([isWorkingDay(day('2028-02-19')), isWorkingDay(day('2028-05-09'))]).toEqual([true, false])
  await db().delete(table)
  await now()
  expect(calendarLoaded(2028)).toBe(false)
  expect(calendarLoaded(2026)).toBe(true)
})

test('a test letter is owed like any other, and what became of it is told', async () => {
  const staff = await makeStaff()
  const sent = await sendAndTell(staff, 'office.test@example.ru')
  expect(sent).toMatchObject({ state: 'sent' })
  expect(await lastRecord()).toMatchObject({ action: 'channel.tested', subjectLabel: 'почта', after: null })
  const before = env().MAIL_TRANSPORT
  const { count } = (await waitingMessages(staff)).letters
  try {
    Object.assign(env(), { MAIL_TRANSPORT: 'smtp', SMTP_URL: 'smtp://127.0.0.1:1' })
    expect(await sendAndTell(staff, 'office.lost@example.ru')).toMatchObject({
      state: 'failed',
      words: expect.stringMatching(/соедин/i),
    })
    expect((await waitingMessages(staff)).letters).toMatchObject({
      count: count + 1,
      lastError: expect.any(String),
    })
  } finally {
    Object.assign(env(), { MAIL_TRANSPORT: before, SMTP_URL: undefined })
  }
})

/** Presses the button and does the worker's part. */
async function sendAndTell(staff: Awaited<ReturnType<typeof makeStaff>>, to: string) {
  const told = sendTestLetter(staff, to)
  let id: string | undefined
  await expect
    .poll(async () => {
      const [row] = await db().select({ id: letters.id }).from(letters).where(eq(letters.toEmail, to))
      id = row?.id
      return id
    })
    .toBeDefined()
  await sendLetter(id ?? '').catch(() => undefined)
  const result = await told
  if (result.status !== 'ok') throw new Error('not sent')
  return result.value.values
}

test('a test SMS is not promised where nobody sends any; where somebody does, it is owed', async () => {
  const staff = await makeStaff()
  expect(await sendTestText(staff, '+79101234567')).toMatchObject({ code: 'off' })
  const before = env().SMS
  try {
    Object.assign(env(), { SMS: 'smsru' })
    const told = sendTestText(staff, '+79101234567')
    await expect.poll(() => db().$count(textMessages, eq(textMessages.kind, 'test'))).toBe(1)
    await db().update(textMessages).set({ sentAt: new Date() })
    expect(await told).toMatchObject({ value: { values: { state: 'sent' } } })
  } finally {
    Object.assign(env(), { SMS: before })
  }
})

test('nobody sends test messages without end', async () => {
  const staff = await makeStaff()
  Object.assign(env(), { SMS: 'smsru' })
  try {
    const told = await sentAtOnce(Array.from({ length: 21 }, () => sendTestText(staff, '+79101234567')))
    expect(told.filter((result) => result.status === 'refused')).toHaveLength(1)
  } finally {
    Object.assign(env(), { SMS: 'off' })
  }
})

/** With a worker that sends everything at once. */
async function sentAtOnce<T>(asked: Promise<T>[]): Promise<T[]> {
  let over = false
  const told = Promise.all(asked).finally(() => {
    over = true
  })
  while (!over) await db().update(textMessages).set({ sentAt: new Date() })
  return told
}
