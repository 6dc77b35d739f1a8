import { and, asc, eq } from 'drizzle-orm'
import { db, pool } from '@/db/client'
import { accountAccess, accounts, nightChecks, readings, typicalUse } from '@/db/schema'
import { meterForStaff, ownMeter } from '@/lib/readings/history'
import { nightMeter, nightsOf, noteEvening, noteMorning } from '@/lib/readings/night-checks'
import { day } from '@/lib/units/day'
import { period } from '@/lib/units/period'
import { quantity, toDecimal } from '@/lib/units/quantity'
import { listen, planOf } from '../../scripts/bench/plans'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

async function makeHome(residents = 2) {
  const { id: accountId } = await makeAccount({ residents })
  return { accountId, subscriber: await makeSubscriber([accountId]) }
}

const told = (uses: readonly { to: string; used: Parameters<typeof toDecimal>[0] }[]) =>
  uses.map(({ to, used }) => `${to} ${toDecimal(used)}`)

test('a meter is shown with its values, what they superseded, and the use of those before it', async () => {
  const { accountId, subscriber } = await makeHome()
  const old = await makeMeter(
    accountId,
    { serial: 'OLD', removedOn: day('2026-09-24') },
    { '2026-08': ['100'], '2026-09': ['104'] },
  )
  const meter = await makeMeter(
    accountId,
    { replaces: old.id, installedOn: day('2026-09-24'), initial1: quantity('0') },
    { '2026-10': ['6.396'] },
  )
  const stored = { accountId, meterId: meter.id, period: period('2026-11'), register: 1 } as const
  const typed = { takenOn: day('2026-11-22'), channel: 'cabinet', actorId: subscriber.userId } as const
  const [first, second] = [new Date('2026-11-22T16:40:00+03:00'), new Date('2026-11-22T16:45:00+03:00')]
  await db()
    .insert(readings)
    .values([
      {
        ...stored,
        ...typed,
        version: 1,
        value: quantity('61'),
        receivedAt: first,
        supersededAt: second,
      },
      { ...stored, ...typed, version: 2, value: quantity('10.5'), receivedAt: second },
    ])
  const history = await ownMeter(subscriber, meter.id)
  expect(history).toMatchObject({
    replaces: { id: old.id, serial: 'OLD' },
    replacedBy: undefined,
    similar: undefined,
  })
  expect(told(history?.uses ?? [])).toEqual(['2026-09 4', '2026-10 6.396', '2026-11 4.104'])
  expect(history?.months).toMatchObject([
    {
      period: '2026-11',
      values: [{ dial: '00010,500', channel: 'cabinet', person: 'вы', receivedAt: second }],
      earlier: [{ dial: '00061,000', supersededAt: second }],
      use: { used: quantity('4.104') },
    },
    { period: '2026-10', values: [{ dial: '00006,396', channel: 'import', person: undefined }], earlier: [] },
  ])
  const before = await ownMeter(subscriber, old.id)
  expect(before).toMatchObject({ replaces: undefined, replacedBy: { id: meter.id } })
  expect(told(before?.uses ?? [])).toEqual(['2026-09 4'])
})

test('staff see logins; another’s account or meter is not there, for staff nor for residents', async () => {
  const [home, other] = [await makeHome(), await makeHome()]
  const staff = await makeStaff()
  const meter = await makeMeter(home.accountId, {}, { '2026-10': ['5'] })
  await db()
    .update(readings)
    .set({ channel: 'staff', actorId: staff.userId })
    .where(eq(readings.meterId, meter.id))
  const seen = await meterForStaff(staff, home.accountId, meter.id)
  expect(seen?.months[0]?.values[0]).toMatchObject({ channel: 'staff', person: staff.login })
  expect((await ownMeter(home.subscriber, meter.id))?.months[0]?.values[0]?.person).toBeUndefined()
  expect(await meterForStaff(staff, other.accountId, meter.id)).toBeUndefined()
  expect(await ownMeter(other.subscriber, meter.id)).toBeUndefined()
  expect(await ownMeter(home.subscriber, 999_999_999)).toBeUndefined()
  await db()
    .update(accountAccess)
    .set({ endedAt: new Date() })
    .where(eq(accountAccess.accountId, home.accountId))
  expect(await ownMeter(home.subscriber, meter.id)).toBeUndefined()
})

