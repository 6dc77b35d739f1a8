import { and, eq, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { accounts, helperAccess, users } from '@/db/schema'
import { tokenHash } from '@/lib/mail/link-token'
import { helpedBy } from '@/lib/readings/helpers'
import type { Subscriber } from '@/lib/session/require'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { termColumns } from './queries'
import { type HelperState, type HelperTerms, helperState, shortName } from './rules'

/** An account the subscriber helps with: the address and the last day, nothing else of it. */
export interface HelpedAccount {
  id: string
  accountId: number
  address: string
  until: CalendarDay
  /** Anything but `active`: nothing can be sent. */
  state: HelperState
}

const helpedColumns = {
  id: helperAccess.id,
  accountId: helperAccess.accountId,
  address: accounts.address,
}

/** The accounts whose readings the subscriber may send now for somebody else. */
export async function helpingOf(subscriber: Subscriber, now: Date): Promise<HelpedAccount[]> {
  const found = await db()
    .select({ ...helpedColumns, ...termColumns })
    .from(helperAccess)
    .innerJoin(accounts, eq(accounts.id, helperAccess.accountId))
    .where(
      and(
        eq(helperAccess.helperId, subscriber.userId),
        isNull(helperAccess.endedAt),
        helpedBy(subscriber, helperAccess.accountId, moscowDay(now)),
      ),
    )
    .orderBy(accounts.address)
  return found.map((row) => helpedOf(row, now))
}

/** An account the subscriber helps or helped with, by the id of the access; undefined for one that was never theirs. */
export async function helpedAccount(
  subscriber: Subscriber,
  id: string,
  now: Date,
): Promise<HelpedAccount | undefined> {
  const [found] = await db()
    .select({ ...helpedColumns, ...termColumns })
    .from(helperAccess)
    .innerJoin(accounts, eq(accounts.id, helperAccess.accountId))
    .where(and(eq(helperAccess.id, id), eq(helperAccess.helperId, subscriber.userId)))
  return found && helpedOf(found, now)
}

function helpedOf(
  row: HelperTerms & Pick<HelpedAccount, 'id' | 'accountId' | 'address'>,
  now: Date,
): HelpedAccount {
  const { id, accountId, address, until } = row
  return { id, accountId, address, until, state: helperState(row, now) }
}

/** What the page behind an invitation shows: `by` invites, for a flat in `house`. */
export type InvitationPage =
  | { kind: 'unknown' }
  /** Withdrawn, out of time, or the holder's own access is no more. */
  | { kind: 'dead' }
  | { kind: 'open'; by: string; house: string; until: CalendarDay; acceptBy: CalendarDay; email: string }
  /** `login` of the sign-in that was made by this invitation; undefined when somebody with one accepted. */
  | { kind: 'accepted'; helperId: string; id: string; login: string | undefined }

/** What stands behind the token of an invitation; looking changes nothing. */
export async function invitationPage(token: string, now: Date): Promise<InvitationPage> {
  const helper = alias(users, 'helper')
  const [found] = await db()
    .select({
      id: helperAccess.id,
      email: helperAccess.email,
      house: accounts.house,
      firstName: users.firstName,
      lastName: users.lastName,
      helperId: helperAccess.helperId,
      helperLogin: helper.login,
      helperSince: helper.createdAt,
      ...termColumns,
    })
    .from(helperAccess)
    .innerJoin(accounts, eq(accounts.id, helperAccess.accountId))
    .innerJoin(users, eq(users.id, helperAccess.holderId))
    .leftJoin(helper, eq(helper.id, helperAccess.helperId))
    .where(eq(helperAccess.tokenHash, tokenHash(token)))
  if (!found) return { kind: 'unknown' }
  const { id, email, house, until, helperId } = found
  const state = helperState(found, now)
  if (state === 'active' && helperId) {
    const madeHere = found.helperSince?.getTime() === found.acceptedAt?.getTime()
    return { kind: 'accepted', helperId, id, login: madeHere ? (found.helperLogin ?? undefined) : undefined }
  }
  if (state !== 'invited') return { kind: 'dead' }
  const acceptBy = moscowDay(found.inviteEndsAt)
  return { kind: 'open', by: shortName(found.firstName, found.lastName), house, until, acceptBy, email }
}
