import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, enquiries, enquiryMessages, services, statedCharges, users } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import { accrued } from '@/lib/ledger/rules'
import type { Staff, Subscriber } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import { dueOn, timeLeft } from './rules'

const PAGE = 100

/** A line of a bill as an enquiry shows it. */
export interface BillLine {
  period: Period
  serviceId: number
  service: string
  /** What the month came to for the service. */
  amount: Kopecks
}

/** Since when an enquiry waits: the first message since staff last answered. */
const waitingSince = sql<Date>`(
  select coalesce(min(m.written_at), ${enquiries.createdAt}) from ${enquiryMessages} m
  where m.enquiry_id = ${enquiries.id} and not m.by_staff and m.id > coalesce(
    (select max(s.id) from ${enquiryMessages} s where s.enquiry_id = ${enquiries.id} and s.by_staff), 0))`.mapWith(
  enquiries.createdAt,
)

const columns = {
  id: enquiries.id,
  number: enquiries.number,
  subject: enquiries.subject,
  state: enquiries.state,
  createdAt: enquiries.createdAt,
  answeredAt: enquiries.answeredAt,
  accountId: enquiries.accountId,
  accountNumber: accounts.accountNumber,
  waitingSince,
}

/** The person's enquiries, the newest first. */
export async function ownEnquiries(subscriber: Subscriber) {
  const rows = await db()
    .select(columns)
    .from(enquiries)
    .innerJoin(accounts, eq(accounts.id, enquiries.accountId))
    .where(eq(enquiries.userId, subscriber.userId))
    .orderBy(desc(enquiries.createdAt), desc(enquiries.number))
    .limit(PAGE)
  return rows.map((row) => ({ ...row, dueOn: dueOn(row.waitingSince) }))
}

/**
 * An enquiry of the person with all that was said; undefined for another's or an unknown number, alike. The attached
 * line is shown while the person has access to its account.
 */
export async function ownEnquiry(subscriber: Subscriber, number: number) {
  const [found] = await db()
    .select({ ...columns, period: enquiries.period, serviceId: enquiries.serviceId })
    .from(enquiries)
    .innerJoin(accounts, eq(accounts.id, enquiries.accountId))
    .where(and(eq(enquiries.userId, subscriber.userId), eq(enquiries.number, number)))
  if (!found) return undefined
  const [messages, line] = await Promise.all([
    messagesOf(found.id),
    lineOf(found, ownedBy(subscriber, statedCharges.accountId)),
  ])
  return { ...found, dueOn: dueOn(found.waitingSince), messages, line }
}

/** The line of a bill to attach to a new enquiry: undefined unless it is stated and its account is the person's. */
export async function ownLine(
  subscriber: Subscriber,
  which: { accountId: number; period: Period | null | undefined; serviceId: number | null | undefined },
): Promise<BillLine | undefined> {
  return lineOf(which, ownedBy(subscriber, statedCharges.accountId))
}

/** The office's list: those that wait by deadline, the oldest first; those answered, the latest first. */
export async function enquiryQueue(_staff: Staff, { state }: { state: 'open' | 'answered' }, now: Date) {
  const rows = await db()
    .select({ ...columns, lastName: users.lastName, firstName: users.firstName })
    .from(enquiries)
    .innerJoin(accounts, eq(accounts.id, enquiries.accountId))
    .innerJoin(users, eq(users.id, enquiries.userId))
    .where(eq(enquiries.state, state))
    .orderBy(state === 'open' ? asc(waitingSince) : desc(enquiries.answeredAt), asc(enquiries.number))
    .limit(PAGE)
  const total = await db().$count(enquiries, eq(enquiries.state, state))
  return { total, rows: rows.map((row) => ({ ...row, ...deadlineOf(row.waitingSince, now) })) }
}

/** An enquiry before staff: who asks, what was said, the attached line. Undefined for an unknown number. */
export async function enquiryForStaff(_staff: Staff, number: number, now: Date) {
  const [found] = await db()
    .select({
      ...columns,
      period: enquiries.period,
      serviceId: enquiries.serviceId,
      address: accounts.address,
      user: { id: users.id, login: users.login, lastName: users.lastName, firstName: users.firstName },
    })
    .from(enquiries)
    .innerJoin(accounts, eq(accounts.id, enquiries.accountId))
    .innerJoin(users, eq(users.id, enquiries.userId))
    .where(eq(enquiries.number, number))
  if (!found) return undefined
  const [messages, line] = await Promise.all([messagesOf(found.id), lineOf(found)])
  return { ...found, ...deadlineOf(found.waitingSince, now), messages, line }
}

function deadlineOf(since: Date, now: Date) {
  const due = dueOn(since)
  return { dueOn: due, left: timeLeft(due, moscowDay(now)) }
}

/** What was said, in order. */
async function messagesOf(enquiryId: string) {
  return db()
    .select({
      id: enquiryMessages.id,
      byStaff: enquiryMessages.byStaff,
      author: users.login,
      text: enquiryMessages.text,
      writtenAt: enquiryMessages.writtenAt,
    })
    .from(enquiryMessages)
    .innerJoin(users, eq(users.id, enquiryMessages.authorId))
    .where(eq(enquiryMessages.enquiryId, enquiryId))
    .orderBy(asc(enquiryMessages.id))
}

/** A stated line of a bill; undefined when there is none. */
async function lineOf(
  {
    accountId,
    period,
    serviceId,
  }: { accountId: number | null; period: Period | null | undefined; serviceId: number | null | undefined },
  allowed?: SQL,
): Promise<BillLine | undefined> {
  if (!accountId || !period || !serviceId) return undefined
  const [found] = await db()
    .select({
      service: services.name,
      charged: statedCharges.charged,
      recalculated: statedCharges.recalculated,
      penalty: statedCharges.penalty,
      benefit: statedCharges.benefit,
    })
    .from(statedCharges)
    .innerJoin(services, eq(services.id, statedCharges.serviceId))
    .where(
      and(
        eq(statedCharges.accountId, accountId),
        eq(statedCharges.period, period),
        eq(statedCharges.serviceId, serviceId),
        allowed,
      ),
    )
  return found && { period, serviceId, service: found.service, amount: accrued(found) }
}
