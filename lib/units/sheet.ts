import type { Kopecks } from './money'

/** A cell of a list for a spreadsheet: words, or a figure by its exact decimal text (`-1234.56`); empty for nothing. */
export type SheetCell = { text: string } | { figure: string }

/** A line of a separated file: `;`, decimal comma, CRLF, quotes where they are needed. */
export function csvLine(cells: readonly SheetCell[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`
}

function csvCell(cell: SheetCell): string {
  if ('figure' in cell) return cell.figure.replace('.', ',')
  const text = disarmed(cell.text)
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The same cell for a workbook, as write-excel-file takes it. */
export function workbookCell(cell: SheetCell) {
  if ('text' in cell) return { value: disarmed(cell.text), type: String }
  return cell.figure === '' ? null : { value: Number(cell.figure), type: Number }
}

/** Text that begins like a formula gets an apostrophe, so that a spreadsheet shows it and does not run it. */
export function disarmed(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** An amount as a figure: `-1872.61`. */
export function roubles(amount: Kopecks): SheetCell {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0')
  return { figure: `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}` }
}
