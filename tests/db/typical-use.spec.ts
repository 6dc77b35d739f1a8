import { asc, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { typicalUse } from '@/db/schema'
import { reckonTypicalUse } from '@/lib/readings/typical'
import { day } from '@/lib/units/day'
import { toDecimal } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, testAlone } from '../support/database'
import { makeAccount } from '../support/people'

/** averages are of all accounts there are. */
const test = testAlone('typical-use')
test.describe.configure({ mode: 'serial' })

const NOW = new Date('2026-11-22T12:00:00+03:00')

type Meter = Parameters<typeof makeMeter>[1]
/** A flat with one meter, read in September and October. */
async function flat(residents: number | null, from: string[], to: string[], values: Meter = {}) {
  const { id } = await makeAccount({ residents })
  const history = Object.entries({ '2026-09': from, '2026-10': to })
  await makeMeter(id, values, Object.fromEntries(history.filter(([, row]) => row.length > 0)))
  return id
}
const stored = async () =>
  (
    await db()
      .select()
      .from(typicalUse)
      .orderBy(asc(typicalUse.period), asc(typicalUse.kind), asc(typicalUse.residents))
  ).map(({ period, kind, residents, flats, average }) => [period, kind, residents, flats, toDecimal(average)])

test('nine flats are too few, ten tell their average', async () => {
  for (let number = 1; number <= 9; number += 1) await flat(2, ['100'], [String(100 + number)])
  await flat(3, ['100'], ['105'])
  await flat(null, ['100'], ['105'])
  await reckonTypicalUse(NOW)
  expect(await stored()).toEqual([])
  await flat(2, ['100'], ['110'])
  await reckonTypicalUse(NOW)
  expect(await stored()).toEqual([['2026-10', 'cold_water', 2, 10, '5.5']])
})

test('running twice gives the same, and writes nothing', async () => {
  const [before, rows] = [await written(), await stored()]
  await reckonTypicalUse(NOW)
  await reckonTypicalUse(NOW)
  expect(await stored()).toEqual(rows)
  expect(await written()).toEqual(before)
})

test('flats that cannot be compared are left out: a gap, a value that fell, a counter or a meter not read', async () => {
  const rows = await stored()
  await flat(2, ['100'], [])
  await flat(2, [], ['100'])
  await flat(2, ['100'], ['50'])
  await flat(2, ['100'], ['900'], { registers: 2 })
  const twoMeters = await flat(2, ['100'], ['900'])
  await makeMeter(twoMeters, { place: 'ванная' }, { '2026-10': ['5'] })
  await reckonTypicalUse(NOW)
  expect(await stored()).toEqual(rows)
})

test('a flat counts all its meters and counters of a kind, past zero too; meters of other times do not matter', async () => {
  for (let number = 0; number < 10; number += 1) {
    const power = { kind: 'electricity', digitsAfter: 0, registers: 2 } as const
    const id = await flat(4, ['99990', '10'], ['5', '15'], power)
    await db().execute(sql`update readings set rolled_over = true where account_id = ${id} and value = 5`)
    await makeMeter(id, { ...power, registers: 1 }, { '2026-09': ['7'], '2026-10': ['17'] })
    await makeMeter(id, { ...power, removedOn: day('2026-09-30') }, {})
    await makeMeter(id, { ...power, installedOn: day('2026-11-01') }, {})
  }
  await reckonTypicalUse(NOW)
  expect(await stored()).toContainEqual(['2026-10', 'electricity', 4, 10, '30'])
})

test('of many flats the outermost twentieth at each end does not count', async () => {
  for (let number = 0; number < 18; number += 1) await flat(5, ['100'], ['104'])
  await flat(5, ['100'], ['100'])
  await flat(5, ['100'], ['9000'])
  await reckonTypicalUse(NOW)
  expect(await stored()).toContainEqual(['2026-10', 'cold_water', 5, 18, '4'])
})

test('a superseded value does not count, and what too few flats stand for is taken away', async () => {
  await db().execute(sql`update readings set superseded_at = now() where account_id in
    (select account_id from readings join accounts a on a.id = account_id where residents = 2 limit 4)`)
  await reckonTypicalUse(NOW)
  expect((await stored()).filter(([, , residents]) => residents === 2)).toEqual([])
})

/** The transactions that last wrote each row. */
async function written() {
  return (await db().execute(sql`select residents, xmin::text from typical_use order by 1`)).rows
}
