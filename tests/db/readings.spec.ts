import { and, asc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, auditLog, papers, readings } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { submitReadings } from '@/lib/readings/commands'
import { isMissing, readingsState } from '@/lib/readings/queries'
import type { ReadingsInput } from '@/lib/readings/schema'
import type { Subscriber } from '@/lib/session/require'
import { changeSettings } from '@/lib/settings/commands'
import { day } from '@/lib/units/day'
import { quantity, toDecimal } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeSubscriber } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')

interface Home {
  accountId: number
  accountNumber: string
  subscriber: Subscriber
}

async function makeHome(): Promise<Home> {
  const { id, accountNumber } = await makeAccount()
  return { accountId: id, accountNumber, subscriber: await makeSubscriber([id]) }
}

const send = (home: Home, fields: Record<string, string>, now = NOW) => {
  const input: ReadingsInput = { account: home.accountNumber, ...fields }
  return submitReadings(home.subscriber, input, now)
}

const stored = async (accountId: number) =>
  (
    await db()
      .select()
      .from(readings)
      .where(and(eq(readings.accountId, accountId), eq(readings.channel, 'cabinet')))
      .orderBy(asc(readings.meterId), asc(readings.register), asc(readings.version))
  ).map(({ period, value, version, supersededAt, rolledOver }) => ({
    period,
    value: toDecimal(value),
    version,
    inForce: supersededAt === null,
    rolledOver,
  }))

const audited = (accountId: number) =>
  db()
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, 'readings.submitted'), eq(auditLog.subjectId, String(accountId))))
    .orderBy(asc(auditLog.id))

test('readings are stored with who, when, how, and a row in the journal', async () => {
  const home = await makeHome()
  const water = await makeMeter(home.accountId, {}, { '2026-10': ['315.204'] })
  const power = await makeMeter(
    home.accountId,
    { kind: 'electricity', registers: 2, digitsBefore: 6, digitsAfter: 0 },
    { '2026-10': ['12480', '6114'] },
  )
  const fields = {
    [`m${water.id}r1`]: '00321,6',
    [`m${power.id}r1`]: '12 655',
    [`m${power.id}r2`]: '6170',
  }
  expect(await send(home, fields)).toMatchObject({
    status: 'ok',
    value: [{ period: '2026-11', counters: 3 }],
  })
  const rows = await db()
    .select()
    .from(readings)
    .where(and(eq(readings.meterId, power.id), eq(readings.channel, 'cabinet'), eq(readings.register, 2)))
  expect(rows).toMatchObject([
    {
      period: '2026-11',
      value: quantity('6170'),
      actorId: home.subscriber.userId,
      takenOn: '2026-11-22',
      receivedAt: NOW,
      version: 1,
      supersededAt: null,
    },
  ])
  const [entry, ...others] = await audited(home.accountId)
  expect(others).toEqual([])
  expect(entry).toMatchObject({
    actorId: home.subscriber.userId,
    subjectLabel: home.accountNumber,
    before: null,
  })
  expect(entry?.after).toEqual({
    period: '2026-11',
    channel: 'cabinet',
    [water.serial]: '00321,600',
    [`${power.serial}, день`]: '012655',
    [`${power.serial}, ночь`]: '006170',
  })
})

test('a lower value is refused at its field and nothing of the form is stored', async () => {
  const home = await makeHome()
  const good = await makeMeter(home.accountId, {}, { '2026-10': ['10'] })
  const lower = await makeMeter(home.accountId, {}, { '2026-10': ['315.204'] })
  const result = await send(home, { [`m${good.id}r1`]: '12', [`m${lower.id}r1`]: '315,203' })
  expect(result).toEqual({
    status: 'invalid',
    errors: { [`m${lower.id}r1`]: 'Меньше прошлых 00315,204. Проверьте цифры.' },
  })
  expect(await stored(home.accountId)).toEqual([])
  expect(await audited(home.accountId)).toEqual([])
})

test('the previous value is the last one of an earlier month, however old', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId, {}, { '2025-03': ['100'] })
  expect(await send(home, { [`m${meter.id}r1`]: '99' })).toMatchObject({ status: 'invalid' })
  const { meters } = await readingsState(home.subscriber, home.accountId, NOW)
  expect(meters[0]?.registers[0]?.previous).toMatchObject({ value: quantity('100'), takenOn: '2025-03-24' })
})

