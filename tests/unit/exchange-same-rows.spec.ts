import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import writeExcelFile from 'write-excel-file/node'
import { detectFile } from '@/lib/exchange/detect'
import { bufferSource } from '@/lib/exchange/files/source'
import { billingLines, type Row } from '../support/billing-file'
import { readWhole, tableFile, textFile } from '../support/table-file'

// Signs all the encodings have.
const letters = [...'абвгдежзиклмнопрстуфхцчшщыэюяёАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯЁ 0123456789-.,/()"\'']
const words = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 30 })
  .map((signs) => `у${signs.join('')}`.trim())
const digits = (kopecks: number) => {
  const text = String(Math.abs(kopecks)).padStart(3, '0')
  return `${kopecks < 0 ? '-' : ''}${text.slice(0, -2)},${text.slice(-2)}`
}
const money = fc.integer({ min: -99_999_999, max: 99_999_999 }).map(digits)
const quantity = fc.oneof(
  fc.constant(''),
  fc
    .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 1, max: 9_999_999 }))
    .map(([whole, rest]) => `${whole},${String(rest).padStart(7, '0').replace(/0+$/, '')}`),
)
const row = fc.record({
  accountNumber: fc.integer({ min: 1, max: 9_999_999 }).map((number) => String(number).padStart(7, '0')),
  period: fc.constantFrom('01.2026', '10.2026', '12.2025'),
  service: words,
  unit: fc.constantFrom('куб.м', 'Гкал', ''),
  volume: quantity,
  tariff: quantity,
  opening: money,
  charged: money,
  recalculated: money,
  benefit: money,
  penalty: money,
  paid: money,
  closing: money,
})

/** The same month in every form it may come in. */
async function everyForm(lines: string[][]): Promise<Record<string, Buffer>> {
  const decimalPoint = lines.map((cells) => cells.map((cell) => cell.replace(/^(-?\d+),(\d+)$/, '$1.$2')))
  const short = [
    'ЛС',
    'PERIOD',
    'УСЛУГА',
    'UNIT',
    'ОБЪЕМ',
    'TARIFF',
    'ВХ_САЛЬДО',
    'НАЧИСЛЕНО',
    'ПЕРЕРАСЧЕТ',
    'ЛЬГОТА',
  ]
  const dbfNames = [...short, 'ПЕНИ', 'ОПЛАЧЕНО', 'ИСХ_САЛЬДО']
  const dbf = lines.slice(0, -1).with(0, dbfNames)
  const marked = lines.with(0, [`\ufeff${lines[0]?.[0] ?? ''}`, ...(lines[0]?.slice(1) ?? [])])
  return {
    'CSV cp1251': textFile(lines, { encoding: 'windows-1251' }),
    'CSV cp866': textFile(lines, { encoding: 'cp866' }),
    'CSV KOI8-R, LF': textFile(lines, { encoding: 'koi8-r', end: '\n' }),
    'CSV UTF-8': textFile(lines, { encoding: 'utf-8' }),
    'CSV UTF-8, BOM': textFile(marked, { encoding: 'utf-8' }),
    'CSV UTF-8, CR': textFile(lines, { encoding: 'utf-8', end: '\r' }),
    'CSV UTF-16LE, BOM': textFile(marked, { encoding: 'utf-16le' }),
    'CSV UTF-16BE': textFile(lines, { encoding: 'utf-16be' }),
    'CSV with a tab': textFile(lines, { encoding: 'windows-1251', delimiter: '\t' }),
    'CSV with a comma and points': textFile(decimalPoint, { encoding: 'windows-1251', delimiter: ',' }),
    'DBF cp866': await tableFile(dbf, { type: 'dbf', encoding: 'cp866', delimiter: ';' }),
    'DBF cp1251': await tableFile(dbf, { type: 'dbf', encoding: 'windows-1251', delimiter: ';' }),
    'XLSX of texts': await tableFile(lines, { type: 'xlsx', encoding: 'utf-8', delimiter: ';' }),
    'XLSX of numbers': await numbersFile(lines),
  }
}

/** As people save it: sums and volumes are numbers. */
function numbersFile(lines: string[][]): Promise<Buffer> {
  const cell = (text: string, place: number) =>
    place >= 4 && /^-?\d+,\d+$/.test(text)
      ? { value: Number(text.replace(',', '.')), type: Number }
      : { value: text, type: String }
  return writeExcelFile(lines.map((cells) => cells.map(cell))).toBuffer()
}

test('the same month reads the same in every form it may come in', async () => {
  test.setTimeout(120_000)
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows: Row[]) => {
      const lines = billingLines('charges', rows)
      const expected = await readWhole(textFile(lines, { encoding: 'utf-8' }), 'charges')
      expect(expected).toMatchObject({ refusal: null, rejected: [] })
      for (const [form, bytes] of Object.entries(await everyForm(lines))) {
        const { profile } = await detectFile(bufferSource(bytes))
        expect(profile?.kind, form).toBe('charges')
        const { accepted, rejected, refusal } = await readWhole(bytes)
        expect({ refusal, rejected }, form).toEqual({ refusal: null, rejected: [] })
        const plain = (all: typeof accepted) => all.map(({ line, row }) => ({ line, row }))
        expect(plain(accepted), form).toEqual(plain(expected.accepted))
      }
    }),
    { numRuns: 20 },
  )
})