test('similar flats are told of the latest month that is known of all meters of the kind', async () => {
  const { accountId, subscriber } = await makeHome(7)
  const kitchen = await makeMeter(accountId, {}, { '2026-08': ['1'], '2026-09': ['3'], '2026-10': ['6'] })
  await makeMeter(accountId, { place: 'ванная' }, { '2026-08': ['10'], '2026-09': ['14.4'] })
  await makeMeter(accountId, { kind: 'hot_water' }, {})
  expect((await ownMeter(subscriber, kitchen.id))?.similar).toBeUndefined()
  const row = { kind: 'cold_water', residents: 7, flats: 12 } as const
  await db()
    .insert(typicalUse)
    .values([
      { ...row, period: period('2026-09'), average: quantity('5.8') },
      { ...row, period: period('2026-10'), average: quantity('5.9') },
    ])
  expect((await ownMeter(subscriber, kitchen.id))?.similar).toEqual({
    period: '2026-09',
    residents: 7,
    average: quantity('5.8'),
    own: quantity('6.4'),
    meters: 2,
  })
  await db().update(accounts).set({ residents: null }).where(eq(accounts.id, accountId))
  expect((await ownMeter(subscriber, kitchen.id))?.similar).toBeUndefined()
})

const EVENING = new Date('2026-11-21T22:30:00+03:00')
const MORNING = new Date('2026-11-22T06:30:00+03:00')

async function makeNight() {
  const { accountId, subscriber } = await makeHome()
  await grantedOn(accountId, subscriber.userId, '2026-01-01')
  const meter = await makeMeter(accountId)
  const say = (value: string, clock = '') => ({
    meter: meter.id,
    ...{ evening: value, eveningClock: clock, morning: value, morningClock: clock },
  })
  return { accountId, subscriber, meter, say }
}
const grantedOn = (accountId: number, userId: string, on: string) =>
  db()
    .update(accountAccess)
    .set({ grantedAt: new Date(on) })
    .where(and(eq(accountAccess.accountId, accountId), eq(accountAccess.userId, userId)))
const checks = (meterId: number) =>
  db().select().from(nightChecks).where(eq(nightChecks.meterId, meterId)).orderBy(asc(nightChecks.eveningAt))

test('evening, morning, result: both values and their moments are kept', async () => {
  const { subscriber, meter, say } = await makeNight()
  expect(await noteMorning(subscriber, say('1'), MORNING)).toMatchObject({ code: 'begin' })
  expect(await noteEvening(subscriber, say('1e3'), EVENING)).toMatchObject({ status: 'invalid' })
  expect(await noteEvening(subscriber, say('00321,6'), EVENING)).toEqual({ status: 'ok', value: undefined })
  expect((await nightsOf(subscriber, meter, MORNING)).evening).toEqual({
    value: quantity('321.6'),
    at: EVENING,
  })
  expect(await noteMorning(subscriber, say('321,599'), MORNING)).toMatchObject({
    status: 'invalid',
    errors: { morning: expect.stringContaining('Меньше вечернего') },
  })
  expect(await noteMorning(subscriber, say('321,7'), new Date('2026-11-21T23:30:00+03:00'))).toMatchObject({
    errors: { morningClock: expect.stringContaining('2 часа') },
  })
  const late = new Date('2026-11-22T15:00:00+03:00')
  expect(await noteMorning(subscriber, say('321,61'), late)).toMatchObject({
    errors: { morningClock: expect.stringContaining('16 часов') },
  })
  expect(await noteMorning(subscriber, say('321,61', '06:30'), late)).toMatchObject({ status: 'ok' })
  const { evening, past } = await nightsOf(subscriber, meter, late)
  expect(evening).toBeUndefined()
  expect(past).toMatchObject([
    {
      evening: { at: EVENING },
      morning: { at: MORNING },
      result: { perHour: quantity('1.25'), leak: 'drip' },
    },
  ])
})

