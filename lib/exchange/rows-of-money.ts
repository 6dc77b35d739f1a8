import { addsUp } from '@/lib/ledger/rules'
import { addMonths, dayOfPeriod } from '@/lib/units/period'
import { type Read, remembered } from './cells'
import {
  accountNumber,
  CellError,
  type Cells,
  DAY,
  dayOrNone,
  MONEY,
  maybe,
  must,
  NUMBER,
  PERIOD,
  quantity,
  service,
  sum,
  sumOrNone,
  textOrEmpty,
  unit,
  whole,
} from './row-cells'
import type { ChargeRow, PaymentRow, TariffRow } from './row-schema'

const BASES = new Map<string, NonNullable<ChargeRow['basis']>>([
  ['счётчик', 'meter'],
  ['счетчик', 'meter'],
  ['норматив', 'norm'],
  ['среднее', 'average'],
  ['площадь', 'area'],
  ['люди', 'people'],
])
const BASIS = 'Основание — счётчик, норматив, среднее, площадь или люди'
const basisOf = remembered((text) => BASES.get(text.toLowerCase()))

/** The cells of a charge that are words, with what is read of them. */
export const chargeWords = {
  service,
  period: (cells: Cells) => must(cells, 'period', cells.read.period, PERIOD),
  unit,
  basis: (cells: Cells) => maybe(cells, 'basis', basisOf, BASIS),
  chargedFrom: (cells: Cells) => dayOrNone(cells, 'chargedFrom'),
  penaltyDays: (cells: Cells) => maybe(cells, 'penaltyDays', whole(0, 9_999), 'Нужно число дней'),
}

export function chargeRow(cells: Cells): ChargeRow {
  return {
    accountNumber: accountNumber(cells),
    period: chargeWords.period(cells),
    service: chargeWords.service(cells),
    unit: chargeWords.unit(cells),
    volume: maybe(cells, 'volume', cells.read.quantity, NUMBER),
    tariff: quantity(cells, 'tariff'),
    opening: sum(cells, 'opening'),
    charged: sum(cells, 'charged'),
    recalculated: sumOrNone(cells, 'recalculated'),
    benefit: sumOrNone(cells, 'benefit'),
    penalty: sumOrNone(cells, 'penalty'),
    paid: sumOrNone(cells, 'paid'),
    closing: sum(cells, 'closing'),
    basis: chargeWords.basis(cells),
    norm: quantity(cells, 'norm'),
    basisCount: quantity(cells, 'basisCount'),
    chargedFrom: chargeWords.chargedFrom(cells),
    penaltyBase: maybe(cells, 'penaltyBase', cells.read.money, MONEY),
    penaltyDays: chargeWords.penaltyDays(cells),
    penaltyRate: quantity(cells, 'penaltyRate'),
  }
}

/** Something odd about a row of charges that is loaded all the same. */
export function doubtOf(row: ChargeRow): { field: string; reason: string } | undefined {
  if (addsUp(row)) return undefined
  return { field: 'closing', reason: 'Строка не сходится: сальдо, начисления и оплата дают другую сумму' }
}

const normPerOf: Read<'person' | 'area'> = (text) => {
  if (/^(на\s+)?(1\s+)?чел/i.test(text)) return 'person'
  return /^(на\s+)?(1\s+)?(кв\.?\s*м|м2|м²)/i.test(text) ? 'area' : undefined
}

export function tariffRow(cells: Cells): TariffRow {
  const price = must(cells, 'price', cells.read.quantity, NUMBER)
  if (price < 0n) throw new CellError('price', NUMBER)
  const row = {
    service: service(cells),
    unit: unit(cells),
    validFrom: must(cells, 'validFrom', cells.read.day, DAY),
    price,
    norm: quantity(cells, 'norm'),
    normPer: maybe(cells, 'normPer', normPerOf, 'Норматив бывает на человека или на кв.м'),
  }
  if (row.norm !== null && row.normPer === null)
    throw new CellError('normPer', 'Не указано, на что норматив: на человека или на кв.м')
  return row
}

/** A register that names only the month paid for: its payments count as made in the middle of the month after. */
const NOMINAL_DAY = 15

export function paymentRow(cells: Cells): PaymentRow {
  const period = maybe(cells, 'period', cells.read.period, PERIOD)
  const amount = sum(cells, 'amount')
  if (amount <= 0n) throw new CellError('amount', 'Сумма платежа должна быть больше нуля')
  return {
    accountNumber: accountNumber(cells),
    paidOn:
      period && !cells.has('paidOn')
        ? dayOfPeriod(addMonths(period, 1), NOMINAL_DAY)
        : must(cells, 'paidOn', cells.read.day, DAY),
    amount,
    document: textOrEmpty(cells, 'document'),
    place: textOrEmpty(cells, 'place'),
    period,
  }
}
