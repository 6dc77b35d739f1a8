import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { accountAccess, accounts, blocks, helperAccess, meters } from '@/db/schema'
import type { Result } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { type MeterValue, quantity } from '@/lib/units/quantity'
import { type Accepted, acceptReadings } from './accept'
import { type MeterState, type ReadingsState, stateOf } from './queries'
import type { ReadingsInput } from './schema'

/**
 * Condition on a row of `helper_access`: the holder who invited has had the account ever since and is not blocked. Access
 * that ended and was given again does not bring the helper back.
 */
export const holderStands: SQL<boolean> = sql<boolean>`(
  exists (select 1 from ${accountAccess} where ${accountAccess.accountId} = ${helperAccess.accountId}
    and ${accountAccess.userId} = ${helperAccess.holderId} and ${accountAccess.endedAt} is null
    and ${accountAccess.grantedAt} <= ${helperAccess.invitedAt})
  and not exists (select 1 from ${blocks} where ${blocks.userId} = ${helperAccess.holderId}
    and ${blocks.unblockedAt} is null))`

/**
 * Condition of what a helper may do for an account: somebody who holds it lets the subscriber send its readings, today
 * included. Nothing but meters, last values and the sending of readings may stand behind it.
 */
export function helpedBy(subscriber: Subscriber, accountId: SQLWrapper, today: CalendarDay): SQL {
  return sql`exists (select 1 from ${helperAccess} where ${helperAccess.accountId} = ${accountId}
    and ${helperAccess.helperId} = ${subscriber.userId} and ${helperAccess.endedAt} is null
    and ${helperAccess.until} >= ${today} and ${holderStands})`
}

/** Meters and last values of an account the subscriber helps with, without its history; no meters for any other. */
export async function helpedReadings(
  subscriber: Subscriber,
  accountId: number,
  now: Date,
): Promise<ReadingsState> {
  const state = await stateOf(helpedBy(subscriber, meters.accountId, moscowDay(now)), accountId, now)
  return { ...state, meters: state.meters.map(withoutHistory) }
}

/** Each counter keeps its average: what looks odd is told by it, and only then. */
function withoutHistory(meter: MeterState): MeterState {
  return {
    ...meter,
    average: undefined,
    registers: meter.registers.map((register) => ({
      ...register,
      next: undefined,
      uses: idleOnly(register.uses),
    })),
  }
}

/** Of the use of the months before only that there was none lately, if so: a third month of that is asked about. */
function idleOnly([last, before, earlier]: readonly MeterValue[]): MeterValue[] {
  const idle = last === 0n && before === 0n && earlier !== undefined && earlier > 0n
  return idle ? [last, before, quantity('1')] : []
}

/**
 * «Передать показания» of an account the subscriber helps with; see `acceptReadings`. They are the actor, and the values
 * came by a helper.
 */
export function sendAsHelper(
  subscriber: Subscriber,
  accountId: number,
  input: ReadingsInput,
  now: Date,
): Promise<Result<Accepted, 'absent' | 'conflict'>> {
  return acceptReadings({
    actor: subscriber,
    channel: 'helper',
    accountId,
    may: helpedBy(subscriber, accounts.id, moscowDay(now)),
    input,
    now,
    takenAt: now,
  })
}
