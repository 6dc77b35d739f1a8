import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, moneyColumn, periodColumn, randomId } from '@/db/columns'
import { users } from './access'
import { accounts } from './accounts'

/** Who takes the money: the bank of the demo, or ЮKassa. */
export const providerNames = ['demo', 'yookassa'] as const
/** How the payer pays: by card, or by СБП. */
export const paymentMethods = ['card', 'sbp'] as const
/**
 * `created`: kept here, the provider not heard of yet. `pending`, `waiting_for_capture`, `succeeded`, `canceled`: as the
 * provider says. `quarantined`: what the provider says does not fit what was asked; people decide.
 */
export const paymentStates = [
  'created',
  'pending',
  'waiting_for_capture',
  'succeeded',
  'canceled',
  'quarantined',
] as const
export const refundStates = ['created', 'pending', 'succeeded', 'canceled'] as const

/**
 * Платёж through the provider: the intent, kept before the provider is asked, and what became of it. What was asked
 * never changes, states move forward only, nothing is deleted: by triggers.
 */
export const onlinePayments = pgTable(
  'online_payments',
  {
    id: randomId(),
    /** For people. */
    number: bigint({ mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    /** The form and what was in it: the same form sent twice is one payment. */
    submissionKey: text().notNull().unique(),
    /** The payer; null for one without a login. */
    userId: uuid().references(() => users.id),
    /** Where the receipt goes. */
    email: text(),
    amount: moneyColumn().notNull(),
    currency: text({ enum: ['RUB'] })
      .notNull()
      .default('RUB'),
    method: text({ enum: paymentMethods }).notNull(),
    state: text({ enum: paymentStates }).notNull().default('created'),
    provider: text({ enum: providerNames }).notNull(),
    /** Sent with every request to create it, so that the provider makes it once. */
    idempotenceKey: uuid().notNull().unique().default(sql`gen_random_uuid()`),
    providerPaymentId: text(),
    /** Where the payer pays. */
    confirmationUrl: text(),
    createdAt: instant().notNull().default(sql`now()`),
    /** When the provider was last asked, how often so far, and when it will be again; while the outcome is open. */
    askedAt: instant(),
    attempts: smallint().notNull().default(0),
    nextAskAt: instant(),
    /** When the provider took the money, by its clock. */
    succeededAt: instant(),
    canceledAt: instant(),
    cancelReason: text(),
    quarantinedAt: instant(),
    quarantineReason: text(),
  },
  (table) => [
    unique().on(table.provider, table.providerPaymentId),
    index().on(table.userId, table.number),
    index().on(table.createdAt),
    index()
      .on(table.state)
      .where(sql`${table.state} in ('created', 'pending', 'waiting_for_capture', 'quarantined')`),
    check('online_payments_amount', sql`${table.amount} > 0 and ${table.currency} = 'RUB'`),
    check(
      'online_payments_state',
      sql`case ${table.state}
        when 'created' then num_nonnulls(${table.providerPaymentId}, ${table.succeededAt}, ${table.canceledAt}) = 0 and ${table.nextAskAt} is not null
        when 'pending' then num_nonnulls(${table.succeededAt}, ${table.canceledAt}) = 0 and num_nulls(${table.providerPaymentId}, ${table.nextAskAt}) = 0
        when 'waiting_for_capture' then num_nonnulls(${table.succeededAt}, ${table.canceledAt}) = 0 and num_nulls(${table.providerPaymentId}, ${table.nextAskAt}) = 0
        when 'succeeded' then num_nonnulls(${table.canceledAt}, ${table.nextAskAt}) = 0 and num_nulls(${table.providerPaymentId}, ${table.succeededAt}) = 0
        when 'canceled' then num_nonnulls(${table.succeededAt}, ${table.nextAskAt}) = 0 and num_nulls(${table.canceledAt}, ${table.cancelReason}) = 0
        when 'quarantined' then num_nonnulls(${table.succeededAt}, ${table.canceledAt}, ${table.nextAskAt}) = 0 and num_nulls(${table.providerPaymentId}, ${table.quarantinedAt}, ${table.quarantineReason}) = 0
        else false end`,
    ),
  ],
)

/** What of a payment goes to which account; together they are its amount, by a trigger. Never changes. */
export const onlinePaymentParts = pgTable(
  'online_payment_parts',
  {
    paymentId: uuid()
      .notNull()
      .references(() => onlinePayments.id),
    /** 1, 2…: with the payment's number it is the document of the credit. */
    position: smallint().notNull(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    amount: moneyColumn().notNull(),
    /** The month the payer chose; null for the earliest debt first. */
    period: periodColumn(),
  },
  (table) => [
    primaryKey({ columns: [table.paymentId, table.position] }),
    index().on(table.accountId),
    check('online_payment_parts_amount', sql`${table.amount} > 0`),
  ],
)

/** What happened to a payment and why, in order. Append-only, by triggers. */
export const onlinePaymentEvents = pgTable(
  'online_payment_events',
  {
    paymentId: uuid()
      .notNull()
      .references(() => onlinePayments.id),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    at: instant().notNull().default(sql`now()`),
    state: text({ enum: paymentStates }).notNull(),
    /** Who brought the news. */
    source: text({ enum: ['payer', 'job', 'notification', 'reconciliation', 'staff'] }).notNull(),
    /** A code: the reason of a refusal, what did not fit; empty when there is nothing to add. */
    note: text().notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.paymentId, table.id] })],
)

