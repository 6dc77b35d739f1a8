import { desc, eq, gt } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { auditLog, auditSeals } from '@/db/schema'
import { headOf, type Seal } from '@/lib/audit/chain'
import { headLine } from '@/lib/audit/heads'
import type { Staff } from '@/lib/session/require'

const verified = z.object({
  rows: z.number(),
  from: z.number().nullable(),
  seal: z.number().nullable(),
  broken: z.number().nullable(),
})

/** Where the chain of the journal stands: what the page says of it. */
export interface ChainState {
  head: (Seal & { line: string }) | undefined
  /** Rows no seal holds yet. */
  unsealed: number
  /** The last time it was reckoned anew; `whole`: from its first seal on. `broken`: the first seal that did not hold. */
  verified: { at: Date; by: string; rows: number; whole: boolean; broken: number | null } | undefined
}

/** The head of the chain, what is not sealed yet, and what the last verification found. */
export async function chainState(_staff: Staff): Promise<ChainState> {
  const [head, first, [last]] = await Promise.all([
    headOf(db()),
    db().select({ id: auditSeals.id }).from(auditSeals).orderBy(auditSeals.id).limit(1),
    db()
      .select({ at: auditLog.at, by: auditLog.actorLogin, after: auditLog.after })
      .from(auditLog)
      .where(eq(auditLog.action, 'audit.verified'))
      .orderBy(desc(auditLog.at))
      .limit(1),
  ])
  const unsealed = await db().$count(auditLog, head ? gt(auditLog.id, head.toId) : undefined)
  const found = last && verified.safeParse(last.after).data
  return {
    head: head && { ...head, line: headLine(head, head.sealedAt) },
    unsealed,
    verified: found && {
      ...{ at: last.at, by: last.by, rows: found.rows, broken: found.broken },
      whole: found.from === first[0]?.id,
    },
  }
}
