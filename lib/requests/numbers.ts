import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { requestNumbers } from '@/db/schema'

/** The next running number of a request; one that is not used in the end leaves a gap. */
export async function nextSerial(tx: Tx): Promise<number> {
  const { rows } = await tx.execute(sql`select nextval(${requestNumbers.seqName}) as serial`)
  return z.tuple([z.object({ serial: z.coerce.number() })]).parse(rows)[0].serial
}
