import { desc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { erasureActs, privacyRequests, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import { destroyedCounts } from './schema'

/** An act of destruction before staff. */
export type Act = Awaited<ReturnType<typeof actsOf>>[number]

const MOST = 100

/** The latest acts of a ground, or of all. */
export async function actsOf(_staff: Staff, ground?: 'withdrawal' | 'retention') {
  const found = await acts()
    .where(ground && eq(erasureActs.ground, ground))
    .orderBy(desc(erasureActs.number))
    .limit(MOST)
  return found.map(withCounts)
}

/** One act; undefined for an unknown number. */
export async function actOf(_staff: Staff, number: number): Promise<Act | undefined> {
  const [found] = await acts().where(eq(erasureActs.number, number))
  return found && withCounts(found)
}

function acts() {
  const maker = alias(users, 'maker')
  return db()
    .select({
      number: erasureActs.number,
      ground: erasureActs.ground,
      destroyed: erasureActs.destroyed,
      madeAt: erasureActs.madeAt,
      login: users.login,
      askedAt: privacyRequests.askedAt,
      by: {
        login: maker.login,
        lastName: maker.lastName,
        firstName: maker.firstName,
        patronymic: maker.patronymic,
        roles: maker.roles,
      },
    })
    .from(erasureActs)
    .leftJoin(users, eq(users.id, erasureActs.userId))
    .leftJoin(maker, eq(maker.id, erasureActs.madeBy))
    .leftJoin(privacyRequests, eq(privacyRequests.id, erasureActs.requestId))
    .$dynamic()
}

function withCounts<Row extends { destroyed: unknown }>(row: Row) {
  return { ...row, destroyed: destroyedCounts.parse(row.destroyed) }
}
