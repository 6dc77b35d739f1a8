import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { compareMonths } from '@/lib/ledger/compare'
import { explain, splitCharge } from '@/lib/ledger/explain'
import { accrued, type Line } from '@/lib/ledger/rules'
import { causeOf, signed } from '@/lib/ledger/words'
import { day } from '@/lib/units/day'
import { kopecks, sumKopecks } from '@/lib/units/money'
import { costOf } from '@/lib/units/price'
import { type MeterValue, quantity } from '@/lib/units/quantity'
import { makeLine } from '../support/lines'

const at = (volume: string, tariff: string, more: Partial<Line> = {}): Line =>
  makeLine({
    volume: quantity(volume),
    tariff: quantity(tariff),
    charged: costOf(quantity(volume), quantity(tariff)),
    ...more,
  })
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ')

const cases: [string, Line | undefined, Line | undefined, [string, string][]][] = [
  [
    'heating begins',
    makeLine({ service: 'Отопление', charged: kopecks(31_240n), chargedFrom: day('2026-10-05') }),
    undefined,
    [['+312,40 ₽', 'отопление, началось 5 октября']],
  ],
  [
    'heating begins on a row that was empty',
    makeLine({ service: 'Отопление', charged: kopecks(100n) }),
    makeLine({ service: 'Отопление' }),
    [['+1,00 ₽', 'отопление, в прошлом месяце не начислялось']],
  ],
  [
    'a service ends',
    undefined,
    makeLine({ service: 'Наём', charged: kopecks(70n) }),
    [['−0,70 ₽', 'наём, в этом месяце не начислялось']],
  ],
  [
    'less used',
    at('5.196', '45.18', { basis: 'meter' }),
    at('6.396', '45.18', { basis: 'meter' }),
    [['−54,21 ₽', 'холодное водоснабжение, израсходовали на 1,2 м³ меньше']],
  ],
  [
    'the tariff rose',
    at('6.396', '45.18', { basis: 'meter' }),
    at('6.396', '41.15', { basis: 'meter' }),
    [['+25,77 ₽', 'холодное водоснабжение, тариф вырос с 41,15 до 45,18 ₽']],
  ],
  [
    'more used at a higher tariff',
    at('7', '50'),
    at('6', '40'),
    [
      ['+40,00 ₽', 'холодное водоснабжение, израсходовали на 1 м³ больше'],
      ['+70,00 ₽', 'холодное водоснабжение, тариф вырос с 40,00 до 50,00 ₽'],
    ],
  ],
  [
    'one more person, by the norm',
    at('12.9', '45.18', { basis: 'norm', norm: quantity('4.3'), basisCount: quantity('3') }),
    at('8.6', '45.18', { basis: 'norm', norm: quantity('4.3'), basisCount: quantity('2') }),
    [['+194,27 ₽', 'холодное водоснабжение, стало на человека больше']],
  ],
  [
    'two people fewer, by people',
    at('1', '112.74', { service: 'Обращение с ТКО', unit: 'чел.', basis: 'people' }),
    at('3', '112.74', { service: 'Обращение с ТКО', unit: 'чел.', basis: 'people' }),
    [['−225,48 ₽', 'обращение с ТКО, стало на 2 человека меньше']],
  ],
  [
    'a larger area',
    at('56.3', '21.9', { service: 'Содержание', unit: 'кв.м', basis: 'area' }),
    at('54.3', '21.9', { service: 'Содержание', unit: 'кв.м', basis: 'area' }),
    [['+43,80 ₽', 'содержание, площадь стала на 2 м² больше']],
  ],
  [
    'a higher norm',
    at('9', '10', { basis: 'norm', norm: quantity('4.5'), basisCount: quantity('2') }),
    at('8', '10', { basis: 'norm', norm: quantity('4'), basisCount: quantity('2') }),
    [['+10,00 ₽', 'холодное водоснабжение, норматив вырос с 4 до 4,5 м³']],
  ],
  [
    'by the norm after the meter',
    at('8.6', '10', { basis: 'norm' }),
    at('3', '10', { basis: 'meter' }),
    [['+56,00 ₽', 'холодное водоснабжение, раньше считали по счётчику, теперь по нормативу']],
  ],
  [
    'a whole month after a part of one',
    at('1.3', '2000', { service: 'Отопление', unit: 'Гкал' }),
    at('1.1', '2000', { service: 'Отопление', unit: 'Гкал', chargedFrom: day('2026-10-05') }),
    [['+400,00 ₽', 'отопление, прошлый месяц считали только с 5 октября, этот целиком']],
  ],
  [
    'a meter that used nothing before is no new service',
    at('2', '10', { basis: 'meter' }),
    at('0', '10', { basis: 'meter' }),
    [['+20,00 ₽', 'холодное водоснабжение, израсходовали на 2 м³ больше']],
  ],
  [
    'recalculation, benefit and penalty',
    makeLine({ recalculated: kopecks(-1n), benefit: kopecks(20n), penalty: kopecks(300n) }),
    makeLine(),
    [
      ['−0,01 ₽', 'холодное водоснабжение, перерасчёт'],
      ['+3,00 ₽', 'холодное водоснабжение, пени'],
      ['−0,20 ₽', 'холодное водоснабжение, льгота'],
    ],
  ],
  [
    'what was there last month is gone',
    makeLine(),
    makeLine({ recalculated: kopecks(-1n), benefit: kopecks(20n), penalty: kopecks(300n) }),
    [
      ['+0,01 ₽', 'холодное водоснабжение, в прошлом месяце был перерасчёт'],
      ['−3,00 ₽', 'холодное водоснабжение, пени в этом месяце не начислены'],
      ['+0,20 ₽', 'холодное водоснабжение, льготы в этом месяце нет'],
    ],
  ],
  [
    'the penalty of a row of its own is named once',
    makeLine({ service: 'Пени', penalty: kopecks(300n) }),
    makeLine({ service: 'Пени', penalty: kopecks(100n) }),
    [['+2,00 ₽', 'пени больше, чем в прошлом месяце']],
  ],
  [
    'billing charged otherwise than volume × tariff',
    at('6', '10', { charged: kopecks(9_000n) }),
    at('6', '10'),
    [['+30,00 ₽', 'холодное водоснабжение, объёмом и тарифом не объясняется']],
  ],
  [
    'billing gave no volumes',
    makeLine({ charged: kopecks(200n) }),
    makeLine({ charged: kopecks(100n), volume: quantity('1') }),
    [['+1,00 ₽', 'холодное водоснабжение, начислено больше, чем в прошлом месяце']],
  ],
  ['the same month again', at('6', '10'), at('6', '10'), []],
]
for (const [name, now, before, expected] of cases) {
  test(`a difference in words: ${name}`, () => {
    const service = (now ?? before)?.service ?? ''
    const told = explain(now, before).map(({ amount, words }) => [
      plain(signed(amount)),
      plain(causeOf(service, words)),
    ])
    expect(told).toEqual(expected)
  })
}

