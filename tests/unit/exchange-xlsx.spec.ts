import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { plainDecimal, roundedDecimal } from '@/lib/exchange/files/decimal'
import { BrokenFileError, bufferSource, type Line } from '@/lib/exchange/files/source'
import { readXlsx } from '@/lib/exchange/files/xlsx'
import { workbook, type ZipPart, zipFile } from '../support/table-file'

async function lines(bytes: Buffer): Promise<Line[]> {
  const read: Line[] = []
  for await (const line of readXlsx(bufferSource(bytes))) read.push(line)
  return read
}
const cells = async (bytes: Buffer) => (await lines(bytes)).map((line) => line.cells)
const sheet = (inner: string, parts: Record<string, ZipPart> = {}) => zipFile(workbook(inner, parts))
const reasonOf = async (bytes: Buffer) => {
  const error = await lines(bytes).catch((caught: unknown) => caught)
  return error instanceof BrokenFileError ? error.reason : error
}

test('cells of every sort become text', async () => {
  const styles = {
    'xl/styles.xml': {
      text: `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot; дней&quot;"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
    },
    'xl/sharedStrings.xml': {
      text: '<sst><si><t xml:space="preserve"> Да &amp; нет </t></si><si><r><t>Дом</t></r><r><rPr/><t>_x0020_7</t></r><rPh><t>no</t></rPh></si></sst>',
    },
  }
  const row = `<row r="3">
    <c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" s="1"><v>44550</v></c><c r="D3" s="2"><v>44550.75</v></c>
    <c r="E3" s="3"><v>288.97000000000003</v></c><c r="F3"><v>1.04523E6</v></c><c r="G3" t="inlineStr"><is><t>&lt;a&#x401;&gt;</t></is></c>
    <c r="H3" t="str"><f>A1&amp;B1</f><v>сумма</v></c><c r="I3"><f>SUM(A1:A2)</f><v>5</v></c><c r="J3"><f>A1</f></c>
    <c r="K3" t="e"><v>#REF!</v></c><c r="L3" t="b"><v>1</v></c><c r="N3"><v>7</v></c><c r="O3"/></row>`
  expect(await lines(sheet(`<row r="1"/>${row}`, styles))).toEqual([
    {
      line: 3,
      cells: [
        ...[
          'Да & нет',
          'Дом 7',
          '2021-12-20',
          '2021-12-20',
          '288.97',
          '1045230',
          '<aЁ>',
          'сумма',
          '5',
          '#N/A',
          '#REF!',
          '1',
        ],
        ...['', '7', ''],
      ],
    },
  ])
})

test('a prefix, single quotes, cells without addresses and days since 1904 are understood', async () => {
  const parts = {
    'xl/workbook.xml': {
      text: `<x:workbook xmlns:x="m"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="скрытый" r:id="r9" state="hidden"/><x:sheet name='1' r:id='r1'/></x:sheets></x:workbook>`,
    },
    'xl/styles.xml': { text: '<s><cellXfs><xf numFmtId="14"/></cellXfs></s>' },
    'xl/worksheets/sheet1.xml': {
      text: `<x:worksheet><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c><x:c s="0"><x:v>43088</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    },
  }
  expect(await cells(sheet('', parts))).toEqual([['a', '2021-12-20']])
})

test('a workbook reads as another library reads it', async () => {
  const letters = [...'абвЁёйж <>&"\'=_;x20-№«»₽😀']
  const text = fc
    .array(fc.constantFrom(...letters), { maxLength: 12 })
    .map((signs) => signs.join('').replaceAll('_x', '').trim())
  const value = fc.oneof(
    text.map((words) => (words === '' ? null : { value: words, type: String })),
    fc.integer({ min: -1e9, max: 1e9 }).map((cents) => ({ value: cents / 100, type: Number })),
    fc.integer({ min: 0, max: 40_000 }).map((days) => ({
      value: new Date(Date.UTC(1990, 0, 1 + days)),
      type: Date,
      format: 'dd.mm.yyyy',
    })),
    fc.constant(null),
  )
  const first = fc.constant({ value: 'x', type: String })
  const rows = fc.array(fc.tuple(first, value, value, value), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const bytes = await writeExcelFile(table).toBuffer()
      const plain = (cell: unknown) => {
        if (cell instanceof Date) return cell.toISOString().slice(0, 10)
        return cell === null || cell === undefined ? '' : String(cell).normalize('NFC').trim()
      }
      const theirs = await readSheet(bytes, { parseNumber: (number) => roundedDecimal(number) })
      const ours = await cells(bytes)
      const width = Math.max(...theirs.map((row) => row.length))
      expect(ours.map((row) => Array.from({ length: width }, (_, place) => row[place] ?? ''))).toEqual(
        theirs.map((row) => row.map(plain)),
      )
    }),
    { numRuns: 60 },
  )
})

test('a sheet that comes in many pieces loses nothing', async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, place) => `<row r="${place + 1}"><c t="inlineStr"><is><t>строка ${place}</t></is></c></row>`,
  )
  const read = await cells(sheet(rows.join('')))
  expect(read).toEqual(rows.map((_, place) => [`строка ${place}`]))
})

const good = sheet('<row r="1"><c><v>1</v></c></row>')
const entities = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
const bad: readonly (readonly [name: string, bytes: () => Buffer, reason: RegExp])[] = [
  ['cut off', () => good.subarray(0, good.length - 30), /обрезан/],
  ['an archive of something else', () => zipFile({ 'a.txt': { text: 'a' } }), /не таблица/],
  ['no sheet', () => zipFile({ 'xl/workbook.xml': { text: '<workbook/>' } }), /листа/],
  [
    'a bomb by its own account',
    () => sheet('', { 'xl/sharedStrings.xml': { text: 'x', size: 320_000_000 } }),
    /CSV/,
  ],
  [
    'a bomb that says it is none',
    () => sheet('', { 'xl/sharedStrings.xml': { text: Buffer.alloc(2_000_000), size: 1_000 } }),
    /CSV/,
  ],
  [
    'a part shorter than it says',
    () => sheet('', { 'xl/styles.xml': { text: '<s/>', size: 100 } }),
    /обрезан/,
  ],
  [
    'too many parts',
    () => zipFile(Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`${n}`, { text: '' }]))),
    /200 частей/,
  ],
  ['an entity of a file', () => sheet(`</sheetData>${entities}<sheetData>`), /DTD/],
  [
    'an entity among the shared strings',
    () => sheet('', { 'xl/sharedStrings.xml': { text: `${entities}<sst><si><t>&e;</t></si></sst>` } }),
    /DTD/,
  ],
  ['an unknown entity', () => sheet('<row><c t="inlineStr"><is><t>&e;</t></is></c></row>'), /разметка/],
  [
    'a NUL written as a reference',
    () => sheet('<row><c t="inlineStr"><is><t>&#0;</t></is></c></row>'),
    /разметка/,
  ],
  ['an open row', () => sheet('<row r="1"><c><v>1</v></c>'), /разметка/],
  ['rows out of order', () => sheet('<row r="2"><c/></row><row r="1"><c/></row>'), /не по порядку/],
  ['a column far to the right', () => sheet('<row><c r="XFD1"><v>1</v></c></row>'), /Столбцов больше/],
  ['a text that is not there', () => sheet('<row><c t="s"><v>5</v></c></row>'), /нет текста/],
  [
    'bytes that are no UTF-8',
    () => sheet('', { 'xl/worksheets/sheet1.xml': { text: Buffer.from([0xff]) } }),
    /обрезан/,
  ],
]
for (const [name, bytes, reason] of bad) {
  test(`refused: ${name}`, async () => {
    expect(await reasonOf(bytes())).toMatch(reason)
  })
}

test('a row far below costs nothing', async () => {
  expect(await lines(sheet('<row r="1048576"><c><v>1</v></c></row>'))).toEqual([
    { line: 1_048_576, cells: ['1'] },
  ])
})

test('however it is spoilt, an archive is read or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (place, byte) => {
      const spoilt = Buffer.from(good)
      spoilt[place] = byte
      const read = await reasonOf(spoilt)
      expect(Array.isArray(read) || typeof read === 'string').toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('numbers are written out', () => {
  for (const [value, plain] of [
    ['1.5E-3', '0.0015'],
    ['1.04523E+6', '1045230'],
    ['-0.50', '-0.5'],
    ['00123.4500', '123.45'],
    ['12345678901234567.89', '12345678901234567.89'],
    ['0', '0'],
    ['0.000', '0'],
    ['текст', 'текст'],
  ])
    expect(plainDecimal(value ?? '')).toBe(plain)
  expect(roundedDecimal('0.30000000000000004')).toBe('0.3')
  expect(roundedDecimal('-1872.6099999999999')).toBe('-1872.61')
})

test('an amount keeps its kopecks however Excel stores it', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
      const text = String(cents / 100)
      expect(Math.round(Number(roundedDecimal(text)) * 100)).toBe(cents)
      expect(roundedDecimal((cents / 100).toPrecision(17))).toBe(plainDecimal(text))
    }),
  )
})