test('the evening can be written again; a second click, and the morning sent twice, are one check', async () => {
  const { subscriber, meter, say } = await makeNight()
  const minuteLater = new Date(EVENING.getTime() + 60_000)
  await noteEvening(subscriber, say('300'), EVENING)
  await noteEvening(subscriber, say('300'), minuteLater)
  expect(await checks(meter.id)).toMatchObject([{ eveningAt: EVENING }])
  await noteEvening(subscriber, say('301'), minuteLater)
  expect(await checks(meter.id)).toMatchObject([{ eveningAt: minuteLater, eveningValue: quantity('301') }])
  const mornings = await Promise.all(
    Array.from({ length: 5 }, () => noteMorning(subscriber, say('301'), MORNING)),
  )
  expect(mornings.map(({ status }) => status)).toEqual(mornings.map(() => 'ok'))
  expect(await noteMorning(subscriber, say('302'), MORNING)).toMatchObject({ code: 'begin' })
  expect(await checks(meter.id)).toHaveLength(1)
})

test('an evening of days ago does not wait any more, and a day has no twenty nights', async () => {
  const { subscriber, meter, say } = await makeNight()
  await noteEvening(subscriber, say('300'), EVENING)
  const daysLater = new Date('2026-11-24T07:00:00+03:00')
  expect((await nightsOf(subscriber, meter, daysLater)).evening).toBeUndefined()
  expect(await noteMorning(subscriber, say('301'), daysLater)).toMatchObject({ code: 'begin' })
  expect(await noteEvening(subscriber, say('300'), daysLater)).toMatchObject({ status: 'ok' })
  expect(await checks(meter.id)).toMatchObject([{ eveningAt: daysLater }])
  for (let number = 0; number < 5; number += 1) {
    await noteEvening(subscriber, say('300', '04:00'), daysLater)
    await noteMorning(subscriber, say('300'), daysLater)
  }
  expect(await noteEvening(subscriber, say('300'), daysLater)).toMatchObject({ code: 'often' })
})

test('only a water meter of one’s own that hangs there takes a check', async () => {
  const [home, other] = [await makeNight(), await makeNight()]
  const power = await makeMeter(home.accountId, { kind: 'electricity' })
  const gone = await makeMeter(home.accountId, { removedOn: day('2026-01-01') })
  const absent = { status: 'refused', code: 'absent' }
  for (const id of [other.meter.id, power.id, gone.id, 999_999_999]) {
    const input = { meter: id, evening: '1', eveningClock: '', morning: '1', morningClock: '' }
    expect(await nightMeter(home.subscriber, id)).toBeUndefined()
    expect(await noteEvening(home.subscriber, input, EVENING)).toMatchObject(absent)
    expect(await noteMorning(home.subscriber, input, MORNING)).toMatchObject(absent)
  }
  expect(await nightMeter(home.subscriber, home.meter.id)).toMatchObject({ title: 'Холодная вода, кухня' })
})

test('who gets the account later sees no nights of those before', async () => {
  const { accountId, subscriber, meter, say } = await makeNight()
  await noteEvening(subscriber, say('300'), EVENING)
  await noteMorning(subscriber, say('300'), MORNING)
  await noteEvening(subscriber, say('300'), new Date('2026-11-22T22:00:00+03:00'))
  const newcomer = await makeSubscriber([accountId])
  await grantedOn(accountId, newcomer.userId, '2026-12-01')
  const now = new Date('2026-11-22T23:00:00+03:00')
  expect((await nightsOf(subscriber, meter, now)).past).toHaveLength(1)
  expect(await nightsOf(newcomer, meter, now)).toEqual({ evening: undefined, past: [] })
  expect(await noteEvening(newcomer, say('310'), now)).toMatchObject({ status: 'ok' })
  expect(await checks(meter.id)).toHaveLength(2)
})

test('a meter’s page asks few questions, and no table of many rows from end to end', async () => {
  const { accountId, subscriber } = await makeHome(3)
  const months = Object.fromEntries(
    Array.from({ length: 9 }, (_, place) => [`2026-0${place + 1}`, [`${place}`]]),
  )
  const meter = await makeMeter(accountId, {}, months)
  const client = await pool().connect()
  try {
    const asked = listen(pool())
    await ownMeter(subscriber, meter.id)
    await nightsOf(subscriber, meter, MORNING)
    const questions = asked.filter(({ text }) => text.startsWith('select'))
    expect(questions).toHaveLength(4)
    await client.query('set enable_seqscan = off')
    for (const question of questions) {
      const { scanned } = await planOf(client, question, /accounts|meters|readings|night_checks|typical_use/)
      expect(scanned, question.text).toEqual([])
    }
  } finally {
    client.release(true)
  }
})
