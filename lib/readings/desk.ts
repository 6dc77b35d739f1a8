import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import type { Staff } from '@/lib/session/require'

const counted = z.tuple([z.object({ doubts: z.number(), corrections: z.number() })])

/** How much waits for staff in the section of readings. */
export async function deskCounts(_staff: Staff): Promise<{ doubts: number; corrections: number }> {
  const { rows } = await db().execute(sql`
    select (select count(*)::int from reading_doubts where settled_at is null) as doubts,
      (select count(*)::int from reading_corrections where settled_at is null) as corrections`)
  return counted.parse(rows)[0]
}
