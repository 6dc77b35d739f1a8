import { expect, test } from '@playwright/test'
import { type Doubt, type DoubtedMeter, findDoubts, keepAnswer, takeAnswer } from '@/lib/readings/doubts'
import { type WeighedMeter, weigh } from '@/lib/readings/weigh'
import { quantity, toDecimal } from '@/lib/units/quantity'

type Counter = [previous: string, average?: string, uses?: string[]]

const meter = (id: number, kind: string, counters: Counter[], place = 'кухня'): WeighedMeter => ({
  id,
  kind,
  place,
  unit: 'м³',
  digitsBefore: 5,
  digitsAfter: 3,
  standing: 'good',
  expiredOn: undefined,
  registers: counters.map(([previous, average, uses = []], index) => ({
    register: index + 1,
    name: counters.length > 1 ? ['День', 'Ночь'][index] : undefined,
    previous: { value: quantity(previous) },
    average: average === undefined ? undefined : quantity(average),
    uses: uses.map(quantity),
  })),
})

const cold = meter(1, 'cold_water', [['315.204', '6']])
const hot = meter(2, 'hot_water', [['210', '4']])
const power = meter(3, 'electricity', [
  ['12480', '170'],
  ['6114', '60'],
])

const doubtsOf = (meters: readonly DoubtedMeter[], typed: Record<string, string>) =>
  findDoubts(meters, new Map(Object.entries(typed).map(([name, value]) => [name, quantity(value)])))
const shown = (doubt: Doubt | undefined) =>
  doubt && {
    kind: doubt.kind,
    proposed: Object.fromEntries([...doubt.proposed].map(([name, value]) => [name, toDecimal(value)])),
    keepable: doubt.keepable,
  }

const cases: [words: string, meters: DoubtedMeter[], typed: Record<string, string>, expected: object[]][] = [
  ['an ordinary month', [cold, hot], { m1r1: '321.6', m2r1: '214' }, []],
  ['exactly three times the average', [cold], { m1r1: '333.204' }, []],
  [
    'more than three times the average',
    [cold],
    { m1r1: '333.205' },
    [{ kind: 'much', proposed: {}, keepable: true }],
  ],
  ['no average yet', [meter(4, 'gas', [['10']])], { m4r1: '5000' }, []],
  ['an average of nothing', [meter(4, 'gas', [['10', '0']])], { m4r1: '50' }, []],
  [
    'hot for cold, one of them lower',
    [cold, hot],
    { m1r1: '214', m2r1: '321.6' },
    [{ kind: 'swapped', proposed: { m1r1: '321.6', m2r1: '214' }, keepable: false }],
  ],
  [
    'hot for cold, both possible',
    [meter(1, 'cold_water', [['300', '6']]), meter(2, 'hot_water', [['280', '40']])],
    { m1r1: '330', m2r1: '305' },
    [{ kind: 'swapped', proposed: { m1r1: '305', m2r1: '330' }, keepable: true }],
  ],
  [
    'hot of one room is not swapped with cold of another',
    [cold, meter(2, 'hot_water', [['210', '4']], 'ванная')],
    { m1r1: '214', m2r1: '321.6' },
    [{ kind: 'much', proposed: {}, keepable: true }],
  ],
  [
    'day for night',
    [power],
    { m3r1: '6170', m3r2: '12655' },
    [{ kind: 'registers', proposed: { m3r1: '12655', m3r2: '6170' }, keepable: false }],
  ],
  [
    'the use typed for the reading',
    [cold],
    { m1r1: '6.4' },
    [{ kind: 'consumption', proposed: { m1r1: '321.604' }, keepable: false }],
  ],
  [
    'digits in each other’s place, lower',
    [cold],
    { m1r1: '231.6' },
    [{ kind: 'digits', proposed: { m1r1: '321.6' }, keepable: false }],
  ],
  [
    'far too high, and no two digits explain it',
    [cold],
    { m1r1: '3216.0' },
    [{ kind: 'much', proposed: {}, keepable: true }],
  ],
  [
    'digits in each other’s place, high but possible',
    [meter(1, 'cold_water', [['318', '6']])],
    { m1r1: '352' },
    [{ kind: 'digits', proposed: { m1r1: '325' }, keepable: true }],
  ],
  [
    'a third month of zero after use',
    [meter(4, 'gas', [['10', '1', ['0', '0', '3']]])],
    { m4r1: '10' },
    [{ kind: 'zero', proposed: {}, keepable: true }],
  ],
  ['a second month of zero', [meter(4, 'gas', [['10', '1', ['0', '3', '3']]])], { m4r1: '10' }, []],
  ['a fourth month of zero', [meter(4, 'gas', [['10', '1', ['0', '0', '0', '3']]])], { m4r1: '10' }, []],
]
for (const [words, meters, typed, expected] of cases)
  test(`odd or not: ${words}`, () => {
    expect(doubtsOf(meters, typed).map(shown)).toEqual(expected)
  })

const send = (meters: WeighedMeter[], fields: Record<string, string>) =>
  weigh(meters, { account: '', ...fields })

test('an odd value is asked about once, and stands when the person says so', () => {
  const asked = send([cold], { m1r1: '400' })
  expect(Object.keys(asked.errors)).toEqual(['m1r1doubt'])
  const [doubt] = doubtsOf([cold], { m1r1: '400' })
  if (!doubt) throw new Error('no doubt')
  const kept = send([cold], { m1r1: '400', m1r1doubt: keepAnswer(doubt) })
  expect(kept.entries).toMatchObject([{ value: quantity('400'), doubt: { kind: 'much' } }])
  expect(Object.keys(send([cold], { m1r1: '401', m1r1doubt: keepAnswer(doubt) }).errors)).toEqual([
    'm1r1doubt',
  ])
})

test('taking the likely values puts both in their places and leaves no doubt', () => {
  const typed = { m1r1: '214', m2r1: '321.6' }
  const [doubt] = doubtsOf([cold, hot], typed)
  if (!doubt) throw new Error('no doubt')
  const { entries, errors } = send([cold, hot], { ...typed, m1r1doubt: takeAnswer(doubt) })
  expect(errors).toEqual({})
  expect(entries).toEqual([
    { meterId: 1, register: 1, value: quantity('321.6'), turned: false },
    { meterId: 2, register: 1, value: quantity('214'), turned: false },
  ])
})

test('what cannot stand is refused even when the person insists', () => {
  const [doubt] = doubtsOf([cold], { m1r1: '6.4' })
  if (!doubt) throw new Error('no doubt')
  expect(send([cold], { m1r1: '6.4', m1r1doubt: keepAnswer(doubt) }).errors).toHaveProperty('m1r1doubt')
})
