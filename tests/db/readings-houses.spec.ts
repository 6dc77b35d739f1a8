import { db } from '@/db/client'
import { readings } from '@/db/schema'
import { boardMonths, flatsOf, type HouseFilter, housesPage } from '@/lib/readings/houses'
import type { Staff } from '@/lib/session/require'
import { day } from '@/lib/units/day'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')
const NOVEMBER = period('2026-11')

let staff: Staff
test.beforeAll(async () => {
  staff = await makeStaff()
})

const flat = async (address: string, values: Parameters<typeof makeAccount>[0] = {}) =>
  (await makeAccount({ address, ...values })).id

const board = (filter: Partial<HouseFilter>, now = NOW) =>
  housesPage(staff, { period: NOVEMBER, begins: '', words: '', after: '', ...filter }, now)

test('a house counts who sent all, who did not, and whose verification ran out', async () => {
  const house = '11-й микрорайон, дом 7'
  await makeMeter(await flat(`${house}, кв. 1`), {}, { '2026-11': ['10'] })
  const half = await flat(`${house}, кв. 2`)
  await makeMeter(half, {}, { '2026-11': ['10'] })
  await makeMeter(half, { kind: 'electricity', registers: 2 }, { '2026-10': ['1', '2'] })
  const expired = await flat(`${house}, кв. 3`)
  await makeMeter(expired, { verifiedUntil: day('2026-11-21') })
  // Of these nothing is asked.
  await makeMeter(await flat(`${house}, кв. 4`), { automatic: true })
  await makeMeter(await flat(`${house}, кв. 5`), { removedOn: day('2026-11-22') })
  await makeMeter(await flat(`${house}, кв. 6`), { installedOn: day('2026-11-23') })
  await makeMeter(await flat(`${house}, кв. 7`, { closedOn: day('2026-11-22') }))
  await flat(`${house}, кв. 8`)
  expect((await board({ begins: '11-й микрорайон' })).rows).toEqual([
    { house, all: 2, sent: 1, missing: 1, expired: 1 },
  ])
})

test('a value that was superseded counts only by the one in force, a month by its own', async () => {
  const house = '12-й микрорайон, дом 1'
  const id = await flat(`${house}, кв. 1`)
  const meter = await makeMeter(id, {}, { '2026-11': ['10'] })
  const counted = async (of: HouseFilter['period']) =>
    (await board({ begins: '12-й микрорайон', period: of })).rows[0]
  expect(await counted(NOVEMBER)).toMatchObject({ sent: 1, missing: 0 })
  expect(await counted(period('2026-10'))).toMatchObject({ sent: 0, missing: 1 })
  await db().update(readings).set({ supersededAt: NOW })
  expect(await counted(NOVEMBER)).toMatchObject({ sent: 0, missing: 1 })
  const version = { accountId: id, meterId: meter.id, period: NOVEMBER, register: 1, version: 2 }
  await db()
    .insert(readings)
    .values({ ...version, value: quantity('11'), takenOn: day('2026-11-22'), channel: 'staff' })
  expect(await counted(NOVEMBER)).toMatchObject({ sent: 1, missing: 0 })
})

test('houses are found by the beginning of the address and by its words, and stand in the order of the street', async () => {
  const houses = [
    '113-й микрорайон, дом 10',
    '113-й микрорайон, дом 2',
    'ул. Новая, дом 13',
    '14-й микрорайон, дом 2',
  ]
  for (const house of houses) await makeMeter(await flat(`${house}, кв. 1`))
  const found = async (filter: Partial<HouseFilter>) => (await board(filter)).rows.map(({ house }) => house)
  const thirteenth = ['113-й микрорайон, дом 2', '113-й микрорайон, дом 10']
  expect(await found({ begins: '113-й микрорайон' })).toEqual(thirteenth)
  expect(await found({ begins: '113 МИКР' })).toEqual(thirteenth)
  expect(await found({ begins: '13-й микрорайон' })).toEqual([])
  expect(await found({ words: 'дом 13' })).toEqual(['ул. Новая, дом 13'])
  const seconds = await found({ words: 'дом 2' })
  expect(seconds.filter((house) => houses.includes(house))).toEqual([
    '14-й микрорайон, дом 2',
    '113-й микрорайон, дом 2',
  ])
  expect(await found({ words: '.*' })).toContain('ул. Новая, дом 13')
})

test('a long town comes page by page, every house once', async () => {
  const houses = Array.from({ length: 230 }, (_, place) => `15-й микрорайон, дом ${place + 1}`)
  for (const house of houses) await makeMeter(await flat(`${house}, кв. 1`))
  const seen: string[] = []
  for (let after: string | undefined = ''; after !== undefined; ) {
    const { rows, next } = await board({ begins: '15-й', after })
    expect(rows.length).toBeLessThanOrEqual(100)
    seen.push(...rows.map(({ house }) => house))
    after = next
  }
  expect(seen).toHaveLength(230)
  expect(new Set(seen)).toEqual(new Set(houses))
})

test('a house names the meters that are missing, flat by flat, and nobody', async () => {
  const house = '16-й микрорайон, дом 3/1'
  const tenth = await flat(`${house}, кв. 10`)
  await makeMeter(tenth, { serial: 'A-1', kind: 'hot_water', place: 'ванная' })
  await makeMeter(tenth, { serial: 'A-2', kind: 'electricity', place: '' }, { '2026-11': ['5'] })
  const second = await flat(`${house}, кв. 2`)
  await makeMeter(second, { serial: 'B-1', verifiedUntil: day('2026-01-01') })
  await makeMeter(await flat(`${house}, кв. 3`), {}, { '2026-11': ['5'] })
  const flats = await flatsOf(staff, house, NOVEMBER, NOW)
  expect(flats).toMatchObject([
    { flat: 'кв. 2', missing: [], expired: [{ title: 'Холодная вода, кухня', serial: 'B-1' }] },
    { flat: 'кв. 10', missing: [{ title: 'Горячая вода, ванная', serial: 'A-1' }], expired: [] },
  ])
  expect(JSON.stringify(flats)).not.toContain('Королёва')
})

test('the months to choose begin with the one whose window has opened', () => {
  const months = boardMonths(NOW, { from: 15, to: 25 })
  expect([months[0], months.length, months.at(-1)]).toEqual(['2026-11', 13, '2025-11'])
  expect(boardMonths(new Date('2026-11-14T23:59:00+03:00'), { from: 15, to: 25 })[0]).toBe('2026-10')
})
