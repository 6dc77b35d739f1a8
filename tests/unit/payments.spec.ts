import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { parseEnv } from '@/lib/env'
import { allocate, type Debt, debtsOf, payableMonths } from '@/lib/payments/allocation'
import { compareRecords } from '@/lib/payments/compare'
import { amountProblem } from '@/lib/payments/limits'
import { isWithin } from '@/lib/payments/networks'
import type { Order } from '@/lib/payments/provider'
import {
  askAgainAt,
  isOpen,
  judge,
  type KnownPayment,
  mayRepeat,
  type PaymentState,
  refundable,
  type SeenPayment,
  transitions,
} from '@/lib/payments/rules'
import { amountField } from '@/lib/payments/schema'
import { paymentBody, refundBody } from '@/lib/payments/yookassa-order'
import { paymentShape, readNotification } from '@/lib/payments/yookassa-shapes'
import { kopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, period } from '@/lib/units/period'
import { paymentBody as theirShape } from '../support/provider-shapes'
import { requisites } from '../support/requisites'

const NOW = new Date('2026-11-25T12:00:00Z')
const states = Object.keys(transitions) as PaymentState[]
const totalDebt = (debts: readonly Debt[]) => sumKopecks(debts.flatMap(({ due, penalty }) => [due, penalty]))

const known = (state: PaymentState, more: Partial<KnownPayment> = {}): KnownPayment => ({
  id: 'order',
  state,
  amount: kopecks(10_000n),
  currency: 'RUB',
  providerPaymentId: state === 'created' ? null : 'p1',
  ...more,
})
const seen = (status: SeenPayment['status'], more: Partial<SeenPayment> = {}): SeenPayment => ({
  id: 'p1',
  status,
  amount: kopecks(10_000n),
  currency: 'RUB',
  order: 'order',
  confirmationUrl: undefined,
  createdAt: NOW,
  capturedAt: undefined,
  cancelReason: undefined,
  refunded: kopecks(0n),
  ...more,
})

const verdicts: readonly (readonly [PaymentState, SeenPayment['status'], string])[] = [
  ['created', 'pending', 'move'],
  ['created', 'succeeded', 'move'],
  ['created', 'canceled', 'move'],
  ['pending', 'pending', 'same'],
  ['pending', 'waiting_for_capture', 'move'],
  ['pending', 'succeeded', 'move'],
  ['pending', 'canceled', 'move'],
  ['waiting_for_capture', 'pending', 'same'],
  ['waiting_for_capture', 'succeeded', 'move'],
  ['succeeded', 'pending', 'same'],
  ['succeeded', 'succeeded', 'same'],
  ['succeeded', 'canceled', 'same'],
  ['canceled', 'pending', 'same'],
  ['canceled', 'canceled', 'same'],
  ['canceled', 'succeeded', 'quarantine'],
  ['quarantined', 'succeeded', 'same'],
]

for (const [state, status, kind] of verdicts) {
  test(`${status} heard of a payment that is ${state}: ${kind}`, () => {
    expect(judge(known(state), seen(status)).kind).toBe(kind)
  })
}

test('whatever is heard, a payment only goes where it may, and a misfit never succeeds', () => {
  const status = fc.constantFrom('pending', 'waiting_for_capture', 'succeeded', 'canceled')
  fc.assert(
    fc.property(
      fc.constantFrom(...states),
      status,
      fc.bigInt({ min: 1n, max: 3n }),
      fc.boolean(),
      fc.boolean(),
      (state, to, amount, rouble, own) => {
        const news = seen(to, {
          amount: kopecks(amount),
          currency: rouble ? 'RUB' : 'USD',
          order: own ? 'order' : 'x',
        })
        const verdict = judge(known(state, { amount: kopecks(2n) }), news)
        const target =
          verdict.kind === 'move' ? verdict.to : verdict.kind === 'quarantine' ? 'quarantined' : state
        if (target !== state) expect(transitions[state]).toContain(target)
        if (target === 'succeeded' && state !== 'succeeded')
          expect(amount === 2n && rouble && own && to === 'succeeded').toBe(true)
      },
    ),
  )
})

