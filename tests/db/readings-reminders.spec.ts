import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  accountAccess,
  blocks,
  exports,
  handedPeriods,
  letters,
  readingReminders,
  readings,
} from '@/db/schema'
import { chooseMessages } from '@/lib/access/messages'
import { remindOfReadings } from '@/lib/notices/readings-reminders'
import { day } from '@/lib/units/day'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeStaff, makeSubscriber } from '../support/people'
import { type Home, makeHome, remindersTo, under } from '../support/reminders'

const moscow = (text: string) => new Date(`${text}+03:00`)
const MORNING = moscow('2026-11-22T09:00:00')

const sent = ({ accountId }: Home, meterId: number, register = 1, month = '2026-11') =>
  db()
    .insert(readings)
    .values({
      accountId,
      meterId,
      register,
      period: period(month),
      version: 1,
      value: quantity('400'),
      takenOn: day('2026-11-20'),
      channel: 'cabinet',
    })

test('three days before the last one, whoever has not sent all is told which meters wait: once', async () => {
  expect(process.env.TZ).toBe('UTC')
  const home = await makeHome()
  const cold = await makeMeter(home.accountId)
  const power = await makeMeter(home.accountId, {
    kind: 'electricity',
    place: '',
    registers: 2,
    digitsAfter: 0,
  })
  const done = await makeMeter(home.accountId, { kind: 'hot_water', place: 'ванная' })
  await sent(home, power.id)
  await sent(home, done.id)
  await remindOfReadings(moscow('2026-11-21T23:59:59.999'))
  expect(await remindersTo(home.subscriber)).toEqual([])
  await remindOfReadings(moscow('2026-11-22T00:00:00'))
  const letter = {
    accountNumber: home.accountNumber,
    period: '2026-11',
    closesOn: '2026-11-25',
    meters: [`Холодная вода, кухня, № ${cold.serial}`, `Электричество, № ${power.serial}`],
  }
  expect(await remindersTo(home.subscriber)).toEqual([letter])
  expect(await remindOfReadings(MORNING)).toBe(0)
  await remindOfReadings(moscow('2026-11-25T09:00:00'))
  expect(await remindersTo(home.subscriber)).toEqual([letter])
})

test('two workers at once, ten times over, owe one letter', async () => {
  const homes = await Promise.all(Array.from({ length: 8 }, () => makeHome()))
  for (const { accountId } of homes) await makeMeter(accountId)
  await Promise.all(Array.from({ length: 10 }, () => remindOfReadings(MORNING)))
  for (const { subscriber } of homes) expect(await remindersTo(subscriber)).toHaveLength(1)
})

test('nobody is told who sent everything, has nothing to send, or is not to be written to', async () => {
  const home = (values: Parameters<typeof makeHome>[0] = {}) => makeHome(values)
  const silent: [string, Home][] = []
  const add = async (why: string, of: Home, meter: Parameters<typeof makeMeter>[1] | undefined = {}) => {
    const { id } = await makeMeter(of.accountId, meter)
    silent.push([why, of])
    return id
  }
  const all = await home()
  await sent(all, await add('sent everything', all))
  await add('automatic', await home(), { automatic: true })
  await add('removed', await home(), { removedOn: day('2026-11-22') })
  await add('expired', await home(), { verifiedUntil: day('2026-11-21') })
  await add('not installed yet', await home(), { installedOn: day('2026-11-23') })
  await add('a closed account', await home({ closedOn: day('2026-11-22') }))
  const withdrawn = await home()
  await add('consent withdrawn', withdrawn)
  await chooseMessages(withdrawn.subscriber, false, moscow('2026-11-01T12:00:00'))
  const never = await home()
  await add('never agreed', { ...never, subscriber: await makeSubscriber([never.accountId]) })
  const blocked = await home()
  await add('blocked', blocked)
  await db()
    .insert(blocks)
    .values({
      userId: blocked.subscriber.userId,
      blockedBy: (await makeStaff()).userId,
      blockReason: 'подозрение',
    })
  const ended = await home()
  await add('access ended', ended)
  await db()
    .update(accountAccess)
    .set({ endedAt: MORNING })
    .where(eq(accountAccess.accountId, ended.accountId))
  const last = await home()
  await makeMeter(last.accountId, { verifiedUntil: day('2026-11-22'), removedOn: day('2026-11-23') })
  await remindOfReadings(MORNING)
  for (const [why, { subscriber }] of silent) expect(await remindersTo(subscriber), why).toEqual([])
  expect(await remindersTo(last.subscriber)).toHaveLength(1)
  expect(await remindersTo(never.subscriber)).toHaveLength(1)
})

