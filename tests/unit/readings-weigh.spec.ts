import { expect, test } from '@playwright/test'
import { fieldName, meterOfField, turnedName } from '@/lib/readings/schema'
import { type WeighedMeter, weigh } from '@/lib/readings/weigh'
import { meterOrder, registerName } from '@/lib/readings/words'
import { day } from '@/lib/units/day'
import { quantity } from '@/lib/units/quantity'

const meter = (id: number, previous: string[], change: Partial<WeighedMeter> = {}): WeighedMeter => ({
  id,
  kind: 'cold_water',
  place: 'кухня',
  unit: 'м³',
  digitsBefore: 5,
  digitsAfter: 3,
  standing: 'good',
  expiredOn: undefined,
  registers: previous.map((value, place) => ({
    register: place + 1,
    previous: value ? { value: quantity(value) } : undefined,
  })),
  ...change,
})
const cold = meter(1, ['315.204'])
const power = meter(2, ['12480', '6114'])
const send = (meters: WeighedMeter[], fields: Record<string, string>) =>
  weigh(meters, { account: '0104523', ...fields })

test('a meter left empty is skipped, the others are weighed', () => {
  const { entries, errors } = send([cold, power], { m1r1: '321,6', m2r1: '', m2r2: '' })
  expect(errors).toEqual({})
  expect(entries).toEqual([{ meterId: 1, register: 1, value: quantity('321.6'), turned: false }])
})

test('all counters of a meter or none', () => {
  expect(send([cold, power], { m1r1: '321,6', m2r1: '12655', m2r2: '' }).errors).toEqual({
    m2r2: 'Введите и это показание: счётчик передают целиком.',
  })
})

test('a form with nothing typed is told so at its first field', () => {
  const message = 'Введите показания хотя бы одного счётчика.'
  expect(send([cold, power], {}).errors).toEqual({ m1r1: message })
  expect(send([cold, power], { m1r1: '  ' }).errors).toEqual({ m1r1: message })
  expect(send([meter(7, [''], { standing: 'expired' })], {}).errors).toEqual({ account: message })
})

test('every wrong field is named', () => {
  expect(send([cold, power], { m1r1: '315,2', m2r1: '1e3', m2r2: '6014' }).errors).toEqual({
    m1r1: 'Меньше прошлых 00315,204. Проверьте цифры.',
    m2r1: 'Нужны только цифры и запятая, как на счётчике.',
    m2r2: 'Меньше прошлых 06114,000. Проверьте цифры.',
  })
})

test('a first value is accepted as it is', () => {
  expect(send([meter(3, [''])], { m3r1: '17' }).entries).toHaveLength(1)
})

test('passing zero is asked once, and the tick confirms that value only', () => {
  const turning = meter(4, ['99998'])
  const asked = send([turning], { m4r1: '00003' })
  expect(Object.keys(asked.errors)).toEqual(['m4r1turned'])
  expect(send([turning], { m4r1: '00003', m4r1turned: '3' })).toEqual({
    errors: {},
    entries: [{ meterId: 4, register: 1, value: quantity('3'), turned: true }],
  })
  expect(Object.keys(send([turning], { m4r1: '00030', m4r1turned: '3' }).errors)).toEqual(['m4r1turned'])
})

test('a tick does not make a lower value plausible, nor a higher one turned', () => {
  expect(send([cold], { m1r1: '3', m1r1turned: '3' }).errors).toHaveProperty('m1r1')
  expect(send([cold], { m1r1: '321', m1r1turned: '321' }).entries).toMatchObject([{ turned: false }])
})

test('a meter whose verification ran out and a removed one take nothing', () => {
  const expired = meter(5, ['1'], { standing: 'expired', expiredOn: day('2026-05-12') })
  expect(send([expired], { m5r1: '2' }).errors.m5r1).toContain('Срок поверки истёк 12 мая 2026.')
  expect(send([meter(6, ['1'], { standing: 'removed' })], { m6r1: '2' }).errors.m6r1).toContain('снят')
})

test('field names lead back to their meter', () => {
  expect(meterOfField(fieldName(12, 3))).toBe(12)
  for (const name of [turnedName(12, 3), 'account', 'm12r4', 'mr1', 'm1r1x'])
    expect(meterOfField(name)).toBeUndefined()
})

test('counters are named as Russian meters number them', () => {
  expect(registerName(1, 1)).toBeUndefined()
  expect([1, 2].map((register) => registerName(register, 2))).toEqual(['День', 'Ночь'])
  expect([1, 2, 3].map((register) => registerName(register, 3))).toEqual(['Пик', 'Ночь', 'Полупик'])
})

test('meters stand in the order one walks: water by room, cold first, then the others', () => {
  const meters = (
    [
      ['electricity', ''],
      ['hot_water', 'кухня'],
      ['cold_water', 'кухня'],
      ['gas', ''],
      ['hot_water', 'ванная'],
      ['cold_water', 'ванная'],
    ] as const
  ).map(([kind, place]) => ({ kind, place }))
  expect(meters.sort(meterOrder).map(({ kind, place }) => `${kind} ${place}`.trim())).toEqual([
    'cold_water ванная',
    'hot_water ванная',
    'cold_water кухня',
    'hot_water кухня',
    'electricity',
    'gas',
  ])
})