test('what was given up and given back whole is at rest', () => {
  const back = { refunded: kopecks(10_000n) }
  expect(judge(known('canceled'), seen('succeeded', back)).kind).toBe('same')
  expect(judge(known('canceled'), seen('succeeded', { refunded: kopecks(9_999n) })).kind).toBe('quarantine')
})

test('news of another payment of the provider’s is not about this one', () => {
  expect(judge(known('pending'), seen('succeeded', { id: 'p2' })).kind).toBe('other')
})

test('the provider is asked in 1, 5, 15, 60 minutes, then hourly', () => {
  const minutes = [1, 2, 3, 4, 5, 200].map((n) => (askAgainAt(n, NOW).getTime() - NOW.getTime()) / 60_000)
  expect(minutes).toEqual([1, 5, 15, 60, 60, 60])
  expect(states.filter(isOpen)).toEqual(['created', 'pending', 'waiting_for_capture'])
  expect(mayRepeat(NOW, new Date(NOW.getTime() + 22 * 3_600_000))).toBe(true)
  expect(mayRepeat(NOW, new Date(NOW.getTime() + 23 * 3_600_000))).toBe(false)
})

test('what can be given back is what was not', () => {
  const refund = (amount: bigint, state: 'created' | 'succeeded' | 'canceled') => ({
    amount: kopecks(amount),
    state,
  })
  expect(
    refundable(kopecks(100n), [refund(30n, 'created'), refund(50n, 'canceled'), refund(20n, 'succeeded')]),
  ).toBe(50n)
})

const money = fc.bigInt({ min: 0n, max: 1_000_000n }).map(kopecks)
const months = fc
  .array(fc.record({ due: money, penalty: money }), { maxLength: 12 })
  .map((rows): Debt[] => rows.map((row, place) => ({ ...row, period: addMonths(period('2026-01'), place) })))

