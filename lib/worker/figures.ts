import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Reader } from '@/db/client'

const count = z.coerce.number()
const figures = z.tuple([
  z.object({
    jobsDue: count,
    /** How long the longest has been due, seconds. */
    jobsLate: count,
    /** Tried as often as they may be; nothing will try them again. */
    jobsGivenUp: count,
    lettersWaiting: count,
    textsWaiting: count,
    /** Neither taken nor refused by the provider yet. */
    paymentsOpen: count,
    /** Differ from what was asked: a person has to look. */
    paymentsQuarantined: count,
  }),
])

/** What waits in the database, counted by indexes: what whoever watches the service is to be woken by. */
export type Figures = z.infer<typeof figures>[0]

/** Counts what waits to be done. */
export async function figuresOf(reader: Reader): Promise<Figures> {
  const { rows } = await reader.execute(sql`
    select
      count(*) filter (where due) as "jobsDue",
      coalesce(extract(epoch from now() - min(run_at) filter (where due)), 0) as "jobsLate",
      count(*) filter (where attempts >= max_attempts and locked_at is null) as "jobsGivenUp",
      (select count(*) from letters where sent_at is null) as "lettersWaiting",
      (select count(*) from text_messages where sent_at is null) as "textsWaiting",
      (select count(*) from online_payments where state in ('created', 'pending', 'waiting_for_capture'))
        as "paymentsOpen",
      (select count(*) from online_payments where state = 'quarantined') as "paymentsQuarantined"
    from (select *, run_at <= now() and locked_at is null and attempts < max_attempts as due
      from graphile_worker.jobs) j`)
  return figures.parse(rows)[0]
}