test('a run that comes late still reminds, until the window has closed', async () => {
  const [late, tooLate] = [await makeHome(), await makeHome()]
  await makeMeter(late.accountId)
  await remindOfReadings(moscow('2026-11-25T23:59:59.999'))
  expect(await remindersTo(late.subscriber)).toHaveLength(1)
  await makeMeter(tooLate.accountId)
  await remindOfReadings(moscow('2026-11-26T00:00:00'))
  expect(await remindersTo(tooLate.subscriber)).toEqual([])
  await remindOfReadings(moscow('2026-12-22T09:00:00'))
  expect(await remindersTo(late.subscriber)).toMatchObject([{ period: '2026-11' }, { period: '2026-12' }])
})

const windows: [number, number, number, string, string, string, string][] = [
  [20, 25, 3, '2026-11-21T23:59:59.999', '2026-11-22T00:00:00', '2026-11', '2026-11-25'],
  [25, 5, 3, '2026-12-01T23:59:59.999', '2026-12-02T00:00:00', '2026-11', '2026-12-05'],
  [15, 31, 3, '2027-02-24T23:59:59.999', '2027-02-25T00:00:00', '2027-02', '2027-02-28'],
  [20, 25, 20, '2026-11-19T23:59:59.999', '2026-11-20T00:00:00', '2026-11', '2026-11-25'],
  [15, 25, 0, '2026-11-24T23:59:59.999', '2026-11-25T00:00:00', '2026-11', '2026-11-25'],
]
for (const [from, to, remindDaysBefore, early, first, month, closesOn] of windows) {
  test(`the window ${from}–${to}, ${remindDaysBefore} days before: from ${first}, Moscow time`, async () => {
    const home = await makeHome()
    await makeMeter(home.accountId)
    await under({ readingWindow: { from, to }, remindDaysBefore }, async () => {
      await remindOfReadings(moscow(early))
      expect(await remindersTo(home.subscriber)).toEqual([])
      await remindOfReadings(moscow(first))
      expect(await remindersTo(home.subscriber)).toMatchObject([{ period: month, closesOn }])
    })
  })
}

test('kinds of meters with windows of their own are reminded of each at its time', async () => {
  const home = await makeHome()
  const cold = await makeMeter(home.accountId)
  const hot = await makeMeter(home.accountId, { kind: 'hot_water' })
  const power = await makeMeter(home.accountId, { kind: 'electricity', place: '' })
  await under({ readingWindows: { electricity: { from: 20, to: 28 } } }, async () => {
    for (const date of [22, 23, 24, 25, 26]) await remindOfReadings(moscow(`2026-11-${date}T09:00:00`))
  })
  expect(await remindersTo(home.subscriber)).toMatchObject([
    {
      closesOn: '2026-11-25',
      meters: [`Холодная вода, кухня, № ${cold.serial}`, `Горячая вода, кухня, № ${hot.serial}`],
    },
    { closesOn: '2026-11-28', meters: [`Электричество, № ${power.serial}`] },
  ])
})

test('a window that waits for a working day is reminded of before that day', async () => {
  const home = await makeHome()
  await makeMeter(home.accountId)
  await under({ readingWindow: { from: 15, to: 28 }, windowWaitsForWorkday: true }, async () => {
    await remindOfReadings(moscow('2026-11-26T23:59:59'))
    expect(await remindersTo(home.subscriber)).toEqual([])
    await remindOfReadings(moscow('2026-11-27T09:00:00'))
  })
  expect(await remindersTo(home.subscriber)).toMatchObject([{ closesOn: '2026-11-30' }])
})

test('a month billing has taken is not asked for', async () => {
  const home = await makeHome()
  await makeMeter(home.accountId)
  const { userId } = await makeStaff()
  const [handed] = await db()
    .insert(exports)
    .values({ kind: 'readings', period: period('2026-11'), format: 'csv-1251', rows: 0, createdBy: userId })
    .returning()
  const exportId = handed?.id ?? ''
  await db()
    .insert(handedPeriods)
    .values({ period: period('2026-11'), exportId, handedBy: userId })
  await remindOfReadings(MORNING)
  expect(await remindersTo(home.subscriber)).toEqual([])
  await db().delete(handedPeriods).where(eq(handedPeriods.exportId, exportId))
})

test('a town is gone through page by page, everybody once', async () => {
  const { subscriber } = await makeHome()
  await db().execute(sql`
    with town as (
      insert into accounts (account_number, holder_name, address)
      select 'T' || n, 'Королёва Анна', 'дом ' || n from generate_series(1, 620) n returning id
    ), seen as (
      insert into account_access (user_id, account_id) select ${subscriber.userId}::uuid, id from town
    )
    insert into meters (account_id, serial, kind, digits_before, digits_after, installed_on)
    select id, 'T' || id, 'cold_water', 5, 3, '2020-01-15' from town`)
  await Promise.all([remindOfReadings(MORNING), remindOfReadings(MORNING)])
  const told = await remindersTo(subscriber)
  expect(new Set(told.map(({ accountNumber }) => accountNumber)).size).toBe(620)
  expect(told).toHaveLength(620)
  expect(await db().$count(readingReminders, eq(readingReminders.userId, subscriber.userId))).toBe(620)
  await db().delete(letters).where(eq(letters.kind, 'readings-reminder'))
})
