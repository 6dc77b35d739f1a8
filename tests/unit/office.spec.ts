import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { calendarWords, readCalendar } from '@/lib/office/calendar-xml'
import { codeWords } from '@/lib/office/code-preview'
import { outcomeOf } from '@/lib/office/outcome'
import { addRateForm } from '@/lib/office/rates-schema'
import {
  companyForm,
  exchangeForm,
  paymentsForm,
  requisitesForm,
  retentionForm,
  termsForm,
  testTextForm,
  textsForm,
} from '@/lib/office/schema'
import { type SectionName, sections } from '@/lib/office/sections'
import { type Settings, settingsSchema } from '@/lib/settings/schema'
import { addDays, moscowDay } from '@/lib/units/day'
import { requisites } from '../support/requisites'

const settings = settingsSchema.parse({ requisites })
const forms = {
  company: companyForm,
  requisites: requisitesForm,
  terms: termsForm,
  exchange: exchangeForm,
  payments: paymentsForm,
  texts: textsForm,
  retention: retentionForm,
}
/** Field → the first that is wrong with it. */
function problems(section: SectionName, change: Record<string, string | undefined>): Record<string, string> {
  const parsed = forms[section].safeParse({ ...sections[section].toForm(settings), ...change })
  return Object.fromEntries(
    (parsed.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]).toReversed(),
  )
}

for (const section of Object.keys(forms) as SectionName[]) {
  test(`the form of ${section} sent as it stands changes nothing`, () => {
    const parsed = forms[section].parse(sections[section].toForm(settings))
    const change: Partial<Settings> = 'change' in parsed ? parsed.change : { requisites: parsed.requisites }
    const after = settingsSchema.parse({ ...settings, ...change })
    expect(sections[section].toForm(after)).toEqual(
      JSON.parse(JSON.stringify(sections[section].toForm(settings)).replaceAll('\u00a0', ' ')),
    )
  })

  test(`the form of ${section} takes whatever is typed or says what is wrong with it`, () => {
    const names = Object.keys(sections[section].toForm(settings))
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 300 }), (name, text) => {
        const parsed = forms[section].safeParse({ ...sections[section].toForm(settings), [name]: text })
        for (const { path } of parsed.error?.issues ?? []) expect(path).not.toEqual([])
      }),
    )
  })
}

for (const [section, change, field, words] of [
  ['company', { name: ' ' }, 'name', 'Напишите, как вас называют жильцы'],
  ['company', { email: 'почта@mail.ru' }, 'email', 'русские буквы'],
  ['company', { phones: '' }, 'phones', 'Нужен хотя бы один телефон'],
  ['company', { phones: '(48153) 3-15-30\n3-15-30' }, 'phones', 'Строка 2: «3-15-30»'],
  ['company', { phones: Array(6).fill('(48153) 3-15-30').join('\n') }, 'phones', 'Не больше 5'],
  ['requisites', { inn: '6724001233' }, 'inn', 'не сходится контрольная цифра'],
  ['requisites', { account: '40602810700000000026' }, 'account', 'не сходится контрольная цифра'],
  ['requisites', { bic: '' }, 'bic', 'В БИК 9 цифр'],
  ['requisites', { name: '' }, 'name', 'Укажите получателя'],
  ['terms', { dueDay: '32' }, 'dueDay', 'от 1 до 31'],
  ['terms', { dueDay: '1.5' }, 'dueDay', 'от 1 до 31'],
  ['exchange', { outlierShare: '0' }, 'outlierShare', 'от 1 до 1000'],
  ['payments', { minimum: '0' }, 'minimum', 'больше нуля'],
  ['payments', { minimum: 'сто' }, 'minimum', 'в рублях'],
  ['payments', { minimum: '300 000' }, 'maximumCard', 'Меньше, чем наименьший'],
  ['payments', { vatCode: '13' }, 'vatCode', 'Выберите'],
  ['payments', { subject: 'commodity' }, 'subject', 'Выберите'],
  ['texts', { front: 'а'.repeat(601) }, 'front', 'Не больше 600'],
  ['retention', { passportRetentionDays: '366' }, 'passportRetentionDays', 'от 1 до 365'],
] as const satisfies readonly (readonly [SectionName, Record<string, string>, string, string])[]) {
  test(`${section}: ${JSON.stringify(change).slice(0, 60)} is refused at ${field}`, () => {
    expect(problems(section, change)).toHaveProperty(field, expect.stringContaining(words))
  })
}

test('phones are kept as typed, with the number to dial', () => {
  const { change } = companyForm.parse({
    ...sections.company.toForm(settings),
    phones: ' (48153) 3-15-30 \r\n\r\n8 910 123-45-67',
  })
  expect(change.company?.phones).toEqual([
    { text: '(48153) 3-15-30', tel: '+74815331530' },
    { text: '8 910 123-45-67', tel: '+79101234567' },
  ])
})

test('requisites typed with blanks are taken; all left empty are none', () => {
  const spaced = { ...requisites, account: '40602 810 7 0000 0000025', inn: ' 6724 001232' }
  expect(requisitesForm.parse(spaced).requisites).toEqual(requisites)
  const none = Object.fromEntries(Object.keys(requisites).map((name) => [name, ' ']))
  expect(requisitesForm.parse(none).requisites).toBeNull()
})

