import { type Kopecks, kopecks, ZERO } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'

/** What is still owed for a month: what the month itself came to, and its penalty. */
export interface Debt {
  period: Period
  due: Kopecks
  penalty: Kopecks
}

/** What a month came to, as billing stated it. */
export interface Accrued {
  period: Period
  /** charged + recalculated + penalty − benefit */
  accrued: Kopecks
  penalty: Kopecks
}

/**
 * Of which months a balance is owed, the earliest first: money pays the earliest debt first and penalties last, so what
 * is left unpaid are penalties and the latest months. A balance beyond all months stated is of the earliest of them.
 */
export function debtsOf(balance: Kopecks, months: readonly Accrued[]): Debt[] {
  const latestFirst = months.toSorted((a, b) => (a.period < b.period ? 1 : -1))
  let left: bigint = balance > 0n ? balance : 0n
  const penalties = latestFirst.map(({ penalty }) => {
    const owed = smaller(left, positive(penalty))
    left -= owed
    return owed
  })
  const debts = latestFirst.map(({ period, accrued, penalty }, place) => {
    const earliest = place === latestFirst.length - 1
    const due = earliest ? left : smaller(left, positive(kopecks(accrued - penalty)))
    left -= due
    return { period, due: kopecks(due), penalty: kopecks(penalties[place] ?? 0n) }
  })
  return debts.filter((debt) => debt.due + debt.penalty > 0n).toReversed()
}

/** Where a piece of a payment goes: a month, its penalty, or ahead. */
export type Share =
  | { kind: 'due' | 'penalty'; period: Period; amount: Kopecks }
  | { kind: 'ahead'; amount: Kopecks }

/**
 * What an amount pays (ГК РФ ст. 319.1): the month the payer chose, else and then the earliest debt first, penalties
 * last; what is left over is paid ahead. The shares add up to the amount.
 */
export function allocate(amount: Kopecks, chosen: Period | null, debts: readonly Debt[]): Share[] {
  const earliestFirst = debts.toSorted((a, b) => (a.period < b.period ? -1 : 1))
  const first = earliestFirst.filter((debt) => debt.period === chosen)
  const others = earliestFirst.filter((debt) => debt.period !== chosen)
  const claims = [
    ...[...first, ...others].map(({ period, due }) => ({ kind: 'due' as const, period, amount: due })),
    ...earliestFirst.map(({ period, penalty }) => ({ kind: 'penalty' as const, period, amount: penalty })),
  ]
  let left: bigint = amount
  const shares = claims.map((claim): Share => {
    const paid = smaller(left, claim.amount)
    left -= paid
    return { ...claim, amount: kopecks(paid) }
  })
  return [...shares, { kind: 'ahead' as const, amount: kopecks(left) }].filter((share) => share.amount > 0n)
}

/** The months that can be paid for by themselves: a penalty cannot, it is paid when nothing else is owed. */
export function payableMonths(debts: readonly Debt[]): Debt[] {
  return debts.filter(({ due }) => due > 0n)
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function positive(amount: Kopecks): Kopecks {
  return amount > 0n ? amount : ZERO
}
