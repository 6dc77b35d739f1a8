import { expect, test } from '@playwright/test'
import { recognise } from '@/lib/exchange/header'
import { accountsLayout, chargesLayout, type Layout, layouts, metersLayout } from '@/lib/exchange/layouts'
import { FileReading } from '@/lib/exchange/reading'
import type { ImportKind } from '@/lib/exchange/schema'
import { billingLines, type Row } from '../support/billing-file'

/** Reads lines as `readLines` would give them. */
function read<T>(layout: Layout<T>, [header = [], ...lines]: string[][]) {
  const recognised = recognise(header, layouts)
  if (!recognised) throw new Error('not recognised')
  const reading = new FileReading(layout, recognised, header.length)
  for (const [place, cells] of lines.entries()) reading.take({ line: place + 2, cells })
  return { ...reading.finish(), accepted: reading.drain() }
}

function readKind(kind: ImportKind, rows: Row[], total?: Record<number, string>) {
  const lines = billingLines(kind, rows, total)
  if (kind === 'accounts') return read(accountsLayout, lines)
  return kind === 'meters' ? read(metersLayout, lines) : read(chargesLayout, lines)
}

test('a row of charges is read exactly: decimal comma, minus, period, units', () => {
  const { accepted, refusal } = read(
    chargesLayout,
    billingLines('charges', [{ opening: '-1872,61', paid: '0,00', closing: '-1583,64', volume: '-0,5' }]),
  )
  expect(refusal).toBeNull()
  expect(accepted).toEqual([
    {
      line: 2,
      row: {
        accountNumber: '0104523',
        period: '2026-10',
        service: 'Холодное водоснабжение',
        unit: 'м³',
        volume: -5_000_000n,
        tariff: 451_800_000n,
        opening: -187_261n,
        charged: 28_897n,
        recalculated: 0n,
        benefit: 0n,
        penalty: 0n,
        paid: 0n,
        closing: -158_364n,
      },
    },
  ])
})

test('blank cells that may be blank are unknown', () => {
  const { accepted } = read(
    accountsLayout,
    billingLines('accounts', [{ phone: '', area: '', residents: '', openedOn: '' }]),
  )
  expect(accepted[0]?.row).toMatchObject({ phone: null, area: null, residents: null, openedOn: null })
})

const bad: readonly (readonly [kind: ImportKind, row: Row, column: string, reason: RegExp])[] = [
  ['accounts', { accountNumber: '' }, 'ЛС', /не заполнено/i],
  ['accounts', { accountNumber: '12A4523' }, 'ЛС', /цифр/],
  ['accounts', { holderName: '' }, 'ФИО', /не заполнено/i],
  ['accounts', { holderName: 'я'.repeat(301) }, 'ФИО', /300/],
  ['accounts', { address: 'дом\u0000' }, 'Адрес', /управляющих/],
  ['accounts', { area: '54,3,1' }, 'Площадь', /число/],
  ['accounts', { area: '-54' }, 'Площадь', /число/],
  ['accounts', { area: '1e3' }, 'Площадь', /число/],
  ['accounts', { residents: '2,5' }, 'Проживает', /от 0 до 99/],
  ['accounts', { openedOn: '31.02.2020' }, 'Открыт', /дата/],
  ['accounts', { openedOn: '01.01.0000' }, 'Открыт', /дата/],
  ['accounts', { closedOn: '01.01.2001' }, 'Закрыт', /раньше/],
  ['meters', { kind: 'Вода' }, 'Вид', /Холодная вода/],
  ['meters', { digitsBefore: '0' }, 'Знаков до запятой', /от 1 до 9/],
  ['meters', { registers: '4' }, 'Тарифов', /1, 2 или 3/],
  ['meters', { registers: '2' }, 'Показание T2', /нет показания/i],
  ['meters', { t2: '5' }, 'Показание T2', /нет/],
  ['meters', { takenOn: '' }, 'Показание T1', /нет даты/i],
  ['meters', { t1: '100000' }, 'Показание T1', /помещается/],
  ['meters', { t1: '-1' }, 'Показание T1', /число/],
  ['meters', { removedOn: '01.01.2021' }, 'Снят', /раньше/],
  ['meters', { takenOn: '01.01.2021' }, 'Дата показания', /до установки/],
  ['meters', { serial: '<b>' }, 'Номер счётчика', /40/],
  ['charges', { period: '13.2026' }, 'Период', /период/],
  ['charges', { charged: '288,977' }, 'Начислено', /сумма/],
  ['charges', { charged: '' }, 'Начислено', /не заполнено/i],
  ['charges', { volume: 'шесть' }, 'Объём', /число/],
]

