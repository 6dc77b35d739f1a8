import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { otherFormSchema, payFormSchema } from '@/lib/payments/forms'
import { maskedAddress } from '@/lib/payments/masks'
import { amountField } from '@/lib/payments/schema'
import { cancelWords, shareWords, stateWords } from '@/lib/payments/words'
import { formatAmount, formatMoney, kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'

const formKey = '6c1f4f0e-7f5f-4a4a-9d0a-0c5a6e1d2b3c'
const head = { formKey, method: 'card', email: '' }

const errorsOf = (fields: Record<string, string>) => {
  const found = payFormSchema.safeParse(fields)
  return found.success ? [] : found.error.issues.map((issue) => issue.path.join('.'))
}

test('the ticked accounts are paid for, as much as was typed', () => {
  expect(
    payFormSchema.parse({
      ...head,
      'pay-0101': 'on',
      'amount-0101': '1 234,56 ₽',
      'period-0101': '2026-10',
      'pay-0102': 'on',
      'amount-0102': '5',
      'amount-0103': '7',
    }),
  ).toEqual({
    step: 'look',
    formKey,
    method: 'card',
    email: null,
    parts: [
      { accountNumber: '0101', amount: 123_456n, period: '2026-10' },
      { accountNumber: '0102', amount: 500n, period: null },
    ],
  })
})

for (const [typed, amount] of [
  ['1 234,56', 123_456n],
  ['1\u00a0234.5', 123_450n],
  ['1200 ₽', 120_000n],
  ['1200 руб.', 120_000n],
  ['1200,50 р', 120_050n],
  ['1200 руб. 5 коп.', 120_005n],
  ['1200р50к', 120_050n],
  ['1200-50', 120_050n],
  ['1200=', 120_000n],
  ['1.234,56', 123_456n],
  ['1,234.56', 123_456n],
  ['1.234.567', 123_456_700n],
  ['1’234’567,8', 123_456_780n],
  // A thousand, or one and a bit: asked again.
  ['1.234', undefined],
  ['1200,50 руб. 50 коп.', undefined],
  ['12.34.56', undefined],
  ['1e3', undefined],
  ['-5', undefined],
  ['0', undefined],
  ['сто', undefined],
  ['', undefined],
] as const)
  test(`an amount as people type it: «${typed}»`, () => {
    expect(amountField.safeParse(typed).data).toBe(amount)
  })

test('an amount is read as it is written, however it is grouped', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), (amount) => {
      for (const written of [
        formatMoney(kopecks(amount)),
        formatAmount(kopecks(amount)).replaceAll('\u202f', '.'),
      ])
        expect(amountField.safeParse(written).data).toBe(amount)
    }),
  )
})

test('what is wrong stands at its field', () => {
  expect(errorsOf(head)).toEqual(['pay'])
  expect(errorsOf({ ...head, 'pay-01': 'on', 'amount-01': 'сто' })).toEqual(['amount-01'])
  expect(errorsOf({ ...head, 'pay-01': 'on' })).toEqual(['amount-01'])
  expect(errorsOf({ ...head, email: 'не почта', 'pay-01': 'on', 'amount-01': '1' })).toEqual(['email'])
  expect(errorsOf({ ...head, 'pay-__proto__': 'on', 'amount-__proto__': '1' })).toEqual([])
})

test('an account number is read with the signs around it', () => {
  expect(otherFormSchema.parse({ step: 'find', accountNumber: '№ 0101 2345' })).toEqual({
    step: 'find',
    accountNumber: '01012345',
  })
  expect(otherFormSchema.safeParse({ step: 'find', accountNumber: 'счёт' }).success).toBe(false)
})

for (const [address, masked] of [
  ['3-й микрорайон, дом 7, кв. 41', '3-й микрорайон, дом 7, кв. ••'],
  ['1-й микрорайон, дом 1Б, кв. 15а', '1-й микрорайон, дом 1Б, кв. ••'],
  ['3 мкр, д.7, кв41', '3 мкр, д.7, кв. ••'],
  ['3-й микрорайон, дом 7, кв. 41, комн. 2', '3-й микрорайон, дом 7, кв. ••'],
  ['5-й микрорайон, дом 2, комната 118', '5-й микрорайон, дом 2, кв. ••'],
  ['ул. Лесная, дом 5а', 'ул. Лесная, дом ••'],
  ['ул. Лесная, дом 5/2', 'ул. Лесная, дом ••'],
  ['кв. 41', 'кв. ••'],
  ['Десногорск', '••'],
] as const)
  test(`«${address}» is shown as «${masked}»`, () => expect(maskedAddress(address)).toBe(masked))

test('no flat is ever told', () => {
  const flat = fc.integer({ min: 1000, max: 9999 }).map(String)
  const mark = fc.constantFrom('кв. ', 'кв.', 'КВ ', 'квартира ', 'ком. ', 'комн.', 'пом. ')
  fc.assert(
    fc.property(flat, mark, fc.constantFrom('', ' ', ', комн. 3'), (number, before, after) => {
      expect(maskedAddress(`3-й микрорайон, дом 7, ${before}${number}${after}`)).not.toContain(number)
    }),
  )
})

test('states, reasons and shares have words', () => {
  expect(stateWords('created')).toBe('Проверяем')
  expect(stateWords('quarantined')).toBe('На проверке у сотрудника')
  expect(cancelWords('insufficient_funds')).toContain('не хватило денег')
  expect(cancelWords('constructor')).toContain('не приняли')
  expect(cancelWords(null)).toContain('не приняли')
  const amount = kopecks(123_456n)
  expect(shareWords({ kind: 'due', period: period('2026-10'), amount })).toContain('октябрь 2026: 1')
  expect(shareWords({ kind: 'ahead', amount })).toContain('вперёд')
})
