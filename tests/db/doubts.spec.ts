import { and, asc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  auditLog,
  consents,
  exports,
  handedPeriods,
  letters,
  readingCorrections,
  readingDoubts,
  readings,
} from '@/db/schema'
import { askAboutDoubt, correctDoubt, keepDoubt } from '@/lib/readings/doubts-commands'
import { doubtsQueue, doubtView } from '@/lib/readings/doubts-page'
import { doubtsFilter } from '@/lib/readings/doubts-schema'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')
const NOVEMBER = period('2026-11')

/** A water meter that uses about 6 a month, with a value of November that looks odd. */
async function makeDoubt(
  value = '950',
  more: Partial<typeof readingDoubts.$inferInsert> = {},
  meterValues: Parameters<typeof makeMeter>[1] = {},
) {
  const account = await makeAccount({ phone: '+79101234567' })
  const history = { '2026-09': ['309'], '2026-10': ['315'], '2026-11': [value] }
  const meter = await makeMeter(account.id, meterValues, history)
  const [doubt] = await db()
    .insert(readingDoubts)
    .values({
      ...{ accountId: account.id, meterId: meter.id, period: NOVEMBER, register: 1, kind: 'much' },
      ...{ value: quantity(value), raisedAt: NOW, ...more },
    })
    .returning()
  if (!doubt) throw new Error('no doubt')
  return { account, meter, id: doubt.id, staff: await makeStaff() }
}
type Home = Awaited<ReturnType<typeof makeDoubt>>

const doubtOf = async ({ id }: Home) =>
  (await db().select().from(readingDoubts).where(eq(readingDoubts.id, id)))[0]
const november = (meterId: number) =>
  db()
    .select()
    .from(readings)
    .where(and(eq(readings.meterId, meterId), eq(readings.period, NOVEMBER)))
    .orderBy(asc(readings.version))
const acts = ({ account }: Home) =>
  db()
    .select({ action: auditLog.action, before: auditLog.before, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.subjectKind, 'account'), eq(auditLog.subjectId, String(account.id))))

test('what one needs to decide stands beside the value', async () => {
  const home = await makeDoubt('369', { kind: 'digits', proposed: quantity('321') })
  expect(await doubtView(home.staff, home.id)).toMatchObject({
    ...{ what: 'Цифры не на своих местах', dial: '00369,000', used: '54', average: '6' },
    ...{ proposed: '00321,000', handed: false, people: 0, phone: '+79101234567' },
    previous: { dial: '00315,000', takenOn: '2026-10-24' },
  })
  const { rows } = await doubtsQueue(home.staff, doubtsFilter.parse({ kind: 'digits' }))
  expect(rows.map(({ id }) => id)).toContain(home.id)
  const others = await doubtsQueue(home.staff, doubtsFilter.parse({ kind: 'zero' }))
  expect(others.rows.map(({ id }) => id)).not.toContain(home.id)
})

test('kept: the value stands, the decision is in the journal', async () => {
  const home = await makeDoubt()
  const first = await keepDoubt(home.staff, home.id, NOW)
  expect(first).toEqual({ status: 'ok', value: undefined })
  expect(await keepDoubt(home.staff, home.id, NOW)).toEqual(first)
  expect(await doubtOf(home)).toMatchObject({ outcome: 'kept', settledBy: home.staff.userId })
  expect(await november(home.meter.id)).toHaveLength(1)
  expect(await acts(home)).toEqual([
    {
      action: 'doubt.kept',
      before: null,
      after: { meter: home.meter.serial, period: '2026-11', value: '00950,000' },
    },
  ])
})

test('corrected: the next version is staff’s; a value that cannot be is refused at its field', async () => {
  const home = await makeDoubt()
  for (const [value, words] of [
    ['314', 'Меньше прошлых'],
    ['1e3', 'Нужны только цифры'],
    ['950', 'те же показания'],
  ] as const)
    expect(await correctDoubt(home.staff, { doubt: home.id, value }, NOW)).toMatchObject({
      status: 'invalid',
      errors: { value: expect.stringContaining(words) },
    })
  expect(await doubtOf(home)).toMatchObject({ settledAt: null })
  expect(await correctDoubt(home.staff, { doubt: home.id, value: '321' }, NOW)).toMatchObject({
    status: 'ok',
  })
  expect(await doubtOf(home)).toMatchObject({ outcome: 'corrected', settledBy: home.staff.userId })
  expect(await november(home.meter.id)).toMatchObject([
    { value: quantity('950'), supersededAt: NOW },
    { value: quantity('321'), channel: 'staff', actorId: home.staff.userId, takenOn: '2026-11-24' },
  ])
  expect(await acts(home)).toMatchObject([
    { action: 'doubt.corrected', before: { value: '00950,000' }, after: { value: '00321,000' } },
  ])
  expect(await db().$count(readingCorrections, eq(readingCorrections.meterId, home.meter.id))).toBe(0)
})

