import { sql } from 'drizzle-orm'
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'
import { type CalendarDay, day } from '@/lib/units/day'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { type Period, period } from '@/lib/units/period'
import { type MeterValue, quantity, toDecimal } from '@/lib/units/quantity'

/** Money: `bigint` kopecks. */
export const moneyColumn = customType<{ data: Kopecks; driverData: string }>({
  dataType: () => 'bigint',
  fromDriver: (value) => kopecks(BigInt(value)),
  toDriver: (value) => value.toString(),
})

/** A meter value or a volume: exact `numeric`. */
export const quantityColumn = customType<{ data: MeterValue; driverData: string }>({
  dataType: () => 'numeric(19,7)',
  fromDriver: (value) => quantity(value),
  toDriver: (value) => toDecimal(value),
})

/** A billing period `YYYY-MM`; the tables add the CHECK. */
export const periodColumn = customType<{ data: Period; driverData: string }>({
  dataType: () => 'char(7)',
  fromDriver: (value) => period(value),
})

/** A calendar day without a time. */
export const dayColumn = customType<{ data: CalendarDay; driverData: string }>({
  dataType: () => 'date',
  fromDriver: (value) => day(value),
})

/** Bytes: hashes and ciphertexts. */
export const bytesColumn = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** An instant. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/** A random primary key that tells nothing about order or number. */
export const randomId = () => uuid().primaryKey().default(sql`gen_random_uuid()`)
