import { asc, eq, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, papers, readings } from '@/db/schema'
import { enterSheet } from '@/lib/exchange/enter-sheet'
import { bufferSource } from '@/lib/exchange/files/source'
import { readSheet } from '@/lib/exchange/readings-sheet'
import type { Staff } from '@/lib/session/require'
import { day } from '@/lib/units/day'
import { toDecimal } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')
const TODAY = day('2026-11-22')

let staff: Staff
test.beforeAll(async () => {
  staff = await makeStaff()
})

async function enter(lines: string[], ticks: Record<string, string> = {}) {
  const { rows, problem } = await readSheet(bufferSource(Buffer.from(lines.join('\n'))), 'utf-8')
  if (problem) throw new Error(problem)
  return enterSheet(staff, rows, { takenOn: TODAY, ticks, now: NOW })
}

const told = (answers: Awaited<ReturnType<typeof enter>>) =>
  answers.map(({ row: { line }, outcome, words }) => [line, outcome, words])

async function makeHome(...meters: Parameters<typeof makeMeter>[1][]) {
  const account = await makeAccount()
  const made = []
  for (const values of meters)
    made.push(
      await makeMeter(account.id, values, {
        '2026-10': ['315', '100', '50'].slice(0, values?.registers ?? 1),
      }),
    )
  return { id: account.id, number: account.accountNumber, meters: made }
}

const stored = async (accountId: number) =>
  (
    await db()
      .select()
      .from(readings)
      .where(eq(readings.accountId, accountId))
      .orderBy(asc(readings.meterId), asc(readings.register), asc(readings.version))
  )
    .filter(({ channel }) => channel === 'staff')
    .map(({ value, takenOn, register }) => ({ register, value: toDecimal(value), takenOn }))

const traces = async (accountIds: number[]) => {
  const [values, slips, acts] = await Promise.all([
    db().select({ count: sql`count(*)` }).from(readings).where(inArray(readings.accountId, accountIds)),
    db().select({ count: sql`count(*)` }).from(papers).where(inArray(papers.accountId, accountIds)),
    db()
      .select({ count: sql`count(*)` })
      .from(auditLog)
      .where(inArray(auditLog.subjectId, accountIds.map(String))),
  ])
  return [values, slips, acts]
}

test('every row is answered by itself: the good ones are stored, of the others it is said what is wrong', async () => {
  const one = await makeHome(
    { serial: 'S-1' },
    { serial: 'S-2', kind: 'electricity', registers: 2, digitsAfter: 0 },
  )
  const gone = await makeHome({ serial: 'S-3', removedOn: day('2026-11-10') })
  const lines = [
    `${one.number};S-1;321,6;20.11.2026`,
    `${one.number};S-2;400;130`,
    `${one.number};S-2;400`,
    `${one.number};S-9;400`,
    `9999999;S-1;400`,
    `${one.number};S-1;300`,
    `${one.number};S-1;12,3456`,
    `${one.number};S-1;330;24.11.26`,
    `${one.number};S-1;330;23.11.2026`,
    `${gone.number};S-3;330;11.11.2026`,
    `${one.number};S-1;330;01.10.2026`,
    `${one.number};S-1`,
    `${one.number};S-1;330;2;3`,
  ]
  expect(told(await enter(lines))).toEqual([
    [1, 'stored', 'Записано.'],
    [2, 'stored', 'Записано.'],
    [3, 'failed', expect.stringContaining('уже есть в строке 2')],
    [4, 'failed', 'На этом счёте нет такого счётчика.'],
    [5, 'failed', 'Такого лицевого счёта нет.'],
    [6, 'failed', expect.stringContaining('Меньше прошлых 00315,000')],
    [7, 'failed', expect.stringContaining('уже есть в строке 6')],
    [8, 'failed', 'Нужна дата вида 24.11.2026.'],
    [9, 'failed', 'Этот день ещё не наступил.'],
    [10, 'failed', expect.stringContaining('снят 10 ноября 2026')],
    [11, 'failed', expect.stringContaining('За октябрь 2026 показание уже есть')],
    [12, 'failed', expect.stringContaining('уже есть в строке 6')],
    [13, 'failed', expect.stringContaining('уже есть в строке 6')],
  ])
  expect(await stored(one.id)).toEqual([
    { register: 1, value: '321.6', takenOn: '2026-11-20' },
    { register: 1, value: '400', takenOn: TODAY },
    { register: 2, value: '130', takenOn: TODAY },
  ])
  expect(await stored(gone.id)).toEqual([])
})

