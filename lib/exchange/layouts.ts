import type { z } from 'zod'
import { addsUp } from '@/lib/ledger/rules'
import { type AccountRow, accountRow, type ChargeRow, chargeRow, type MeterRow, meterRow } from './row-schema'
import type { ImportKind } from './schema'

/** A row of a file with the line it stands on. */
export interface Numbered<Row> {
  line: number
  row: Row
}

/** How one kind of file is built: its columns by name, the shape of a row, what makes a row the same row. */
export interface Layout<Row> {
  kind: ImportKind
  /** Field of the row → heading of its column. */
  columns: Readonly<Record<string, string>>
  schema: z.ZodType<Row, Record<string, string>>
  /** Fields whose sums stand in the line ИТОГО. */
  money: readonly string[]
  /** Two rows of one file may not share it. */
  key: (row: Row) => string
  /** Something odd about a row that is loaded all the same: the field and why. */
  doubt: (row: Row) => { field: string; reason: string } | undefined
}

export const accountsLayout: Layout<AccountRow> = {
  kind: 'accounts',
  columns: {
    accountNumber: 'ЛС',
    holderName: 'ФИО',
    address: 'Адрес',
    phone: 'Телефон',
    area: 'Площадь',
    residents: 'Проживает',
    openedOn: 'Открыт',
    closedOn: 'Закрыт',
  },
  schema: accountRow,
  money: [],
  key: (row) => row.accountNumber,
  doubt: () => undefined,
}

export const metersLayout: Layout<MeterRow> = {
  kind: 'meters',
  columns: {
    accountNumber: 'ЛС',
    serial: 'Номер счётчика',
    kind: 'Вид',
    place: 'Место',
    digitsBefore: 'Знаков до запятой',
    digitsAfter: 'Знаков после запятой',
    registers: 'Тарифов',
    installedOn: 'Установлен',
    removedOn: 'Снят',
    verifiedUntil: 'Поверка до',
    takenOn: 'Дата показания',
    t1: 'Показание T1',
    t2: 'Показание T2',
    t3: 'Показание T3',
  },
  schema: meterRow,
  money: [],
  // A meter may bring several readings, one a month.
  key: (row) => [row.accountNumber, row.installedOn, row.takenOn?.slice(0, 7), row.serial].join(' '),
  doubt: () => undefined,
}

export const chargesLayout: Layout<ChargeRow> = {
  kind: 'charges',
  columns: {
    accountNumber: 'ЛС',
    period: 'Период',
    service: 'Услуга',
    unit: 'Единица',
    volume: 'Объём',
    tariff: 'Тариф',
    opening: 'Входящее сальдо',
    charged: 'Начислено',
    recalculated: 'Перерасчёт',
    benefit: 'Льгота',
    penalty: 'Пени',
    paid: 'Оплачено',
    closing: 'Исходящее сальдо',
  },
  schema: chargeRow,
  money: ['opening', 'charged', 'recalculated', 'benefit', 'penalty', 'paid', 'closing'],
  key: (row) => `${row.accountNumber} ${row.period} ${row.service}`,
  doubt: (row) =>
    addsUp(row)
      ? undefined
      : { field: 'closing', reason: 'Строка не сходится: сальдо, начисления и оплата дают другую сумму' },
}

export const layouts = { accounts: accountsLayout, meters: metersLayout, charges: chargesLayout } as const
