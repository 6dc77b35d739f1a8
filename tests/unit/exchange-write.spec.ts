import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { detectFile } from '@/lib/exchange/detect'
import { readLines } from '@/lib/exchange/files/read'
import { bufferSource, encodings, type FileForm } from '@/lib/exchange/files/source'
import { writeLines } from '@/lib/exchange/files/write'
import { tableFile } from '../support/table-file'

async function readBack(bytes: Buffer, form: FileForm): Promise<string[][]> {
  const rows: string[][] = []
  for await (const lines of readLines(bufferSource(bytes), form))
    rows.push(...lines.map(({ cells }) => cells))
  return rows
}

const form = (of: Partial<FileForm>): FileForm => ({ type: 'csv', encoding: 'utf-8', delimiter: ';', ...of })
const forms: FileForm[] = [
  ...encodings.map((encoding) => form({ encoding })),
  form({ delimiter: ',' }),
  form({ delimiter: '\t', encoding: 'windows-1251' }),
  form({ type: 'xlsx' }),
  form({ type: 'dbf', encoding: 'cp866' }),
  form({ type: 'dbf', encoding: 'windows-1251' }),
]

test('what is written is read back, in every form', async () => {
  test.setTimeout(60_000)
  const cell = fc
    .array(fc.constantFrom(...'абвёЯ;,"\' .-0123ABC'), { maxLength: 12 })
    .map((signs) => signs.join('').trim())
    .filter((text) => !/^[-=+@]/.test(text))
  const rows = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const table = [['А', 'Б', 'В'], ...written]
      for (const of of forms) {
        const read = await readBack(await tableFile(table, of), of)
        expect(
          read.map((cells) => [...cells, '', ''].slice(0, 3)),
          JSON.stringify(of),
        ).toEqual(table)
      }
    }),
    { numRuns: 25 },
  )
})

for (const of of [form({}), form({ type: 'xlsx' }), form({ type: 'dbf', encoding: 'cp866' })]) {
  test(`formulas are disarmed, numbers and telephones stay: ${of.type}`, async () => {
    const table = [
      ['А'],
      ['=1+1'],
      ['+cmd|a'],
      ['-x'],
      ['@SUM(A1)'],
      ['-1872,61'],
      ['+79101234567'],
      ['+7 (910) 123-45-67'],
    ]
    const read = (await readBack(await tableFile(table, of), of)).flat()
    expect(read).toEqual([
      'А',
      "'=1+1",
      "'+cmd|a",
      "'-x",
      "'@SUM(A1)",
      '-1872,61',
      '+79101234567',
      '+7 (910) 123-45-67',
    ])
  })
}

test('signs an encoding lacks become the nearest it has', async () => {
  const table = [['Сумма, ₽'], ['1 234,56 ₽ — «А» №7 м³ 😀 ё']]
  const text = async (encoding: 'windows-1251' | 'cp866' | 'koi8-r') =>
    iconv.decode(await tableFile(table, form({ encoding, delimiter: '\t' })), encoding)
  expect(await text('windows-1251')).toBe('Сумма, руб.\r\n1 234,56 руб. — «А» №7 м3 ? ё\r\n')
  expect(await text('cp866')).toContain('"1 234,56 руб. - ""А"" №7 м3 ? ё"')
  expect(await text('koi8-r')).toContain('N7')
})

test('names of a DBF are cut to ten bytes and told apart, long cells to what it holds', async () => {
  const bytes = await tableFile(
    [
      ['Показание счётчика', 'Показание счёта', '', 'дом, '.repeat(60)],
      ['1', '2', '3', 'дом, '.repeat(60)],
    ],
    form({ type: 'dbf', encoding: 'cp866' }),
  )
  const { rows } = await detectFile(bufferSource(bytes))
  expect(rows[0]).toEqual(['Показание', 'Показа_2', 'F3', 'дом, дом,'])
  expect(rows[1]).toEqual(['1', '2', '3', 'дом, '.repeat(60).slice(0, 254).trim()])
})

test('a workbook is whole whatever stands in its cells', async () => {
  const table = [['А'], ['x\u0000\u0001<&>"\ufffe\ud800y'], ['  ']]
  const read = await readBack(await tableFile(table, form({ type: 'xlsx' })), form({ type: 'xlsx' }))
  expect(read).toEqual([['А'], ['x<&>"y']])
})

test('billing writes cp1251 with quotes where they are needed', () => {
  const bytes = writeLines([
    ['ЛС', 'a;b'],
    ['1', 'в "кавычках"'],
  ])
  expect(iconv.decode(bytes, 'windows-1251')).toBe('ЛС;"a;b"\r\n1;"в ""кавычках"""\r\n')
})
