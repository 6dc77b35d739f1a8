import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { queueFilter, refusalSchema, requestSchema } from '@/lib/requests/schema'
import { requestForm } from '../support/requests'

type Form = Record<string, string | undefined>

function problemsOf(change: Form): Record<string, string> {
  const result = requestSchema.safeParse(requestForm(change))
  const problems: Record<string, string> = {}
  for (const issue of result.error?.issues ?? []) problems[issue.path.join('.')] ??= issue.message
  return problems
}

/** Without the invisible and control signs that a report could not carry. */
const escaped = (text: string | undefined) => JSON.stringify(text)?.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '␣')

const kept: [field: string, typed: string, stored: string][] = [
  ['accountNumber', '№ 010 4523', '0104523'],
  ['accountNumber', '0000001', '0000001'],
  ['lastName', 'О', 'О'],
  ['lastName', 'Королёва-Щукина', 'Королёва-Щукина'],
  ['lastName', "О'Генри", "О'Генри"],
  ['lastName', 'Müller', 'Müller'],
  ['lastName', '  де  Ла\u00a0Крус ', 'де Ла Крус'],
  ['patronymic', 'Гасан оглы', 'Гасан оглы'],
  ['patronymic', 'Айдын кызы', 'Айдын кызы'],
  ['patronymic', '', ''],
  ['firstName', 'Андрей'.normalize('NFD'), 'Андрей'],
  ['firstName', 'Анна\u200b\u0000', 'Анна'],
  ['registrationAddress', '3-й микрорайон, дом 1Б, кв. 15а', '3-й микрорайон, дом 1Б, кв. 15а'],
  ['passport', '66 14 512 092', '6614512092'],
  ['passport', '6614 № 512092', '6614512092'],
  ['passportIssuedOn', '15.04.2016', '2016-04-15'],
  ['passportIssuedOn', '2016-04-15', '2016-04-15'],
  ['email', ' Anna.K@Example.ru ', 'Anna.K@Example.ru'],
]
for (const [field, typed, stored] of kept) {
  test(`${field} ${escaped(typed)} is kept as «${stored}»`, () => {
    expect(requestSchema.parse(requestForm({ [field]: typed }))).toMatchObject({ [field]: stored })
  })
}

const told: [field: string, typed: string | undefined, message: RegExp][] = [
  ['accountNumber', '', /с квитанции/],
  ['accountNumber', '12', /Сейчас 2 цифры/],
  ['accountNumber', 'счёт', /только цифры/],
  ['accountNumber', '1'.repeat(21), /Сейчас 21 цифра/],
  ['lastName', undefined, /фамилию/],
  ['lastName', ' \u200b ', /фамилию/],
  ['lastName', 'Иванов7', /Лишнее: «7»/],
  ['lastName', '<script>', /Лишнее: «<»/],
  ['lastName', '--', /ни одной буквы/],
  ['lastName', 'И'.repeat(81), /Не больше 80 знаков. Сейчас 81/],
  ['patronymic', 'Али2', /Лишнее: «2»/],
  ['registrationAddress', 'Десногорск', /с домом и квартирой/],
  ['registrationAddress', `д. 1 ${'а'.repeat(300)}`, /Не больше 300/],
  ['passport', '66 14 512 09', /^Нужно 10 цифр: 4 серии и 6 номера\. Сейчас 9\.$/],
  ['passport', '66145120921', /Сейчас 11\.$/],
  ['passport', 'МР 123456', /только цифры/],
  ['passportIssuedBy', '', /кем он выдан/],
  ['passportIssuedOn', '', /день, когда выдан/],
  ['passportIssuedOn', '31.02.2016', /в календаре нет/],
  ['passportIssuedOn', '2016-13-01', /в календаре нет/],
  ['passportIssuedOn', '2999-01-01', /ещё не наступил/],
  ['passportIssuedOn', '01.01.1949', /Так давно/],
  ['email', 'anna', /нет знака @/],
  ['email', 'анна@почта.рф', /русские буквы/],
  ['email', 'a@b, c@d.ru', /вида anna@example.ru/],
  ['email', 'a@b', /вида anna@example.ru/],
  ['phone', '123', /Сейчас 3 цифры/],
  ['phone', 'позвоните', /только цифры/],
  ['meterSerial', 'x'.repeat(41), /Не больше 40/],
  ['acceptAgreement', undefined, /соглашения/],
  ['acceptConsent', 'yes', /обработку данных/],
  ['submissionKey', 'none', /Обновите страницу/],
]
for (const [field, typed, message] of told) {
  test(`${field} ${escaped(typed?.slice(0, 30))} is refused in words`, () => {
    expect(problemsOf({ [field]: typed })[field]).toMatch(message)
  })
}

