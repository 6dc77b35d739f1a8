import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { normOf } from '@/lib/ledger/norm'
import { priceWords } from '@/lib/ledger/outlook-words'
import { type Listed, type PricedLine, unitPrice } from '@/lib/ledger/unit-price'
import { day } from '@/lib/units/day'
import { kopecks, ZERO } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { costAt, costOf } from '@/lib/units/price'
import { divide, multiply, quantity } from '@/lib/units/quantity'
import { makeLine } from '../support/lines'

const OCTOBER = period('2026-10')
const NOVEMBER = period('2026-11')
const cold = { kind: 'cold_water', unit: 'м³' } as const
const hot = { kind: 'hot_water', unit: 'м³' } as const
const power = { kind: 'electricity', unit: 'кВт·ч' } as const

let ids = 0
const line = (service: string, tariff: string | null, more: Partial<PricedLine> = {}) =>
  makeLine({
    serviceId: ++ids,
    service,
    unit: 'куб.м',
    tariff: tariff === null ? null : quantity(tariff),
    charged: kopecks(1n),
    ...more,
  })
const listed = (of: PricedLine, from: string, price: string, more: Partial<Listed> = {}): Listed => ({
  serviceId: of.serviceId,
  service: of.service,
  validFrom: day(from),
  unit: of.unit,
  price: quantity(price),
  norm: null,
  normPer: null,
  ...more,
})
const known = (lines: PricedLine[], list: Listed[] = []) => ({
  bill: { period: OCTOBER, lines },
  listed: list,
})
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('a cubic metre of cold water is paid with its drain, and of nothing else on the bill', () => {
  const lines = [
    line('Холодное водоснабжение', '43.21'),
    line('Водоотведение', '30.1'),
    line('Горячее водоснабжение', '178.44'),
    line('КР на СОИ: холодное водоснабжение', '43.21'),
    line('Повышающий коэффициент: холодное водоснабжение', '43.21'),
    line('Содержание жилого помещения', '21.9', { unit: 'кв.м' }),
  ]
  const price = unitPrice(cold, 1, known(lines), NOVEMBER)
  expect(price).toEqual([
    { service: 'Холодное водоснабжение', tariff: '43.21', per: '1' },
    { service: 'Водоотведение', tariff: '30.1', per: '1' },
  ])
  expect(plain(priceWords(price ?? [], 'м³'))).toBe(
    '73,31 ₽ за м³: холодное водоснабжение 43,21 ₽, водоотведение 30,10 ₽',
  )
  expect(costAt(quantity('6.396'), price ?? [])).toBe(27_637n + 19_252n)
})

test('hot water of two components: the carrier and its heat, by the volumes of the last bill', () => {
  const carrier = line('ГВС (носитель)', '45.18', { volume: quantity('6.4') })
  const heat = line('ГВС (тепловая энергия)', '2500.12', { unit: 'Гкал', volume: quantity('0.40384') })
  const price = unitPrice(hot, 1, known([carrier, heat]), NOVEMBER)
  expect(price).toEqual([
    { service: 'ГВС (носитель)', tariff: '45.18', per: '1' },
    { service: 'ГВС (тепловая энергия)', tariff: '2500.12', per: '0.0631' },
  ])
  expect(plain(priceWords(price ?? [], 'м³'))).toBe(
    '202,94 ₽ за м³: ГВС (носитель) 45,18 ₽, ГВС (тепловая энергия) 0,0631 Гкал × 2 500,12 ₽',
  )
})

