import writeExcelFile from 'write-excel-file/node'
import type { Kopecks } from '@/lib/units/money'
import { type MeterValue, toDecimal } from '@/lib/units/quantity'
import { type ChargeFound, chargesOfYear, yearsIn } from './history'
import type { Scope } from './queries'
import { unitWords } from './words'

/** A cell: text, or a figure by its exact decimal text. */
type Cell = { text: string } | { figure: string }

const columns: readonly (readonly [head: string, width: number, cell: (row: ChargeFound) => Cell])[] = [
  ['Период', 10, (row) => ({ text: row.period })],
  ['Услуга', 34, (row) => ({ text: row.service })],
  ['Единица', 10, (row) => ({ text: unitWords(row.unit) })],
  ['Объём', 12, (row) => quantityCell(row.volume)],
  ['Тариф', 12, (row) => quantityCell(row.tariff)],
  ['На начало', 14, (row) => money(row.opening)],
  ['Начислено', 14, (row) => money(row.charged)],
  ['Перерасчёт', 14, (row) => money(row.recalculated)],
  ['Льгота', 14, (row) => money(row.benefit)],
  ['Пени', 14, (row) => money(row.penalty)],
  ['Оплачено', 14, (row) => money(row.paid)],
  ['На конец', 14, (row) => money(row.closing)],
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

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`
}

function csvCell(cell: Cell): string {
  if ('figure' in cell) return cell.figure.replace('.', ',')
  const text = disarmed(cell.text)
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function excelCell(cell: Cell) {
  if ('text' in cell) return { value: disarmed(cell.text), type: String }
  return cell.figure === '' ? null : { value: Number(cell.figure), type: Number, format: '#,##0.00##' }
}

/** Text that begins like a formula gets an apostrophe, so that a spreadsheet shows it and does not run it. */
function disarmed(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function quantityCell(value: MeterValue | null): Cell {
  return { figure: value === null ? '' : toDecimal(value) }
}

function money(amount: Kopecks): Cell {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return { figure: `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}` }
}
