import type { CalendarDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import type { MeterValue } from '@/lib/units/quantity'
import { cellReaders } from './cells'
import type { Profile } from './profile'
import type { Cells } from './row-cells'
import { accountRow, meterRow, readingRow } from './rows-of-accounts'
import { chargeRow, paymentRow, tariffRow } from './rows-of-money'
import type { ImportKind } from './schema'

// Written out by hand and not as zod schemas: a file of charges has 1,000,000 rows of 13 cells and more, and these
// readers take a part of the time. Reasons never quote the cell.

/** A line of the file of accounts and holders. */
export interface AccountRow {
  accountNumber: string
  holderName: string
  address: string
  phone: string | null
  /** Square metres. */
  area: MeterValue | null
  residents: number | null
  openedOn: CalendarDay | null
  closedOn: CalendarDay | null
  /** ЕЛС, ten characters, its letters Cyrillic. */
  unifiedAccount: string | null
}

/** A line of the file of meters: the meter and, if it has one, a reading of all its registers. */
export interface MeterRow {
  accountNumber: string
  serial: string
  kind: 'cold_water' | 'hot_water' | 'electricity' | 'heat' | 'gas'
  place: string
  digitsBefore: number
  digitsAfter: number
  registers: number
  installedOn: CalendarDay
  removedOn: CalendarDay | null
  verifiedUntil: CalendarDay | null
  takenOn: CalendarDay | null
  t1: MeterValue | null
  t2: MeterValue | null
  t3: MeterValue | null
}

/** A line of the file of charges: one service of one account in one period, amounts in kopecks. */
export interface ChargeRow {
  accountNumber: string
  period: Period
  service: string
  unit: string
  volume: MeterValue | null
  tariff: MeterValue | null
  opening: Kopecks
  charged: Kopecks
  recalculated: Kopecks
  benefit: Kopecks
  penalty: Kopecks
  paid: Kopecks
  closing: Kopecks
  /** What the volume was reckoned by. */
  basis: 'meter' | 'norm' | 'average' | 'area' | 'people' | null
  norm: MeterValue | null
  /** People or square metres. */
  basisCount: MeterValue | null
  chargedFrom: CalendarDay | null
  penaltyBase: Kopecks | null
  penaltyDays: number | null
  /** Percent a year. */
  penaltyRate: MeterValue | null
}

/** A line of the file of tariffs and norms. */
export interface TariffRow {
  service: string
  unit: string
  validFrom: CalendarDay
  /** Roubles per unit. */
  price: MeterValue
  norm: MeterValue | null
  normPer: 'person' | 'area' | null
}

/** A payment taken elsewhere. */
export interface PaymentRow {
  accountNumber: string
  paidOn: CalendarDay
  /** Above zero. */
  amount: Kopecks
  /** The number of the payment at who took it; empty when the register brings none. */
  document: string
  place: string
  period: Period | null
}

/** A reading taken elsewhere. */
export interface ReadingRow {
  accountNumber: string
  serial: string
  takenOn: CalendarDay
  t1: MeterValue
  t2: MeterValue | null
  t3: MeterValue | null
}

/** The row of each kind. */
export interface RowOf {
  accounts: AccountRow
  meters: MeterRow
  charges: ChargeRow
  tariffs: TariffRow
  payments: PaymentRow
  readings: ReadingRow
}
export type Row = RowOf[ImportKind]

const rowReaders: { readonly [K in ImportKind]: (cells: Cells) => RowOf[K] } = {
  accounts: accountRow,
  meters: meterRow,
  charges: chargeRow,
  tariffs: tariffRow,
  payments: paymentRow,
  readings: readingRow,
}

/** Reads the rows of one file, its columns being where its heading says. */
export class RowReading {
  private cells: readonly string[] = []
  private readonly byField: Cells
  private readonly readCells: (cells: Cells) => Row

  constructor(
    { kind, constants, ...marks }: Profile,
    private readonly positions: ReadonlyMap<string, number>,
  ) {
    this.readCells = rowReaders[kind]
    this.byField = {
      get: (field) => {
        const place = positions.get(field)
        return place === undefined ? (constants[field] ?? '') : (this.cells[place] ?? '')
      },
      has: (field) => positions.has(field) || field in constants,
      read: cellReaders(marks),
    }
  }

  /** @throws CellError for the first bad cell of the row */
  read(cells: readonly string[]): Row {
    this.cells = cells
    return this.readCells(this.byField)
  }

  /** Place of a field's cell, from 0; undefined when the file has none. */
  placeOf(field: string): number | undefined {
    return this.positions.get(field)
  }
}