test('heat of hot water by the norms where the bill has no volumes; without either nothing is known', () => {
  const carrier = line('ГВС (носитель)', '45.18')
  const heat = line('ГВС (тепловая энергия)', '2500', { unit: 'Гкал' })
  const of = (heatNorm: Partial<Listed>) =>
    unitPrice(
      hot,
      1,
      known(
        [carrier, heat],
        [
          listed(carrier, '2026-07-01', '45.18', { norm: quantity('3'), normPer: 'person' }),
          listed(heat, '2026-07-01', '2500', heatNorm),
        ],
      ),
      NOVEMBER,
    )?.[1]?.per
  expect(of({ norm: quantity('0.18'), normPer: 'person' })).toBe('0.06')
  expect(of({ norm: quantity('0.0631') })).toBe('0.0631')
  expect(of({ norm: quantity('0.02'), normPer: 'area' })).toBeUndefined()
  expect(of({})).toBeUndefined()
  expect(unitPrice(hot, 1, known([carrier, heat]), NOVEMBER)).toBeUndefined()
})

test('day and night have prices of their own; one tariff is for every counter', () => {
  const kWh = { unit: 'кВт·ч' }
  const zones = [line('Электроснабжение (день)', '5.12', kWh), line('Электроснабжение (ночь)', '2.68', kWh)]
  expect(unitPrice(power, 1, known(zones), NOVEMBER)?.map(({ tariff }) => tariff)).toEqual(['5.12'])
  expect(unitPrice(power, 2, known(zones), NOVEMBER)?.map(({ tariff }) => tariff)).toEqual(['2.68'])
  const one = [line('Электроснабжение', '4.62', kWh)]
  for (const register of [1, 2])
    expect(unitPrice(power, register, known(one), NOVEMBER)?.map(({ tariff }) => tariff)).toEqual(['4.62'])
})

test('a tariff of the list counts where the bill names none, or went by the list and the list has changed', () => {
  const water = line('Холодное водоснабжение', '41.15')
  const list = [listed(water, '2026-07-01', '41.15'), listed(water, '2026-11-01', '45.18')]
  const tariffOf = (of: PricedLine, month = NOVEMBER) =>
    unitPrice(cold, 1, known([of], list), month)?.[0]?.tariff
  expect(tariffOf(water)).toBe('45.18')
  expect(tariffOf(water, OCTOBER)).toBe('41.15')
  expect(tariffOf({ ...water, tariff: null })).toBe('45.18')
  // Billing gave this account a tariff of its own: the list says nothing of it.
  expect(tariffOf({ ...water, tariff: quantity('28.8') })).toBe('28.8')
})

test('a price of which a part is not known is not known', () => {
  const water = line('Холодное водоснабжение', '43.21')
  const drain = line('Водоотведение', null)
  expect(unitPrice(cold, 1, known([water, drain]), NOVEMBER)).toBeUndefined()
  expect(
    unitPrice(cold, 1, known([water, line('Водоотведение', '30', { unit: 'чел.' })]), NOVEMBER),
  ).toBeUndefined()
  expect(unitPrice(cold, 1, { bill: undefined, listed: [] }, NOVEMBER)).toBeUndefined()
  // A service of which only an old debt is left.
  const old = line('Водоотведение', null, { charged: ZERO })
  expect(unitPrice(cold, 1, known([water, old]), NOVEMBER)).toHaveLength(1)
})

const norms: [string, Parameters<typeof normOf>[3], string | undefined][] = [
  ['two people', { residents: 2, area: null }, '8.6'],
  ['nobody: the owner counts', { residents: 0, area: null }, '4.3'],
  ['nobody knows how many', { residents: null, area: quantity('50') }, undefined],
]
for (const [who, dwelling, volume] of norms) {
  test(`the norm of cold water: ${who}`, () => {
    const water = line('Холодное водоснабжение', '45.18')
    const list = [listed(water, '2026-07-01', '45.18', { norm: quantity('4.3'), normPer: 'person' })]
    const found = normOf(cold, known([water, line('Водоотведение', '31.76')], list), NOVEMBER, dwelling)
    expect(found?.volume).toBe(volume === undefined ? undefined : quantity(volume))
    if (volume)
      expect(found?.cost).toBe(
        costOf(quantity(volume), quantity('45.18')) + costOf(quantity(volume), quantity('31.76')),
      )
  })
}

