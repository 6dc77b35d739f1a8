import iconv from 'iconv-lite'
import { readSheet } from 'read-excel-file/node'
import { db } from '@/db/client'
import { importChunks, importRejects, imports } from '@/db/schema'
import { rejectsFile } from '@/lib/exchange/export-rejects'
import { readLines } from '@/lib/exchange/files/read'
import { bufferSource, type FileForm } from '@/lib/exchange/files/source'
import { type Profile, profileSchema } from '@/lib/exchange/profile'
import { importReport } from '@/lib/exchange/queries'
import type { StoredReport } from '@/lib/exchange/schema'
import { expect, test } from '../support/database'
import { makeStaff } from '../support/people'

const HEADING = ['ЛС', 'Дата', 'Сумма']
const REJECTS = [
  { line: 3, column: 'Сумма', reason: 'Нужна сумма в рублях', cells: ['00123', '05.11.2026', '-1872,6x'] },
  { line: 4, column: '', reason: 'Такая строка уже есть', cells: ['=1+1', 'a;b', '-5,00'] },
]
const WRITTEN = [
  ['ЛС', 'Дата', 'Сумма', 'Причина'],
  ['00123', '05.11.2026', "'-1872,6x", 'Сумма: Нужна сумма в рублях'],
  ["'=1+1", 'a;b', '-5,00', 'Такая строка уже есть'],
]

async function rejectsOf(fileName: string, profile: Partial<Profile>, bytes?: Buffer) {
  const staff = await makeStaff()
  const report: StoredReport = {
    ...{ rows: 3, accepted: 1, refusal: null, rejectCount: 2, rejects: [], warningCount: 0, warnings: [] },
    ...{ heading: HEADING, control: false, periods: [], totals: [], outlierShare: 50, outlierCount: 0 },
    ...{ outliers: [], changes: [], absent: 0 },
  }
  const columns = { accountNumber: ['ЛС'], paidOn: ['Дата'], amount: ['Сумма'] }
  const whole = profileSchema.parse({ name: 'Платежи', kind: 'payments', columns, ...profile })
  const size = bytes?.length ?? 1
  const values = { fileName, sha256: '', size, state: 'checked' as const, kind: 'payments' as const }
  const [kept] = await db()
    .insert(imports)
    .values({ ...values, profile: whole, report })
    .returning()
  if (!kept) throw new Error('no import')
  await db()
    .insert(importRejects)
    .values(REJECTS.map((one) => ({ importId: kept.id, ...one })))
  if (bytes) await db().insert(importChunks).values({ importId: kept.id, part: 0, bytes })
  const view = await importReport(staff, kept.id)
  if (!view) throw new Error('no report')
  const file = rejectsFile(staff, view)
  const parts: Uint8Array[] = []
  for await (const part of file.bytes) parts.push(part)
  return { name: file.name, bytes: Buffer.concat(parts) }
}

async function linesOf(bytes: Buffer, form: FileForm): Promise<string[][]> {
  const lines: string[][] = []
  for await (const some of readLines(bufferSource(bytes), form)) lines.push(...some.map(({ cells }) => cells))
  return lines
}

test('rejects come in the encoding and with the delimiter of their file', async () => {
  const source = iconv.encode('ЛС\tДата\tСумма\r\n00123\t05.11.2026\t1,00\r\n', 'cp866')
  const { name, bytes } = await rejectsOf('платежи.txt', {}, source)
  expect(name).toBe('платежи, отклонённые строки.csv')
  expect(iconv.decode(bytes, 'cp866')).toBe(WRITTEN.map((cells) => `${cells.join('\t')}\r\n`).join(''))
})

test('once the file itself is gone they come as it was read', async () => {
  const { bytes } = await rejectsOf('платежи.csv', { encoding: 'utf-8', delimiter: ',' })
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from('\uFEFF'))
  expect(await linesOf(bytes, { type: 'csv', encoding: 'utf-8', delimiter: ',' })).toEqual(WRITTEN)
  const { bytes: unknown } = await rejectsOf('платежи.csv', {})
  expect(iconv.decode(unknown, 'windows-1251')).toContain('00123;05.11.2026;')
})

test('rejects of a DBF are a DBF, of a workbook a workbook', async () => {
  const dbf = await rejectsOf('PAY.DBF', { encoding: 'cp866' })
  expect(dbf.name).toBe('PAY, отклонённые строки.dbf')
  expect(await linesOf(dbf.bytes, { type: 'dbf', encoding: 'cp866', delimiter: ';' })).toEqual(WRITTEN)
  const xlsx = await rejectsOf('pay.xlsx', {})
  expect(await readSheet(xlsx.bytes)).toEqual(WRITTEN)
})
