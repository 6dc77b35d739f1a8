import { layouts } from './layouts'
import type { Profile } from './profile'

/** Field → its column in the staging table. */
const FIELDS = {
  service: 'service_id',
  period: 'period',
  unit: 'unit',
  volume: 'volume',
  tariff: 'tariff',
  basis: 'basis',
  norm: 'norm',
  basisCount: 'basis_count',
  chargedFrom: 'charged_from',
  penaltyBase: 'penalty_base',
  penaltyDays: 'penalty_days',
  penaltyRate: 'penalty_rate',
  opening: 'opening',
  charged: 'charged',
  recalculated: 'recalculated',
  benefit: 'benefit',
  penalty: 'penalty',
  paid: 'paid',
  closing: 'closing',
}
/** Fields no row is without, whatever the file has. */
const NEVER_NULL: readonly string[] = ['service', 'period', 'unit', ...layouts.charges.money]

/** Fields that rows of a file can have anything for, in the order they are copied in. `positions`: field → place of its cell. */
export function fieldsHad({ constants }: Profile, positions: ReadonlyMap<string, number>): string[] {
  return Object.keys(FIELDS).filter(
    (field) => positions.has(field) || field in constants || NEVER_NULL.includes(field),
  )
}

/** Columns of the staging table of charges those are copied into. */
export function columnsHad(profile: Profile, positions: ReadonlyMap<string, number>): string[] {
  const names = new Map(Object.entries(FIELDS))
  const had = fieldsHad(profile, positions).map((field) => names.get(field) ?? field)
  return ['line', 'account_id', 'account_number', ...had]
}
