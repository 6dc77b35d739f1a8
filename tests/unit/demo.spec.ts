import { expect, test } from '@playwright/test'
import { demoTown, generate } from '@/db/demo/generate'
import { readingIn, readPeriods } from '@/db/demo/meters'
import { costOf, tariffIn } from '@/db/demo/tariffs'
import { ONE_HOLDER } from '@/db/demo/town'
import { type Line, readLines } from '@/lib/exchange/formats'
import { recognise } from '@/lib/exchange/header'
import { accountsLayout, chargesLayout, type Layout, layouts, metersLayout } from '@/lib/exchange/layouts'
import { FileReading } from '@/lib/exchange/reading'
import { addsUp } from '@/lib/ledger/rules'
import { kopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, period } from '@/lib/units/period'
import { quantity, subtract } from '@/lib/units/quantity'

const now = new Date('2026-11-22T12:00:00Z')
const demo = demoTown(now)
const files = generate(now)

async function readBack<T>(name: string, layout: Layout<T>) {
  const lines: Line[] = []
  const bytes = files.find((file) => file.name === name)?.bytes ?? Buffer.alloc(0)
  for await (const line of readLines(bytes)) lines.push(line)
  const [header, ...rest] = lines
  const recognised = recognise(header?.cells ?? [], layouts)
  if (!recognised) throw new Error('not recognised')
  const reading = new FileReading(layout, recognised, header?.cells.length ?? 0)
  for (const line of rest) reading.take(line)
  return { ...reading.finish(), rowsRead: reading.drain().map(({ row }) => row) }
}

test('there are 26 files, the same for every day of the month, in Moscow time', () => {
  expect(files.map(({ name }) => name).slice(0, 3)).toEqual([
    'accounts.csv',
    'meters.csv',
    'charges-2024-11.csv',
  ])
  expect(files).toHaveLength(26)
  expect(files.at(-1)?.name).toBe('charges-2026-10.csv')
  expect(generate(new Date('2026-11-30T20:59:00Z'))).toEqual(files)
  expect(generate(new Date('2026-11-30T21:00:00Z')).at(-1)?.name).toBe('charges-2026-11.csv')
})

test('what the generator makes, the import reads without a reject or a warning', async () => {
  const clean = { rejects: [], warnings: [], refusal: null }
  expect(await readBack('accounts.csv', accountsLayout)).toMatchObject({ ...clean, rows: 300 })
  expect(await readBack('meters.csv', metersLayout)).toMatchObject(clean)
  for (const one of demo.periods) {
    const found = await readBack(`charges-${one}.csv`, chargesLayout)
    expect(found).toMatchObject(clean)
    const made = demo.charges.filter((charge) => charge.period === one)
    expect(found.rowsRead.map(({ closing }) => closing)).toEqual(made.map(({ closing }) => closing))
  }
})

test('every line adds up and every charge is volume × tariff to the kopeck', () => {
  const wrong = demo.charges.filter(
    (one) => !addsUp(one) || one.charged !== (one.volume === undefined ? 0n : costOf(one.volume, one.tariff)),
  )
  expect(wrong).toEqual([])
  expect(demo.charges.length).toBeGreaterThan(50_000)
})

test('a cost is rounded half up', () => {
  expect(costOf(quantity('6.396'), kopecks(4518n))).toBe(28_897n)
  expect(costOf(quantity('0.5'), kopecks(1n))).toBe(1n)
  expect(costOf(quantity('0.4999999'), kopecks(1n))).toBe(0n)
})

test('prices rise in July', () => {
  expect(tariffIn('cold', period('2026-07'))).toBe(4518n)
  expect(tariffIn('cold', period('2026-06'))).toBeLessThan(4518n)
  expect(tariffIn('cold', period('2027-06'))).toBe(4518n)
  expect(tariffIn('cold', period('2027-07'))).toBe(4961n)
})

test('closing balances are the opening ones of the next month', () => {
  const key = (account: string, service: string, of: string) => `${account} ${service} ${of}`
  const opening = new Map(
    demo.charges.map((one) => [key(one.accountNumber, one.service, one.period), one.opening]),
  )
  const last = demo.periods.at(-1)
  const broken = demo.charges.filter((one) => {
    const next = key(one.accountNumber, one.service, addMonths(one.period, 1))
    return one.period !== last && (opening.get(next) ?? 0n) !== one.closing
  })
  expect(broken).toEqual([])
})

test('heating is charged from October to April only', () => {
  const months = new Set(
    demo.charges
      .filter((one) => one.service === 'heat' && one.charged > 0n)
      .map((one) => one.period.slice(5)),
  )
  expect([...months].toSorted()).toEqual(['01', '02', '03', '04', '10', '11', '12'])
})

test('the water charged for is what went through the meters', () => {
  const charged = new Map(
    demo.charges
      .filter((charge) => charge.service === 'cold')
      .map((charge) => [`${charge.accountNumber} ${charge.period}`, charge.volume]),
  )
  const pairs = demo.town.flatMap(({ household, meters }) => {
    const own = meters.filter((meter) => meter.kind === 'Холодная вода')
    const [meter] = own
    if (!meter || own.length > 1) return []
    return readPeriods(meter)
      .slice(1)
      .map((place) => {
        const [before, after] = [place - 1, place].map(
          (one) => readingIn(meter, demo.periods, one)?.values[0],
        )
        const bill = charged.get(`${household.accountNumber} ${demo.periods[place]}`)
        return { bill, used: after && before && subtract(after, before) }
      })
  })
  expect(pairs.filter(({ bill, used }) => bill !== used)).toEqual([])
  expect(pairs.length).toBeGreaterThan(500)
})

test('the town has what a town has', () => {
  const homes = demo.town.map(({ household }) => household)
  const last = demo.periods.at(-1)
  const closing = demo.charges.filter((one) => one.period === last)
  const balances = homes.map(({ accountNumber }) =>
    sumKopecks(closing.filter((one) => one.accountNumber === accountNumber).map((one) => one.closing)),
  )
  expect(new Set(homes.map(({ accountNumber }) => accountNumber)).size).toBe(300)
  expect(new Set(homes.map(({ address }) => address)).size).toBe(300)
  expect(homes.every(({ accountNumber }) => /^0\d{6}$/.test(accountNumber))).toBe(true)
  expect(homes.filter(({ closedOn }) => closedOn).length).toBeGreaterThan(3)
  expect(homes.filter(({ holder }) => holder === ONE_HOLDER.name)).toHaveLength(2)
  expect(balances.filter((balance) => balance < 0n).length).toBeGreaterThan(10)
  expect(balances.filter((balance) => balance > 1_000_000n).length).toBeGreaterThan(10)
  expect(homes.map(({ holder }) => holder).join()).toMatch(/ оглы.* кызы/s)
})
