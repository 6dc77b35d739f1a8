import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { serviceSort } from './rules'

const names = z.array(z.object({ service: z.string() }))

/** Adds the services of `incoming` nobody has heard of, each at its place on a bill. */
export async function addServices(tx: Tx): Promise<void> {
  const { rows } = await tx.execute(sql`
    select i.service from (select distinct service from incoming) i
    where not exists (select 1 from services s where s.name = i.service) order by 1`)
  for (const { service } of names.parse(rows)) {
    await tx.execute(sql`insert into services (name, sort) values (${service}, ${serviceSort(service)})`)
  }
}
