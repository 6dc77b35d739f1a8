import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { serviceSort } from './rules'

const services = z.array(z.object({ id: z.number().nullable(), name: z.string() }))

/**
 * Adds the services nobody has heard of, each at its place on a bill. `from` yields `name` and `id`: the one that was
 * kept for it, or null. `wanted` says whether any row is about such a service.
 */
export async function addServices(
  tx: Tx,
  from: SQL,
  wanted: (id: number | null) => Promise<boolean> = async () => true,
): Promise<void> {
  const { rows } = await tx.execute(sql`
    select i.id, i.name from (${from}) i where not exists (select 1 from services s where s.name = i.name) order by 2`)
  for (const { id, name } of services.parse(rows)) {
    if (!(await wanted(id))) continue
    const given = id ?? sql`nextval(pg_get_serial_sequence('services', 'id'))`
    await tx.execute(sql`
      insert into services (id, name, sort) overriding system value values (${given}, ${name}, ${serviceSort(name)})`)
  }
}
