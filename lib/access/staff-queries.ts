import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { blocks, staffSecondFactors, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import { fullName } from './queries'

/** How a member of staff stands: dismissed, without a password yet, or at work. */
export type StaffState = 'dismissed' | 'invited' | 'active'

const rows = () =>
  db()
    .select({
      id: users.id,
      login: users.login,
      name: fullName,
      email: users.email,
      roles: users.roles,
      createdAt: users.createdAt,
      state: sql<StaffState>`case when ${blocks.id} is not null then 'dismissed'
        when ${users.passwordHash} is null then 'invited' else 'active' end`,
      block: { at: blocks.blockedAt, reason: blocks.blockReason },
      lastSeenAt: sql<Date | null>`(select max(s.last_seen_at) from sessions s where s.user_id = ${users.id}
        and s.second_factor_at is not null)`.mapWith(users.createdAt),
      secondFactor: sql<boolean>`${staffSecondFactors.confirmedAt} is not null`,
      /** Recovery codes not used yet. */
      codesLeft: sql<number>`(select count(*)::int from recovery_codes c where c.user_id = ${users.id} and c.used_at is null)`,
      linkUntil:
        sql<Date | null>`(select max(l.expires_at) from credential_links l where l.user_id = ${users.id}
        and l.used_at is null and l.revoked_at is null)`.mapWith(users.createdAt),
    })
    .from(users)
    .leftJoin(blocks, and(eq(blocks.userId, users.id), isNull(blocks.unblockedAt)))
    .leftJoin(staffSecondFactors, eq(staffSecondFactors.userId, users.id))

/** All members of staff by name, those dismissed last. */
export async function staffList(_staff: Staff) {
  return rows()
    .where(eq(users.kind, 'staff'))
    .orderBy(sql`${blocks.id} is not null`, asc(users.lastName), asc(users.firstName))
}

/** One member of staff; undefined for an id that is nobody's of the office. */
export async function memberForStaff(_staff: Staff, userId: string) {
  const [member] = await rows().where(and(eq(users.id, userId), eq(users.kind, 'staff')))
  return member
}