test('a correction inside the window supersedes and keeps what was sent before', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId, {}, { '2026-10': ['315.204'] })
  const field = `m${meter.id}r1`
  await send(home, { [field]: '331,6' })
  expect(await send(home, { [field]: '321,6' })).toMatchObject({ status: 'ok' })
  expect(await stored(home.accountId)).toEqual([
    { period: '2026-11', value: '331.6', version: 1, inForce: false, rolledOver: false },
    { period: '2026-11', value: '321.6', version: 2, inForce: true, rolledOver: false },
  ])
  const [, correction] = await audited(home.accountId)
  expect(correction).toMatchObject({ before: { [meter.serial]: '00331,600' } })
  const { meters } = await readingsState(home.subscriber, home.accountId, NOW)
  expect(meters[0]?.registers[0]?.sent?.value).toBe(quantity('321.6'))
})

test('the same value of last month is zero consumption; sent again it is one record and one row of the journal', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId, {}, { '2026-10': ['315.204'] })
  const first = await send(home, { [`m${meter.id}r1`]: '315,204' })
  expect(await send(home, { [`m${meter.id}r1`]: '00315.204' })).toEqual(first)
  expect(await stored(home.accountId)).toHaveLength(1)
  expect(await audited(home.accountId)).toHaveLength(1)
})

test('twenty equal forms at once leave one record, and all get the same answer', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId, {}, { '2026-10': ['315.204'] })
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => send(home, { [`m${meter.id}r1`]: '321,6' })),
  )
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]).toMatchObject({ status: 'ok', value: [{ period: '2026-11', counters: 1 }] })
  expect(await db().$count(papers, eq(papers.accountId, home.accountId))).toBe(1)
  expect(await stored(home.accountId)).toHaveLength(1)
  expect(await audited(home.accountId)).toHaveLength(1)
})

test('twenty different corrections at once leave one value in force and lose none', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId, {}, { '2026-10': ['315'] })
  await Promise.all(
    Array.from({ length: 20 }, (_, step) => send(home, { [`m${meter.id}r1`]: String(320 + step) })),
  )
  const rows = await stored(home.accountId)
  expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, step) => step + 1))
  expect(rows.filter(({ inForce }) => inForce)).toHaveLength(1)
})

test('passing zero is asked once and then stored as such', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId, { digitsAfter: 0 }, { '2026-10': ['99998'] })
  const field = `m${meter.id}r1`
  expect(await send(home, { [field]: '00003' })).toMatchObject({
    status: 'invalid',
    errors: { [`${field}turned`]: expect.any(String) },
  })
  expect(await stored(home.accountId)).toEqual([])
  expect(await send(home, { [field]: '00003', [`${field}turned`]: '3' })).toMatchObject({ status: 'ok' })
  expect(await stored(home.accountId)).toMatchObject([{ value: '3', rolledOver: true }])
})

test('meters of all accounts in one form: a slip for each account, all or nothing', async () => {
  const [one, other] = [await makeAccount(), await makeAccount()]
  const subscriber = await makeSubscriber([one.id, other.id])
  const [first, second] = [
    await makeMeter(one.id, {}, { '2026-10': ['100'] }),
    await makeMeter(other.id, {}, { '2026-10': ['50'] }),
  ]
  const send = (values: [string, string]) =>
    submitReadings(
      subscriber,
      { account: one.accountNumber, [`m${first.id}r1`]: values[0], [`m${second.id}r1`]: values[1] },
      NOW,
    )
  expect(await send(['105', '49'])).toMatchObject({
    status: 'invalid',
    errors: { [`m${second.id}r1`]: 'Меньше прошлых 00050,000. Проверьте цифры.' },
  })
  expect([...(await stored(one.id)), ...(await stored(other.id))]).toEqual([])
  const sent = await send(['105', '53'])
  expect(sent).toMatchObject({ status: 'ok', value: [{ counters: 1 }, { counters: 1 }] })
  expect(await send(['105', '53'])).toEqual(sent)
  for (const { id } of [one, other]) expect(await db().$count(papers, eq(papers.accountId, id))).toBe(1)
})