test('the postal address is the registration one when the tick says so, and needed otherwise', () => {
  const address = { registrationAddress: '3 мкр., д. 7, кв. 41', postalAddress: '' }
  expect(requestSchema.parse(requestForm({ ...address, sameAddress: 'on' })).postalAddress).toBe(
    '3 мкр., д. 7, кв. 41',
  )
  expect(problemsOf({ ...address, sameAddress: undefined })).toHaveProperty('postalAddress')
  const other = { ...address, sameAddress: undefined, postalAddress: 'г. Рославль, д. 1' }
  expect(requestSchema.parse(requestForm(other)).postalAddress).toBe('г. Рославль, д. 1')
})

test('an empty form is told everything at once', () => {
  const empty = Object.fromEntries(Object.keys(requestForm()).map((name) => [name, '']))
  const result = requestSchema.safeParse(empty)
  expect(new Set(result.error?.issues.map((issue) => issue.path.join('.')))).toEqual(
    new Set([
      ...['submissionKey', 'accountNumber', 'lastName', 'firstName', 'registrationAddress', 'postalAddress'],
      ...[
        'passport',
        'passportIssuedBy',
        'passportIssuedOn',
        'email',
        'phone',
        'acceptAgreement',
        'acceptConsent',
      ],
    ]),
  )
})

const naughty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '\u202eабв',
    'a\u0000b',
    '١٢٣٤٥٦٧٨٩٠',
    '½',
    '🙂'.repeat(5_000),
  ),
  fc.constantFrom(
    "'; drop table users; --",
    '{{7*7}}',
    '../../etc/passwd',
    '=1+1',
    '%00',
    'null',
    '1e3',
    '-0',
  ),
  fc.string({ minLength: 10_000, maxLength: 10_000 }),
)

test('whatever is typed, the form answers and never throws, and stores nothing odd', () => {
  const names = Object.keys(requestForm())
  fc.assert(
    fc.property(fc.constantFrom(...names), naughty, (name, text) => {
      const result = requestSchema.safeParse(requestForm({ [name]: text }))
      for (const value of Object.values(result.data ?? {})) {
        if (typeof value !== 'string') continue
        expect(value.length).toBeLessThanOrEqual(300)
        expect(value).not.toMatch(/[\p{Cc}\p{Cs}]/u)
        expect(value).toBe(value.normalize('NFC').trim())
      }
    }),
    { numRuns: 500 },
  )
})

test('what was normalised once stays as it is', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'абвгдеёжзАБВЁ -’.'), minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(letters, (lastName) => {
      const first = requestSchema.safeParse(requestForm({ lastName }))
      fc.pre(first.success)
      const again = requestSchema.parse(requestForm({ lastName: first.data?.lastName }))
      expect(again.lastName).toBe(first.data?.lastName)
    }),
  )
})

test('a filter in an address that cannot be read is no filter', () => {
  expect(queueFilter.parse({ state: 'x', q: ['a', 'b'] })).toEqual({ state: 'waiting', q: '' })
  expect(queueFilter.parse({ state: 'decided', q: ' Королёва\u0000 ' })).toEqual({
    state: 'decided',
    q: 'Королёва',
  })
})

test('a refusal needs a reason of the catalogue', () => {
  const requestId = requestForm().submissionKey
  expect(refusalSchema.safeParse({ requestId, reason: '' }).success).toBe(false)
  expect(refusalSchema.safeParse({ requestId, reason: 'toString' }).success).toBe(false)
  expect(refusalSchema.parse({ requestId, reason: 'name' })).toEqual({ requestId, reason: 'name', note: '' })
})
