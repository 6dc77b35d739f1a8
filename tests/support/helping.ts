import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, helperAccess } from '@/db/schema'
import { acceptInvitation } from '@/lib/helper-access/accept'
import { inviteHelper } from '@/lib/helper-access/commands'
import { invitationToken } from '@/lib/mail/link-token'
import type { Subscriber } from '@/lib/session/require'
import { day } from '@/lib/units/day'
import { makeAccount, makeSubscriber } from './people'

/** The moment these homes live at, and the last day of the help. */
export const NOW = new Date('2026-11-22T12:00:00+03:00')
export const UNTIL = day('2027-02-22')

/** That many days after it. */
export const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)

/** An account and somebody who has held it for a while. */
export async function makeHome() {
  const account = await makeAccount()
  const holder = await makeSubscriber([account.id])
  await db()
    .update(accountAccess)
    .set({ grantedAt: later(-100) })
    .where(eq(accountAccess.userId, holder.userId))
  return { account, holder }
}
export type Home = Awaited<ReturnType<typeof makeHome>>

/** What the form of an invitation sends. */
export const inviteForm = (home: Home, change: object = {}) => ({
  account: home.account.accountNumber,
  name: 'Мария',
  email: `${randomUUID()}@example.ru`,
  until: UNTIL,
  ...change,
})

/** Invites and comes back with the row and the token its letter would carry. */
export async function invited(home: Home, change: object = {}, now = NOW) {
  const input = inviteForm(home, change)
  const result = await inviteHelper(home.holder, input, now)
  if (result.status !== 'ok') throw new Error(`not invited: ${JSON.stringify(result)}`)
  const [row] = await db()
    .select()
    .from(helperAccess)
    .where(
      and(
        eq(helperAccess.accountId, home.account.id),
        eq(helperAccess.email, input.email),
        isNull(helperAccess.endedAt),
      ),
    )
  if (!row) throw new Error('no invitation')
  return { ...row, token: invitationToken(row.id) }
}

/** Invites, and the helper accepts. */
export async function helped(home: Home, helper: Subscriber, now = NOW) {
  const row = await invited(home, {}, now)
  const result = await acceptInvitation(helper, row.token, now)
  if (result.status !== 'ok') throw new Error('not accepted')
  return row
}