test('an account or a meter of others is refused just as one that does not exist', async () => {
  const [home, other] = [await makeHome(), await makeHome()]
  const own = await makeMeter(home.accountId)
  const foreign = await makeMeter(other.accountId)
  const meterOfOthers = await send(home, { [`m${own.id}r1`]: '1', [`m${foreign.id}r1`]: '1' })
  expect(meterOfOthers).toMatchObject({ status: 'refused', code: 'absent' })
  expect(await send(home, { [`m${own.id}r1`]: '1', m999999999r1: '1' })).toEqual(meterOfOthers)
  const accountOfOthers = await send({ ...other, subscriber: home.subscriber }, { [`m${foreign.id}r1`]: '1' })
  expect(accountOfOthers).toEqual(meterOfOthers)
  const both = await send(home, { [`m${own.id}r1`]: '1', [`m${foreign.id}r1`]: '1' })
  expect(both).toEqual(meterOfOthers)
  expect(await send(home, { m999999999r1: '1' })).toEqual(meterOfOthers)
  expect([...(await stored(home.accountId)), ...(await stored(other.accountId))]).toEqual([])
  expect((await readingsState(home.subscriber, other.accountId, NOW)).meters).toEqual([])
})

test('access that has ended opens nothing', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId)
  await db()
    .update(accountAccess)
    .set({ endedAt: NOW, endReason: 'продана' })
    .where(and(eq(accountAccess.accountId, home.accountId), isNull(accountAccess.endedAt)))
  expect(await send(home, { [`m${meter.id}r1`]: '1' })).toMatchObject({ status: 'refused', code: 'absent' })
})

test('the second the window closes decides the month, and a late value waits for the next', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId, {}, { '2026-10': ['1'] })
  const field = `m${meter.id}r1`
  const lastSecond = new Date('2026-11-25T23:59:59.999+03:00')
  const tooLate = new Date('2026-11-26T00:00:00+03:00')
  expect(await send(home, { [field]: '5' }, lastSecond)).toMatchObject({ value: [{ period: '2026-11' }] })
  expect(await send(home, { [field]: '6' }, tooLate)).toMatchObject({ value: [{ period: '2026-12' }] })
  expect(await stored(home.accountId)).toMatchObject([
    { period: '2026-11', value: '5', inForce: true },
    { period: '2026-12', value: '6', inForce: true },
  ])
  const state = await readingsState(home.subscriber, home.accountId, tooLate)
  expect(state.window).toMatchObject({ open: false, period: '2026-12', missed: { period: '2026-11' } })
})

test('the window of the settings is the one that counts', async () => {
  const home = await makeHome()
  const meter = await makeMeter(home.accountId)
  await db().transaction((tx) => changeSettings(tx, SERVICE, { readingWindow: { from: 25, to: 5 } }))
  const sent = await send(home, { [`m${meter.id}r1`]: '5' }, new Date('2026-12-05T23:59:59+03:00'))
  await db().transaction((tx) => changeSettings(tx, SERVICE, { readingWindow: { from: 15, to: 25 } }))
  expect(sent).toMatchObject({ value: [{ period: '2026-11' }] })
})

test('an expired meter takes no readings but is shown; a removed one is not shown', async () => {
  const home = await makeHome()
  const expired = await makeMeter(home.accountId, { verifiedUntil: day('2026-11-21') })
  const removed = await makeMeter(home.accountId, { removedOn: day('2026-11-01') })
  for (const meter of [expired, removed])
    expect(await send(home, { [`m${meter.id}r1`]: '1' })).toMatchObject({
      status: 'invalid',
      errors: { [`m${meter.id}r1`]: expect.any(String) },
    })
  expect(await stored(home.accountId)).toEqual([])
  const { meters } = await readingsState(home.subscriber, home.accountId, NOW)
  expect(meters.map(({ id, standing }) => [id, standing])).toEqual([[expired.id, 'expired']])
})

test('the overview knows which meters are still missing, and what is usual', async () => {
  const home = await makeHome()
  const history = { '2026-08': ['100'], '2026-09': ['106.1'], '2026-10': ['111'] }
  const kitchen = await makeMeter(home.accountId, { place: 'кухня' }, history)
  const bath = await makeMeter(home.accountId, { place: 'ванная' })
  await send(home, { [`m${kitchen.id}r1`]: '117' })
  const { meters } = await readingsState(home.subscriber, home.accountId, NOW)
  expect(meters.filter(isMissing).map(({ id, title }) => [id, title])).toEqual([
    [bath.id, 'Холодная вода, ванная'],
  ])
  expect(meters.find(({ id }) => id === kitchen.id)?.average).toBe(quantity('5.5'))
})
