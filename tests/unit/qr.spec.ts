import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { accountOnBill, type CodeEncoding, encodePaymentCode, parsePaymentCode } from '@/lib/ledger/qr'
import { type PaymentCode, readPeriod } from '@/lib/ledger/qr-requisites'
import { kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { cleanLine } from '@/lib/units/text'

const code: PaymentCode = {
  Name: 'МУП «ККП»',
  PersonalAcc: '40602810700000000025',
  BankName: 'Смоленское отделение № 8609',
  BIC: '046614746',
  CorrespAcc: '30101810200000000746',
  Sum: kopecks(481_236n),
  Purpose: 'ЖКУ за октябрь 2026',
  PayeeINN: '6724001232',
  PersAcc: '0001234',
  PaymPeriod: period('2026-10'),
  TechCode: '02',
}
const encodings: readonly CodeEncoding[] = [1, 2, 3]
const names = { 1: 'windows-1251', 2: 'utf-8', 3: 'koi8-r' } as const

/** The text of an encoded code. */
function written(of: PaymentCode, encoding: CodeEncoding = 2): string {
  const result = encodePaymentCode(of, encoding)
  if (result.status !== 'ok') throw new Error(JSON.stringify(result))
  return iconv.decode(Buffer.from(result.value), names[encoding])
}

function reason(source: string | Uint8Array): string {
  const result = parsePaymentCode(source)
  return result.status === 'refused' ? result.message : 'accepted'
}

test('a code is written key by key as the standard orders it', () => {
  expect(written(code)).toBe(
    'ST00012|Name=МУП «ККП»|PersonalAcc=40602810700000000025|BankName=Смоленское отделение № 8609|BIC=046614746' +
      '|CorrespAcc=30101810200000000746|Sum=481236|Purpose=ЖКУ за октябрь 2026|PayeeINN=6724001232|PersAcc=0001234' +
      '|PaymPeriod=102026|TechCode=02',
  )
  expect(encodePaymentCode({ ...code, Name: 'МУП «Вода» ₽' }, 1).status).toBe('refused')
})

const alphabet = [...'абвгдеёжзиклмнопрстуфхцчшщъыьэюяАБЯё AZaz09=|~^;#*!$%&@+?<>_`№.,-/']
const withoutNumeroSign = alphabet.filter((sign) => sign !== '№')
const line = (most: number, signs: string[]) =>
  fc
    .string({ unit: fc.constantFrom(...signs), minLength: 1, maxLength: most })
    .filter((text) => cleanLine(text) === text && text !== '')
const digits = (count: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count })
const codes = (signs: string[]): fc.Arbitrary<PaymentCode> =>
  fc.record(
    {
      Name: line(60, signs),
      PersonalAcc: digits(20),
      BankName: line(25, signs),
      BIC: digits(9),
      CorrespAcc: fc.oneof(digits(20), fc.constant('0')),
      Sum: fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }).map(kopecks),
      Purpose: line(160, signs),
      PayeeINN: digits(10),
      LastName: line(40, signs),
      PersAcc: line(30, signs),
      PaymPeriod: fc
        .tuple(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }))
        .map(([year, month]) => period(`${year}-${String(month).padStart(2, '0')}`)),
      TechCode: digits(2),
      others: fc.dictionary(fc.stringMatching(/^x[A-Za-z0-9]{0,9}$/), line(20, signs), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      }),
    },
    { requiredKeys: ['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc'], noNullPrototype: true },
  )

for (const encoding of encodings)
  test(`what is encoded in ${names[encoding]} is read back, whatever stands in it`, () => {
    fc.assert(
      fc.property(codes(encoding === 3 ? withoutNumeroSign : alphabet), (of) => {
        const result = encodePaymentCode(of, encoding)
        // A text with every separator in it cannot be written; nothing else may be refused.
        if (result.status !== 'ok') return /нет знака|длиннее 300/.test(JSON.stringify(result))
        expect(parsePaymentCode(result.value)).toEqual({ status: 'ok', value: of })
        expect(parsePaymentCode(iconv.decode(Buffer.from(result.value), names[encoding]))).toEqual({
          status: 'ok',
          value: of,
        })
        return true
      }),
      { numRuns: 500 },
    )
  })

for (const last of ['_', '`'])
  test(`a code that leaves no other separator than «${last}» is written with it and read back`, () => {
    const Purpose = `а${[...'|~^;#*!$%&@+?<>_`'].filter((sign) => sign !== last).join('')}`
    const result = encodePaymentCode({ ...code, Purpose }, 2)
    if (result.status !== 'ok') throw new Error(result.status)
    expect(new TextDecoder().decode(result.value).charAt(7)).toBe(last)
    expect(parsePaymentCode(result.value)).toMatchObject({ status: 'ok', value: { Purpose } })
  })

test('the separator is a sign that stands in no value', () => {
  fc.assert(
    fc.property(codes(alphabet), (of) => {
      const result = encodePaymentCode(of, 2)
      if (result.status !== 'ok') return
      const text = new TextDecoder().decode(result.value)
      const separator = text.charAt(7)
      const { others = {}, ...own } = of
      const count = Object.keys(own).length + Object.keys(others).length
      expect(text.split(separator)).toHaveLength(count + 1)
      if (!text.slice(8).includes('|')) expect(separator).toBe('|')
    }),
  )
  expect(written({ ...code, Purpose: 'вода | свет ~ газ' })).toMatch(/^ST00012\^Name=/)
})

