import { randomUUID } from 'node:crypto'
import { and, asc, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { exports, handedPeriods, readings } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { enterSheet } from '@/lib/exchange/enter-sheet'
import { bufferSource } from '@/lib/exchange/files/source'
import { readSheet } from '@/lib/exchange/readings-sheet'
import { acceptReadings } from '@/lib/readings/accept'
import { enterReadings, submitReadings } from '@/lib/readings/commands'
import { keepAnswer } from '@/lib/readings/doubts'
import { fieldName, turnedName } from '@/lib/readings/schema'
import type { Subscriber } from '@/lib/session/require'
import { changeSettings } from '@/lib/settings/commands'
import { day, moscowDay } from '@/lib/units/day'
import { period } from '@/lib/units/period'
import { quantity, toDecimal } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { check, freshNumber, load } from '../support/imports'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

// What the field's rules say of readings, on every channel they can come by. The form without JavaScript is the same action
// as the cabinet's (tests/e2e/cabinet.spec.ts sends it so).

const NOW = new Date('2026-11-22T12:00:00+03:00')

type MeterValues = Parameters<typeof makeMeter>[1]
interface Home {
  account: { id: number; accountNumber: string }
  subscriber: Subscriber
  meter: Awaited<ReturnType<typeof makeMeter>>
}
interface Sent {
  values: string[]
  at: Date
  /** What the person was asked about and confirmed. */
  confirmed?: Record<string, string>
}
type Outcome = 'accepted' | 'refused'
type Channel = (home: Home, sent: Sent) => Promise<Outcome>

async function makeHome(
  values: MeterValues = {},
  history: Record<string, string[]> = { '2026-10': ['100'] },
): Promise<Home> {
  const account = await makeAccount({ accountNumber: freshNumber() })
  const meter = await makeMeter(account.id, { serial: `48-${account.accountNumber}`, ...values }, history)
  return { account, subscriber: await makeSubscriber([account.id]), meter }
}

const fieldsOf = ({ account, meter }: Home, { values, confirmed = {} }: Sent) => ({
  account: account.accountNumber,
  ...Object.fromEntries(values.map((value, place) => [fieldName(meter.id, place + 1), value])),
  ...confirmed,
})
const outcome = ({ status }: { status: string }): Outcome => (status === 'ok' ? 'accepted' : 'refused')

const people: Record<string, Channel> = {
  cabinet: async (home, sent) =>
    outcome(await submitReadings(home.subscriber, fieldsOf(home, sent), sent.at)),
  offline: async (home, sent) =>
    outcome(
      await submitReadings(home.subscriber, fieldsOf(home, sent), NOW > sent.at ? NOW : sent.at, {
        key: randomUUID(),
        takenAt: sent.at,
        known: Object.fromEntries(
          (await stored(home)).map((row) => [
            fieldName(home.meter.id, row.register),
            row.value.replace('.', ','),
          ]),
        ),
      }),
    ),
  helper: async (home, sent) =>
    outcome(
      await acceptReadings({
        actor: home.subscriber,
        channel: 'helper',
        accountId: home.account.id,
        may: sql`true`,
        input: fieldsOf(home, sent),
        now: sent.at,
        takenAt: sent.at,
      }),
    ),
}
const staff: Channel = async (home, sent) =>
  outcome(
    await enterReadings(await makeStaff(), home.account.id, fieldsOf(home, sent), {
      now: sent.at,
      takenOn: moscowDay(sent.at),
    }),
  )
/** A row of a sheet; what a person confirms is ticked in the answer to the row. */
const sheet: Channel = async ({ account, meter }, { values, at, confirmed }) => {
  const heads = ['ЛС', 'Счётчик', ...values.map((_, place) => `Показания T${place + 1}`)]
  const text = `${heads.join(';')}\n${[account.accountNumber, meter.serial, ...values].join(';')}\n`
  const { rows } = await readSheet(bufferSource(Buffer.from(text)), 'utf-8')
  const who = await makeStaff()
  const enter = (ticks: Record<string, string>) =>
    enterSheet(who, rows, { takenOn: moscowDay(at), ticks, now: at })
  const [first] = await enter({})
  const ticks = Object.fromEntries((first?.asks ?? []).map(({ name, value }) => [name, value]))
  const [answer] = confirmed && first?.outcome === 'doubt' ? await enter(ticks) : [first]
  return answer?.outcome === 'stored' || answer?.outcome === 'same' ? 'accepted' : 'refused'
}
const file: Channel = async ({ account, meter }, { values, at }) => {
  const row = {
    accountNumber: account.accountNumber,
    serial: meter.serial,
    place: meter.place,
    kind: 'Холодная вода',
    installedOn: meter.installedOn.split('-').reverse().join('.'),
    digitsBefore: '5',
    digitsAfter: '3',
    registers: String(meter.registers),
    removedOn: meter.removedOn?.split('-').reverse().join('.') ?? '',
    verifiedUntil: meter.verifiedUntil?.split('-').reverse().join('.') ?? '',
    takenOn: moscowDay(at).split('-').reverse().join('.'),
    ...Object.fromEntries(values.map((value, place) => [`t${place + 1}`, value])),
  }
  const { report } = await check('meters', [row])
  if (report.rejectCount > 0 || report.refusal) return 'refused'
  await load('meters', [row])
  return 'accepted'
}
const channels: Record<string, Channel> = { ...people, staff, sheet, import: file }

async function stored({ meter }: Home) {
  const rows = await db()
    .select()
    .from(readings)
    .where(and(eq(readings.meterId, meter.id), sql`${readings.period} >= '2026-11'`))
    .orderBy(asc(readings.period), asc(readings.register), asc(readings.version))
  return rows.map(({ period: of, register, value, rolledOver, supersededAt }) => ({
    period: of,
    register,
    value: toDecimal(value),
    rolledOver,
    inForce: supersededAt === null,
  }))
}
const inForce = async (home: Home) =>
  (await stored(home)).filter((row) => row.inForce).map((row) => row.value)

for (const [name, send] of Object.entries(channels)) {
  test.describe(name, () => {
    for (const [typed, value] of [
      ['123,4', '123.4'],
      ['123.4', '123.4'],
      ['00123', '123'],
      ['1 23', '123'],
    ] as const)
      test(`«${typed}» is ${value}`, async () => {
        const home = await makeHome()
        expect(await send(home, { values: [typed], at: NOW })).toBe('accepted')
        expect(await inForce(home)).toEqual([value])
      })

    for (const typed of ['1e3', 'NaN', '-0', '-5', '123456', ...(name === 'import' ? [] : ['123,4567'])])
      test(`«${typed}» is refused`, async () => {
        const home = await makeHome()
        expect(await send(home, { values: [typed], at: NOW })).toBe('refused')
        expect(await stored(home)).toEqual([])
      })

    test('all registers of a meter or none', async () => {
      const home = await makeHome({ registers: 2 }, { '2026-10': ['100', '50'] })
      if (name !== 'import') {
        expect(await send(home, { values: ['101', ''], at: NOW })).toBe('refused')
        expect(await stored(home)).toEqual([])
      }
      expect(await send(home, { values: ['101', '51'], at: NOW })).toBe('accepted')
      expect(await inForce(home)).toEqual(['101', '51'])
    })

    test('lower than the previous is refused', async () => {
      const home = await makeHome()
      expect(await send(home, { values: ['99,999'], at: NOW })).toBe('refused')
      expect(await stored(home)).toEqual([])
    })

    test('99998 → 00003 has passed zero and counts 5', async () => {
      const home = await makeHome({}, { '2026-10': ['99998'] })
      const confirmed = { [turnedName(home.meter.id, 1)]: '3' }
      if (name !== 'import') expect(await send(home, { values: ['3'], at: NOW })).toBe('refused')
      expect(await send(home, { values: ['00003'], at: NOW, confirmed })).toBe('accepted')
      expect(await stored(home)).toMatchObject([{ value: '3', rolledOver: true }])
    })

    test('the same value is zero use and is stored; sent again it is one record', async () => {
      const home = await makeHome()
      for (let time = 0; time < 2; time += 1)
        expect(await send(home, { values: ['100'], at: NOW })).toBe('accepted')
      expect(await stored(home)).toMatchObject([{ value: '100', inForce: true }])
    })

    test('an honest odd month is accepted, after one question where somebody can be asked', async () => {
      const home = await makeHome({}, { '2026-08': ['90'], '2026-09': ['95'], '2026-10': ['100'] })
      const doubt = { value: quantity('190') } as const
      if (name !== 'import') {
        expect(await send(home, { values: ['190'], at: NOW })).toBe('refused')
        expect(await stored(home)).toEqual([])
      }
      const answer = keepAnswer({
        meterId: home.meter.id,
        register: 1,
        kind: 'much',
        ...doubt,
        proposed: new Map(),
        keepable: true,
        words: '',
        offer: undefined,
      })
      const confirmed = { [`${fieldName(home.meter.id, 1)}doubt`]: answer }
      expect(await send(home, { values: ['190'], at: NOW, confirmed })).toBe('accepted')
      expect(await inForce(home)).toEqual(['190'])
    })

    test('a correction inside the window supersedes and keeps the old value', async () => {
      const home = await makeHome()
      await send(home, { values: ['105'], at: NOW })
      expect(await send(home, { values: ['106'], at: NOW })).toBe('accepted')
      expect(await stored(home)).toMatchObject([
        { value: '105', inForce: false },
        { value: '106', inForce: true },
      ])
    })

    test('after billing has taken the period a correction is refused', async () => {
      const home = await makeHome()
      await send(home, { values: ['105'], at: NOW })
      await handedOver('2026-11', async () => {
        expect(await send(home, { values: ['106'], at: NOW })).toBe('refused')
      })
      expect(await inForce(home)).toEqual(['105'])
    })

    const byStaff = !(name in people)
    for (const [what, values] of [
      ['expired', { verifiedUntil: day('2026-11-01') }],
      ['automatic', { automatic: true }],
    ] as const)
      test(`an ${what} meter: ${byStaff ? 'accepted' : 'refused'}`, async () => {
        const home = await makeHome(values)
        expect(await send(home, { values: ['105'], at: NOW })).toBe(byStaff ? 'accepted' : 'refused')
        expect(await inForce(home)).toEqual(byStaff ? ['105'] : [])
      })

    test('a removed meter: nothing of a day after its removal', async () => {
      const home = await makeHome({ removedOn: day('2026-11-20') })
      if (name !== 'import') expect(await send(home, { values: ['105'], at: NOW })).toBe('refused')
      const before = new Date('2026-11-20T12:00:00+03:00')
      expect(await send(home, { values: ['104'], at: before })).toBe(byStaff ? 'accepted' : 'refused')
    })
  })
}

const moments: [from: number, to: number, waits: boolean, at: string, month: string][] = [
  [15, 25, false, '2026-11-25T23:59:59', '2026-11'],
  [15, 25, false, '2026-11-26T00:00:00', '2026-12'],
  [15, 25, false, '2026-11-03T10:00:00', '2026-11'],
  [20, 25, false, '2026-11-25T23:59:59', '2026-11'],
  [20, 25, false, '2026-11-26T00:00:00', '2026-12'],
  [25, 5, false, '2026-12-05T23:59:59', '2026-11'],
  [25, 5, false, '2026-12-06T00:00:00', '2026-12'],
  [20, 31, false, '2027-02-28T23:59:59', '2027-02'],
  [20, 31, false, '2027-03-01T00:00:00', '2027-03'],
  // 25 December 2027 is a Saturday; the window waits for Monday only where it is set to.
  [15, 25, false, '2027-12-26T12:00:00', '2028-01'],
  [15, 25, true, '2027-12-27T23:59:59', '2027-12'],
]
for (const [from, to, waits, at, month] of moments)
  test(`window ${from}–${to}${waits ? ', waiting for a working day' : ''}: at ${at} Moscow time a value is of ${month}`, async () => {
    const change = { readingWindow: { from, to }, windowWaitsForWorkday: waits }
    await db().transaction((tx) => changeSettings(tx, SERVICE, change))
    try {
      for (const send of Object.values(people)) {
        const home = await makeHome()
        expect(await send(home, { values: ['105'], at: new Date(`${at}+03:00`) })).toBe('accepted')
        expect(await stored(home)).toMatchObject([{ period: month }])
      }
    } finally {
      const usual = { readingWindow: { from: 15, to: 25 }, windowWaitsForWorkday: false }
      await db().transaction((tx) => changeSettings(tx, SERVICE, usual))
    }
  })

test('kinds may have windows of their own', async () => {
  const change = { readingWindows: { electricity: { from: 25, to: 5 } } }
  await db().transaction((tx) => changeSettings(tx, SERVICE, change))
  try {
    const account = await makeAccount({ accountNumber: freshNumber() })
    const [water, power] = [await makeMeter(account.id), await makeMeter(account.id, { kind: 'electricity' })]
    const input = { account: '', [fieldName(water.id, 1)]: '10', [fieldName(power.id, 1)]: '10' }
    const at = new Date('2026-12-03T12:00:00+03:00')
    expect(await submitReadings(await makeSubscriber([account.id]), input, at)).toMatchObject({
      status: 'ok',
    })
    const rows = await db()
      .select()
      .from(readings)
      .where(eq(readings.accountId, account.id))
      .orderBy(readings.meterId)
    expect(rows.map((row) => row.period)).toEqual(['2026-12', '2026-11'])
  } finally {
    await db().transaction((tx) => changeSettings(tx, SERVICE, { readingWindows: {} }))
  }
})

test.describe('kept on a phone', () => {
  const phone = (takenAt: string, known: Record<string, string> = {}, key = randomUUID()) => ({
    key,
    takenAt: new Date(`${takenAt}+03:00`),
    known,
  })
  const late = new Date('2026-11-26T09:00:00+03:00')

  test('a value counts for the day it was taken on, and that moment is kept', async () => {
    const home = await makeHome()
    const input = fieldsOf(home, { values: ['105'], at: late })
    await submitReadings(home.subscriber, input, late, phone('2026-11-25T18:42:00'))
    const [row] = await db()
      .select()
      .from(readings)
      .where(and(eq(readings.meterId, home.meter.id), eq(readings.channel, 'offline')))
    expect(row).toMatchObject({
      period: '2026-11',
      takenOn: '2026-11-25',
      takenAt: new Date('2026-11-25T18:42:00+03:00'),
      receivedAt: late,
    })
  })

  for (const [words, takenAt] of [
    ['to come', '2027-01-01T00:00:00'],
    ['long past', '2026-11-15T00:00:00'],
  ] as const)
    test(`a clock that says a moment ${words} is not believed`, async () => {
      const home = await makeHome()
      const input = fieldsOf(home, { values: ['105'], at: late })
      await submitReadings(home.subscriber, input, late, phone(takenAt))
      expect(await stored(home)).toMatchObject([{ period: '2026-12' }])
    })

  test('the same sending again is one record with one slip, whatever came between', async () => {
    const home = await makeHome()
    const kept = phone('2026-11-22T10:00:00', { [fieldName(home.meter.id, 1)]: '' })
    const send = () =>
      submitReadings(home.subscriber, fieldsOf(home, { values: ['105'], at: NOW }), NOW, kept)
    const first = await send()
    await submitReadings(home.subscriber, fieldsOf(home, { values: ['106'], at: NOW }), NOW)
    expect(await send()).toEqual(first)
    expect(await inForce(home)).toEqual(['106'])
  })

  test('another value sent meanwhile is a conflict, and nothing is stored', async () => {
    const home = await makeHome()
    await submitReadings(home.subscriber, fieldsOf(home, { values: ['106'], at: NOW }), NOW)
    const field = fieldName(home.meter.id, 1)
    const send = (known: Record<string, string>) =>
      submitReadings(
        home.subscriber,
        fieldsOf(home, { values: ['105'], at: NOW }),
        NOW,
        phone('2026-11-22T10:00:00', known),
      )
    expect(await send({ [field]: '' })).toMatchObject({ status: 'refused', code: 'conflict' })
    expect(await inForce(home)).toEqual(['106'])
    expect(await send({ [field]: '00106,000' })).toMatchObject({ status: 'ok' })
    expect(await inForce(home)).toEqual(['105'])
  })
})

/** Billing has taken a month's readings, until the end of `work`. */
async function handedOver(month: string, work: () => Promise<void>): Promise<void> {
  const { userId } = await makeStaff()
  const of = {
    kind: 'readings' as const,
    period: period(month),
    format: 'csv',
    rows: 1,
    final: true,
    createdBy: userId,
  }
  const [handed] = await db().insert(exports).values(of).returning()
  if (!handed) throw new Error('no export')
  await db()
    .insert(handedPeriods)
    .values({ period: period(month), exportId: handed.id, handedBy: userId })
  try {
    await work()
  } finally {
    await db().delete(handedPeriods).where(eq(handedPeriods.exportId, handed.id))
  }
}
