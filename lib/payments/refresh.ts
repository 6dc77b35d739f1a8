import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { onlinePayments } from '@/db/schema'
import { logProblem } from '@/lib/log'
import type { Subscriber } from '@/lib/session/require'
import { askAbout, whilePayerWaits } from './ask'
import { isOpen } from './rules'

/** A page opened again this soon does not ask again, ms. */
const SOON = 3_000

/**
 * The payer is back from the provider's page, or looks again: the provider is asked at once, so that they need not wait for
 * its notification. Never fails: a payment whose outcome is still open is shown so. `payer` null: one without a login.
 */
export async function refreshPayment(payer: Subscriber | null, id: string, now: Date): Promise<void> {
  if (!z.uuid().safeParse(id).success) return
  const whose = payer ? eq(onlinePayments.userId, payer.userId) : isNull(onlinePayments.userId)
  const [found] = await db()
    .select()
    .from(onlinePayments)
    .where(and(eq(onlinePayments.id, id), whose))
  if (!found || !isOpen(found.state)) return
  const since = now.getTime() - (found.askedAt?.getTime() ?? 0)
  // Below zero when it was asked by a clock that runs ahead of ours: no reason to leave the payer waiting.
  if (since >= 0 && since < SOON) return
  const asking = askAbout(id, 'payer', now).catch((error: unknown) =>
    logProblem('payment not asked about', error),
  )
  await whilePayerWaits(asking)
}
