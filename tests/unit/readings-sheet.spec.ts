import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { bufferSource } from '@/lib/exchange/files/source'
import { readSheet } from '@/lib/exchange/readings-sheet'
import { MOST_SHEET_ROWS } from '@/lib/exchange/schema'
import { tableFile, textFile } from '../support/table-file'

const pasted = (text: string) => readSheet(bufferSource(Buffer.from(text)), 'utf-8')
const row = (line: number, values: string[], day = '24.11.2026') => ({
  line,
  account: '0104523',
  serial: '48-221000',
  values,
  day,
})

test('rows without names of columns: account, serial, values, and the day wherever it stands', async () => {
  const { rows, problem } = await pasted(
    [
      '0104523;48-221000;321,6;24.11.2026',
      '0104523;48-221000;12655;6170;;24.11.2026',
      '0104523;48-221000;2026-11-24;12655;6170;100',
      '0104523;48-221000;321.6',
      '',
      '0104523;48-221000',
    ].join('\n'),
  )
  expect(problem).toBeUndefined()
  expect(rows).toEqual([
    row(1, ['321,6']),
    row(2, ['12655', '6170']),
    row(3, ['12655', '6170', '100'], '2026-11-24'),
    row(4, ['321.6'], ''),
    row(6, [], ''),
  ])
})

test('copied out of a spreadsheet: tabs between cells, commas within them', async () => {
  const { rows } = await pasted(
    '0104523\t48-221000\t321,6\t24.11.2026\r\n0104523\t48-221000\t5\t24.11.2026\r\n',
  )
  expect(rows).toEqual([row(1, ['321,6']), row(2, ['5'])])
})

test('columns by their names, in any order and under other names, with lines above', async () => {
  const { rows } = await pasted(
    [
      'Обход за ноябрь;;;;',
      'Квартира;Дата;Номер ПУ;Показание Т2;Показание Т1;№ ЛС',
      '41;24.11.2026;48-221000;6170;12655;0104523',
      '41;;48-221000;;5;0104523',
    ].join('\n'),
  )
  expect(rows).toEqual([row(3, ['12655', '6170']), row(4, ['5'], '')])
})

test('a spoilt line above the first row is a row, and not lost', async () => {
  const { rows } = await pasted('?104523;48-221000;1;24.11.2026\n0104523;48-221000;2;24.11.2026')
  expect(rows).toEqual([{ ...row(1, ['1']), account: '?104523' }, row(2, ['2'])])
})

const LINES = [
  ['ЛС', 'Номер счётчика', 'Дата показания', 'Показание T1'],
  ['0104523', '48-221000', '24.11.2026', '321,6'],
]
for (const encoding of ['windows-1251', 'cp866', 'utf-8'])
  test(`a CSV in ${encoding}`, async () => {
    expect(await readSheet(bufferSource(textFile(LINES, { encoding })))).toEqual({
      rows: [row(2, ['321,6'])],
      problem: undefined,
    })
  })

test('a workbook', async () => {
  const bytes = await tableFile(LINES, { type: 'xlsx', encoding: 'utf-8', delimiter: ';' })
  expect((await readSheet(bufferSource(bytes))).rows).toEqual([row(2, ['321,6'])])
})

const refused: [what: string, text: string, words: RegExp][] = [
  ['nothing', '', /нет ни одной строки/],
  ['a heading alone', 'ЛС;Номер счётчика;Показание', /нет ни одной строки/],
  ['words', 'Добрый день\nвот показания', /Не нашли столбцов/],
  ['a quote never closed', `0104523;"48;1\n${'0104523;2;3\n'.repeat(3)}`, /кавычка/],
  ['too many rows', '0104523;48-1;1\n'.repeat(MOST_SHEET_ROWS + 1), /больше 2000 строк/],
]
for (const [what, text, words] of refused)
  test(`${what}: no row counts, and it is said why`, async () => {
    const { rows, problem } = await pasted(text)
    expect(rows).toEqual([])
    expect(problem).toMatch(words)
  })

test('whatever is pasted is answered, and no row is invented', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
      const { rows, problem } = await pasted(text)
      expect(rows.length > 0).toBe(problem === undefined)
      expect(rows.length).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length)
    }),
  )
})
