import { and, asc, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import {
  accounts,
  onlinePaymentEvents,
  onlinePaymentParts,
  onlinePayments,
  onlineRefunds,
  users,
} from '@/db/schema'
import type { Staff, Subscriber } from '@/lib/session/require'
import { addDays, day, startOfMoscowDay } from '@/lib/units/day'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { creditDocument, refundable } from './rules'
import type { PaymentFilter } from './schema'

const PAGE = 50

const columns = {
  id: onlinePayments.id,
  number: onlinePayments.number,
  amount: onlinePayments.amount,
  method: onlinePayments.method,
  state: onlinePayments.state,
  confirmationUrl: onlinePayments.confirmationUrl,
  createdAt: onlinePayments.createdAt,
  succeededAt: onlinePayments.succeededAt,
  canceledAt: onlinePayments.canceledAt,
  cancelReason: onlinePayments.cancelReason,
}

/** What of a payment went to which account, and what of it was given back or will be. */
export interface PaymentPart {
  position: number
  accountNumber: string
  address: string
  amount: Kopecks
  period: string | null
  /** «42/1»: how billing knows it. */
  document: string
  refunds: { number: number; amount: Kopecks; state: string; createdAt: Date; succeededAt: Date | null }[]
  refundable: Kopecks
}

/** A payment of the subscriber with its parts; undefined for another's or an unknown id, alike. */
export async function paymentForPayer(subscriber: Subscriber, id: string) {
  return paymentWhere(id, eq(onlinePayments.userId, subscriber.userId))
}

/** A payment made without a login: whoever holds its address sees it, without the dwelling's address. */
export async function paymentForVisitor(id: string) {
  const found = await paymentWhere(id, isNull(onlinePayments.userId))
  return found && { ...found, parts: found.parts.map((part) => ({ ...part, address: '' })) }
}

async function paymentWhere(id: string, allowed: SQL | undefined) {
  if (!z.uuid().safeParse(id).success) return undefined
  const [found] = await db()
    .select({ ...columns, email: onlinePayments.email })
    .from(onlinePayments)
    .where(and(eq(onlinePayments.id, id), allowed))
  if (!found) return undefined
  const parts = await partsWithRefunds([found])
  return { ...found, parts: parts.get(found.id) ?? [] }
}

/** Payments of the subscriber, the newest first, a page at a time, with the count and the sum paid of all that fit. */
export async function paymentsOf(subscriber: Subscriber, filter: PaymentFilter) {
  return pageWhere(filter, eq(onlinePayments.userId, subscriber.userId))
}

/** Years in which the subscriber paid here, the latest first. */
export async function paymentYears(subscriber: Subscriber): Promise<number[]> {
  const year = sql<number>`extract(year from ${onlinePayments.createdAt} at time zone 'Europe/Moscow')::int`
  const found = await db()
    .selectDistinct({ year })
    .from(onlinePayments)
    .where(eq(onlinePayments.userId, subscriber.userId))
  return found.map((row) => row.year).sort((a, b) => b - a)
}

/** Payments of all, for staff; with who paid. */
export async function paymentsForStaff(_staff: Staff, filter: PaymentFilter) {
  return pageWhere(filter, undefined)
}

async function pageWhere(filter: PaymentFilter, allowed: SQL | undefined) {
  const which = and(allowed, fits(filter))
  const rows = await db()
    .select({ ...columns, quarantineReason: onlinePayments.quarantineReason, payer: users.login })
    .from(onlinePayments)
    .leftJoin(users, eq(users.id, onlinePayments.userId))
    .where(and(which, filter.before ? lt(onlinePayments.number, filter.before) : undefined))
    .orderBy(desc(onlinePayments.number))
    .limit(PAGE + 1)
  const shown = rows.slice(0, PAGE)
  const [total] = await db()
    .select({
      count: sql<number>`count(*)::int`,
      paid: sql`coalesce(sum(${onlinePayments.amount}) filter (where ${onlinePayments.state} = 'succeeded'), 0)::text`.mapWith(
        (sum: string) => kopecks(BigInt(sum)),
      ),
    })
    .from(onlinePayments)
    .where(which)
  const parts = await partsWithRefunds(shown)
  return {
    rows: shown.map((row) => ({ ...row, parts: parts.get(row.id) ?? [] })),
    next: rows.length > PAGE ? shown.at(-1)?.number : undefined,
    count: total?.count ?? 0,
    paid: total?.paid ?? kopecks(0n),
  }
}

function fits({ state, method, q, from, to }: PaymentFilter): SQL | undefined {
  return and(
    state && eq(onlinePayments.state, state),
    method && eq(onlinePayments.method, method),
    from ? gte(onlinePayments.createdAt, startOfMoscowDay(day(from))) : undefined,
    to ? lt(onlinePayments.createdAt, startOfMoscowDay(addDays(day(to), 1))) : undefined,
    q ? or(numbered(q), ofAccount(q)) : undefined,
  )
}

function numbered(q: string): SQL | undefined {
  return /^\d{1,15}$/.test(q) ? eq(onlinePayments.number, Number(q)) : undefined
}

function ofAccount(q: string): SQL {
  return sql`exists (select 1 from ${onlinePaymentParts} p join ${accounts} a on a.id = p.account_id
    where p.payment_id = ${onlinePayments.id} and a.account_number = ${q})`
}

/** A payment before staff, with all that happened to it; undefined for an unknown id. */
export async function paymentForStaff(_staff: Staff, id: string) {
  const found = await paymentWhere(id, undefined)
  if (!found) return undefined
  const [more] = await db()
    .select({
      provider: onlinePayments.provider,
      providerPaymentId: onlinePayments.providerPaymentId,
      attempts: onlinePayments.attempts,
      nextAskAt: onlinePayments.nextAskAt,
      quarantineReason: onlinePayments.quarantineReason,
      payer: users.login,
      payerId: users.id,
    })
    .from(onlinePayments)
    .leftJoin(users, eq(users.id, onlinePayments.userId))
    .where(eq(onlinePayments.id, id))
  const events = await db()
    .select()
    .from(onlinePaymentEvents)
    .where(eq(onlinePaymentEvents.paymentId, id))
    .orderBy(asc(onlinePaymentEvents.id))
  const refunds = await db()
    .select()
    .from(onlineRefunds)
    .where(eq(onlineRefunds.paymentId, id))
    .orderBy(asc(onlineRefunds.number))
  return more && { ...found, ...more, events, refunds }
}

async function partsWithRefunds(
  of: readonly { id: string; number: number; state: string }[],
): Promise<Map<string, PaymentPart[]>> {
  const ids = of.map((one) => one.id)
  const [parts, refunds] = await Promise.all([
    db()
      .select({
        paymentId: onlinePaymentParts.paymentId,
        position: onlinePaymentParts.position,
        amount: onlinePaymentParts.amount,
        period: onlinePaymentParts.period,
        accountNumber: accounts.accountNumber,
        address: accounts.address,
      })
      .from(onlinePaymentParts)
      .innerJoin(accounts, eq(accounts.id, onlinePaymentParts.accountId))
      .where(inArray(onlinePaymentParts.paymentId, ids))
      .orderBy(asc(onlinePaymentParts.position)),
    db()
      .select()
      .from(onlineRefunds)
      .where(inArray(onlineRefunds.paymentId, ids))
      .orderBy(asc(onlineRefunds.number)),
  ])
  const entries = of.map(({ id, number, state }) => {
    const own = parts.filter((part) => part.paymentId === id)
    return [id, own.map((part) => withRefunds(part, number, state, refunds))] as const
  })
  return new Map(entries)
}

type Part = Omit<PaymentPart, 'document' | 'refunds' | 'refundable'> & { paymentId: string }

function withRefunds(
  { paymentId, ...part }: Part,
  number: number,
  state: string,
  refunds: readonly (typeof onlineRefunds.$inferSelect)[],
): PaymentPart {
  const own = refunds.filter((one) => one.paymentId === paymentId && one.position === part.position)
  return {
    ...part,
    document: creditDocument(number, part.position),
    refunds: own,
    refundable: state === 'succeeded' ? refundable(part.amount, own) : kopecks(0n),
  }
}
