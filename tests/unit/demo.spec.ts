import { expect, test } from '@playwright/test'
import { demoTown, generate } from '@/db/demo/generate'
import { type DemoMeter, readingIn, readPeriods } from '@/db/demo/meters'
import { demoRequisites } from '@/db/demo/requisites'
import { costOf, isHeated, normOf, proportion, serviceCodes, services, tariffIn } from '@/db/demo/tariffs'
import { AWAY, ONE_HOLDER } from '@/db/demo/town'
import { bufferSource } from '@/lib/exchange/files/source'
import { ownProfile } from '@/lib/exchange/profiles/own'
import { readFile } from '@/lib/exchange/reading'
import type { Row } from '@/lib/exchange/row-schema'
import type { ImportKind } from '@/lib/exchange/schema'
import { penaltyFor } from '@/lib/ledger/penalty'
import { addsUp } from '@/lib/ledger/rules'
import { settingsSchema } from '@/lib/settings/schema'
import { kopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, period } from '@/lib/units/period'
import { quantity, subtract } from '@/lib/units/quantity'
import { checkRequisites } from '@/lib/units/requisites'

const now = new Date('2026-11-22T12:00:00Z')
const demo = demoTown(now)
const files = generate(now)
const newest = demo.periods.at(-1) ?? period('2026-10')

async function readBack(name: string, kind: ImportKind) {
  const bytes = files.find((file) => file.name === name)?.bytes ?? Buffer.alloc(0)
  const batches = readFile(bufferSource(bytes), ownProfile(kind))
  const rows: Row[] = []
  let rejected = 0
  for (let next = await batches.next(); ; next = await batches.next()) {
    if (next.done) return { ...next.value, rejected, read: rows }
    rows.push(...next.value.accepted.map(({ row }) => row))
    rejected += next.value.rejected.length
  }
}

test('there are 28 files, the same for every day of the month, in Moscow time', () => {
  const names = files.map(({ name }) => name)
  expect(names.slice(0, 4)).toEqual(['accounts.csv', 'meters.csv', 'tariffs.csv', 'charges-2024-11.csv'])
  expect(names.slice(-2)).toEqual(['charges-2026-10.csv', 'payments-register.csv'])
  expect(files).toHaveLength(28)
  expect(generate(new Date('2026-11-30T20:59:00Z'))).toEqual(files)
  expect(generate(new Date('2026-11-30T21:00:00Z')).at(-2)?.name).toBe('charges-2026-11.csv')
})

test('what the generator makes, the import reads without a reject or a warning', async () => {
  const clean = { rejected: 0, warnings: [], refusal: null }
  expect(await readBack('accounts.csv', 'accounts')).toMatchObject({ ...clean, rows: 300 })
  expect(await readBack('meters.csv', 'meters')).toMatchObject(clean)
  expect(await readBack('tariffs.csv', 'tariffs')).toMatchObject(clean)
  expect(await readBack('payments-register.csv', 'payments')).toMatchObject({
    ...clean,
    rows: demo.payments.length,
  })
  for (const one of demo.periods) {
    const found = await readBack(`charges-${one}.csv`, 'charges')
    expect(found).toMatchObject(clean)
    const made = demo.charges.filter((charge) => charge.period === one)
    expect(found.read).toMatchObject(
      made.map(({ closing, late }) => ({ closing, penaltyDays: late?.days ?? null })),
    )
  }
})

test('every line adds up and every charge is volume × tariff to the kopeck', () => {
  const wrong = demo.charges.filter(
    (one) =>
      !addsUp(one) || one.charged !== (one.use === undefined ? 0n : costOf(one.use.volume, one.tariff)),
  )
  expect(wrong).toEqual([])
  expect(demo.charges.length).toBeGreaterThan(50_000)
})

test('a volume is what its basis says: norm × count, square metres, people', () => {
  const wrong = demo.charges.filter(({ service, use }) => {
    if (!use || use.basis === undefined || use.basis === 'счётчик' || use.basis === 'среднее')
      return use?.norm
    if (use.basis !== 'норматив') return use.norm !== undefined || use.volume !== use.count
    if (use.norm === undefined || use.count === undefined || use.norm !== normOf(service)?.value) return true
    const [part, whole] = use.from ? ([27n, 31n] as const) : ([1n, 1n] as const)
    return use.volume !== proportion(use.norm, use.count * part, 10_000_000n * whole, 5)
  })
  expect(wrong).toEqual([])
  const bases = new Set(demo.charges.map(({ use }) => use?.basis))
  for (const basis of ['счётчик', 'норматив', 'среднее', 'площадь', 'люди'] as const)
    expect(bases).toContain(basis)
})

test('a penalty is what the formula gives for its debt, days and rate', () => {
  const penalties = demo.charges.filter(({ penalty }) => penalty !== 0n)
  const wrong = penalties.filter(
    ({ late, penalty }) => !late || penaltyFor(late.debt, late.days, late.rate) !== penalty,
  )
  expect(wrong).toEqual([])
  expect(penalties.length).toBeGreaterThan(500)
  expect(penalties.every(({ late }) => (late?.days ?? 0) > 30 && (late?.days ?? 0) < 60)).toBe(true)
})

