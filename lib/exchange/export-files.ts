import iconv from 'iconv-lite'
import writeExcelFile from 'write-excel-file/node'
import { csvLine, type SheetCell, workbookCell } from '@/lib/units/sheet'
import { columnsOf, type ExportRow, registerColumns } from './export-columns'
import type { ExportChoice, ExportFormat, ExportKind } from './export-schema'

const fileTypes: Readonly<Record<ExportFormat, readonly [extension: string, contentType: string]>> = {
  'csv-1251': ['csv', 'text/csv; charset=windows-1251'],
  'csv-utf8': ['csv', 'text/csv; charset=utf-8'],
  xlsx: ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  register: ['txt', 'text/plain; charset=windows-1251'],
}

/** Ending and type of a file of that format. */
export function fileTypeOf(format: ExportFormat): { extension: string; contentType: string } {
  const [extension, contentType] = fileTypes[format]
  return { extension, contentType }
}

/**
 * The bytes of a list, headings first. Separated files come out a batch at a time; a workbook is put together as a whole,
 * for its format is one.
 */
export async function* fileOf(
  kind: ExportKind,
  { format, columns }: ExportChoice,
  batches: AsyncIterable<ExportRow[]>,
): AsyncGenerator<Uint8Array> {
  const chosen = layoutOf(kind, format, columns)
  const cellsOf = (row: ExportRow): SheetCell[] => chosen.map(({ key }) => row[key] ?? { text: '' })
  if (format === 'xlsx') {
    yield await workbook(
      chosen.map(({ title }) => title),
      cellsOf,
      batches,
    )
    return
  }
  const encoded = (text: string) => iconv.encode(text, format === 'csv-utf8' ? 'utf-8' : 'windows-1251')
  if (format === 'csv-utf8') yield encoded('\uFEFF')
  yield encoded(csvLine(chosen.map(({ title }) => ({ text: title }))))
  for await (const rows of batches) yield encoded(rows.map((row) => csvLine(cellsOf(row))).join(''))
}

function layoutOf(kind: ExportKind, format: ExportFormat, columns: readonly string[]) {
  const all = columnsOf(kind)
  const wanted: readonly string[] = format === 'register' ? registerColumns : columns
  return wanted.flatMap((key) => all.find((column) => column.key === key) ?? [])
}

async function workbook(
  titles: readonly string[],
  cellsOf: (row: ExportRow) => SheetCell[],
  batches: AsyncIterable<ExportRow[]>,
): Promise<Uint8Array> {
  const head = titles.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  const body: ReturnType<typeof workbookCell>[][] = []
  for await (const rows of batches) for (const row of rows) body.push(cellsOf(row).map(workbookCell))
  return writeExcelFile([head, ...body], {
    sheet: 'Лист1',
    columns: titles.map((title) => ({ width: Math.max(12, title.length + 2) })),
    stickyRowsCount: 1,
  }).toBuffer()
}