test('the norm the last bill took goes before the list', () => {
  const water = line('Холодное водоснабжение', '45.18', {
    basis: 'norm',
    norm: quantity('6.8'),
    basisCount: quantity('2'),
  })
  const list = [listed(water, '2026-07-01', '45.18', { norm: quantity('4.3'), normPer: 'person' })]
  expect(normOf(cold, known([water], list), NOVEMBER, { residents: 5, area: null })).toEqual({
    each: quantity('6.8'),
    count: quantity('2'),
    per: 'person',
    volume: quantity('13.6'),
    cost: 61_445n,
  })
})

test('a two-tariff meter goes by the one tariff of the day when reckoned by the norm', () => {
  const kWh = { unit: 'кВт·ч' }
  const zones = [line('Электроснабжение (день)', '5.12', kWh), line('Электроснабжение (ночь)', '2.68', kWh)]
  const whole = line('Электроснабжение', '4.62', kWh)
  const list = [listed(whole, '2026-07-01', '4.62', { norm: quantity('90'), normPer: 'person' })]
  expect(normOf(power, known(zones, list), NOVEMBER, { residents: 2, area: null })).toMatchObject({
    volume: quantity('180'),
    cost: 83_160n,
  })
  // Water has no such stand-in: without its drain the sum would be too low.
  const water = line('Холодное водоснабжение', '45.18')
  const norm = [listed(water, '2026-07-01', '45.18', { norm: quantity('4.3'), normPer: 'person' })]
  expect(normOf(cold, known([], norm), NOVEMBER, { residents: 2, area: null })?.cost).toBeUndefined()
})

const amount = fc
  .integer({ min: 0, max: 99_999_999 })
  .map((milli) => quantity(`${(milli - (milli % 1000)) / 1000}.${String(milli % 1000).padStart(3, '0')}`))

test('money is exact: every service to the kopeck, never off by more than half of one', () => {
  fc.assert(
    fc.property(amount, fc.array(fc.tuple(amount, amount), { maxLength: 4 }), (used, parts) => {
      const price = parts.map(([tariff, per], place) => ({
        service: String(place),
        tariff: `${tariff / 10_000_000n}.${(tariff % 10_000_000n).toString().padStart(7, '0')}`,
        per: `${per / 10_000_000n}.${(per % 10_000_000n).toString().padStart(7, '0')}`,
      }))
      const cost = costAt(used, price)
      // In 10⁻¹⁹ of a kopeck, exactly.
      const exact = parts.reduce((sum, [tariff, per]) => sum + used * tariff * per, 0n)
      const apart = cost * 10n ** 19n - exact
      expect(apart <= 5n * 10n ** 18n * BigInt(parts.length)).toBe(true)
      expect(apart >= -5n * 10n ** 18n * BigInt(parts.length)).toBe(true)
    }),
  )
})

test('more used never costs less', () => {
  fc.assert(
    fc.property(amount, amount, amount, (a, b, tariff) => {
      const price = [
        {
          service: 'x',
          tariff: `${tariff / 10_000_000n}.${(tariff % 10_000_000n).toString().padStart(7, '0')}`,
          per: '1',
        },
      ]
      const [less, more] = a < b ? [a, b] : [b, a]
      expect(costAt(less, price) <= costAt(more, price)).toBe(true)
    }),
  )
})

test('dividing undoes multiplying', () => {
  const factor = fc.integer({ min: 1, max: 9_999 }).map((n) => quantity(String(n)))
  fc.assert(fc.property(factor, factor, (a, b) => expect(divide(multiply(a, b), b)).toBe(a)))
  expect(divide(quantity('1'), quantity('3'))).toBe(quantity('0.3333333'))
  expect(multiply(quantity('0.0000001'), quantity('0.5'))).toBe(quantity('0.0000001'))
})