/** Возврат: money of a part given back, whole or in pieces; an intent kept before the provider is asked, like a payment. */
export const onlineRefunds = pgTable(
  'online_refunds',
  {
    id: randomId(),
    number: bigint({ mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    submissionKey: text().notNull().unique(),
    paymentId: uuid().notNull(),
    /** The part it is of; null for money that never came to an account (a payment in quarantine). */
    position: smallint(),
    amount: moneyColumn().notNull(),
    reason: text().notNull(),
    /** Null for one that was made in the provider's own cabinet. */
    askedBy: uuid().references(() => users.id),
    state: text({ enum: refundStates }).notNull().default('created'),
    idempotenceKey: uuid().notNull().unique().default(sql`gen_random_uuid()`),
    providerRefundId: text().unique(),
    createdAt: instant().notNull().default(sql`now()`),
    askedAt: instant(),
    attempts: smallint().notNull().default(0),
    nextAskAt: instant(),
    succeededAt: instant(),
    canceledAt: instant(),
    cancelReason: text(),
  },
  (table) => [
    foreignKey({ columns: [table.paymentId], foreignColumns: [onlinePayments.id] }),
    foreignKey({
      name: 'online_refunds_part',
      columns: [table.paymentId, table.position],
      foreignColumns: [onlinePaymentParts.paymentId, onlinePaymentParts.position],
    }),
    index().on(table.paymentId),
    check('online_refunds_amount', sql`${table.amount} > 0`),
    check(
      'online_refunds_state',
      sql`case ${table.state}
        when 'created' then num_nonnulls(${table.providerRefundId}, ${table.succeededAt}, ${table.canceledAt}) = 0 and ${table.nextAskAt} is not null
        when 'pending' then num_nonnulls(${table.succeededAt}, ${table.canceledAt}) = 0 and num_nulls(${table.providerRefundId}, ${table.nextAskAt}) = 0
        when 'succeeded' then num_nonnulls(${table.canceledAt}, ${table.nextAskAt}) = 0 and num_nulls(${table.providerRefundId}, ${table.succeededAt}) = 0
        when 'canceled' then num_nonnulls(${table.succeededAt}, ${table.nextAskAt}) = 0 and num_nulls(${table.canceledAt}, ${table.cancelReason}) = 0
        else false end`,
    ),
  ],
)

/** What the provider told us unasked, word for word, once each. Only a hint: the provider is asked before anything is done. */
export const paymentNotifications = pgTable(
  'payment_notifications',
  {
    id: randomId(),
    provider: text({ enum: providerNames }).notNull(),
    /** SHA-256 of the body, hex. */
    bodyHash: text().notNull(),
    body: text().notNull(),
    receivedAt: instant().notNull().default(sql`now()`),
    processedAt: instant(),
    /** What came of it: a code. */
    outcome: text(),
  },
  (table) => [
    unique().on(table.provider, table.bodyHash),
    index().on(table.receivedAt).where(sql`${table.processedAt} is null`),
  ],
)

/** Сверка: what the provider's own list says of some days against what stands here. */
export const paymentReconciliations = pgTable(
  'payment_reconciliations',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    provider: text({ enum: providerNames }).notNull(),
    /** Payments made from `since` on and before `until`. */
    since: instant().notNull(),
    until: instant().notNull(),
    ranAt: instant().notNull().default(sql`now()`),
    /** Money taken and given back, by the provider and by us. */
    theirs: moneyColumn().notNull(),
    ours: moneyColumn().notNull(),
    /** Payments of ours whose outcome the list told first. */
    learned: smallint().notNull(),
    /** Parsed by lib/payments/reconciliation; empty is as it should be. */
    differences: jsonb().notNull(),
  },
  (table) => [index().on(table.ranAt)],
)

/** A payment at the bank of the demo: its own record, which the rest of the service never reads. */
export const demoBankPayments = pgTable('demo_bank_payments', {
  id: randomId(),
  idempotenceKey: text().notNull().unique(),
  order: text().notNull(),
  amount: moneyColumn().notNull(),
  description: text().notNull(),
  method: text({ enum: paymentMethods }).notNull(),
  returnUrl: text().notNull(),
  state: text({ enum: ['pending', 'succeeded', 'canceled'] })
    .notNull()
    .default('pending'),
  createdAt: instant().notNull().default(sql`now()`),
  capturedAt: instant(),
})

/** A refund at the bank of the demo. */
export const demoBankRefunds = pgTable('demo_bank_refunds', {
  id: randomId(),
  idempotenceKey: text().notNull().unique(),
  paymentId: uuid()
    .notNull()
    .references(() => demoBankPayments.id),
  amount: moneyColumn().notNull(),
  description: text().notNull(),
  createdAt: instant().notNull().default(sql`now()`),
})