test('values that do not fit the meter are told by what they lack', async () => {
  const { number } = await makeHome({ serial: 'S-1' })
  for (const [cells, words] of [
    ['12,3456', 'После запятой'],
    ['', 'Нет показания'],
    ['330;2', 'Показаний 2, а тарифов у счётчика 1.'],
    ['1e3', 'только цифры'],
  ] as const)
    expect(told(await enter([`${number};S-1;${cells}`]))).toEqual([
      [1, 'failed', expect.stringContaining(words)],
    ])
  const two = await makeHome({ serial: 'S-2', registers: 2 })
  expect(told(await enter([`${two.number};S-2;400`]))).toEqual([
    [1, 'failed', 'Показаний 1, а тарифов у счётчика 2.'],
  ])
})

test('the same sheet twice changes nothing, and says so', async () => {
  const homes = [await makeHome({}), await makeHome({})]
  const lines = homes.map(({ number, meters: [meter] }) => `${number};${meter?.serial};320`)
  const ids = homes.map(({ id }) => id)
  expect((await enter(lines)).map(({ outcome }) => outcome)).toEqual(['stored', 'stored'])
  const before = await traces(ids)
  expect((await enter(lines)).map(({ outcome }) => outcome)).toEqual(['same', 'same'])
  expect((await enter([...lines, ...lines])).map(({ outcome }) => outcome)).toEqual(Array(4).fill('same'))
  expect(await traces(ids)).toEqual(before)
})

test('zeros that a spreadsheet dropped are missed neither in the account nor in the serial', async () => {
  const { id } = await makeAccount({ accountNumber: '00771230' })
  await makeMeter(id, { serial: '0011270' }, { '2026-10': ['315'] })
  expect(told(await enter(['771230;11270;320']))).toEqual([[1, 'stored', 'Записано.']])
  expect(await stored(id)).toHaveLength(1)
})

test('an odd value waits for a tick, and the tick counts for this value only', async () => {
  const account = await makeAccount()
  const history = { '2026-08': ['300'], '2026-09': ['305'], '2026-10': ['310'] }
  await makeMeter(account.id, { serial: 'S-1' }, history)
  const line = (value: string) => [`${account.accountNumber};S-1;${value}`]
  const [odd] = await enter(line('410'))
  expect(odd).toMatchObject({ outcome: 'doubt', asks: [{ value: 'keep:410' }] })
  expect(await stored(account.id)).toEqual([])
  const ticks = Object.fromEntries((odd?.asks ?? []).map(({ name, value }) => [name, value]))
  expect((await enter(line('420'), ticks))[0]).toMatchObject({ outcome: 'doubt' })
  expect((await enter(line('410'), ticks))[0]).toMatchObject({ outcome: 'stored' })
  expect(await stored(account.id)).toMatchObject([{ value: '410' }])
})

test('the use typed for the reading offers the likely value, a passing of zero its own tick', async () => {
  const account = await makeAccount()
  await makeMeter(
    account.id,
    { serial: 'S-1' },
    { '2026-08': ['300'], '2026-09': ['305'], '2026-10': ['310'] },
  )
  await makeMeter(account.id, { serial: 'S-2', digitsAfter: 0 }, { '2026-10': ['99998'] })
  const lines = [`${account.accountNumber};S-1;5`, `${account.accountNumber};S-2;3`]
  const answers = await enter(lines)
  expect(answers).toMatchObject([
    { outcome: 'doubt', asks: [{ value: 'take:315', label: 'Исправить на 00315,000' }] },
    { outcome: 'doubt', asks: [{ value: '3', label: expect.stringContaining('перешёл через ноль') }] },
  ])
  const ticks = Object.fromEntries(
    answers.flatMap(({ asks }) => asks.map(({ name, value }) => [name, value])),
  )
  expect((await enter(lines, ticks)).map(({ outcome }) => outcome)).toEqual(['stored', 'stored'])
  expect(await stored(account.id)).toMatchObject([{ value: '315' }, { value: '3' }])
})