test('hot for cold: both meters change places', async () => {
  const home = await makeDoubt('150', { kind: 'swapped', proposed: quantity('321') })
  const history = { '2026-10': ['145'], '2026-11': ['321'] }
  const hot = await makeMeter(home.account.id, { kind: 'hot_water' }, history)
  await db()
    .delete(readings)
    .where(and(eq(readings.meterId, home.meter.id), eq(readings.period, period('2026-10'))))
  await db()
    .delete(readings)
    .where(and(eq(readings.meterId, home.meter.id), eq(readings.period, period('2026-09'))))
  expect(await correctDoubt(home.staff, { doubt: home.id, value: '321' }, NOW)).toMatchObject({
    status: 'ok',
  })
  const current = async (id: number) => (await november(id)).find(({ supersededAt }) => !supersededAt)?.value
  expect([await current(home.meter.id), await current(hot.id)]).toEqual([quantity('321'), quantity('150')])
})

test('a month billing has taken: the correction is listed for billing', async () => {
  const home = await makeDoubt()
  const [handed] = await db()
    .insert(exports)
    .values({
      kind: 'readings',
      period: NOVEMBER,
      format: 'csv-1251',
      rows: 1,
      final: true,
      createdBy: home.staff.userId,
    })
    .returning()
  await db()
    .insert(handedPeriods)
    .values({ period: NOVEMBER, exportId: handed?.id ?? '', handedBy: home.staff.userId })
  try {
    expect(await correctDoubt(home.staff, { doubt: home.id, value: '321' }, NOW)).toMatchObject({
      status: 'ok',
    })
  } finally {
    await db().delete(handedPeriods).where(eq(handedPeriods.period, NOVEMBER))
  }
  const [correction] = await db()
    .select()
    .from(readingCorrections)
    .where(eq(readingCorrections.meterId, home.meter.id))
  expect(correction).toMatchObject({ outcome: 'accepted', values: ['321'], settledAt: NOW })
  expect(correction?.askedBy).toBe(home.staff.userId)
})

test('asked: a letter goes to those who agreed to messages, and to nobody else', async () => {
  const home = await makeDoubt()
  const ask = { doubt: home.id, text: 'Проверьте, пожалуйста, цифры.' }
  await makeSubscriber([home.account.id])
  expect(await askAboutDoubt(home.staff, ask, NOW)).toMatchObject({ status: 'refused', code: 'nobody' })
  expect(await doubtOf(home)).toMatchObject({ settledAt: null })
  const [agreed, withdrew] = [
    await makeSubscriber([home.account.id]),
    await makeSubscriber([home.account.id]),
  ]
  for (const [{ userId }, withdrawnAt] of [
    [agreed, null],
    [withdrew, NOW],
  ] as const)
    await db().insert(consents).values({ kind: 'messages', userId, textHash: 'x', withdrawnAt })
  expect(await askAboutDoubt(home.staff, ask, NOW)).toMatchObject({ status: 'ok' })
  const sent = await db().select().from(letters).where(eq(letters.kind, 'reading-question'))
  expect(sent).toHaveLength(1)
  expect(sent[0]?.payload).toEqual({ accountNumber: home.account.accountNumber, text: ask.text })
  expect(await doubtOf(home)).toMatchObject({ outcome: 'asked' })
})

test('of employees deciding at once one decides; the others are told who', async () => {
  const home = await makeDoubt()
  const staff = await Promise.all(Array.from({ length: 6 }, () => makeStaff()))
  const answers = await Promise.all(
    staff.map((one, place) =>
      place % 2 ? keepDoubt(one, home.id, NOW) : correctDoubt(one, { doubt: home.id, value: '321' }, NOW),
    ),
  )
  expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(1)
  const { settledBy } = (await doubtOf(home)) ?? {}
  const login = staff.find(({ userId }) => userId === settledBy)?.login ?? ''
  for (const answer of answers.filter(({ status }) => status !== 'ok'))
    expect(answer).toMatchObject({ code: 'decided', message: expect.stringContaining(login) })
  expect(await acts(home)).toHaveLength(1)
})

test('a value corrected meanwhile leaves nothing to decide', async () => {
  const home = await makeDoubt()
  await db()
    .update(readings)
    .set({ value: quantity('320') })
    .where(
      and(eq(readings.meterId, home.meter.id), eq(readings.period, NOVEMBER), isNull(readings.supersededAt)),
    )
  expect(await keepDoubt(home.staff, home.id, NOW)).toMatchObject({ status: 'refused', code: 'gone' })
  expect(await doubtOf(home)).toMatchObject({ outcome: 'superseded', settledBy: null })
})
