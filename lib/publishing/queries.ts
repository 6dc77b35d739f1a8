import { desc, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { documentVersions, users } from '@/db/schema'
import type { DocumentKind } from '@/lib/documents/queries'
import type { Staff } from '@/lib/session/require'

/** A version as the office's list shows it. */
export interface ListedVersion {
  kind: DocumentKind
  version: number
  effectiveFrom: Date
  publishedAt: Date
  /** Login; null when the service itself published it. */
  publishedBy: string | null
  /** `replaced`: a newer one of the same day stands in its stead, it was or will never be in force. */
  state: 'coming' | 'in-force' | 'former' | 'replaced'
  /** People with a sign-in who accepted it; null for what nobody accepts. */
  accepted: number | null
}

/** Every version of every document, newest first, with how many people accepted it. */
export async function listedVersions(_staff: Staff): Promise<ListedVersion[]> {
  const { kind, version, effectiveFrom, publishedAt } = documentVersions
  const rows = await db()
    .select({
      ...{ kind, version, effectiveFrom, publishedAt },
      publishedBy: users.login,
      begun: sql<boolean>`${effectiveFrom} <= now()`,
      accepted: sql<number | null>`case ${kind} when 'privacy' then null else coalesce(given.people, 0) end`,
    })
    .from(documentVersions)
    .leftJoin(users, eq(users.id, documentVersions.publishedBy))
    .leftJoin(
      sql`(
        select case kind when 'agreement' then kind else 'consent' end as kind, document_version,
          count(distinct user_id)::int as people
        from consents where user_id is not null and document_version is not null group by 1, 2
      ) given`,
      sql`given.kind = ${kind} and given.document_version = ${version}`,
    )
    .orderBy(desc(version))
  return rows.map(({ begun, ...row }) => {
    const newer = rows.filter((other) => other.kind === row.kind && other.version > row.version)
    return { ...row, state: stateOf(row, begun, newer) }
  })
}

function stateOf(
  { effectiveFrom }: { effectiveFrom: Date },
  begun: boolean,
  newer: readonly { effectiveFrom: Date; begun: boolean }[],
): ListedVersion['state'] {
  if (newer.some((other) => other.effectiveFrom <= effectiveFrom)) return 'replaced'
  if (!begun) return 'coming'
  return newer.some((other) => other.begun) ? 'former' : 'in-force'
}
