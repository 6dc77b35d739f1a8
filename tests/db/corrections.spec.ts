import { and, asc, eq } from 'drizzle-orm'
import { db, pool } from '@/db/client'
import { auditLog, exports, handedPeriods, letters, readingCorrections, readings } from '@/db/schema'
import { handOverReadings, makeExport } from '@/lib/exchange/export-commands'
import { exportFile } from '@/lib/exchange/export-queries'
import { choiceOf } from '@/lib/exchange/export-schema'
import { submitReadings } from '@/lib/readings/commands'
import { acceptCorrection, askCorrection, refuseCorrection } from '@/lib/readings/corrections'
import {
  correctableMeters,
  correctionStart,
  correctionsQueue,
  ownCorrections,
} from '@/lib/readings/corrections-page'
import { askCorrectionForm } from '@/lib/readings/corrections-schema'
import { addMonths, type Period, period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { breachesOf, readInvariants } from '@/scripts/invariants/invariants'
import { makeMeter } from '../support/billing'
import { expect, testAlone } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

/** Asks what must hold everywhere. */
const test = testAlone('corrections')

let months = 0
/** A home whose water meter was read in a month of its own, which billing has taken since. */
async function makeTaken(value = '321,6') {
  const month = addMonths(period('2061-01'), ++months * 3)
  const account = await makeAccount()
  const meter = await makeMeter(account.id, {}, { [addMonths(month, -1)]: ['315.204'] })
  const subscriber = await makeSubscriber([account.id])
  const staff = await makeStaff()
  const input = { account: account.accountNumber, [`m${meter.id}r1`]: value, [`m${meter.id}r1turned`]: '' }
  await submitReadings(subscriber, input, at(month, '20'))
  const handed = await handOverReadings(staff, month, at(month, '26'))
  if (handed.status !== 'ok') throw new Error(`not handed: ${handed.status}`)
  const exportId = handed.value.id
  await db()
    .update(exports)
    .set({ createdAt: at(month, '26') })
    .where(eq(exports.id, exportId))
  await db()
    .update(handedPeriods)
    .set({ handedAt: at(month, '26') })
    .where(eq(handedPeriods.period, month))
  return { account, meter, subscriber, staff, month, exportId }
}
type Taken = Awaited<ReturnType<typeof makeTaken>>

const at = (month: Period, date: string) => new Date(`${month}-${date}T12:00:00+03:00`)
const later = ({ month }: Pick<Taken, 'month'>) => at(month, '28')
const ask = (
  of: Pick<Taken, 'meter' | 'subscriber' | 'month'>,
  value1: string,
  more: Record<string, string> = {},
) =>
  askCorrection(
    of.subscriber,
    askCorrectionForm.parse({ meter: String(of.meter.id), value1, ...more }),
    later(of),
  )
const openOf = async ({ meter }: Taken) => {
  const found = await db()
    .select()
    .from(readingCorrections)
    .where(eq(readingCorrections.meterId, meter.id))
    .orderBy(asc(readingCorrections.askedAt))
  const last = found.at(-1)
  if (!last) throw new Error('nothing was asked')
  return last
}
const versions = ({ meter, month }: Taken) =>
  db()
    .select()
    .from(readings)
    .where(and(eq(readings.meterId, meter.id), eq(readings.period, month)))
    .orderBy(asc(readings.version))
const lettersAbout = async (id: string) =>
  (await db().select().from(letters).where(eq(letters.kind, 'correction-settled'))).filter(({ payload }) =>
    JSON.stringify(payload).includes(id),
  )

async function textOf(of: Taken, id: string): Promise<string[]> {
  const file = await exportFile(of.staff, id, new Date())
  const parts: Uint8Array[] = []
  for await (const part of file?.bytes ?? []) parts.push(part)
  return new TextDecoder('windows-1251').decode(Buffer.concat(parts)).split('\r\n').slice(1, -1)
}

async function holds(number: string): Promise<number> {
  const invariant = readInvariants().find((one) => one.number === number)
  if (!invariant) throw new Error('no such invariant')
  const client = await pool().connect()
  try {
    return (await breachesOf(client, invariant)).count
  } finally {
    client.release()
  }
}

test('a correction is asked for, accepted, stored as the next version, listed for billing and told by letter', async () => {
  const of = await makeTaken()
  expect(await correctionStart(of.subscriber, of.meter.id)).toMatchObject({
    ...{ period: of.month, open: false, registers: [{ dial: '00321,600' }] },
  })
  expect(await correctableMeters(of.subscriber)).toMatchObject([{ id: of.meter.id, period: of.month }])
  expect(await ask(of, '312,6')).toMatchObject({
    status: 'invalid',
    errors: { value1: expect.stringMatching(/Меньше прошлых/) },
  })
  const first = await ask(of, '320,5', { note: 'перепутал цифры' })
  expect(first).toEqual({ status: 'ok', value: undefined })
  expect(await ask(of, '320,5')).toEqual(first)
  expect(await ask(of, '319')).toMatchObject({ status: 'refused', code: 'waiting' })
  const { id } = await openOf(of)
  expect(await ownCorrections(of.subscriber)).toMatchObject([
    { id, outcome: null, wanted: [{ dial: '00320,500' }], note: 'перепутал цифры' },
  ])
  const before = await textOf(of, of.exportId)
  expect(await acceptCorrection(of.staff, id, later(of))).toEqual({ status: 'ok', value: undefined })
  expect(await acceptCorrection(of.staff, id, later(of))).toEqual({ status: 'ok', value: undefined })
  expect(await versions(of)).toMatchObject([
    { value: quantity('321.6'), channel: 'cabinet', supersededAt: expect.any(Date) },
    {
      ...{ value: quantity('320.5'), channel: 'staff', actorId: of.staff.userId, supersededAt: null },
      takenOn: `${of.month}-20`,
    },
  ])
  expect(await lettersAbout(id)).toHaveLength(1)
  expect(await ownCorrections(of.subscriber)).toMatchObject([{ outcome: 'accepted' }])
  expect([await holds('14'), await holds('5'), await holds('13')]).toEqual([0, 0, 0])
  // What was handed over is what it was; the correction stands in a list of its own.
  expect(await textOf(of, of.exportId)).toEqual(before)
  const choice = choiceOf('corrections').parse({ columns: ['accountNumber', 'was1', 't1'] })
  const list = await makeExport(of.staff, { kind: 'corrections', period: of.month, choice }, new Date())
  if (list.status !== 'ok') throw new Error(list.status)
  expect(await textOf(of, list.value.id)).toEqual([`${of.account.accountNumber};321,6;320,5`])
})

test('a refusal has a reason the person reads, and leaves everything as it was', async () => {
  const of = await makeTaken()
  await ask(of, '320,5')
  const { id } = await openOf(of)
  const reason = 'Контролёр записал то же, что вы передали.'
  expect(await refuseCorrection(of.staff, { correction: id, reason }, later(of))).toMatchObject({
    status: 'ok',
  })
  expect(await versions(of)).toHaveLength(1)
  expect(await ownCorrections(of.subscriber)).toMatchObject([{ outcome: 'refused', reason }])
  expect(await lettersAbout(id)).toMatchObject([{ payload: { accepted: false } }])
  // Another request may follow.
  expect(await ask(of, '320,5')).toMatchObject({ status: 'ok' })
})

test('of employees deciding at once one decides; the others are told who', async () => {
  const of = await makeTaken()
  await ask(of, '320,5')
  const { id } = await openOf(of)
  const staff = await Promise.all(Array.from({ length: 6 }, () => makeStaff()))
  const answers = await Promise.all(
    staff.map((one, place) =>
      place % 2
        ? acceptCorrection(one, id, later(of))
        : refuseCorrection(one, { correction: id, reason: 'Так было' }, later(of)),
    ),
  )
  expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(1)
  const late = answers.filter((answer) => answer.status === 'refused')
  expect(late).toHaveLength(5)
  const { settledBy } = await openOf(of)
  const login = staff.find(({ userId }) => userId === settledBy)?.login
  for (const answer of late)
    expect(answer).toMatchObject({ code: 'decided', message: expect.stringContaining(login ?? '') })
  expect(await lettersAbout(id)).toHaveLength(1)
})

test('ten equal requests at once are one', async () => {
  const of = await makeTaken()
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(of, '320,5')))
  for (const answer of answers) expect(answer).toMatchObject({ status: 'ok' })
  expect(await db().$count(readingCorrections, eq(readingCorrections.meterId, of.meter.id))).toBe(1)
  const acts = and(eq(auditLog.action, 'correction.asked'), eq(auditLog.subjectId, String(of.account.id)))
  expect(await db().$count(auditLog, acts)).toBe(1)
})

