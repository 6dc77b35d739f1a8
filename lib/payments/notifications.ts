import { createHash } from 'node:crypto'
import { and, eq, isNull, lt, ne } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { onlinePayments, paymentNotifications, providerNames } from '@/db/schema'
import { env } from '@/lib/env'
import { enqueue } from '@/lib/jobs/catalogue'
import { logEvent } from '@/lib/log'
import { askAbout, takeAnswer } from './ask'
import { isWithin } from './networks'
import type { Hint, Provider, ProviderName } from './provider'
import { providerNamed } from './providers'
import { lookAtRefunds } from './refunds-elsewhere'
import { isOpen } from './rules'

/** How long the words of a notification are kept, ms: some name a card's last digits. */
const KEPT = 90 * 24 * 3_600_000

/** What became of a notification at the door. */
export type Received = 'kept' | 'known' | 'foreign' | 'no-such-provider'

/**
 * Keeps what a provider told us, once, and asks for the job that looks into it. Nothing is kept of what comes from
 * another network than the provider's, or for a provider that is not set up.
 */
export async function receiveNotification(name: string, body: string, address: string): Promise<Received> {
  const provider = z.enum(providerNames).safeParse(name).data
  if (!provider || !(await providerNamed(provider))) {
    logEvent('payment notification for a provider we do not have')
    return 'no-such-provider'
  }
  if (!isWithin(address, env().PAYMENT_NETWORKS)) {
    logEvent('payment notification from a foreign network', { code: provider })
    return 'foreign'
  }
  return keepNotification(provider, body)
}

/** Keeps a notification that is known to be the provider's. */
export async function keepNotification(provider: ProviderName, body: string): Promise<'kept' | 'known'> {
  const bodyHash = createHash('sha256').update(body).digest('hex')
  return db().transaction(async (tx) => {
    const [kept] = await tx
      .insert(paymentNotifications)
      .values({ provider, bodyHash, body: body.replaceAll('\0', '') })
      .onConflictDoNothing()
      .returning({ id: paymentNotifications.id })
    if (!kept) return 'known'
    await enqueue(tx, 'take-notification', { notificationId: kept.id }, `notification:${kept.id}`)
    return 'kept'
  })
}

/**
 * Looks into a notification: the provider is asked about the payment it names, and only the answer counts. Done once;
 * where the provider does not answer, the payment's own askings go on.
 */
export async function takeNotification(
  notificationId: string,
  now: Date,
  provider?: Provider,
): Promise<void> {
  const [found] = await db()
    .select()
    .from(paymentNotifications)
    .where(and(eq(paymentNotifications.id, notificationId), isNull(paymentNotifications.processedAt)))
  if (!found) return
  const at = provider ?? (await providerNamed(found.provider))
  const hint = at?.readHint(found.body)
  const outcome = !at ? 'no-provider' : hint ? await follow(at, hint, now) : 'unreadable'
  await db()
    .update(paymentNotifications)
    .set({ processedAt: now, outcome: outcome.slice(0, 100) })
    .where(eq(paymentNotifications.id, notificationId))
}

/** Nightly: the words of notifications older than 90 days go; that they came, and what came of them, stays. */
export async function forgetNotifications(now: Date): Promise<void> {
  await db()
    .update(paymentNotifications)
    .set({ body: '' })
    .where(
      and(
        ne(paymentNotifications.body, ''),
        lt(paymentNotifications.receivedAt, new Date(now.getTime() - KEPT)),
      ),
    )
}

async function follow(at: Provider, { about, paymentId }: Hint, now: Date): Promise<string> {
  const [known] = await db()
    .select({ id: onlinePayments.id, state: onlinePayments.state })
    .from(onlinePayments)
    .where(and(eq(onlinePayments.provider, at.name), eq(onlinePayments.providerPaymentId, paymentId)))
  if (!known) return adopt(at, paymentId, now)
  if (isOpen(known.state)) await askAbout(known.id, 'notification', now, at)
  if (about === 'refund') await lookAtRefunds(known.id, now, at)
  return 'asked'
}

/** A payment we know no number of: made by a request whose answer never came, or not of ours at all. */
async function adopt(at: Provider, providerPaymentId: string, now: Date): Promise<string> {
  const answer = await at.fetch(providerPaymentId)
  if (answer.kind !== 'done') return answer.kind
  const order = z.uuid().safeParse(answer.value.order).data
  const [ours] = order ? await db().select().from(onlinePayments).where(eq(onlinePayments.id, order)) : []
  if (!ours || ours.provider !== at.name) {
    logEvent('payment notification about a payment that is not of ours', { code: at.name })
    return 'not-ours'
  }
  await takeAnswer(ours, answer, 'notification', now)
  return 'adopted'
}
