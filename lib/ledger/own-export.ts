import writeExcelFile from 'write-excel-file/node'
import { type MeterValue, toDecimal } from '@/lib/units/quantity'
import { csvLine, roubles, type SheetCell, workbookCell } from '@/lib/units/sheet'
import { type ChargeFound, chargesOfYear, yearsIn } from './history'
import type { Scope } from './queries'
import { unitWords } from './words'

const columns: readonly (readonly [head: string, width: number, cell: (row: ChargeFound) => SheetCell])[] = [
  ['Период', 10, (row) => ({ text: row.period })],
  ['Услуга', 34, (row) => ({ text: row.service })],
  ['Единица', 10, (row) => ({ text: unitWords(row.unit) })],
  ['Объём', 12, (row) => quantityCell(row.volume)],
  ['Тариф', 12, (row) => quantityCell(row.tariff)],
  ['На начало', 14, (row) => roubles(row.opening)],
  ['Начислено', 14, (row) => roubles(row.charged)],
  ['Перерасчёт', 14, (row) => roubles(row.recalculated)],
  ['Льгота', 14, (row) => roubles(row.benefit)],
  ['Пени', 14, (row) => roubles(row.penalty)],
  ['Оплачено', 14, (row) => roubles(row.paid)],
  ['На конец', 14, (row) => roubles(row.closing)],
]

/**
 * One's own charges as CSV, a piece per year, the latest first: UTF-8 with a byte order mark, `;`, decimal commas, CRLF. Of all
 * years when none is named. Text that a spreadsheet would take for a formula is disarmed.
 */
export async function* chargesCsv(scope: Scope, year?: number): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(columns.map(([text]) => ({ text })))}`
  for (const one of year === undefined ? await yearsIn(scope) : [year]) {
    const rows = await chargesOfYear(scope, one)
    yield rows.map((row) => csvLine(columns.map(([, , cell]) => cell(row)))).join('')
  }
}

/** The same as a workbook of one sheet. */
export async function chargesXlsx(scope: Scope, year?: number): Promise<Buffer> {
  const head = columns.map(([value]) => ({ value, fontWeight: 'bold' as const }))
  const body = []
  for (const one of year === undefined ? await yearsIn(scope) : [year])
    for (const row of await chargesOfYear(scope, one))
      body.push(columns.map(([, , cell]) => excelCell(cell(row))))
  const widths = columns.map(([, width]) => ({ width }))
  return writeExcelFile([head, ...body], {
    sheet: 'Начисления',
    columns: widths,
    stickyRowsCount: 1,
  }).toBuffer()
}

function excelCell(cell: SheetCell) {
  const made = workbookCell(cell)
  return made && 'figure' in cell ? { ...made, format: '#,##0.00##' } : made
}

function quantityCell(value: MeterValue | null): SheetCell {
  return { figure: value === null ? '' : toDecimal(value) }
}
