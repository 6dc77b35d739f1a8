import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { type KindOutlook, type OutlookMeter, outlookOf } from '@/lib/ledger/outlook'
import { expiredCostWords, verificationCostWords } from '@/lib/ledger/outlook-words'
import type { KnownPrices } from '@/lib/ledger/unit-price'
import { day } from '@/lib/units/day'
import { kopecks } from '@/lib/units/money'
import { addMonths, dayOfPeriod, period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeLine } from '../support/lines'

const NOVEMBER = period('2026-11')
const norm = { norm: quantity('6.8'), normPer: 'person' } as const
const from = { validFrom: day('2026-07-01'), unit: 'куб.м' }
const lines = [
  makeLine({ serviceId: 1, service: 'Холодное водоснабжение', unit: 'куб.м', tariff: quantity('43.21') }),
  makeLine({ serviceId: 2, service: 'Водоотведение', unit: 'куб.м', tariff: quantity('29.76') }),
]
const known: KnownPrices = {
  bill: { period: period('2026-10'), lines },
  listed: [
    { serviceId: 1, service: 'Холодное водоснабжение', ...from, price: quantity('43.21'), ...norm },
    { serviceId: 2, service: 'Водоотведение', ...from, price: quantity('29.76'), norm: null, normPer: null },
  ],
}
const dwelling = { residents: 2, area: null }

let ids = 0
type Counter = OutlookMeter['registers'][number]
function meter(more: Partial<OutlookMeter> = {}, counter: Partial<Counter> = {}): OutlookMeter {
  const previous = { value: quantity('315.6'), period: period('2026-10') }
  return {
    id: ++ids,
    kind: 'cold_water',
    unit: 'м³',
    digitsBefore: 5,
    digitsAfter: 3,
    standing: 'good',
    verifiedUntil: null,
    period: NOVEMBER,
    registers: [
      { register: 1, name: undefined, previous, sent: undefined, average: quantity('6.4'), ...counter },
    ],
    ...more,
  }
}
const only = (of: OutlookMeter, prices = known): KindOutlook => {
  const [found, ...others] = outlookOf([of], prices, dwelling)
  if (!found || others.length > 0) throw new Error('not one kind')
  return found
}
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ')

test('by the readings, by the average, by the norm', () => {
  expect(only(meter({}, { sent: { value: quantity('321.6') } }))).toMatchObject({
    sent: { volume: quantity('6'), cost: 43_782n },
    average: { volume: quantity('6.4'), cost: 27_654n + 19_046n },
    norm: { volume: quantity('13.6'), cost: 58_766n + 40_474n, count: quantity('2'), each: quantity('6.8') },
    without: 'average',
    averageLeft: 3,
  })
})

const lastRead: [string, 'average' | 'norm', number, string][] = [
  ['2026-10', 'average', 3, 'read last month'],
  ['2026-09', 'average', 2, 'one month without'],
  ['2026-08', 'average', 1, 'two months without: the third is the last by the average'],
  ['2026-07', 'norm', 0, 'three months without: the norm'],
  ['2025-03', 'norm', 0, 'long ago'],
]
for (const [month, without, averageLeft, why] of lastRead) {
  test(`what it is reckoned by after a last reading of ${month}: ${why}`, () => {
    const previous = { value: quantity('1'), period: period(month) }
    expect(only(meter({}, { previous }))).toMatchObject({ without, averageLeft })
  })
}

const expired: [string, 'average' | 'norm', number][] = [
  ['2026-10-05', 'average', 3],
  ['2026-08-31', 'average', 1],
  ['2026-07-31', 'norm', 0],
]
for (const [verifiedUntil, without, averageLeft] of expired) {
  test(`readings after the verification ran out on ${verifiedUntil} do not count`, () => {
    const of = meter({ standing: 'expired', verifiedUntil: day(verifiedUntil) })
    expect(only(of)).toMatchObject({ without, averageLeft })
  })
}

test('without an average the norm counts at once, and without a price no sum is told', () => {
  const fresh = only(meter({}, { average: undefined, previous: undefined }))
  expect(fresh).toMatchObject({ average: undefined, without: 'norm', averageLeft: 0 })
  const unpriced = only(meter(), { bill: undefined, listed: [] })
  expect(unpriced).toMatchObject({ average: { volume: quantity('6.4'), cost: undefined }, norm: undefined })
  expect(verificationCostWords(unpriced)).toBeUndefined()
})

test('meters of a kind count together: the norm is for the dwelling, and one without a reading is enough', () => {
  const kitchen = meter({}, { sent: { value: quantity('320') } })
  const bath = meter(
    {},
    { average: quantity('2'), previous: { value: quantity('1'), period: period('2026-07') } },
  )
  const gone = meter({ standing: 'removed' })
  const [found] = outlookOf([kitchen, bath, gone], known, dwelling)
  expect(found).toMatchObject({
    meterIds: [kitchen.id, bath.id],
    sent: undefined,
    average: { volume: quantity('8.4') },
    norm: { volume: quantity('13.6') },
    without: 'norm',
  })
})

test('day and night are added, each at its price', () => {
  const zone = (service: string, tariff: string, serviceId: number) =>
    makeLine({ serviceId, service, unit: 'кВт·ч', tariff: quantity(tariff), charged: kopecks(1n) })
  const bill = {
    period: period('2026-10'),
    lines: [zone('Электроснабжение (день)', '5.12', 3), zone('Электроснабжение (ночь)', '2.68', 4)],
  }
  const counter = (register: number, average: string): Counter => ({
    register,
    name: register === 1 ? 'День' : 'Ночь',
    previous: { value: quantity('100'), period: period('2026-10') },
    sent: undefined,
    average: quantity(average),
  })
  const power = meter({
    kind: 'electricity',
    unit: 'кВт·ч',
    registers: [counter(1, '120'), counter(2, '60')],
  })
  expect(only(power, { bill, listed: [] }).average).toEqual({
    volume: quantity('180'),
    cost: 61_440n + 16_080n,
  })
})

test('what a verification that runs out will cost, in words', () => {
  expect(plain(verificationCostWords(only(meter())))).toBe(
    'Если не поверить, холодную воду будем начислять по среднему 6,4 м³ — 467,00 ₽ в месяц, через 3 месяца по нормативу 13,6 м³ — 992,40 ₽.',
  )
  expect(plain(verificationCostWords(only(meter({}, { average: undefined }))))).toBe(
    'Если не поверить, холодную воду будем начислять по нормативу 13,6 м³ — 992,40 ₽ в месяц.',
  )
  const ran = { standing: 'expired', verifiedUntil: day('2026-09-12') } as const
  expect(plain(expiredCostWords(only(meter(ran))))).toBe(
    'Начисляем по среднему 6,4 м³ — 467,00 ₽ в месяц, ещё 2 месяца, потом по нормативу 13,6 м³ — 992,40 ₽.',
  )
})

test('the average is for three months at most, however readings stopped', () => {
  const back = fc.integer({ min: 1, max: 30 })
  fc.assert(
    fc.property(back, fc.integer({ min: -30, max: 30 }), (unread, verified) => {
      const month = addMonths(NOVEMBER, -unread)
      const verifiedUntil = dayOfPeriod(addMonths(NOVEMBER, verified), 15)
      const of = only(meter({ verifiedUntil }, { previous: { value: quantity('1'), period: month } }))
      const months = Math.max(unread, -verified)
      expect(of.without).toBe(months <= 3 ? 'average' : 'norm')
      expect(of.averageLeft).toBe(Math.max(4 - months, 0))
    }),
  )
})
