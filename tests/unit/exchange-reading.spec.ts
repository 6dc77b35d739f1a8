import { expect, test } from '@playwright/test'
import type { Profile } from '@/lib/exchange/profile'
import { ownProfile } from '@/lib/exchange/profiles/own'
import type { ImportKind } from '@/lib/exchange/schema'
import { billingLines, encoded, type Row } from '../support/billing-file'
import { readWhole } from '../support/table-file'

function read(kind: ImportKind, lines: string[][], changes: Partial<Profile> = {}) {
  return readWhole(encoded(lines, 'utf-8'), {
    ...ownProfile(kind),
    encoding: 'utf-8',
    delimiter: ';',
    ...changes,
  })
}

function readKind(kind: ImportKind, rows: Row[], total?: Record<number, string>) {
  return read(kind, billingLines(kind, rows, total))
}

test('a row of charges is read exactly: decimal comma, minus, period, units', async () => {
  const { accepted, refusal } = await read(
    'charges',
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
        ...{ basis: null, norm: null, basisCount: null, chargedFrom: null },
        ...{ penaltyBase: null, penaltyDays: null, penaltyRate: null },
      },
      cells: expect.arrayContaining(['-1872,61', 'куб.м']),
    },
  ])
})

test('blank cells that may be blank are unknown', async () => {
  const { accepted } = await read(
    'accounts',
    billingLines('accounts', [{ phone: '', area: '', residents: '', openedOn: '' }]),
  )
  expect(accepted[0]?.row).toMatchObject({ phone: null, area: null, residents: null, openedOn: null })
})

const bad: readonly (readonly [kind: ImportKind, row: Row, column: string, reason: RegExp])[] = [
  ['accounts', { accountNumber: '' }, 'ЛС', /не заполнено/i],
  ['accounts', { accountNumber: '12A4523' }, 'ЛС', /цифр/],
  ['accounts', { holderName: '' }, 'ФИО', /не заполнено/i],
  ['accounts', { holderName: 'я'.repeat(301) }, 'ФИО', /300/],
  ['accounts', { address: 'дом\u0001' }, 'Адрес', /управляющих/],
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
  ['tariffs', { validFrom: '' }, 'Действует с', /не заполнено/i],
  ['tariffs', { price: '-45,18' }, 'Тариф', /число/],
  ['tariffs', { normPer: '' }, 'Норматив на', /на что норматив/],
  ['tariffs', { normPer: 'дом' }, 'Норматив на', /на человека или на кв\.м/],
  ['payments', { amount: '0,00' }, 'Сумма', /больше нуля/],
  ['payments', { amount: '-288,97' }, 'Сумма', /больше нуля/],
  ['payments', { paidOn: '' }, 'Дата', /не заполнено/i],
  ['payments', { period: 'осень' }, 'Период', /период/],
  ['readings', { t1: '' }, 'Показание T1', /не заполнено/i],
  ['readings', { t3: '5' }, 'Показание T2', /нет показания/i],
  ['readings', { takenOn: '32.10.2026' }, 'Дата показания', /дата/],
]

for (const [place, [kind, row, column, reason]] of bad.entries()) {
  test(`a bad cell is named, ${place + 1}: ${kind}, ${column}, ${reason.source}`, async () => {
    const good = kind === 'tariffs' ? { service: 'Наём' } : { accountNumber: '0000001' }
    const { rejected, accepted, refusal, rows } = await readKind(kind, [good, row])
    expect(refusal).toBeNull()
    expect(rows).toBe(2)
    expect(accepted).toHaveLength(1)
    expect(rejected).toMatchObject([{ line: 3, column, reason: expect.stringMatching(reason) }])
    const typed = Object.values(row).filter((value) => value.length > 2)
    for (const value of typed) expect(rejected[0]?.reason).not.toContain(value)
    expect(rejected[0]?.cells).toEqual(expect.arrayContaining(typed.map((value) => value.trim())))
  })
}

test('a row that does not add up is kept as stated and named', async () => {
  const { accepted, warnings, warningCount } = await readKind('charges', [{ closing: '288,98' }])
  expect(accepted).toHaveLength(1)
  expect(warningCount).toBe(1)
  expect(warnings).toEqual([
    { line: 2, column: 'Исходящее сальдо', reason: expect.stringContaining('не сходится') },
  ])
})

