import { asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { papers, readings } from '@/db/schema'
import { enterReadings } from '@/lib/readings/commands'
import { staffMeters } from '@/lib/readings/queries'
import type { Staff } from '@/lib/session/require'
import { day } from '@/lib/units/day'
import { toDecimal } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')

let staff: Staff
test.beforeAll(async () => {
  staff = await makeStaff()
})

type Made = NonNullable<Parameters<typeof makeMeter>[1]>

async function makeHome(values: Made = {}, history: Record<string, string[]> = { '2026-10': ['315'] }) {
  const account = await makeAccount()
  const meter = await makeMeter(account.id, values, history)
  const field = `m${meter.id}r1`
  const enter = (input: Record<string, string>, takenOn = '2026-11-22') =>
    enterReadings(
      staff,
      account.id,
      { account: account.accountNumber, ...input },
      { now: NOW, takenOn: day(takenOn) },
    )
  return { account, meter, field, enter }
}

const entered = async (accountId: number) =>
  (
    await db()
      .select()
      .from(readings)
      .where(eq(readings.accountId, accountId))
      .orderBy(asc(readings.meterId), asc(readings.period), asc(readings.version))
  )
    .filter(({ channel }) => channel === 'staff')
    .map(({ period, value, takenOn, actorId, paperId }) => ({
      period,
      value: toDecimal(value),
      takenOn,
      actorId,
      slip: paperId !== null,
    }))

test('what a caller tells is stored with who took it down and on which day it was read, and gets a slip', async () => {
  const { account, field, enter } = await makeHome()
  const answer = await enter({ [field]: '321,6' }, '2026-11-20')
  if (answer.status !== 'ok') throw new Error(answer.status)
  expect(await entered(account.id)).toEqual([
    { period: '2026-11', value: '321.6', takenOn: '2026-11-20', actorId: staff.userId, slip: true },
  ])
  const [paper] = await db().select().from(papers).where(eq(papers.id, answer.value.paperId))
  expect(paper).toMatchObject({ accountId: account.id, issuedTo: null, issuedAt: NOW })
  // The same again, as by Back: one record, the same slip.
  expect(await enter({ [field]: '00321,600' }, '2026-11-20')).toEqual(answer)
  expect(await entered(account.id)).toHaveLength(1)
})

test('staff enter for an expired meter and for an automatic one', async () => {
  for (const values of [{ verifiedUntil: day('2026-01-01') }, { automatic: true }]) {
    const { account, field, enter } = await makeHome(values)
    expect(await enter({ [field]: '320' })).toMatchObject({ status: 'ok' })
    expect(await entered(account.id)).toMatchObject([{ value: '320' }])
  }
})

test('the last value of a removed meter is of the day it was removed at the latest', async () => {
  const { account, field, enter } = await makeHome({ removedOn: day('2026-11-18') })
  expect(await enter({ [field]: '320' }, '2026-11-19')).toMatchObject({
    status: 'invalid',
    errors: { [field]: expect.stringContaining('снят 18 ноября 2026') },
  })
  expect(await enter({ [field]: '320' }, '2026-11-18')).toMatchObject({ status: 'ok' })
  expect(await entered(account.id)).toMatchObject([{ takenOn: '2026-11-18', value: '320' }])
})

test('a day that cannot be is refused: to come, before the meter was there, before the previous value', async () => {
  const { account, meter, field, enter } = await makeHome({ installedOn: day('2026-10-10') })
  await db()
    .update(readings)
    .set({ takenOn: day('2026-10-28') })
    .where(eq(readings.meterId, meter.id))
  for (const [takenOn, at, words] of [
    ['2026-11-23', 'takenOn', 'ещё не наступил'],
    ['2026-10-27', field, 'Прошлое показание снято 28 октября 2026'],
    ['2026-09-09', field, 'установлен 10 октября 2026'],
  ] as const)
    expect(await enter({ [field]: '320' }, takenOn)).toMatchObject({
      status: 'invalid',
      errors: { [at]: expect.stringContaining(words) },
    })
  expect(await entered(account.id)).toEqual([])
  expect(await enter({ [field]: '320' }, '2026-10-28')).toMatchObject({ status: 'ok' })
})

test('of a month that is over a value comes late where there is none, and changes none', async () => {
  const { account, field, enter } = await makeHome({}, { '2026-09': ['300'] })
  expect(await enter({ [field]: '315' }, '2026-10-20')).toMatchObject({ value: { period: '2026-10' } })
  expect(await enter({ [field]: '316' }, '2026-10-21')).toMatchObject({
    status: 'invalid',
    errors: { [field]: expect.stringContaining('За октябрь 2026 показание уже есть') },
  })
  expect(await enter({ [field]: '315' }, '2026-10-21')).toMatchObject({ status: 'ok' })
  expect(await entered(account.id)).toMatchObject([
    { period: '2026-10', value: '315', takenOn: '2026-10-20' },
  ])
})

test('an odd value is asked about once, as of residents, and stored on the answer', async () => {
  const history = { '2026-08': ['300'], '2026-09': ['305'], '2026-10': ['310'] }
  const { account, field, enter } = await makeHome({}, history)
  expect(await enter({ [field]: '410' })).toMatchObject({
    status: 'invalid',
    errors: { [`${field}doubt`]: expect.any(String) },
  })
  expect(await entered(account.id)).toEqual([])
  expect(await enter({ [field]: '410', [`${field}doubt`]: 'keep:410' })).toMatchObject({ status: 'ok' })
  expect(await entered(account.id)).toMatchObject([{ value: '410' }])
})

test('staff are shown every meter of the account with how it stands', async () => {
  const { account } = await makeHome({ kind: 'cold_water' })
  await makeMeter(account.id, { kind: 'hot_water', verifiedUntil: day('2026-11-21') })
  await makeMeter(account.id, { kind: 'gas', removedOn: day('2026-11-01') })
  await makeMeter(account.id, { kind: 'heat', automatic: true })
  const shown = await staffMeters(staff, account.id, NOW)
  expect(Object.fromEntries(shown.map(({ kind, standing }) => [kind, standing]))).toEqual({
    cold_water: 'good',
    hot_water: 'expired',
    gas: 'removed',
    heat: 'automatic',
  })
})
