import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import {
  accounts,
  enquiries,
  enquiryFiles,
  enquiryMessages,
  services,
  statedCharges,
  users,
} from '@/db/schema'
import { ownedSince } from '@/lib/accounts/queries'
import { accrued } from '@/lib/ledger/rules'
import type { Subscriber } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import { dueOn } from './rules'

const PAGE = 100

/** A line of a bill as an enquiry shows it. */
export interface BillLine {
  period: Period
  serviceId: number
  service: string
  /** What the month came to for the service. */
  amount: Kopecks
}

/** What every list and page of enquiries shows; `accounts` is joined. */
export const enquiryColumns = {
  id: enquiries.id,
  number: enquiries.number,
  subject: enquiries.subject,
  state: enquiries.state,
  closeReason: enquiries.closeReason,
  createdAt: enquiries.createdAt,
  answeredAt: enquiries.answeredAt,
  accountId: enquiries.accountId,
  accountNumber: accounts.accountNumber,
  promisedOn: enquiries.dueOn,
}

/** With the day an answer was promised by. */
export function promised<Row extends { promisedOn: CalendarDay | null; createdAt: Date }>(row: Row) {
  return { ...row, dueOn: row.promisedOn ?? dueOn(row.createdAt) }
}

/** A file as a thread names it. */
export interface FileView {
  id: string
  name: string
  type: string
  size: number
}

/** The person's enquiries, the newest first. */
export async function ownEnquiries(subscriber: Subscriber) {
  const rows = await db()
    .select(enquiryColumns)
    .from(enquiries)
    .leftJoin(accounts, eq(accounts.id, enquiries.accountId))
    .where(eq(enquiries.userId, subscriber.userId))
    .orderBy(desc(enquiries.createdAt), desc(enquiries.number))
    .limit(PAGE)
  return rows.map(promised)
}

/**
 * An enquiry of the person with all that was said; undefined for another's or an unknown number, alike. The attached
 * line is shown while the person has access to its account.
 */
export async function ownEnquiry(subscriber: Subscriber, number: number) {
  const [found] = await db()
    .select({ ...enquiryColumns, period: enquiries.period, serviceId: enquiries.serviceId })
    .from(enquiries)
    .leftJoin(accounts, eq(accounts.id, enquiries.accountId))
    .where(ownNumber(subscriber, number))
  if (!found) return undefined
  const [messages, line] = await Promise.all([
    messagesOf(found.id, { notes: false }),
    lineOf(found, ownStated(subscriber)),
  ])
  return { ...promised(found), messages, line }
}

/** A file of an enquiry of the person; undefined for another's, for an unknown one and for one of a note, alike. */
export function ownFile(subscriber: Subscriber, number: number, id: string) {
  return fileOf(id, and(ownNumber(subscriber, number), sql`not enquiry_messages.internal`))
}

function ownNumber(subscriber: Subscriber, number: number): SQL | undefined {
  return and(eq(enquiries.userId, subscriber.userId), eq(enquiries.number, number))
}

/** What somebody without a login is told after their sending; undefined for an unknown key, or one of the cabinet. */
export async function sentFeedback(sendingKey: string) {
  const [sent] = await db()
    .select({
      number: enquiries.number,
      createdAt: enquiries.createdAt,
      dueOn: enquiries.dueOn,
      email: sql<boolean>`${enquiries.contactEmail} is not null`,
      phone: sql<boolean>`${enquiries.contactPhone} is not null`,
    })
    .from(enquiries)
    .where(and(eq(enquiries.sendingKey, sendingKey), sql`${enquiries.userId} is null`))
  return sent && { ...sent, dueOn: sent.dueOn ?? dueOn(sent.createdAt) }
}

/** The line of a bill to attach to a new enquiry: undefined unless it is stated and its account is the person's. */
export async function ownLine(
  subscriber: Subscriber,
  which: { accountId: number; period: Period | null | undefined; serviceId: number | null | undefined },
): Promise<BillLine | undefined> {
  return lineOf(which, ownStated(subscriber))
}

function ownStated(subscriber: Subscriber): SQL {
  return ownedSince(subscriber, statedCharges.accountId, { month: statedCharges.period })
}

/** What was said, in order, with its files; notes of staff where asked for. */
export async function messagesOf(enquiryId: string, { notes }: { notes: boolean }) {
  const said = await db()
    .select({
      id: enquiryMessages.id,
      byStaff: enquiryMessages.byStaff,
      internal: enquiryMessages.internal,
      author: users.login,
      text: enquiryMessages.text,
      writtenAt: enquiryMessages.writtenAt,
    })
    .from(enquiryMessages)
    .leftJoin(users, eq(users.id, enquiryMessages.authorId))
    .where(
      and(eq(enquiryMessages.enquiryId, enquiryId), notes ? undefined : sql`not ${enquiryMessages.internal}`),
    )
    .orderBy(asc(enquiryMessages.id))
  const files = await db()
    .select({
      messageId: enquiryFiles.messageId,
      id: enquiryFiles.id,
      name: enquiryFiles.name,
      type: enquiryFiles.type,
      size: enquiryFiles.size,
    })
    .from(enquiryFiles)
    .where(eq(enquiryFiles.enquiryId, enquiryId))
    .orderBy(asc(enquiryFiles.attachedAt), asc(enquiryFiles.name))
  return said.map((message) => ({
    ...message,
    files: files.filter(({ messageId }) => messageId === message.id),
  }))
}

/** A kept file that meets the condition, which may name `enquiries` and `enquiryMessages`. */
export async function fileOf(id: string, condition: SQL | undefined) {
  if (!z.uuid().safeParse(id).success) return undefined
  const [found] = await db()
    .select({ name: enquiryFiles.name, type: enquiryFiles.type, bytes: enquiryFiles.bytes })
    .from(enquiryFiles)
    .innerJoin(enquiries, eq(enquiries.id, enquiryFiles.enquiryId))
    .innerJoin(enquiryMessages, eq(enquiryMessages.id, enquiryFiles.messageId))
    .where(and(eq(enquiryFiles.id, id), condition))
  return found
}

/** A stated line of a bill; undefined when there is none. */
export async function lineOf(
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