test('of very many warnings the first 300 are kept and all are counted', async () => {
  const { warnings, warningCount } = await readKind(
    'charges',
    Array.from({ length: 400 }, () => ({ closing: '1,00' })),
  )
  expect({ kept: warnings.length, warningCount, first: warnings[0]?.line }).toEqual({
    kept: 300,
    warningCount: 400,
    first: 2,
  })
})

const files: readonly (readonly [name: string, lines: string[][], line: number, reason: RegExp])[] = [
  ['nothing in it', [], 0, /пустой/],
  ['blank lines in it', [['', ''], ['']], 0, /пустой/],
  ['a header and no more', [Object.values(ownProfile('charges').columns).map(String)], 1, /столбца/],
]
for (const [name, lines, line, reason] of files) {
  test(`a file with ${name} is refused`, async () => {
    expect((await read('charges', lines)).refusal).toMatchObject({
      line,
      reason: expect.stringMatching(reason),
    })
  })
}

test('a header without rows is refused', async () => {
  const { refusal } = await read('charges', billingLines('charges', []).slice(0, 1), { control: 'none' })
  expect(refusal).toEqual({ line: 1, column: '', reason: 'В файле нет ни одной строки' })
})

test('a file without a column, or with one twice, is refused at its first line', async () => {
  const lines = billingLines('charges', [{}]).map((cells) => cells.slice(0, -1))
  expect((await read('charges', lines)).refusal).toEqual({
    line: 1,
    column: 'Исходящее сальдо',
    reason: 'В файле нет такого столбца',
  })
  const twice = billingLines('charges', [{}]).map((cells) => [...cells, cells[1] ?? ''])
  expect((await read('charges', twice)).refusal).toEqual({
    line: 1,
    column: 'Период',
    reason: 'Столбец повторяется',
  })
})

test('a column nobody asks for is named and passed over; empty ones at the end are not even named', async () => {
  const lines = billingLines('charges', [{}]).map((cells, place) => [
    ...cells,
    place === 0 ? 'Участок' : '7',
    '',
    '',
  ])
  const { refusal, warnings, accepted } = await read('charges', lines)
  expect({ refusal, rows: accepted.length }).toEqual({ refusal: null, rows: 1 })
  expect(warnings).toEqual([{ line: 1, column: 'Участок', reason: 'Столбец не используется' }])
})

test('a file of another type than its profile is refused', async () => {
  const { refusal } = await read('charges', billingLines('charges', [{}]), { type: 'dbf' })
  expect(refusal?.reason).toMatch(/файл CSV, а профиль — для DBF/)
})

test('a file read in an encoding that is not its own is refused', async () => {
  const bytes = encoded(billingLines('charges', [{}]), 'windows-1251')
  const utf8 = await readWhole(bytes, { ...ownProfile('charges'), encoding: 'utf-8' })
  expect(utf8.refusal).toMatchObject({ line: 1, reason: expect.stringMatching(/UTF-8/) })
  const cp866 = await readWhole(bytes, { ...ownProfile('charges'), encoding: 'cp866' })
  expect(cp866.refusal).toMatchObject({ line: 1, reason: 'В файле нет такого столбца' })
})

test('a broken end refuses a file whose beginning was read', async () => {
  const bytes = encoded(
    billingLines(
      'charges',
      Array.from({ length: 30 }, () => ({})),
    ),
    'windows-1251',
  )
  const { refusal } = await readWhole(Buffer.concat([bytes, Buffer.from('"')]), 'charges')
  expect(refusal).toMatchObject({ line: 33, reason: expect.stringMatching(/кавычка/) })
})

test('naughty cells are refused at the field and not stored otherwise than they were', async () => {
  const names = ['\u0001', 'я'.repeat(10_000), '\ud800', '#REF!']
  const lines = billingLines(
    'accounts',
    names.map((holderName) => ({ holderName })),
  )
  for (const encoding of ['utf-8', 'utf-16le']) {
    const { rejected, refusal } = await readWhole(encoded(lines, encoding), 'accounts')
    expect(refusal).toBeNull()
    expect(rejected.map(({ column }) => column)).toEqual(names.map(() => 'ФИО'))
  }
})

test('rows come in batches, none of them left out', async () => {
  const { accepted, rows } = await readKind(
    'readings',
    Array.from({ length: 12_000 }, () => ({})),
  )
  expect({ rows, accepted: accepted.length, last: accepted.at(-1)?.line }).toEqual({
    rows: 12_000,
    accepted: 12_000,
    last: 12_001,
  })
})
