import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { CalendarDay } from '@/lib/units/day'
import { day } from '@/lib/units/day'
import { type Period, period } from '@/lib/units/period'
import { quantity, toDecimal } from '@/lib/units/quantity'
import type { SheetCell } from '@/lib/units/sheet'
import type { ExportRow } from './export-columns'

/** A cell of text. */
export const text = (value: string): SheetCell => ({ text: value })
/** A cell of figures, as they stand. */
export const figure = (value: string): SheetCell => ({ figure: value })
/** «05.11.2026». */
export const dayWords = (of: CalendarDay) => of.split('-').reverse().join('.')
/** «11.2026». */
export const monthWords = (of: Period) => `${of.slice(5)}.${of.slice(0, 4)}`
/** A `numeric` of the database as exact text; empty for null. */
export const decimal = z
  .string()
  .nullable()
  .transform((value) => (value === null ? '' : toDecimal(quantity(value))))
export const dated = z.string().transform(day)
export const monthly = z.string().transform(period)

/** What every list says of an account `a`. */
export const account = sql`a.account_number as "accountNumber", a.holder_name as "holderName", a.address`
export const accountShape = { accountNumber: z.string(), holderName: z.string(), address: z.string() }

/** The cells of an account. */
export function accountCells(of: { accountNumber: string; holderName: string; address: string }): ExportRow {
  return {
    accountNumber: text(of.accountNumber),
    holderName: text(of.holderName),
    address: text(of.address),
  }
}
