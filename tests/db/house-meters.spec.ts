import { asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, auditLog, houseReadings } from '@/db/schema'
import { addHouseMeter, closeHouseMeter, enterHouseReading } from '@/lib/readings/house-commands'
import { correctedHouseReadings, houseMeter, houseMetersFor, houseMetersOf } from '@/lib/readings/house-pages'
import { addHouseMeterForm, closeHouseMeterForm, houseReadingForm } from '@/lib/readings/house-schema'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')
let houses = 0

async function makeHouse() {
  const house = `1-й микрорайон, дом ${++houses}А`
  const account = await makeAccount({ address: `${house}, кв. 3` })
  const staff = await makeStaff()
  const form = {
    ...{ house, kind: 'cold_water', serial: `ОД-${houses}`, place: 'подвал', digitsBefore: '5' },
    ...{ digitsAfter: '1', installedOn: '2024-01-15' },
  }
  const made = await addHouseMeter(staff, addHouseMeterForm.parse(form), NOW)
  if (made.status !== 'ok') throw new Error(JSON.stringify(made))
  return { house, account, staff, form, id: made.value.id }
}
type House = Awaited<ReturnType<typeof makeHouse>>

const enter = ({ staff, id }: House, value: string, takenOn: string, turned = '') =>
  enterHouseReading(staff, houseReadingForm.parse({ meter: String(id), value, takenOn, turned }), NOW)
const stored = ({ id }: House) =>
  db()
    .select()
    .from(houseReadings)
    .where(eq(houseReadings.houseMeterId, id))
    .orderBy(asc(houseReadings.period), asc(houseReadings.version))

test('a house’s meter is added once, only where there is a house', async () => {
  const of = await makeHouse()
  expect(await addHouseMeter(of.staff, addHouseMeterForm.parse(of.form), NOW)).toEqual({
    status: 'ok',
    value: { id: of.id },
  })
  const nowhere = addHouseMeterForm.parse({ ...of.form, house: 'Луна, дом 1' })
  expect(await addHouseMeter(of.staff, nowhere, NOW)).toMatchObject({
    errors: { house: expect.any(String) },
  })
  const [account] = await db().select().from(accounts).where(eq(accounts.id, of.account.id))
  expect(account?.house).toBe(of.house)
})

test('a month’s value is one record; another supersedes it and stays in the history', async () => {
  const of = await makeHouse()
  expect(await enter(of, '100,5', '2026-10-25')).toMatchObject({ status: 'ok' })
  expect(await enter(of, '00100.5', '2026-10-25')).toMatchObject({ status: 'ok' })
  expect(await stored(of)).toHaveLength(1)
  expect(await enter(of, '101', '2026-10-26')).toMatchObject({ status: 'ok' })
  expect(await stored(of)).toMatchObject([
    { version: 1, supersededAt: NOW },
    { version: 2, supersededAt: null, takenOn: '2026-10-26', actorId: of.staff.userId },
  ])
  expect(await correctedHouseReadings(of.staff, of.id)).toMatchObject([{ by: of.staff.login }])
  const acts = await db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.subjectId, String(of.id)))
  expect(acts.filter(({ subjectKind }) => subjectKind === 'house-meter').map(({ action }) => action)).toEqual(
    ['house-meter.added', 'house-readings.entered', 'house-readings.entered'],
  )
  await Promise.all(Array.from({ length: 8 }, () => enter(of, '110', '2026-11-20')))
  expect(await stored(of)).toHaveLength(3)
})

test('what the dial cannot show, and what the neighbouring months contradict, is refused at the field', async () => {
  const of = await makeHouse()
  await enter(of, '99990', '2026-09-25')
  for (const [value, takenOn, field] of [
    ['1e3', '2026-10-25', 'value'],
    ['1,25', '2026-10-25', 'value'],
    ['50000', '2026-10-25', 'value'],
    ['99995', '2026-11-23', 'takenOn'],
    ['99995', '2023-11-23', 'takenOn'],
  ] as const)
    expect(await enter(of, value, takenOn)).toMatchObject({ errors: { [field]: expect.any(String) } })
  expect(await enter(of, '3', '2026-10-25')).toMatchObject({ errors: { turned: expect.any(String) } })
  expect(await enter(of, '3', '2026-10-25', '3')).toMatchObject({ status: 'ok' })
  expect(await houseMeter(of.staff, of.id)).toMatchObject({
    months: [
      { dial: '00003,0', used: '13' },
      { dial: '99990,0', used: undefined },
    ],
  })
  await enter(of, '10', '2026-11-20')
  expect(await enter(of, '20', '2026-10-25', '20')).toMatchObject({
    errors: { value: expect.stringMatching(/Больше, чем за/) },
  })
})

test('residents of the house see its meters; others, and of a removed one, nobody', async () => {
  const [of, other] = [await makeHouse(), await makeHouse()]
  await enter(of, '100', '2026-10-25')
  await enter(of, '340,5', '2026-11-20')
  const resident = await makeSubscriber([of.account.id])
  expect(await houseMetersFor(resident, [of.account.id])).toMatchObject([
    { id: of.id, title: 'Холодная вода, подвал', months: [{ dial: '00340,5', used: '240,5' }, {}] },
  ])
  expect(await houseMetersFor(resident, [other.account.id])).toEqual([])
  const close = closeHouseMeterForm.parse({ meter: String(of.id), removedOn: '2026-11-21' })
  expect(await closeHouseMeter(of.staff, close, NOW)).toMatchObject({ status: 'ok' })
  expect(await closeHouseMeter(of.staff, close, NOW)).toMatchObject({ status: 'ok' })
  expect(await houseMetersFor(resident, [of.account.id])).toEqual([])
  expect(await houseMetersOf(of.staff, of.house, NOW)).toMatchObject([{ removedOn: '2026-11-21' }])
})