test('a payment is shared out to the kopeck: the chosen month, the earliest, penalties last, the rest ahead', () => {
  fc.assert(
    fc.property(money, months, fc.nat(11), (amount, debts, place) => {
      const chosen = debts[place]?.period ?? null
      const shares = allocate(amount, chosen, debts)
      expect(sumKopecks(shares.map((share) => share.amount))).toBe(amount)
      const kinds = shares.map((share) => share.kind)
      expect(kinds).toEqual([...kinds].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
      const paid = (kind: string) =>
        sumKopecks(shares.filter((share) => share.kind === kind).map((share) => share.amount))
      const dues = sumKopecks(debts.map((debt) => debt.due))
      if (paid('penalty') > 0n) expect(paid('due')).toBe(dues)
      if (paid('ahead') > 0n) expect(amount - paid('ahead')).toBe(totalDebt(debts))
      const first = debts[place]
      const [share] = shares
      if (first && first.due > 0n && amount > 0n)
        expect(share).toMatchObject({
          kind: 'due',
          period: chosen,
          amount: [amount, first.due].sort((a, b) => (a < b ? -1 : 1))[0],
        })
    }),
  )
})

const order = ['due', 'penalty', 'ahead']

test('a balance is of the latest months; what is beyond them is of the earliest', () => {
  const row = (month: string, accrued: bigint, penalty = 0n) => ({
    period: period(month),
    accrued: kopecks(accrued),
    penalty: kopecks(penalty),
  })
  const stated = [row('2026-08', 100n), row('2026-09', 100n), row('2026-10', 110n, 10n)]
  const told = (balance: bigint) =>
    debtsOf(kopecks(balance), stated).map((debt) => [debt.period, debt.due, debt.penalty])
  expect(told(0n)).toEqual([])
  expect(told(-50n)).toEqual([])
  expect(told(60n)).toEqual([['2026-10', 50n, 10n]])
  expect(told(150n)).toEqual([
    ['2026-09', 40n, 0n],
    ['2026-10', 100n, 10n],
  ])
  expect(told(400n)).toEqual([
    ['2026-08', 190n, 0n],
    ['2026-09', 100n, 0n],
    ['2026-10', 100n, 10n],
  ])
  fc.assert(
    fc.property(money, (balance) => {
      expect(totalDebt(debtsOf(balance, stated))).toBe(balance)
    }),
  )
})

test('a month with a penalty alone cannot be paid for by itself', () => {
  const debts: Debt[] = [
    { period: period('2024-12'), due: kopecks(0n), penalty: kopecks(253n) },
    { period: period('2026-10'), due: kopecks(400_000n), penalty: kopecks(7n) },
  ]
  expect(payableMonths(debts).map((debt) => debt.period)).toEqual(['2026-10'])
})

const amounts = [
  ['1 234,56', 123_456n],
  ['1234.5', 123_450n],
  ['1 234,56 ₽', 123_456n],
  ['100 руб.', 10_000n],
  ['0,01', 1n],
  ['0', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['12,345', undefined],
  ['NaN', undefined],
  ['', undefined],
] as const

for (const [typed, expected] of amounts) {
  test(`«${typed}» is ${expected === undefined ? 'no amount' : `${expected} kopecks`}`, () => {
    expect(amountField.safeParse(typed).data).toBe(expected)
  })
}

test('an amount keeps between the least and the most of its way', () => {
  const limits = { minimum: 100, maximum: { card: 25_000_000, sbp: 70_000_000 } }
  expect(amountProblem(kopecks(99n), 'card', limits)).toContain('не меньше 1,00')
  expect(amountProblem(kopecks(100n), 'card', limits)).toBeUndefined()
  expect(amountProblem(kopecks(25_000_001n), 'card', limits)).toMatch(/не больше.*Выберите СБП/)
  expect(amountProblem(kopecks(99_000_000_00n), 'card', limits)).toMatch(/не больше.*несколько/)
  expect(amountProblem(kopecks(25_000_001n), 'sbp', limits)).toBeUndefined()
})

const networks = ['185.71.76.0/27', '77.75.156.11', '2a02:5180::/32']
for (const [address, within] of [
  ['185.71.76.31', true],
  ['185.71.76.32', false],
  ['77.75.156.11', true],
  ['77.75.156.12', false],
  ['2a02:5180:1::7', true],
  ['2a02:5181::7', false],
  ['', false],
  ['localhost', false],
] as const) {
  test(`«${address}» is ${within ? 'within' : 'outside'} the provider’s networks`, () => {
    expect(isWithin(address, networks)).toBe(within)
  })
}

const example: Order = {
  id: 'c4f3a1d6-52a5-4b4e-9d0c-3f8f2f7f6c11',
  number: 42,
  idempotenceKey: 'key',
  amount: kopecks(125_000n),
  method: 'sbp',
  createdAt: new Date('2026-11-30T22:00:00Z'),
  email: 'anna@example.ru',
  returnUrl: 'https://lk.example.ru/personal/payments/42',
  parts: [
    { accountNumber: '0104523', unifiedAccount: '10АА000001', amount: kopecks(124_999n), period: null },
    { accountNumber: '0104524', unifiedAccount: null, amount: kopecks(1n), period: period('2026-10') },
  ],
  payee: requisites,
  receipt: { vatCode: 1, subject: 'service', mode: 'full_payment' },
}

test('what the provider is asked has its shape: amounts as text, the order of housing services, the receipt', () => {
  const body = paymentBody(example, requisites)
  expect(theirShape.safeParse(body).error).toBeUndefined()
  expect(body).toMatchObject({
    amount: { value: '1250.00', currency: 'RUB' },
    payment_method_data: { type: 'sbp' },
    metadata: { order: example.id },
    payment_order: {
      account_number: '0104523',
      unified_account_number: '10АА000001',
      payment_period: { month: 12, year: 2026 },
    },
    receipt: { items: [{ amount: { value: '1249.99' } }, { amount: { value: '0.01' } }] },
  })
  const many = Array.from({ length: 20 }, (_, place) => ({
    accountNumber: `${place}`.padStart(20, '0'),
    unifiedAccount: null,
    amount: kopecks(1n),
    period: null,
  }))
  expect(theirShape.safeParse(paymentBody({ ...example, parts: many }, requisites)).error).toBeUndefined()
  const { receipt, email } = example
  const back = { idempotenceKey: 'k', providerPaymentId: 'p', amount: kopecks(5n), title: 'Возврат', receipt }
  expect(refundBody({ ...back, email }).receipt?.items).toHaveLength(1)
  expect(refundBody({ ...back, email: null }).receipt).toBeUndefined()
})

test('an amount of the provider’s is read digit by digit, and nothing else is taken for one', () => {
  const read = (value: unknown) =>
    paymentShape.safeParse({
      id: 'p',
      status: 'pending',
      amount: { value, currency: 'RUB' },
      created_at: '2026-11-25T09:00:00.000Z',
    }).data?.amount
  expect(read('1250.00')).toBe(125_000n)
  expect(read('90071992547.99')).toBe(9_007_199_254_799n)
  for (const odd of [1250, '1250', '1250.0', '1e3', '-1.00', '1250,00', null])
    expect(read(odd)).toBeUndefined()
})

test('a notification tells what it is about, and anything else is none', () => {
  expect(readNotification('{"event":"payment.succeeded","object":{"id":"p1","amount":"x"}}')).toEqual({
    about: 'payment',
    paymentId: 'p1',
  })
  expect(readNotification('{"event":"refund.succeeded","object":{"id":"r1","payment_id":"p1"}}')).toEqual({
    about: 'refund',
    paymentId: 'p1',
  })
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => expect(readNotification(body)).toBeUndefined()),
  )
})

