import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { DBFFile } from 'dbffile'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { detectFile } from '@/lib/exchange/detect'
import { readDbf } from '@/lib/exchange/files/dbf'
import { BrokenFileError, bufferSource, type Encoding, type Line } from '@/lib/exchange/files/source'
import { readWhole } from '../support/table-file'

async function lines(bytes: Buffer, encoding: Encoding = 'cp866', chunk = bytes.length): Promise<Line[]> {
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += chunk) yield bytes.subarray(from, from + chunk)
  }
  const read: Line[] = []
  for await (const line of readDbf({ size: bytes.length, chunks }, encoding)) read.push(line)
  return read
}

interface Column {
  name: string
  type: string
  size: number
  decimals?: number
}

/** A file as dBase lays it out: fixed cells, given as they stand. `mark`: `*` for a deleted record. */
function dbf(
  columns: Column[],
  records: (string | Buffer)[][],
  { marks = '', language = 0x65 } = {},
): Buffer {
  const header = Buffer.alloc(32 + columns.length * 32 + 1)
  header.set([3, 126, 11, 23], 0)
  header.writeUInt32LE(records.length, 4)
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(
    columns.reduce((sum, { size }) => sum + size, 1),
    10,
  )
  header[29] = language
  for (const [place, { name, type, size, decimals = 0 }] of columns.entries()) {
    const at = 32 + place * 32
    iconv.encode(name, 'cp866').copy(header, at)
    header.set([type.charCodeAt(0)], at + 11)
    header.set([size, decimals], at + 16)
  }
  header[header.length - 1] = 0x0d
  const body = records.map((cells, index) =>
    Buffer.concat([
      Buffer.from(marks[index] ?? ' '),
      ...columns.map(({ size }, place) => {
        const cell = cells[place] ?? ''
        const bytes = typeof cell === 'string' ? iconv.encode(cell, 'cp866') : cell
        return Buffer.concat([bytes, Buffer.alloc(size, ' ')]).subarray(0, size)
      }),
    ]),
  )
  return Buffer.concat([header, ...body, Buffer.from([0x1a])])
}

const columns: Column[] = [
  { name: 'ЛС', type: 'C', size: 7 },
  { name: 'СУММА', type: 'N', size: 20, decimals: 4 },
  { name: 'ДАТА', type: 'D', size: 8 },
]
const records = [
  ['0104523', '           1872.6100', '20240115'],
  ['0104524', '               -.50', '        '],
  ['0104525', '1234567890123456.78', '20241301'],
]

test('cells of every sort become text, exact to the digit', async () => {
  expect(await lines(dbf(columns, records))).toEqual([
    { line: 1, cells: ['ЛС', 'СУММА', 'ДАТА'] },
    { line: 2, cells: ['0104523', '1872.61', '2024-01-15'] },
    { line: 3, cells: ['0104524', '-0.5', ''] },
    { line: 4, cells: ['0104525', '1234567890123456.78', '2024-13-01'] },
  ])
})

test('binary cells of FoxPro are read', async () => {
  const money = Buffer.alloc(8)
  money.writeBigInt64LE(-18_726_100n)
  const number = Buffer.alloc(4)
  number.writeInt32LE(-7)
  const double = Buffer.alloc(8)
  double.writeDoubleLE(288.97)
  const instant = Buffer.alloc(8)
  instant.writeInt32LE(2_460_325)
  const kinds = [...'YIBTLM'].map((type) => ({
    name: type,
    type,
    size: type === 'I' ? 4 : type === 'L' ? 1 : 8,
  }))
  const [, line] = await lines(dbf(kinds, [[money, number, double, instant, 'T', '12']]))
  expect(line?.cells).toEqual(['-1872.61', '-7', '288.97', '2024-01-15', 'T', ''])
})

test('deleted records are passed over and counted', async () => {
  const read = await lines(dbf(columns, records, { marks: ' * ' }))
  expect(read.map(({ line }) => line)).toEqual([1, 2, 4])
})

test('records survive wherever the bytes are cut into chunks', async () => {
  const bytes = dbf(columns, records)
  const whole = await lines(bytes)
  for (const chunk of [1, 7, 33, 129, 200]) expect(await lines(bytes, 'cp866', chunk)).toEqual(whole)
})

