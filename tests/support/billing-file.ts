import iconv from 'iconv-lite'
import { layouts } from '@/lib/exchange/layouts'
import type { ImportKind } from '@/lib/exchange/schema'

/** A row of a billing file by its fields; what is not given is the example's. */
export type Row = Record<string, string>

const examples: Record<ImportKind, Row> = {
  accounts: {
    accountNumber: '0104523',
    holderName: 'Королёва-Щукина Анна Петровна',
    address: '3-й микрорайон, дом 7, кв. 41',
    phone: '+79101234567',
    area: '54,3',
    residents: '3',
    openedOn: '18.06.2004',
    closedOn: '',
  },
  meters: {
    accountNumber: '0104523',
    serial: '48-221907',
    kind: 'Холодная вода',
    place: 'ванная',
    digitsBefore: '5',
    digitsAfter: '3',
    registers: '1',
    installedOn: '01.02.2022',
    removedOn: '',
    verifiedUntil: '01.02.2028',
    takenOn: '24.10.2026',
    t1: '315,204',
    t2: '',
    t3: '',
  },
  charges: {
    accountNumber: '0104523',
    period: '10.2026',
    service: 'Холодное водоснабжение',
    unit: 'куб.м',
    volume: '6,396',
    tariff: '45,18',
    opening: '100,00',
    charged: '288,97',
    recalculated: '0,00',
    benefit: '0,00',
    penalty: '0,00',
    paid: '100,00',
    closing: '288,97',
  },
  tariffs: {
    service: 'Холодное водоснабжение',
    unit: 'куб.м',
    validFrom: '01.07.2026',
    price: '45,18',
    norm: '4,745',
    normPer: 'человека',
  },
  payments: {
    accountNumber: '0104523',
    paidOn: '06.11.2026',
    amount: '288,97',
    document: '',
    place: 'Сбербанк',
    period: '10.2026',
  },
  readings: {
    accountNumber: '0104523',
    serial: '48-221907',
    takenOn: '20.11.2026',
    t1: '317,5',
    t2: '',
    t3: '',
  },
}

/** The cells of a row, in the order of the columns. */
export function cellsOf(kind: ImportKind, row: Row): string[] {
  return Object.keys(layouts[kind].columns).map((field) => row[field] ?? examples[kind][field] ?? '')
}

/** A file of those rows with a control line that agrees; `total` replaces cells of the control line. */
export function billingFile(kind: ImportKind, rows: Row[], total: Record<number, string> = {}): Buffer {
  return encoded(billingLines(kind, rows, total), 'windows-1251')
}

/** Lines as a file of separated text. */
export function encoded(lines: readonly (readonly string[])[], encoding: string): Buffer {
  return iconv.encode(lines.map((cells) => `${cells.map(quoted).join(';')}\r\n`).join(''), encoding)
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The same as lines, for tests that spoil one. */
export function billingLines(kind: ImportKind, rows: Row[], total: Record<number, string> = {}): string[][] {
  const columns = Object.values(layouts[kind].columns)
  const lines = rows.map((row) => cellsOf(kind, row))
  const last = columns.map((_, place) => (place === 0 ? 'ИТОГО' : place === 1 ? String(rows.length) : ''))
  for (const field of layouts[kind].money) {
    const place = Object.keys(layouts[kind].columns).indexOf(field)
    last[place] = sumOf(lines, place)
  }
  return [columns, ...lines, last.map((cell, place) => total[place] ?? cell)]
}

function sumOf(lines: string[][], place: number): string {
  const kopecks = lines.reduce(
    (sum, cells) => sum + Math.round(Number((cells[place] ?? '').replace(',', '.')) * 100),
    0,
  )
  const digits = String(Math.abs(kopecks)).padStart(3, '0')
  return `${kopecks < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}
