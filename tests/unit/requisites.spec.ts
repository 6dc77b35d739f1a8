import { expect, test } from '@playwright/test'
import { settingsSchema } from '@/lib/settings/schema'
import { checkRequisites, isInn } from '@/lib/units/requisites'

const good = {
  name: 'МУП «ККП»',
  inn: '6724001232',
  kpp: '672401001',
  bankName: 'Смоленское отделение № 8609',
  bic: '046614746',
  account: '40602810700000000025',
  correspondentAccount: '30101810200000000746',
}

test('requisites whose digits agree are taken', () => {
  expect(checkRequisites(good)).toEqual({})
  // Kept by the Bank of Russia itself: the key follows from «0» and the fifth and sixth digit of the БИК.
  expect(
    checkRequisites({
      ...good,
      bic: '044525225',
      account: keyed('225', '40602810000000000025'),
      correspondentAccount: '30101810400000000225',
    }),
  ).toEqual({})
  expect(
    checkRequisites({
      ...good,
      bic: '046614001',
      account: keyed('014', '40602810000000000025'),
      correspondentAccount: keyed('014', '30101810000000000001'),
    }),
  ).toEqual({})
})

test('one mistyped digit of an account, a correspondent account, a БИК or an ИНН is seen', () => {
  for (const field of ['account', 'correspondentAccount', 'inn'] as const)
    for (let place = 0; place < good[field].length; place++) {
      const typed = `${good[field].slice(0, place)}${(Number(good[field][place]) + 1) % 10}${good[field].slice(place + 1)}`
      expect(Object.keys(checkRequisites({ ...good, [field]: typed })), `${field} ${typed}`).toEqual([field])
    }
  expect(Object.keys(checkRequisites({ ...good, bic: '046614745' }))).toContain('account')
})

for (const [field, value, words] of [
  ['name', ' ', 'Укажите получателя'],
  ['name', 'я'.repeat(161), '160'],
  ['bankName', 'я'.repeat(46), '45'],
  ['inn', '770708389', '10 цифр'],
  ['inn', '6724001233', 'контрольная цифра'],
  ['kpp', '12345678', '9 знаков'],
  ['bic', '146614746', 'первая — ноль'],
  ['account', '4060281070000000002', '20 цифр'],
  ['account', '40602810800000000025', 'не подходит к БИК'],
  ['correspondentAccount', '', '20 цифр'],
] as const)
  test(`${field} «${value.slice(0, 20)}» is refused at its field, by the settings too`, () => {
    expect(checkRequisites({ ...good, [field]: value })[field]).toContain(words)
    const settings = settingsSchema.safeParse({ requisites: { ...good, [field]: value } })
    expect(settings.error?.issues.map((issue) => issue.path.join('.'))).toEqual([`requisites.${field}`])
  })

test('ИНН of companies that exist', () => {
  for (const inn of ['7707083893', '7702070139']) expect(isInn(inn)).toBe(true)
})

/** The account with the key digit, its ninth, that fits the prefix. */
function keyed(prefix: string, account: string): string {
  const key = [...'0123456789'].find((digit) => {
    const digits = [...`${prefix}${account.slice(0, 8)}${digit}${account.slice(9)}`].map(Number)
    return digits.reduce((sum, one, place) => sum + one * ([7, 1, 3][place % 3] ?? 0), 0) % 10 === 0
  })
  return `${account.slice(0, 8)}${key}${account.slice(9)}`
}
