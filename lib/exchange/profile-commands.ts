import { and, eq, ne } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { importProfiles } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import type { Profile } from './profile'
import { ownId } from './profile-queries'
import { builtInProfiles } from './profiles/built-in'

/**
 * Keeps a profile: a new one, or what becomes of the one with that key; a built-in one is never changed, so its key makes
 * a new one too. `invalid` at `name` when another profile has it; refused: `absent` when it was deleted meanwhile.
 */
export function saveProfile(
  staff: Staff,
  key: string | undefined,
  profile: Profile,
): Promise<Result<{ key: string }, 'absent'>> {
  const id = key === undefined ? undefined : ownId(key)
  return unlessTaken(() =>
    db().transaction(async (tx) => {
      if (await isTaken(tx, profile.name, id)) return nameTaken()
      const values = { name: profile.name, body: profile, updatedBy: staff.userId, updatedAt: new Date() }
      const [kept] = id
        ? await tx.update(importProfiles).set(values).where(eq(importProfiles.id, id)).returning()
        : await tx.insert(importProfiles).values(values).returning()
      if (!kept) return absent()
      await record(tx, staff, {
        action: 'profile.saved',
        subject: { kind: 'profile', id: kept.id, label: profile.name },
        after: { kind: profile.kind },
      })
      return ok({ key: kept.id })
    }),
  )
}

async function isTaken(tx: Tx, name: string, id: string | undefined): Promise<boolean> {
  if (builtInProfiles.some((profile) => profile.name === name)) return true
  const others = and(eq(importProfiles.name, name), id ? ne(importProfiles.id, id) : undefined)
  return (await tx.$count(importProfiles, others)) > 0
}

const UNIQUE_VIOLATION = '23505'

/** Two who give the same name at once: the second is told. */
async function unlessTaken<T, Code extends string>(
  work: () => Promise<Result<T, Code>>,
): Promise<Result<T, Code>> {
  try {
    return await work()
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error
    if (!(cause instanceof Error && 'code' in cause && cause.code === UNIQUE_VIOLATION)) throw error
    return nameTaken()
  }
}

function nameTaken() {
  return invalid({ name: 'Профиль с таким названием уже есть. Назовите иначе.' })
}

function absent() {
  return refused('absent', 'Такого профиля уже нет: его удалили.')
}

/** Deletes a profile staff made; files read by it keep theirs. Refused: `absent`. */
export function removeProfile(staff: Staff, key: string): Promise<Result<undefined, 'absent'>> {
  return db().transaction(async (tx) => {
    const id = ownId(key)
    const [gone] = id ? await tx.delete(importProfiles).where(eq(importProfiles.id, id)).returning() : []
    if (!gone) return absent()
    await record(tx, staff, {
      action: 'profile.removed',
      subject: { kind: 'profile', id: gone.id, label: gone.name },
    })
    return ok()
  })
}
