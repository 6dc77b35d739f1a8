import { and, asc, eq, gte, lt } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { demoBankPayments, demoBankRefunds } from '@/db/schema'
import { env } from '@/lib/env'
import { sumKopecks } from '@/lib/units/money'
import type { Answer, Order, Provider, RefundOrder, SeenRefund } from './provider'
import type { SeenPayment } from './rules'
import { readNotification } from './yookassa-shapes'

type Row = typeof demoBankPayments.$inferSelect
type RefundRow = typeof demoBankRefunds.$inferSelect

const NOT_FOUND = { kind: 'refused', code: 'not_found' } as const

/** The bank of the demo: takes no money, keeps its record in tables of its own, answers at once. */
export function demoBank(): Provider {
  return {
    name: 'demo',
    create,
    fetch: fetchPayment,
    refund,
    refundsOf: async (id) => done((await refundsOf(id)).map(refundOf)),
    list,
    readHint: readNotification,
  }
}

async function create(order: Order): Promise<Answer<SeenPayment>> {
  const byKey = eq(demoBankPayments.idempotenceKey, order.idempotenceKey)
  await db()
    .insert(demoBankPayments)
    .values({
      idempotenceKey: order.idempotenceKey,
      order: order.id,
      amount: order.amount,
      description: `Оплата ЖКУ, платёж № ${order.number}`,
      method: order.method,
      returnUrl: order.returnUrl,
    })
    .onConflictDoNothing()
  const [made] = await db().select().from(demoBankPayments).where(byKey)
  return made ? done(await seen(made)) : NOT_FOUND
}

async function fetchPayment(id: string): Promise<Answer<SeenPayment>> {
  const found = await demoPayment(id)
  return found ? done(await seen(found)) : NOT_FOUND
}

/** A payment at the bank of the demo, for its page; undefined when there is none of that id. */
export async function demoPayment(id: string): Promise<Row | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined
  const [found] = await db().select().from(demoBankPayments).where(eq(demoBankPayments.id, id))
  return found
}

async function refund(order: RefundOrder): Promise<Answer<SeenRefund>> {
  const paid = await demoPayment(order.providerPaymentId)
  if (!paid) return NOT_FOUND
  return db().transaction(async (tx) => {
    await tx.select().from(demoBankPayments).where(eq(demoBankPayments.id, paid.id)).for('update')
    const earlier = await tx.select().from(demoBankRefunds).where(eq(demoBankRefunds.paymentId, paid.id))
    const same = earlier.find((one) => one.idempotenceKey === order.idempotenceKey)
    if (same) return done(refundOf(same))
    const given = sumKopecks(earlier.map((one) => one.amount))
    if (paid.state !== 'succeeded' || given + order.amount > paid.amount)
      return { kind: 'refused', code: 'invalid_request' }
    const values = { paymentId: paid.id, amount: order.amount, description: order.title }
    const [made] = await tx
      .insert(demoBankRefunds)
      .values({ ...values, idempotenceKey: order.idempotenceKey })
      .returning()
    return made ? done(refundOf(made)) : NOT_FOUND
  })
}

async function refundsOf(paymentId: string): Promise<RefundRow[]> {
  return db()
    .select()
    .from(demoBankRefunds)
    .where(eq(demoBankRefunds.paymentId, paymentId))
    .orderBy(asc(demoBankRefunds.createdAt))
}

async function list(since: Date, until: Date): Promise<Answer<SeenPayment[]>> {
  const { createdAt } = demoBankPayments
  const rows = await db()
    .select()
    .from(demoBankPayments)
    .where(and(gte(createdAt, since), lt(createdAt, until)))
    .orderBy(asc(createdAt))
  return done(await Promise.all(rows.map(seen)))
}

async function seen(row: Row): Promise<SeenPayment> {
  const refunds = await refundsOf(row.id)
  return {
    id: row.id,
    status: row.state,
    amount: row.amount,
    currency: 'RUB',
    order: row.order,
    confirmationUrl: `${env().PUBLIC_URL}/demo-bank/${row.id}`,
    createdAt: row.createdAt,
    capturedAt: row.capturedAt ?? undefined,
    cancelReason: row.state === 'canceled' ? 'canceled_by_payer' : undefined,
    refunded: sumKopecks(refunds.map((one) => one.amount)),
  }
}

function refundOf(row: RefundRow): SeenRefund {
  return {
    id: row.id,
    paymentId: row.paymentId,
    status: 'succeeded',
    amount: row.amount,
    currency: 'RUB',
    title: row.description,
    createdAt: row.createdAt,
    cancelReason: undefined,
  }
}

function done<T>(value: T): { kind: 'done'; value: T } {
  return { kind: 'done', value }
}