for (const [place, [kind, row, column, reason]] of bad.entries()) {
  test(`a bad cell is named, ${place + 1}: ${kind}, ${column}, ${reason.source}`, () => {
    const good = { accountNumber: '0000001' }
    const { rejects, accepted, refusal, rows } = readKind(kind, [good, row])
    expect(refusal).toBeNull()
    expect(rows).toBe(2)
    expect(accepted).toHaveLength(1)
    expect(rejects).toEqual([{ line: 3, column, reason: expect.stringMatching(reason) }])
    const typed = Object.values(row).filter((value) => value.length > 2)
    for (const value of typed) expect(rejects[0]?.reason).not.toContain(value)
  })
}

test('a row that stands twice is rejected the second time', () => {
  const { rejects, accepted } = readKind('charges', [{}, {}])
  expect(accepted).toHaveLength(1)
  expect(rejects).toEqual([{ line: 3, column: 'ЛС', reason: 'Такая строка в файле уже есть' }])
})

test('a meter may bring a reading a month, not two', () => {
  const months = [{ takenOn: '24.09.2026', t1: '310' }, {}]
  expect(readKind('meters', months).rejects).toEqual([])
  expect(readKind('meters', [...months, { takenOn: '25.10.2026' }]).rejects).toHaveLength(1)
})

test('a row that does not add up is kept as stated and named', () => {
  const { accepted, warnings } = readKind('charges', [{ closing: '288,98' }])
  expect(accepted).toHaveLength(1)
  expect(warnings).toEqual([
    { line: 2, column: 'Исходящее сальдо', reason: expect.stringContaining('не сходится') },
  ])
})

test.describe('the control line', () => {
  const refusals: readonly (readonly [
    name: string,
    lines: () => string[][],
    line: number,
    reason: RegExp,
  ])[] = [
    ['is missing', () => billingLines('charges', [{}]).slice(0, -1), 2, /обрезан/],
    [
      'counts other rows',
      () => billingLines('charges', [{}], { 1: '2' }),
      3,
      /указано строк 2, а в файле их 1/,
    ],
    ['has no count', () => billingLines('charges', [{}], { 1: '' }), 3, /число строк/],
    ['has another sum', () => billingLines('charges', [{}], { 7: '288,98' }), 3, /288,98, по строкам 288,97/],
    ['lacks a sum', () => billingLines('charges', [{}], { 12: '' }), 3, /нет суммы/],
    ['is not the last', () => [...billingLines('charges', [{}]), ['0', '1']], 4, /После строки ИТОГО/],
    ['stands alone', () => billingLines('charges', []), 2, /ни одной строки/],
    [
      'comes after a short row',
      () => billingLines('charges', [{}]).with(1, ['0104523', '10.2026']),
      2,
      /Столбцов в строке 2/,
    ],
  ]
  for (const [name, lines, line, reason] of refusals) {
    test(`${name}: the whole file is refused`, () => {
      expect(read(chargesLayout, lines()).refusal).toMatchObject({
        line,
        reason: expect.stringMatching(reason),
      })
    })
  }

  test('cannot vouch for a column with an unreadable amount, and says so', () => {
    const lines = billingLines('charges', [{}, { accountNumber: '0104524', charged: '?' }], { 7: '1,00' })
    const { refusal, rejects, warnings } = read(chargesLayout, lines)
    expect(refusal).toBeNull()
    expect(rejects).toHaveLength(1)
    expect(warnings).toEqual([{ line: 4, column: 'Начислено', reason: expect.stringContaining('не сверен') }])
  })

  test('may be short where there are no sums', () => {
    const lines = billingLines('accounts', [{}])
    expect(read(accountsLayout, [...lines.slice(0, -1), ['ИТОГО', '1', '']]).refusal).toBeNull()
  })
})

test('a file without a column is refused at its first line', () => {
  const lines = billingLines('charges', [{}]).map((cells) => cells.slice(0, -1))
  expect(read(chargesLayout, lines).refusal).toEqual({
    line: 1,
    column: 'Исходящее сальдо',
    reason: 'В файле нет такого столбца',
  })
})
