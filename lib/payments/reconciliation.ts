import { and, eq, gte, inArray, lt, or } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { onlinePayments, onlineRefunds, paymentReconciliations } from '@/db/schema'
import { logEvent, logProblem } from '@/lib/log'
import { addDays, moscowDay, startOfMoscowDay } from '@/lib/units/day'
import { type Kopecks, kopecks, sumKopecks } from '@/lib/units/money'
import { askAbout, takeAnswer } from './ask'
import { compareRecords, type Difference, type Ours } from './compare'
import type { PaymentRow } from './orders'
import type { Provider } from './provider'
import { currentProvider } from './providers'
import { lookAtRefunds } from './refunds-elsewhere'
import { isOpen, type SeenPayment } from './rules'

/** Yesterday and the three days before it. */
const DAYS = 4
/** Clocks of the two records may be this far apart, ms. */
const APART = 3_600_000

/**
 * Сверка: takes the provider's own list of yesterday and three days before, learns from it what was missed, and keeps
 * what still differs; a run without differences is as it should be. Undefined when nobody takes money.
 * @throws when the provider does not give its list: the job is tried again
 */
export async function reconcile(now: Date, provider?: Provider): Promise<Difference[] | undefined> {
  const at = provider ?? (await currentProvider())
  if (!at) return undefined
  const until = startOfMoscowDay(moscowDay(now))
  const since = startOfMoscowDay(addDays(moscowDay(now), -DAYS))
  return reconcileBetween(at, since, until, now)
}

/** `reconcile` of the payments made from `since` on and before `until`. */
export async function reconcileBetween(
  at: Provider,
  since: Date,
  until: Date,
  now: Date,
): Promise<Difference[]> {
  const listed = await at.list(new Date(since.getTime() - APART), new Date(until.getTime() + APART))
  if (listed.kind !== 'done') throw new Error('the provider did not give its list')
  const learned = await learn(at, listed.value, now)
  await askAboutOpen(at, since, until, now)
  const theirs = (await again(at, since, until)) ?? listed.value
  const ours = await recordOf(at, since, until, theirs)
  const differences = compareRecords({ ours, theirs, since, until })
  const within = theirs.filter((seen) => seen.createdAt >= since && seen.createdAt < until)
  const ids = new Set<string | null>(within.map((seen) => seen.id))
  const same = ours.filter((one) => ids.has(one.providerPaymentId) && one.state === 'succeeded')
  const sums = {
    theirs: takenOf(within.filter((seen) => seen.status === 'succeeded')),
    ours: takenOf(same),
  }
  await db()
    .insert(paymentReconciliations)
    .values({ provider: at.name, since, until, ranAt: now, learned, differences, ...sums })
  if (differences.length > 0)
    logProblem('payments differ from the provider’s', undefined, { count: differences.length })
  else logEvent('payments reconciled', { count: ours.length })
  return differences
}

/** Takes over what the list says of payments whose outcome is open here, or of which refunds are missing. @returns how many */
async function learn(at: Provider, theirs: readonly SeenPayment[], now: Date): Promise<number> {
  let learned = 0
  for (const seen of theirs) {
    const payment = await ownerOf(at, seen)
    if (!payment) continue
    if (payment.state !== 'succeeded') {
      const state = await takeAnswer(payment, { kind: 'done', value: seen }, 'reconciliation', now)
      if (state !== payment.state) learned++
    }
    if (seen.refunded > 0n) await lookAtRefunds(payment.id, now, at)
  }
  return learned
}

/** Our payment that one of theirs is: by its number there, else by the order it carries. */
async function ownerOf(at: Provider, seen: SeenPayment): Promise<PaymentRow | undefined> {
  const order = z.uuid().safeParse(seen.order).data
  const found = await db()
    .select()
    .from(onlinePayments)
    .where(
      and(
        eq(onlinePayments.provider, at.name),
        or(eq(onlinePayments.providerPaymentId, seen.id), order ? eq(onlinePayments.id, order) : undefined),
      ),
    )
  return found.find((one) => one.providerPaymentId === seen.id) ?? found[0]
}

async function askAboutOpen(at: Provider, since: Date, until: Date, now: Date): Promise<void> {
  const rows = await db()
    .select()
    .from(onlinePayments)
    .where(between(at, since, until))
  for (const row of rows) if (isOpen(row.state)) await askAbout(row.id, 'reconciliation', now, at)
}

function between(at: Provider, since: Date, until: Date) {
  const { provider, createdAt } = onlinePayments
  return and(eq(provider, at.name), gte(createdAt, since), lt(createdAt, until))
}

/** Their list as it stands after we learned from it: something may have happened meanwhile. */
async function again(at: Provider, since: Date, until: Date): Promise<SeenPayment[] | undefined> {
  const listed = await at.list(new Date(since.getTime() - APART), new Date(until.getTime() + APART))
  return listed.kind === 'done' ? listed.value : undefined
}

/** Our payments of those days, and those theirs are tied to, with what was given back. */
async function recordOf(
  at: Provider,
  since: Date,
  until: Date,
  theirs: readonly SeenPayment[],
): Promise<Ours[]> {
  const ids = theirs.map((seen) => seen.id)
  const rows = await db()
    .select()
    .from(onlinePayments)
    .where(
      or(
        between(at, since, until),
        and(eq(onlinePayments.provider, at.name), inArray(onlinePayments.providerPaymentId, ids)),
      ),
    )
  const refunds = await db()
    .select()
    .from(onlineRefunds)
    .where(
      and(
        eq(onlineRefunds.state, 'succeeded'),
        inArray(
          onlineRefunds.paymentId,
          rows.map((row) => row.id),
        ),
      ),
    )
  return rows.map((row) => ({
    ...row,
    refunded: sumKopecks(refunds.filter((one) => one.paymentId === row.id).map((one) => one.amount)),
  }))
}

/** Money taken less money given back. */
function takenOf(of: readonly { amount: Kopecks; refunded: Kopecks }[]): Kopecks {
  return sumKopecks(of.map((one) => kopecks(one.amount - one.refunded)))
}