test('every price that was charged stands in the list of tariffs', async () => {
  const { read } = await readBack('tariffs.csv', 'tariffs')
  expect(read).toContainEqual(
    expect.objectContaining({
      service: 'Отопление',
      validFrom: '2026-07-01',
      price: quantity('1946.2'),
      normPer: 'area',
    }),
  )
  expect(read).toHaveLength((serviceCodes.length - 1) * 3)
  expect(read.some((row) => 'price' in row && row.service === services.penalty.name)).toBe(false)
})

test('payments of the newest month agree with its bills; those after it are of the next day or two', () => {
  const paid = new Map<string, bigint>()
  for (const one of demo.charges) {
    if (one.period === newest) paid.set(one.accountNumber, (paid.get(one.accountNumber) ?? 0n) + one.paid)
  }
  const [billed, late] = [
    demo.payments.filter(({ paidOn }) => paidOn.startsWith(newest)),
    demo.payments.filter(({ paidOn }) => paidOn.startsWith(addMonths(newest, 1))),
  ]
  expect(billed.filter((one) => one.amount !== paid.get(one.accountNumber))).toEqual([])
  expect(billed.length).toBeGreaterThan(50)
  expect(late.map(({ accountNumber }) => accountNumber)).toContain(ONE_HOLDER.first)
  expect(new Set(late.map(({ paidOn }) => paidOn))).toEqual(new Set(['2026-11-02']))
  expect(new Set(demo.payments.map(({ document }) => document)).size).toBe(demo.payments.length)
})

test('three accounts have a story in the newest bill', () => {
  const lineOf = (account: string, service: string) =>
    demo.charges.find(
      (one) => one.period === newest && one.accountNumber === account && one.service === service,
    )
  expect(lineOf(ONE_HOLDER.first, 'heat')).toMatchObject({
    use: { from: '2026-10-05', count: quantity('54.3') },
  })
  expect(lineOf(ONE_HOLDER.first, 'penalty')?.late?.debt).toBeGreaterThan(0n)
  expect(lineOf(ONE_HOLDER.second, 'cold')?.use?.basis).toBe('среднее')
  expect(lineOf(AWAY, 'cold')?.use).toMatchObject({
    basis: 'норматив',
    norm: quantity('4.3'),
    count: quantity('2'),
  })
  const waste = lineOf(AWAY, 'waste')
  expect(waste?.recalculated).toBe(-(waste?.charged ?? 0n) / 2n)
})

test('the requisites are made up, and their key and check digits are right', () => {
  expect(settingsSchema.parse({ requisites: demoRequisites }).requisites).toEqual(demoRequisites)
  expect(checkRequisites(demoRequisites)).toEqual({})
  expect(`${demoRequisites.name} ${demoRequisites.bankName}`).toMatch(/вымышл.*вымышл/s)
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

test('heating is charged from 5 October to April only', () => {
  const heated = demo.charges.filter(({ service, use }) => service === 'heat' && use)
  expect(heated.filter((one) => !isHeated(one.period))).toEqual([])
  expect(
    heated.filter(({ use, period: of }) => use?.from !== (of.endsWith('-10') ? `${of}-05` : undefined)),
  ).toEqual([])
  const months = new Set(heated.map((one) => one.period.slice(5)))
  expect([...months].toSorted()).toEqual(['01', '02', '03', '04', '10', '11', '12'])
})

test('the water charged for is what went through the meters', () => {
  const charged = new Map(
    demo.charges
      .filter((charge) => charge.service === 'cold')
      .map((charge) => [`${charge.accountNumber} ${charge.period}`, charge.use]),
  )
  const pairs = demo.town.flatMap(({ household, meters }) => {
    const own = meters.filter((meter) => meter.kind === 'Холодная вода')
    const [meter] = own
    if (!meter || own.length > 1) return []
    return readPeriods(meter)
      .slice(1)
      .filter((place) => isVerified(meter, place))
      .map((place) => {
        const [before, after] = [place - 1, place].map(
          (one) => readingIn(meter, demo.periods, one)?.values[0],
        )
        const bill = charged.get(`${household.accountNumber} ${demo.periods[place]}`)
        return { bill, used: after && before && subtract(after, before) }
      })
  })
  expect(pairs.filter(({ bill, used }) => bill?.volume !== used || bill?.basis !== 'счётчик')).toEqual([])
  expect(pairs.length).toBeGreaterThan(500)
})

/** After its verification a meter is not charged by. */
function isVerified(meter: DemoMeter, place: number): boolean {
  return (demo.periods[place] ?? '') <= meter.verifiedUntil.slice(0, 7)
}

test('without readings, or once the verification is over: three months by the average, then by the norm', () => {
  const letters = { счётчик: 'm', среднее: 'a', норматив: 'n' } as const
  const found = new Map<string, string>()
  for (const { accountNumber, service, period: of, use } of demo.charges)
    if (service === 'hot' && use?.basis && use.basis in letters)
      found.set(`${accountNumber} ${of}`, letters[use.basis as keyof typeof letters])
  const runs = demo.town.map(({ household }) =>
    demo.periods.map((of) => found.get(`${household.accountNumber} ${of}`) ?? '-').join(''),
  )
  expect(runs.filter((run) => !/^-*(n*|m+a{0,3}|m+a{3}n+)-*$/.test(run))).toEqual([])
  expect(runs.some((run) => /ma{3}n/.test(run))).toBe(true)
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
