import { type Kopecks, kopecks, sumKopecks, ZERO } from '@/lib/units/money'
import type { Random } from './random'
import type { Habit } from './town'

/**
 * What a household pays in a period, by its habit. `owed` is its balance at the start (negative: overpaid),
 * `place` the number of the period, `last` that of the newest one. Kopecks, never negative.
 */
export function payment(habit: Habit, owed: Kopecks, place: number, last: number, random: Random): Kopecks {
  const debt = owed > 0n ? owed : ZERO
  switch (habit) {
    case 'exact':
      return debt
    case 'rounded':
      return debt === 0n ? ZERO : upTo(debt, 10_000n)
    case 'advance':
      return owed > -300_000n ? upTo(kopecks(owed + BigInt(random.int(9, 15)) * 100_000n), 50_000n) : ZERO
    case 'late':
      return (last - place) % 2 === 1 ? debt : ZERO
    case 'partial':
      return (last - place) % 6 === 4 ? debt : kopecks((debt * BigInt(random.int(62, 94))) / 100n)
    case 'debtor':
      return last - place < 9 ? ZERO : debt
  }
}

/** Spreads a payment over what is owed for each service, in proportion; what is over goes to `spare`. */
export function spread<Service>(
  paid: Kopecks,
  owed: ReadonlyMap<Service, Kopecks>,
  spare: Service,
): Map<Service, Kopecks> {
  const debts = [...owed].filter(([, amount]) => amount > 0n)
  const total = sumKopecks(debts.map(([, amount]) => amount))
  const shared = paid < total ? paid : total
  const parts = new Map<Service, Kopecks>()
  for (const [service, amount] of debts) parts.set(service, kopecks((shared * amount) / total))
  const rest = kopecks(paid - sumKopecks(parts.values()))
  const target = paid < total ? (debts.toSorted((a, b) => Number(b[1] - a[1]))[0]?.[0] ?? spare) : spare
  if (rest !== 0n) parts.set(target, kopecks((parts.get(target) ?? 0n) + rest))
  return parts
}

function upTo(amount: Kopecks, step: bigint): Kopecks {
  return kopecks(((amount + step - 1n) / step) * step)
}