test('a meter of others, one of none, and one nothing was taken of are alike not there', async () => {
  const [of, other] = [await makeTaken(), await makeTaken()]
  const stranger = await ask({ ...of, meter: other.meter }, '320,5')
  expect(stranger).toMatchObject({ status: 'refused', code: 'absent' })
  const fresh = await makeMeter(of.account.id)
  expect(await ask({ ...of, meter: fresh }, '1')).toEqual(stranger)
  expect(await ask({ ...of, meter: { ...fresh, id: 999_999_999 } }, '1')).toEqual(stranger)
  expect(await ask(of, '320,5', { period: '2029-01' })).toEqual(stranger)
  expect(await correctionStart(of.subscriber, other.meter.id)).toBeUndefined()
  expect(await ownCorrections(await makeSubscriber([]))).toEqual([])
})

test('what the next months would contradict is refused at the field', async () => {
  const of = await makeTaken()
  const next = addMonths(of.month, 1)
  const input = { account: of.account.accountNumber, [`m${of.meter.id}r1`]: '325' }
  await submitReadings(of.subscriber, input, at(next, '20'))
  expect(await ask(of, '326')).toMatchObject({
    status: 'invalid',
    errors: { value1: expect.stringMatching(/Больше, чем за/) },
  })
  expect(await ask(of, '321,6')).toMatchObject({
    errors: { value1: expect.stringMatching(/те же показания/) },
  })
  // It may come to contradict them while the request waits.
  expect(await ask(of, '324')).toMatchObject({ status: 'ok' })
  await submitReadings(of.subscriber, { ...input, [`m${of.meter.id}r1`]: '323' }, at(next, '21'))
  const { id } = await openOf(of)
  expect(await acceptCorrection(of.staff, id, later(of))).toMatchObject({ status: 'refused', code: 'unfit' })
  const { rows } = await correctionsQueue(of.staff, 'open')
  expect(rows.find((row) => row.id === id)).toMatchObject({
    current: [{ dial: '00321,600' }],
    wanted: [{ dial: '00324,000' }],
  })
})