const amount = fc.bigInt(-(10n ** 9n), 10n ** 9n).map(kopecks)
const decimal = fc.bigInt(0n, 10n ** 13n).map((value) => value as MeterValue)
const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const anyLine = fc
  .record({
    unit: fc.constantFrom('м³', 'Гкал', 'чел.', ''),
    volume: some(decimal),
    tariff: some(decimal),
    basis: some(fc.constantFrom('meter', 'norm', 'average', 'area', 'people')),
    norm: some(decimal),
    basisCount: some(decimal),
    chargedFrom: some(fc.constant(day('2026-10-05'))),
    charged: amount,
    recalculated: amount,
    benefit: amount,
    penalty: amount,
  })
  .map((of) => makeLine(of))

test('the parts of a difference add up to it, whatever billing stated', () => {
  const sum = (parts: readonly { amount: bigint }[]) => parts.reduce((total, part) => total + part.amount, 0n)
  fc.assert(
    fc.property(
      fc.option(anyLine, { nil: undefined }),
      fc.option(anyLine, { nil: undefined }),
      (now, before) => {
        const difference = (now ? accrued(now) : 0n) - (before ? accrued(before) : 0n)
        const parts = explain(now, before)
        expect(sum(parts)).toBe(difference)
        expect(parts.every((part) => part.amount !== 0n && part.words !== '')).toBe(true)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('a charge that is volume × tariff splits into these two alone, to the kopeck', () => {
  const priced = fc.record({ volume: decimal, tariff: decimal })
  fc.assert(
    fc.property(priced, priced, (to, from) => {
      const cost = (of: typeof to) => ({ ...of, unit: 'м³', charged: costOf(of.volume, of.tariff) })
      const { volume, tariff, otherwise } = splitCharge(cost(to), cost(from))
      expect(otherwise).toBe(0n)
      expect(volume + tariff).toBe(cost(to).charged - cost(from).charged)
      if (to.tariff === from.tariff) expect(tariff).toBe(0n)
      if (to.volume === from.volume) expect(volume).toBe(0n)
    }),
  )
})

test('the causes of all services add up to the difference of the months', () => {
  const bill = fc
    .uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 })
    .chain((ids) => fc.tuple(...ids.map((serviceId) => anyLine.map((line) => ({ ...line, serviceId })))))
  fc.assert(
    fc.property(bill, bill, (now, before) => {
      const { rows, gone, difference } = compareMonths(now, before)
      const parts = [...rows, ...gone].flatMap((row) => row.why.map((part) => part.amount))
      expect(sumKopecks(parts)).toBe(difference)
    }),
  )
})
