import { type Kopecks, kopecks, ZERO } from '@/lib/units/money'
import { explain, type Part } from './explain'
import { accrued, addsUp, difference, type Figures, type Line, totalOf } from './rules'

/** A service of a bill with what it came to, how much more or less than the month before, and why. */
export interface StatementRow extends Line {
  accrued: Kopecks
  difference: Kopecks | undefined
  /** Adds up to `difference`; empty when there is nothing to compare with. */
  why: Part[]
}

/** A month's bill beside the one before it. */
export interface Comparison {
  rows: StatementRow[]
  total: Figures
  accrued: Kopecks
  /** False when any row's figures do not add up. */
  addsUp: boolean
  difference: Kopecks | undefined
  /** Services the month before had and this one has not. */
  gone: { service: string; difference: Kopecks; why: Part[] }[]
}

/** A month's services against those of the month before; no differences when that month has no bill. */
export function compareMonths(now: readonly Line[], before: readonly Line[]): Comparison {
  const compared = before.length > 0
  const earlier = new Map(before.map((line) => [line.serviceId, line]))
  const current = new Set(now.map((line) => line.serviceId))
  const total = totalOf(now)
  return {
    rows: now.map((line) => compareLine(line, earlier.get(line.serviceId), compared)),
    total,
    accrued: accrued(total),
    addsUp: now.every(addsUp),
    difference: difference(accrued(total), compared ? accrued(totalOf(before)) : undefined),
    gone: before
      .filter((line) => !current.has(line.serviceId))
      .map((line) => ({
        service: line.service,
        difference: kopecks(-accrued(line)),
        why: explain(undefined, line),
      })),
  }
}

function compareLine(line: Line, before: Line | undefined, compared: boolean): StatementRow {
  const had = compared ? (before ? accrued(before) : ZERO) : undefined
  return {
    ...line,
    accrued: accrued(line),
    difference: difference(accrued(line), had),
    why: compared ? explain(line, before) : [],
  }
}
