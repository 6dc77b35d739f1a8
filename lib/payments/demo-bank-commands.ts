import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { demoBankPayments } from '@/db/schema'
import { demoPayment } from './demo-bank'
import { keepNotification } from './notifications'
import { providerNamed } from './providers'

/** A payment on the page of the demo's bank; undefined when there is none of that id, or no such bank. */
export async function shownDemoPayment(id: string) {
  return (await providerNamed('demo')) ? demoPayment(id) : undefined
}

/**
 * What a payer does at the bank of the demo. `pay` and `refuse` tell the service; `hang` takes the money and tells nobody,
 * so that the service has to ask by itself. A payment that is over stays as it is.
 * @returns where the payer goes back to; undefined when there is no such payment
 */
export async function decideDemoPayment(
  id: string,
  decision: 'pay' | 'refuse' | 'hang',
  now: Date,
): Promise<string | undefined> {
  const payment = await shownDemoPayment(id)
  if (!payment) return undefined
  const refuses = decision === 'refuse'
  const changed = await db()
    .update(demoBankPayments)
    .set(refuses ? { state: 'canceled' } : { state: 'succeeded', capturedAt: now })
    .where(and(eq(demoBankPayments.id, id), eq(demoBankPayments.state, 'pending')))
  if (changed.rowCount && decision !== 'hang')
    await keepNotification(
      'demo',
      JSON.stringify({ event: refuses ? 'payment.canceled' : 'payment.succeeded', object: { id } }),
    )
  return payment.returnUrl
}
