import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { compareAddresses } from '@/lib/requests/addresses'
import { type BillingAccount, type ComparedRequest, compareWithBilling } from '@/lib/requests/comparison'
import { compareNames, nameDistance } from '@/lib/requests/names'
import { decidedWords, isOpen, requestNumber, timeLeft, tooManyWords } from '@/lib/requests/rules'
import { summarise } from '@/lib/requests/summary'
import { day } from '@/lib/units/day'
import { formatPhone, mobileNumber } from '@/lib/units/phone'

const phones: [typed: string, stored: string | undefined][] = [
  ['8 (910) 123-45-67', '+79101234567'],
  ['+7 910 123-45-67', '+79101234567'],
  ['9101234567', '+79101234567'],
  ['(48153) 3-15-30', undefined],
  ['8 800 555-35-35', undefined],
  ['+7 777 123-45-67', undefined],
  ['+375 29 123-45-67', undefined],
  ['', undefined],
]
for (const [typed, stored] of phones) {
  test(`a mobile number «${typed}» is ${stored}`, () => expect(mobileNumber(typed)).toBe(stored))
}

test('a phone is written as people read it', () => {
  expect(formatPhone('+79101234567')).toBe('+7 (910) 123-45-67')
  expect(formatPhone('3-15-30')).toBe('3-15-30')
})

const distances: [a: string, b: string, distance: number][] = [
  ['Королёва-Щукина', 'КОРОЛЕВА ЩУКИНА', 0],
  ['Иванов', 'Ивонов', 1],
  ['Иванов', 'Иавнов', 1],
  ['Иванов', 'Иваново', 1],
  ['Ли', 'Ки', 1],
  ['', 'Ли', 2],
  ['Петров', 'Иванов', 4],
]
for (const [a, b, distance] of distances) {
  test(`«${a}» and «${b}» are ${distance} apart`, () => expect(nameDistance(a, b)).toBe(distance))
}

const name = fc.string({ unit: fc.constantFrom(...'абвгеёжийк -’'), maxLength: 25 })

test('the distance of names is a distance', () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      const distance = nameDistance(a, b)
      expect(distance).toBe(nameDistance(b, a))
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
      expect(nameDistance(a, a)).toBe(0)
      expect(nameDistance(a.toUpperCase().replaceAll('Ё', 'Е'), ` ${a} `)).toBe(0)
    }),
  )
})

test('one slip of the fingers is a distance of one', () => {
  const word = fc.string({ unit: fc.constantFrom(...'абвгдежз'), minLength: 2, maxLength: 25 })
  fc.assert(
    fc.property(word, fc.nat(), (text, seed) => {
      const place = seed % (text.length - 1)
      const swapped =
        text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2)
      const lost = text.slice(0, place) + text.slice(place + 1)
      expect(nameDistance(text, swapped)).toBeLessThanOrEqual(1)
      expect(nameDistance(text, lost)).toBe(1)
    }),
  )
})

test('names of any signs and length are compared without an error, in no time', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.string({ minLength: 10_000, maxLength: 10_000 }),
      (a, b) => {
        expect(nameDistance(a, b)).toBeGreaterThanOrEqual(0)
        expect(nameDistance(b, b)).toBe(0)
      },
    ),
    { numRuns: 20 },
  )
})

