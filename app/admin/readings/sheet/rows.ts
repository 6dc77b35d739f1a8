import type { RowAnswer, SheetRow } from '@/lib/exchange/schema'
import { csvLine } from '@/lib/units/sheet'

/** Rows as they are typed into the field: to be mended there and sent again. */
export function textOf(answers: readonly RowAnswer[]): string {
  return answers.map(({ row }) => cellsOf(row).map(quoted).join(';')).join('\n')
}

function cellsOf({ account, serial, values, day }: SheetRow): string[] {
  return [account, serial, ...values, ...(day ? [day] : [])]
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

const HEADING = [
  'ЛС',
  'Номер счётчика',
  'Показание T1',
  'Показание T2',
  'Показание T3',
  'Дата показания',
  'Причина',
]

/** A CSV of rows with what is wrong with them, as an address to save it from; it can be sent in again once it is mended. */
export function fileOf(answers: readonly RowAnswer[]): string {
  const lines = answers.map(({ row: { account, serial, values, day }, words }) => {
    const [t1 = '', t2 = '', t3 = ''] = values
    return [account, serial, t1, t2, t3, day, words]
  })
  const text = [HEADING, ...lines].map((cells) => csvLine(cells.map((cell) => ({ text: cell }))))
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${text.join('')}`)}`
}