test('the language byte is believed only where the letters say nothing', async () => {
  const russian = dbf(
    [{ name: 'АДРЕС', type: 'C', size: 40 }],
    [['3-й микрорайон, дом 7'], ['улица Строителей']],
    { language: 0xc9 },
  )
  expect(await detectFile(bufferSource(russian))).toMatchObject({ type: 'dbf', encoding: 'cp866' })
  const latin = dbf([{ name: 'LS', type: 'C', size: 7 }], [['0104523']], { language: 0xc9 })
  expect(await detectFile(bufferSource(latin))).toMatchObject({ type: 'dbf', encoding: 'windows-1251' })
})

const good = dbf(columns, records)
const spoilt = (change: (bytes: Buffer) => void) => {
  const bytes = Buffer.from(good)
  change(bytes)
  return bytes
}
const bad: readonly (readonly [name: string, bytes: Buffer, line: number, reason: RegExp])[] = [
  [
    'cut off in its records',
    good.subarray(0, good.length - 30),
    3,
    /обрезан: в заголовке записей 3, а в файле 2/,
  ],
  ['longer than it says', spoilt((bytes) => bytes.writeUInt32LE(1, 4)), 2, /их больше: 3/],
  ['out of step', spoilt((bytes) => bytes.fill('x', 129 + 36, 129 + 37)), 3, /повреждена/],
]
for (const [name, bytes, line, reason] of bad) {
  test(`refused: ${name}`, async () => {
    const error = await lines(bytes).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(BrokenFileError)
    expect(error).toMatchObject({ line, reason: expect.stringMatching(reason) })
  })
}

test('a payment register in DBF is recognised by its short names', async () => {
  const bank = [
    { name: 'LS', type: 'C', size: 10 },
    { name: 'FIO', type: 'C', size: 40 },
    { name: 'ADRES', type: 'C', size: 40 },
    { name: 'PERIOD', type: 'C', size: 7 },
    { name: 'SUMMA', type: 'N', size: 12, decimals: 2 },
  ]
  const { accepted, rejected, refusal, warnings } = await readWhole(
    dbf(bank, [['0104523', 'Королёва А. П.', 'дом 7', '10.2026', '     1250.00']]),
  )
  expect({ rejected, refusal, warnings }).toEqual({ rejected: [], refusal: null, warnings: [] })
  expect(accepted[0]?.row).toMatchObject({ amount: 125_000n, period: '2026-10', paidOn: '2026-11-15' })
})

test('a file reads as another library reads it', async () => {
  const text = fc
    .array(fc.constantFrom(...'абвЁё №;"-7'), { maxLength: 12 })
    .map((signs) => `у${signs.join('')}`.trim())
  const record = fc.record({
    ТЕКСТ: text,
    ЧИСЛО: fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
    ДЕНЬ: fc.integer({ min: 0, max: 30_000 }).map((days) => new Date(Date.UTC(1990, 0, 1 + days, 12))),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 6 }), async (rows) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'kabinet-dbf-'))
      try {
        const file = path.join(folder, 'a.dbf')
        const fields = [
          { name: 'ТЕКСТ', type: 'C' as const, size: 40 },
          { name: 'ЧИСЛО', type: 'N' as const, size: 18, decimalPlaces: 2 },
          { name: 'ДЕНЬ', type: 'D' as const, size: 8 },
        ]
        await (await DBFFile.create(file, fields, { encoding: 'cp866' })).appendRecords(rows)
        const read = await lines(await readFile(file))
        expect(read.slice(1).map(({ cells }) => [cells[0], Number(cells[1]), cells[2]])).toEqual(
          rows.map((row) => [row.ТЕКСТ, row.ЧИСЛО, row.ДЕНЬ.toISOString().slice(0, 10)]),
        )
      } finally {
        await rm(folder, { recursive: true })
      }
    }),
    { numRuns: 30 },
  )
})

test('however it is spoilt, a file is read or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (place, byte) => {
      const bytes = spoilt((copy) => copy.fill(byte, place, place + 1))
      const read = await lines(bytes).catch((error: unknown) => error)
      expect(Array.isArray(read) || read instanceof BrokenFileError).toBe(true)
    }),
    { numRuns: 500 },
  )
})
