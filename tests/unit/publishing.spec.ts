import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { seenWords, tickProblems } from '@/lib/acceptance/rules'
import { type Change, changesBetween } from '@/lib/documents/changes'
import { agreement as agreementOf } from '@/lib/documents/texts/agreement'
import { dayProblem } from '@/lib/publishing/rules'
import { textOf } from '@/lib/publishing/text'
import { settingsSchema } from '@/lib/settings/schema'
import { day, startOfMoscowDay } from '@/lib/units/day'

const agreement = agreementOf(settingsSchema.parse({}).company)

const words = (pieces: Change['was']) =>
  pieces.map(({ text, changed }) => (changed ? `[${text}]` : text)).join(' ')
const said = (before: string, after: string) =>
  changesBetween(before, after).changes.map(({ place, was, is }) => [place, words(was), words(is)])

test('what changed is told clause by clause, with the words that differ', () => {
  const after = agreement.body
    .replace('Плата за Сервис не берётся', 'Плата за Сервис не взимается')
    .replace('## 3. Регистрация и использование', '## 3. Регистрация')
    .concat('\n\n9.1. Новый пункт.\n')
  const found = said(agreement.body, after)
  expect(found.map(([place]) => place)).toEqual(['Пункт 2.5', '3. Регистрация', 'Пункт 9.1'])
  expect(found[0]?.[1]).toContain('Плата за Сервис не [берётся,] срок')
  expect(found[0]?.[2]).toContain('Плата за Сервис не [взимается,] срок')
  expect(found[1]?.slice(1)).toEqual(['3. Регистрация [и использование]', '3. Регистрация'])
  expect(found[2]?.slice(1)).toEqual(['', '9.1. Новый пункт.'])
})

test('how lines are broken is no difference; markup alone is shown as markup', () => {
  expect(said('раз два\nтри\n\n- а\n- б', 'раз\r\nдва три\r\n\r\n- а\r\n- б\r\n')).toEqual([])
  expect(said('**Логин** — имя', 'Логин — имя')).toEqual([[undefined, '[**Логин**] — имя', '[Логин] — имя']])
  expect(said('## Раздел\n\n- а\n- б', '## Раздел\n\n- б')).toEqual([['Раздел', 'а', '']])
})

test('every paragraph that is not in both versions is told, and no other', () => {
  const paragraph = fc.constantFrom('1.1. а', '1.2. б', 'слово', 'два слова', '## Раздел', '- пункт')
  fc.assert(
    fc.property(fc.array(paragraph), fc.array(paragraph), (old, fresh) => {
      const { changes } = changesBetween(old.join('\n\n'), fresh.join('\n\n'))
      const count = (side: 'was' | 'is') => changes.filter((change) => change[side].length > 0).length
      expect(old.length - count('was')).toBe(fresh.length - count('is'))
      expect(changes.length === 0).toBe(old.join() === fresh.join())
    }),
    { numRuns: 40 },
  )
})

test('long texts are compared in time', () => {
  const text = (sign: string) => Array.from({ length: 20_000 }, (_, at) => `${sign}${at}`).join('\n\n')
  const started = process.cpuUsage()
  expect(changesBetween(text('а'), text('б'))).toMatchObject({ more: 19_800 })
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000)
})

const sample = 'Соглашение № 2: «плата» — не берётся'
for (const [encoding, reads] of [
  ['utf-8', true],
  ['windows-1251', true],
  ['koi8-r', false],
  ['cp866', false],
  ['utf-16le', false],
] as const) {
  test(`a file in ${encoding} is ${reads ? 'read' : 'refused'}`, () => {
    const bytes = iconv.encode(encoding === 'utf-16le' ? `\ufeff${sample}` : sample, encoding)
    expect(textOf(bytes)).toBe(reads ? sample : undefined)
  })
}

test('the mark of UTF-8 is no part of the text; what is no text is refused', () => {
  expect(textOf(iconv.encode(sample, 'utf-8', { addBOM: true }))).toBe(sample)
  expect(textOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xd8]))).toBeUndefined()
  expect(textOf(Buffer.from('a\0b'))).toBeUndefined()
})

const now = new Date('2026-11-25T23:30:00+03:00')
const coming = { version: 3, effectiveFrom: startOfMoscowDay(day('2026-12-10')) }
const inForce = { version: 2, effectiveFrom: new Date('2026-11-25T10:00:00+03:00') }
for (const [on, newest, problem] of [
  ['2026-11-25', inForce, undefined],
  ['2026-11-24', inForce, 'уже прошёл'],
  ['2026-11-26', inForce, undefined],
  ['2027-11-27', inForce, 'на год'],
  ['2026-11-25', coming, 'Версия 3 начнёт действовать 10 декабря 2026'],
  ['2026-12-09', coming, 'Версия 3'],
  ['2026-12-10', coming, undefined],
  ['2026-11-25', undefined, undefined],
] as const) {
  test(`a version from ${on} after version ${newest?.version ?? 'none'}: ${problem ?? 'taken'}`, () => {
    const found = dayProblem(day(on), now, newest)
    if (problem) expect(found).toContain(problem)
    else expect(found).toBeUndefined()
  })
}

test('the consent is an act of its own; the agreement alone needs its button only', () => {
  const of = (...kinds: ('agreement' | 'consent')[]) =>
    kinds.map((kind) => ({ kind, document: { version: 2 } }))
  expect(tickProblems(of('agreement'), {})).toBeUndefined()
  expect(Object.keys(tickProblems(of('agreement', 'consent'), { agreement: 'on' }) ?? {})).toEqual([
    'consent',
  ])
  expect(Object.keys(tickProblems(of('consent'), {}) ?? {})).toEqual(['consent'])
  expect(tickProblems(of('consent'), { consent: 'on' })).toBeUndefined()
  expect(seenWords(of('agreement', 'consent'))).toBe('agreement-2 consent-2')
})