test('nothing makes the reader throw', () => {
  const near = fc.string({ unit: 'binary' }).map((text) => `ST00012|Name=А|${text}`)
  fc.assert(
    fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'binary' }), near),
      (source) => {
        expect(['ok', 'refused']).toContain(parsePaymentCode(source).status)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('keys are read in any case and order, «=» in a value, blanks and an empty end', () => {
  const text =
    'ST00012|PERSACC=0001234|name=А=Б|PersonalAcc=40602810700000000025|bankname=Банк|bic=046614746|correspacc=0|paymperiod=05.2026|MiddleName=|Flat=41|\r\n'
  expect(parsePaymentCode(text)).toEqual({
    status: 'ok',
    value: {
      Name: 'А=Б',
      PersonalAcc: '40602810700000000025',
      BankName: 'Банк',
      BIC: '046614746',
      CorrespAcc: '0',
      PersAcc: '0001234',
      PaymPeriod: '2026-05',
      others: { Flat: '41' },
    },
  })
  expect(parsePaymentCode(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])).status).toBe(
    'ok',
  )
})

for (const [text, month] of [
  ['052026', '2026-05'],
  ['05.2026', '2026-05'],
  ['202605', '2026-05'],
  ['0526', '2026-05'],
  ['122012', '2012-12'],
  ['201212', '2012-12'],
  ['1320', undefined],
  ['202613', undefined],
  ['май', undefined],
] as const)
  test(`the period «${text}» is ${month ?? 'refused'}`, () => {
    expect(readPeriod(text)).toBe(month)
  })

const good = written(code)
for (const [what, source, words] of [
  ['another text', 'Иванова Анна', 'Это не платёжный код'],
  ['another version', good.replace('ST0001', 'ST0002'), 'версия 0002'],
  ['another encoding', good.replace('ST00012', 'ST00019'), 'кодировка «9»'],
  ['no separator', good.replace('ST00012|', 'ST00012'), 'нет разделителя'],
  ['nothing but a head', 'ST00012|', 'нет обязательного реквизита «получатель»'],
  ['a lost requisite', good.replace(/BIC=\d+\|/, ''), 'нет обязательного реквизита «БИК»'],
  ['an empty requisite', good.replace(/BIC=\d+\|/, 'BIC=|'), 'нет обязательного реквизита «БИК»'],
  ['a short account', good.replace('40602810700000000025', '4060281070000000002'), 'должно быть 20 цифр'],
  ['a sum in roubles', good.replace('Sum=481236', 'Sum=4812.36'), 'целое число копеек'],
  ['a broken pair', good.replace('Sum=481236', 'Sum481236'), 'повреждён один из реквизитов'],
  ['a repeated key', `${good}|SUM=1`, 'Sum указан дважды'],
  ['a wrong month', good.replace('102026', '132026'), 'это не месяц'],
  ['a long purpose', good.replace('ЖКУ за', 'я'.repeat(211)), 'длиннее 210'],
  ['a book', good + 'я'.repeat(5000), 'слишком длинный'],
  ['cp1251 under the tag of UTF-8', iconv.encode(good, 'windows-1251'), 'не в той кодировке'],
] as const)
  test(`${what} is refused with the reason`, () => {
    expect(reason(source)).toContain(words)
  })

test('lengths: 160 signs of a purpose written, 210 read; 300 bytes of mandatory requisites', () => {
  expect(encodePaymentCode({ ...code, Purpose: 'я'.repeat(160) }, 2).status).toBe('ok')
  expect(encodePaymentCode({ ...code, Purpose: 'я'.repeat(161) }, 2)).toMatchObject({
    message: expect.stringContaining('160'),
  })
  expect(reason(good.replace('ЖКУ за октябрь 2026', 'я'.repeat(210)))).toBe('accepted')
  const long = { ...code, Name: 'я'.repeat(160), BankName: 'я'.repeat(45) }
  expect(encodePaymentCode(long, 2)).toMatchObject({ message: expect.stringContaining('300 байт') })
  expect(encodePaymentCode(long, 1).status).toBe('ok')
})

test('the account on a bill is told; a bill of another company is refused by its ИНН, or by its account', () => {
  const ours = { inn: '6724001232', account: '40602810700000000025' }
  const { PayeeINN: _, ...nameless } = code
  const account = (of: PaymentCode) => accountOnBill(written(of), ours)
  expect(account(code)).toEqual({ status: 'ok', value: '0001234' })
  expect(account(nameless)).toEqual({ status: 'ok', value: '0001234' })
  const stranger = {
    status: 'refused',
    code: 'stranger',
    message: expect.stringContaining('другой организации'),
  }
  expect(account({ ...code, PayeeINN: '7707083893' })).toEqual(stranger)
  expect(account({ ...nameless, PersonalAcc: '40702810900000000001' })).toEqual(stranger)
  expect(accountOnBill(written({ ...code, PayeeINN: '7707083893' }), null).status).toBe('ok')
  expect(accountOnBill(written(code).replace('PersAcc=0001234|', ''), ours)).toMatchObject({ code: 'broken' })
  expect(accountOnBill('0001234', ours)).toMatchObject({ code: 'absent' })
})
