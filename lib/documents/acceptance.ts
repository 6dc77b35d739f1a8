import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Reader } from '@/db/client'

/** Documents a subscriber accepts; the policy is made known and asks for nothing. */
export const acceptedKinds = ['agreement', 'consent'] as const
export type AcceptedKind = (typeof acceptedKinds)[number]

/** The kind a consent to that document is kept under. */
export const consentKinds = { agreement: 'agreement', consent: 'personal_data' } as const

const found = z.array(z.object({ kind: z.enum(acceptedKinds), version: z.number(), due: z.boolean() }))

/**
 * What a subscriber has yet to accept: documents in force newer than the version they accepted last (agreement clause 2.5;
 * 152-ФЗ art. 9: a changed consent is a new one). Who has withdrawn the consent is not asked for it here.
 * @returns the kinds, and the version of the agreement in force (0 while none is published)
 */
export async function documentsDue(
  reader: Reader,
  userId: string,
): Promise<{ due: AcceptedKind[]; agreement: number }> {
  const { rows } = await reader.execute(sql`
    with given as (
      select case kind when 'agreement' then kind else 'consent' end as kind, max(document_version)::int as version,
        (array_agg(withdrawn_at is not null order by given_at desc))[1] as withdrawn
      from consents where user_id = ${userId} and kind in ('agreement', 'personal_data') group by 1
    ), in_force as (
      select distinct on (kind) kind, version from document_versions
      where kind in ('agreement', 'consent') and effective_from <= now() order by kind, version desc
    )
    select f.kind, f.version,
      coalesce(g.version, 0) < f.version and not (f.kind = 'consent' and coalesce(g.withdrawn, false)) as due
    from in_force f left join given g using (kind) order by f.kind`)
  const documents = found.parse(rows)
  return {
    due: documents.filter(({ due }) => due).map(({ kind }) => kind),
    agreement: documents.find(({ kind }) => kind === 'agreement')?.version ?? 0,
  }
}
