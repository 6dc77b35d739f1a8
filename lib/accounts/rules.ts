import { addDays, type CalendarDay } from '@/lib/units/day'
import { addMonths, type Period, periodOf } from '@/lib/units/period'

/** What the choice of an account comes to: one of theirs, none to choose from, or a number that is not theirs. */
export type Choice<A> = { kind: 'one'; account: A } | { kind: 'none' } | { kind: 'stranger' }

/**
 * Which of a person's accounts to show: the one asked for in the address, else the remembered one, else the first.
 * A number asked for that is not theirs is `stranger`, whether or not such an account exists.
 */
export function choose<A extends { accountNumber: string }>(
  own: readonly A[],
  wanted: string | undefined,
  remembered: string | undefined,
): Choice<A> {
  const numbered = (number: string | undefined) => own.find((account) => account.accountNumber === number)
  if (wanted !== undefined) {
    const account = numbered(wanted)
    return account ? { kind: 'one', account } : { kind: 'stranger' }
  }
  const account = numbered(remembered) ?? own[0]
  return account ? { kind: 'one', account } : { kind: 'none' }
}

/** The path with `?account=` when the person has several, so that a link stays with the account it stands on. */
export function withAccount(path: string, accountNumber: string, ownCount: number): string {
  return ownCount > 1 ? `${path}?account=${encodeURIComponent(accountNumber)}` : path
}

/**
 * The first month a holder sees whose own time with the account begins on a day: that day's month when it is its first day,
 * else the next one. A month is billed as a whole: the one in which the holder changed stays with the former holder.
 */
export function firstSeenPeriod(seesFrom: CalendarDay): Period {
  return addMonths(periodOf(addDays(seesFrom, -1)), 1)
}
