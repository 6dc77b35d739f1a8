import { type CalendarDay, formatDay, moscowDay, partsOfDay } from '@/lib/units/day'
import { addMonths, dayOfPeriod, periodOf } from '@/lib/units/period'

/** As many helpers and waiting invitations one holder may have for an account. */
export const MOST_OPEN = 5

/** How long an invitation can be accepted. */
export const INVITATION_MS = 14 * 86_400_000

const USUAL_MONTHS = 3
const MOST_MONTHS = 12

/** What has become of a helper's access. */
export type HelperState =
  /** Waits to be accepted. */
  | 'invited'
  /** Was not accepted in time. */
  | 'lapsed'
  | 'active'
  /** The holder's own access has ended or is blocked. */
  | 'paused'
  /** Its last day has passed. */
  | 'over'
  /** Ended by somebody before that. */
  | 'ended'

/** Whether the holder still can withdraw it, or invite again. */
export function isOpen(state: HelperState): boolean {
  return state === 'active' || state === 'invited' || state === 'lapsed'
}

/** What the state of an access follows from. */
export interface HelperTerms {
  until: CalendarDay
  inviteEndsAt: Date
  acceptedAt: Date | null
  endedAt: Date | null
  /** `holderStands` of lib/readings/helpers.ts. */
  holderStands: boolean
}

/** The state of an access at a moment; it changes with the day, nothing has to be written for it. */
export function helperState(
  { until, inviteEndsAt, acceptedAt, endedAt, holderStands }: HelperTerms,
  now: Date,
): HelperState {
  if (endedAt) return 'ended'
  if (until < moscowDay(now)) return 'over'
  if (!holderStands) return 'paused'
  if (acceptedAt) return 'active'
  return now < inviteEndsAt ? 'invited' : 'lapsed'
}

/** The last days a holder may choose: from today to a year ahead; three months are offered. */
export function untilBounds(today: CalendarDay): Record<'earliest' | 'usual' | 'latest', CalendarDay> {
  return {
    earliest: today,
    usual: monthsLater(today, USUAL_MONTHS),
    latest: monthsLater(today, MOST_MONTHS),
  }
}

/** What is wrong with a last day, or undefined. */
export function untilProblem(until: CalendarDay, today: CalendarDay): string | undefined {
  const { earliest, latest } = untilBounds(today)
  if (until < earliest) return 'Этот день уже прошёл: выберите сегодняшний или более поздний'
  if (until > latest) return `Можно не дольше чем на год: до ${formatDay(latest)}`
  return undefined
}

/** «Анна К.»: as much of a holder's name as somebody invited needs. */
export function shortName(firstName: string, lastName: string): string {
  const [initial = ''] = lastName
  return `${firstName} ${initial.toUpperCase()}.`
}

function monthsLater(from: CalendarDay, months: number): CalendarDay {
  return dayOfPeriod(addMonths(periodOf(from), months), partsOfDay(from).date)
}
