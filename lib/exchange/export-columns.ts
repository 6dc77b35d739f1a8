import type { SheetCell } from '@/lib/units/sheet'

/** A column of a list: its key in a row, its heading, and whether it is there unless somebody unticked it. */
export interface ExportColumn {
  key: string
  title: string
  usual: boolean
}

/** Column → cell. */
export type ExportRow = Readonly<Record<string, SheetCell>>

const column = (key: string, title: string, usual = true): ExportColumn => ({ key, title, usual })

// Headings are those the company's own files have, so that a list can be read back by the same profiles.
const columns: Readonly<Record<string, readonly ExportColumn[]>> = {
  readings: [
    column('accountNumber', 'ЛС'),
    column('unifiedAccount', 'ЕЛС', false),
    column('holderName', 'ФИО'),
    column('address', 'Адрес'),
    column('kind', 'Вид'),
    column('place', 'Место', false),
    column('serial', 'Номер счётчика'),
    column('period', 'Период', false),
    column('takenOn', 'Дата показания'),
    column('t1', 'Показание T1'),
    column('t2', 'Показание T2'),
    column('t3', 'Показание T3'),
    column('channel', 'Откуда', false),
    column('receivedAt', 'Получено', false),
  ],
  corrections: [
    column('accountNumber', 'ЛС'),
    column('holderName', 'ФИО'),
    column('address', 'Адрес'),
    column('kind', 'Вид'),
    column('serial', 'Номер счётчика'),
    column('period', 'Период'),
    column('takenOn', 'Дата показания'),
    column('was1', 'Было T1'),
    column('was2', 'Было T2'),
    column('was3', 'Было T3'),
    column('t1', 'Показание T1'),
    column('t2', 'Показание T2'),
    column('t3', 'Показание T3'),
    column('settledOn', 'Исправлено'),
    column('place', 'Место', false),
  ],
  payments: [
    column('accountNumber', 'ЛС'),
    column('holderName', 'ФИО'),
    column('address', 'Адрес'),
    column('period', 'Период'),
    column('paidOn', 'Дата'),
    column('amount', 'Сумма'),
    column('document', 'Номер платежа'),
    column('place', 'Где принят', false),
  ],
  'missing-readings': [
    column('house', 'Дом'),
    column('accountNumber', 'ЛС'),
    column('holderName', 'ФИО'),
    column('address', 'Адрес'),
    column('phone', 'Телефон'),
    column('meters', 'Счётчиков'),
    column('missing', 'Без показаний'),
    column('which', 'Какие счётчики', false),
  ],
  paperless: [
    column('accountNumber', 'ЛС'),
    column('holderName', 'ФИО'),
    column('address', 'Адрес'),
    column('since', 'С какого дня'),
  ],
}

/** The layout banks use, always whole and in this order. */
export const registerColumns = ['accountNumber', 'holderName', 'address', 'period', 'amount'] as const

/** Every column a kind of list can have, in the order of the file. */
export function columnsOf(kind: string): readonly ExportColumn[] {
  return columns[kind] ?? []
}