test('two records agree unless money or knowledge differs', () => {
  const span = { since: new Date('2026-11-24T21:00:00Z'), until: new Date('2026-11-25T21:00:00Z') }
  const ours = (state: PaymentState, more = {}) => ({
    ...known(state),
    number: 7,
    createdAt: NOW,
    refunded: kopecks(0n),
    ...more,
  })
  const kinds = (our: ReturnType<typeof ours>[], theirs: SeenPayment[]) =>
    compareRecords({ ours: our, theirs, ...span }).map((one) => one.kind)
  expect(kinds([ours('succeeded')], [seen('succeeded')])).toEqual([])
  expect(kinds([ours('canceled', { providerPaymentId: null })], [])).toEqual([])
  expect(kinds([ours('succeeded')], [])).toEqual(['ours-only'])
  expect(kinds([], [seen('succeeded')])).toEqual(['theirs-only'])
  expect(kinds([], [seen('pending')])).toEqual([])
  expect(kinds([], [seen('succeeded', { createdAt: new Date('2026-11-25T21:30:00Z') })])).toEqual([])
  expect(kinds([ours('succeeded')], [seen('succeeded', { amount: kopecks(1n) })])).toEqual(['amount'])
  expect(kinds([ours('canceled')], [seen('succeeded')])).toEqual(['state'])
  expect(kinds([ours('canceled')], [seen('succeeded', { refunded: kopecks(10_000n) })])).toEqual([])
  expect(kinds([ours('succeeded')], [seen('canceled')])).toEqual(['state'])
  expect(kinds([ours('succeeded')], [seen('succeeded', { refunded: kopecks(5n) })])).toEqual(['refunds'])
  expect(kinds([ours('quarantined')], [seen('succeeded')])).toEqual(['quarantined'])
})

const environment = {
  DATABASE_URL: 'postgres://x/y',
  PUBLIC_URL: 'https://lk.example.ru',
  AUTH_SECRET: 'x'.repeat(32),
  PASSPORT_KEY: Buffer.alloc(32).toString('base64'),
  INDEX_KEY: Buffer.alloc(32).toString('base64'),
  LINK_KEY: Buffer.alloc(32).toString('base64'),
  TOTP_KEY: Buffer.alloc(32).toString('base64'),
}

test('payments are off unless set up; a shop needs its keys, and tells them over a safe line only', () => {
  expect(parseEnv(environment).PAYMENTS).toBe('off')
  expect(() => parseEnv({ ...environment, PAYMENTS: 'yookassa' })).toThrow(/YOOKASSA_SHOP_ID/)
  expect(() => parseEnv({ ...environment, YOOKASSA_URL: 'http://api.example.ru/v3' })).toThrow(/YOOKASSA_URL/)
  expect(() => parseEnv({ ...environment, PAYMENT_NETWORKS: '10.0.0.0/99' })).toThrow(/PAYMENT_NETWORKS/)
  expect(parseEnv(environment).PAYMENT_NETWORKS).toHaveLength(7)
})