const names: [typed: [string, string, string], holder: string, likeness: string, words: RegExp][] = [
  [['Королёва-Щукина', 'Анна', ''], 'КОРОЛЕВА-ЩУКИНА АННА', 'same', /совпало/],
  [['Анна', 'Королёва', ''], 'Королева Анна', 'same', /совпало/],
  [['Гусейнов', 'Руслан', 'Али оглы'], 'Гусейнов Руслан Али-оглы', 'same', /совпало/],
  [['О', 'Ю', ''], 'О Ю', 'same', /совпало/],
  [['Иванов', 'Иван', 'Петрович'], 'Иванов И. П.', 'close', /инициалы/],
  [['Иванов', 'Иван', 'Петрович'], 'Иванов Иван', 'close', /в биллинге нет отчества/],
  [['Иванов', 'Иван', ''], 'Иванов Иван Петрович', 'close', /в заявке нет отчества/],
  [['Иванов', 'Иван', 'Петрович'], 'Ивонов Иван Петрович', 'close', /одна буква/],
  [['Иванов', 'Иван', 'Петрович'], 'Иванов Степан Олегович', 'different', /другое имя/],
  [['Ли', 'Вэй', ''], 'Ки Вэй', 'different', /другая фамилия/],
]
for (const [[lastName, firstName, patronymic], holder, likeness, words] of names) {
  test(`${lastName} ${firstName} ${patronymic} beside «${holder}» is ${likeness}`, () => {
    const found = compareNames({ lastName, firstName, patronymic }, holder)
    expect(found.likeness).toBe(likeness)
    expect(found.words).toMatch(words)
  })
}

const addresses: [a: string, b: string, verdict: string, markedInA: string[]][] = [
  ['3-й микрорайон, дом 7, кв. 41', '3 мкр., д. 7, кв. 41', 'same', []],
  [
    '216400, Смоленская обл., г. Десногорск, мкр. 3, д. 10А, корп. 2, кв. 5',
    '3-й мкр-н, д. 10а, к. 2, кв. 5',
    'same',
    [],
  ],
  ['3-й мкр, д.1Б, кв.15а', '3 м-н, дом 1 «Б», квартира 15А', 'same', []],
  ['3 мкр., д. 15a', '3 мкр., д. 15а', 'same', []],
  ['3-7-41', '3 мкр., д. 7, кв. 41', 'same', []],
  ['2 мкр., д. 3/1, кв. 28Н ком.1', '2-й микрорайон, д.3/1, кв. 28н, ком. 1', 'same', []],
  ['ул Ленина 5-2', 'улица Ленина, дом 5, квартира 2', 'same', []],
  ['3-й мкр., д. 7, кв. 14', '3-й мкр., д. 7, кв. 41', 'swapped', ['14']],
  ['3-й мкр., д. 7, кв. 42', '3-й мкр., д. 7, кв. 41', 'different', ['42']],
  ['4 мкр., д. 7, кв. 41', '3 мкр., д. 7, кв. 41', 'different', ['4']],
  ['3 мкр., д. 7', '3 мкр., д. 7, кв. 41', 'different', []],
  ['г. Рославль, д. 7, кв. 41', 'г. Десногорск, д. 7, кв. 41', 'different', ['Рославль']],
  ['рядом с почтой, 2 этаж', '3 мкр., д. 7, кв. 41', 'unclear', []],
]
for (const [a, b, verdict, marked] of addresses) {
  test(`«${a}» beside «${b}» is ${verdict}`, () => {
    const found = compareAddresses(a, b)
    expect(found.verdict).toBe(verdict)
    expect(found.a.map(({ text }) => text).join('')).toBe(a)
    if (verdict !== 'unclear')
      expect(found.a.filter((piece) => piece.marked).map(({ text }) => text)).toEqual(marked)
  })
}

test('any two addresses are compared, and no sign of them is lost', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'дквмр. 0123/-й«»Б'), maxLength: 60 }),
  )
  fc.assert(
    fc.property(text, text, (a, b) => {
      const found = compareAddresses(a, b)
      expect(found.a.map((piece) => piece.text).join('')).toBe(a)
      expect(found.b.map((piece) => piece.text).join('')).toBe(b)
      expect(compareAddresses(a, a).verdict).toBe('same')
    }),
  )
})

test('the badge of an address says what differs', () => {
  const words = (a: string) => compareAddresses(a, '3 мкр., д. 7, кв. 41').words
  expect(words('3 мкр., д. 8, кв. 41')).toBe('другой дом')
  expect(words('3 мкр., д. 7')).toBe('без квартиры')
  expect(words('4 мкр., д. 8, кв. 41')).toBe('другой адрес')
})

