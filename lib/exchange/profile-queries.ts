import { asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Reader } from '@/db/client'
import { importProfiles, users } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import { type Profile, profileSchema } from './profile'
import { builtInProfiles } from './profiles/built-in'

/** A profile one can choose. */
export interface KnownProfile {
  /** Names it in forms and addresses: an id, or `std-3` for the third built-in one. */
  key: string
  profile: Profile
  /** Who changed it last and when; undefined for the built-in ones, which nobody changes. */
  own: { by: string; at: Date } | undefined
}

/** Every profile: those staff made, by name, then the built-in ones. */
export async function profilesPage(_staff: Staff): Promise<KnownProfile[]> {
  return knownProfiles(db())
}

/** The profile of that key; undefined when there is none. */
export async function profileForStaff(_staff: Staff, key: string): Promise<KnownProfile | undefined> {
  return (await knownProfiles(db())).find((known) => known.key === key)
}

/** The profile of that key; undefined when there is none. */
export async function findProfile(reader: Reader, key: string): Promise<Profile | undefined> {
  return (await knownProfiles(reader)).find((known) => known.key === key)?.profile
}

/** The profiles a file is tried by, the company's own ones first. */
export async function profilesToTry(reader: Reader): Promise<Profile[]> {
  return (await knownProfiles(reader)).map(({ profile }) => profile)
}

async function knownProfiles(reader: Reader): Promise<KnownProfile[]> {
  const kept = await reader
    .select({
      id: importProfiles.id,
      body: importProfiles.body,
      at: importProfiles.updatedAt,
      by: users.login,
    })
    .from(importProfiles)
    .leftJoin(users, eq(users.id, importProfiles.updatedBy))
    .orderBy(asc(importProfiles.name))
  const own = kept.map(({ id, body, at, by }) => ({
    key: id,
    profile: profileSchema.parse(body),
    own: { by: by ?? '', at },
  }))
  const standard = builtInProfiles.map((profile, place) => ({
    key: `std-${place + 1}`,
    profile,
    own: undefined,
  }))
  return [...own, ...standard]
}

/** The id of a profile staff made, out of its key; undefined for a built-in one. */
export function ownId(key: string): string | undefined {
  return z.uuid().safeParse(key).data
}
