import { z } from 'zod'
import type { Kopecks } from '@/lib/units/money'
import { holdsMoney, type KnownPayment, type SeenPayment } from './rules'

/** What differs between the two records of a payment. Amounts are kopecks, as text. */
export const differenceShape = z.object({
  /**
   * `theirs-only`, `ours-only`: one record knows nothing of it. `amount`, `state`, `refunds`: both know it, otherwise.
   * `quarantined`: it waits for staff.
   */
  kind: z.enum(['theirs-only', 'ours-only', 'amount', 'state', 'refunds', 'quarantined']),
  number: z.number().nullable(),
  providerPaymentId: z.string().nullable(),
  ours: z.string().nullable(),
  theirs: z.string().nullable(),
})
export type Difference = z.output<typeof differenceShape>

/** A payment of ours with what was given back of it. */
export interface Ours extends KnownPayment {
  number: number
  createdAt: Date
  refunded: Kopecks
}

/**
 * What differs between our record and the provider's for payments made from `since` on and before `until`; `theirs` reaches
 * a little further on both sides, for clocks that differ. Payments neither side counts as taken agree.
 */
export function compareRecords({
  ours,
  theirs,
  since,
  until,
}: {
  ours: readonly Ours[]
  theirs: readonly SeenPayment[]
  since: Date
  until: Date
}): Difference[] {
  const within = (at: Date) => at >= since && at < until
  const byId = new Map(theirs.map((seen) => [seen.id, seen]))
  const known = new Set(ours.map((one) => one.providerPaymentId))
  const strangers = theirs.filter((seen) => within(seen.createdAt) && !known.has(seen.id) && holdsMoney(seen))
  const asked = ours.filter((one) => within(one.createdAt) || byId.has(one.providerPaymentId ?? ''))
  return [
    ...asked.flatMap((one) => differencesOf(one, byId.get(one.providerPaymentId ?? ''))),
    ...strangers.map((seen) => ({
      ...{ kind: 'theirs-only' as const, number: null, providerPaymentId: seen.id, ours: null },
      theirs: String(seen.amount),
    })),
  ]
}

function differencesOf(one: Ours, seen: SeenPayment | undefined): Difference[] {
  const named = { number: one.number, providerPaymentId: one.providerPaymentId }
  if (one.state === 'quarantined')
    return [
      { ...named, kind: 'quarantined', ours: String(one.amount), theirs: seen ? String(seen.amount) : null },
    ]
  if (!seen)
    return one.state === 'succeeded'
      ? [{ ...named, kind: 'ours-only', ours: String(one.amount), theirs: null }]
      : []
  const state: Difference = { ...named, kind: 'state', ours: one.state, theirs: seen.status }
  if (one.state !== 'succeeded') return holdsMoney(seen) ? [state] : []
  if (seen.status !== 'succeeded') return [state]
  const found: Difference[] = []
  if (one.amount !== seen.amount)
    found.push({ ...named, kind: 'amount', ours: String(one.amount), theirs: String(seen.amount) })
  if (one.refunded !== seen.refunded)
    found.push({ ...named, kind: 'refunds', ours: String(one.refunded), theirs: String(seen.refunded) })
  return found
}