const TODAY = day('2026-11-22')
const request: ComparedRequest = {
  accountNumber: '0104523',
  ...{ lastName: 'Королёва-Щукина', firstName: 'Анна', patronymic: '' },
  registrationAddress: '3-й мкр., д. 7, кв. 14',
  postalAddress: '3-й мкр., д. 7, кв. 14',
  phone: '+79101234567',
  meterSerial: '48-221907',
}
const account: BillingAccount = {
  accountNumber: '0104523',
  holderName: 'КОРОЛЕВА-ЩУКИНА АННА',
  address: '3-й мкр., д. 7, кв. 41',
  phone: '8 910 123 45 67',
  closedOn: null,
  meterSerials: ['11-000001', '48221907'],
}

test('a request with the digits of the flat swapped looks like the holder', () => {
  const rows = compareWithBilling(request, account, TODAY)
  expect(rows.map(({ label, verdict }) => [label, verdict])).toEqual([
    ['Лицевой счёт', 'same'],
    ['ФИО', 'same'],
    ['Адрес регистрации', 'close'],
    ['Телефон', 'same'],
    ['Счётчик', 'known'],
  ])
  expect(summarise(rows)).toEqual({
    likely: 'yes',
    title: 'Похоже, это владелец',
    text: 'Совпало 4 из 5; адрес регистрации — переставлены цифры квартиры.',
  })
})

test('another holder, a closed account and an unknown one are said in words', () => {
  const titleOf = (change: Partial<BillingAccount>) =>
    summarise(compareWithBilling(request, { ...account, ...change }, TODAY)).title
  expect(titleOf({ holderName: 'Сидоров Пётр' })).toBe('Не похоже на владельца')
  expect(titleOf({ closedOn: day('2026-01-01') })).toMatch(/нет открытого счёта/)
  expect(titleOf({ phone: null, meterSerials: [] })).toBe('Присмотритесь')
  expect(summarise(compareWithBilling(request, undefined, TODAY)).title).toMatch(/нет открытого счёта/)
})

test('a postal address of its own gets a line of its own', () => {
  const verdictOf = (postalAddress: string) =>
    compareWithBilling({ ...request, postalAddress }, account, TODAY).find(
      ({ label }) => label === 'Почтовый адрес',
    )?.verdict
  expect(verdictOf('г. Рославль, д. 1')).toBe('unknown')
  expect(verdictOf('3 мкр., д. 7, кв. 41')).toBe('same')
  expect(verdictOf(request.registrationAddress)).toBeUndefined()
})

test('an account is closed from its day on', () => {
  expect(isOpen({ closedOn: null }, TODAY)).toBe(true)
  expect(isOpen({ closedOn: day('2026-11-23') }, TODAY)).toBe(true)
  expect(isOpen({ closedOn: TODAY }, TODAY)).toBe(false)
})

const times: [hours: number, words: string, urgency: string][] = [
  [-1, 'просрочено', 'bad'],
  [0.5, 'меньше часа', 'bad'],
  [2, '2 ч', 'bad'],
  [6.9, '6 ч', 'warn'],
  [9, '1 день', 'water'],
  [18, '2 дня', 'water'],
  [45, '5 дней', 'water'],
]
for (const [hours, words, urgency] of times) {
  test(`${hours} working hours left are «${words}»`, () =>
    expect(timeLeft(hours)).toEqual({ words, urgency }))
}

test('numbers and words of the request', () => {
  expect(requestNumber(TODAY, 417)).toBe('2026-0417')
  expect(requestNumber(TODAY, 12_345)).toBe('2026-12345')
  expect(decidedWords('approved', 'operator', new Date('2026-11-22T13:40:00Z'))).toBe(
    'Заявку уже подтвердил(а) operator 22 ноября 2026, 16:40',
  )
  expect(tooManyWords(41)).toContain('через 41 минуту')
  expect(tooManyWords(1_300)).toContain('через 22 часа')
})