test('money is typed as people do', () => {
  const typed = { ...sections.payments.toForm(settings), minimum: '10,50', maximumSbp: '1\u00a0000\u00a0000' }
  expect(paymentsForm.parse(typed).change.payments).toMatchObject({
    minimum: 1050,
    maximum: { sbp: 100_000_000 },
  })
})

test('what a payment code will say stands a line each; too long a name is told', () => {
  const words = codeWords(requisites)
  expect(words).toMatchObject({ status: 'ok', value: expect.stringContaining('БИК: 046614746\n') })
  const long = { ...requisites, name: '«'.repeat(160), bankName: '№'.repeat(45) }
  expect(codeWords(long)).toMatchObject({ status: 'ok' })
  expect(codeWords({ ...long, name: '中'.repeat(160) })).toMatchObject({ status: 'refused' })
})

const today = moscowDay(new Date())
for (const [from, percent, wrong] of [
  [today, '9,5', undefined],
  [addDays(today, 40), '21', undefined],
  [addDays(today, -1), '9,5', 'from'],
  ['31.02.2027', '9,5', 'from'],
  ['', '9,5', 'from'],
  [today, '100', 'percent'],
  [today, '0', 'percent'],
  [today, '-1', 'percent'],
  [today, '9,555', 'percent'],
] as const) {
  test(`a rate of ${percent} % from ${from}: ${wrong ? `wrong at ${wrong}` : 'taken'}`, () => {
    const parsed = addRateForm.safeParse({ from, percent })
    expect(parsed.error?.issues[0]?.path[0]).toBe(wrong)
  })
}

/** A year as xmlcalendar writes it: the holidays of the law, then whatever else. */
const calendar = (year: number, more: string[] = [], without = '') =>
  [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<calendar year="${year}" lang="ru" date="${year}.01.01">`,
    '<holidays><holiday id="1" title="Новогодние каникулы"/></holidays>',
    '<days>',
    ...'01.01 01.02 01.03 01.04 01.05 01.06 01.07 01.08 02.23 03.08 05.01 05.09 06.12 11.04'
      .split(' ')
      .filter((day) => day !== without)
      .map((day) => `<day d="${day}" t="1" h="1"/>`),
    ...more,
    '</days></calendar>',
  ].join('\n')

test('a year is read: holidays among the week, days moved, weekends worked', () => {
  const read = readCalendar(
    calendar(2028, ['<day d="02.19" t="2" />', '<day d="03.07" t="2"/>', '<day d="05.08" t="1" f="01.08"/>']),
  )
  expect(read).toEqual({
    status: 'ok',
    value: {
      year: 2028,
      daysOff: [
        '01-03',
        '01-04',
        '01-05',
        '01-06',
        '01-07',
        '02-23',
        '03-08',
        '05-01',
        '05-08',
        '05-09',
        '06-12',
      ],
      workingWeekends: ['02-19'],
    },
  })
  if (read.status === 'ok')
    expect(calendarWords(read.value)).toBe('11 выходных среди недели, 1 рабочий день в субботу и воскресенье')
})

for (const [name, xml, reason] of [
  ['nothing', '', 'Это не календарь xmlcalendar'],
  ['a page', '<html><body>404</body></html>', 'Это не календарь xmlcalendar'],
  ['an entity', `<!DOCTYPE x [<!ENTITY a "b">]>${calendar(2028)}`, 'DOCTYPE'],
  ['a day that is none', calendar(2028, ['<day d="02.30" t="1"/>']), 'Строка 19: такого дня нет в 2028 году'],
  ['a kind that is none', calendar(2028, ['<day d="03.07" t="4"/>']), 'Строка 19: вид дня t'],
  [
    'a day twice',
    calendar(2028, ['', '<day d="01.03" t="1"/>']),
    'Строка 20: день 03.01 встречается второй раз',
  ],
  ['a holiday lost', calendar(2028, [], '05.09'), 'Нет выходного 09.05'],
  ['cut short', calendar(2028).slice(0, 400), 'Нет выходного'],
  ['too long', calendar(2028, [' '.repeat(200_000)]), 'слишком велик'],
] as const) {
  test(`a calendar with ${name} is refused with the reason`, () => {
    expect(readCalendar(xml)).toEqual({
      status: 'invalid',
      errors: { text: expect.stringContaining(reason) },
    })
  })
}

test('whatever is pasted as a calendar is answered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => expect(readCalendar(text).status).toBe('invalid')),
  )
})

for (const [attempt, state, words] of [
  [undefined, 'waiting', 'в очереди'],
  [{ sentAt: null, lastError: null }, 'waiting', 'в очереди'],
  [{ sentAt: new Date(0), lastError: null }, 'sent', 'Отправлено'],
  [{ sentAt: null, lastError: 'EAUTH' }, 'failed', 'логин или пароль'],
  [{ sentAt: null, lastError: 'EXOTIC' }, 'failed', 'код: EXOTIC'],
] as const) {
  test(`a test message, ${JSON.stringify(attempt)}: ${state}, ${words}`, () => {
    expect(outcomeOf(attempt)).toEqual({ state, words: expect.stringContaining(words) })
  })
}

for (const [phone, taken] of [
  ['8 (910) 123-45-67', '+79101234567'],
  ['+7 48153 3-15-30', undefined],
  ['+44 7911 123456', undefined],
  ['', undefined],
] as const) {
  test(`a test SMS to «${phone}»: ${taken ?? 'refused'}`, () => {
    expect(testTextForm.safeParse({ phone }).data?.phone).toBe(taken)
  })
}
