import { and, desc, eq, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { enquiries, enquiryMessages, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { readAttachments } from '@/lib/files/attachments'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import { may } from '@/lib/session/permissions'
import type { Staff } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import type { MessageInput } from './schema'
import type { CloseInput } from './staff-schema'
import { isLast, say, subjectOf } from './writing'

type Enquiry = typeof enquiries.$inferSelect

/**
 * Answers an enquiry. Who has a login is told by a letter that there is an answer; who left an e-mail gets the answer itself;
 * the others have to be called. Refused: `unknown`, `closed`; invalid: `files`.
 */
export async function answerEnquiry(
  staff: Staff,
  { number, text, files }: MessageInput,
  now: Date,
): Promise<Result<undefined, 'unknown' | 'closed'>> {
  const attachments = await readAttachments(files)
  if (typeof attachments === 'string') return invalid({ files: attachments })
  return onEnquiry(number, async (tx, enquiry) => {
    if (enquiry.state === 'closed') return refused('closed', 'Обращение закрыто. Сначала откройте его снова.')
    const said = { authorId: staff.userId, text }
    if (await isLast(tx, enquiry.id, said)) return ok()
    await say(tx, { ...said, enquiryId: enquiry.id, byStaff: true, writtenAt: now }, attachments)
    await tx.update(enquiries).set({ state: 'answered', answeredAt: now }).where(eq(enquiries.id, enquiry.id))
    await tell(tx, enquiry, text)
    await record(tx, staff, {
      action: 'enquiry.answered',
      subject: subjectOf(enquiry),
      after: { files: attachments.length },
    })
    return ok()
  })
}

async function tell(tx: Tx, enquiry: Enquiry, text: string): Promise<void> {
  const number = String(enquiry.number)
  const person = enquiry.userId
    ? await tx.query.users.findFirst({ where: eq(users.id, enquiry.userId), columns: { email: true } })
    : undefined
  if (person) await owe(tx, 'enquiry-answered', person.email, { number })
  else if (enquiry.contactEmail) {
    const askedOn = formatDay(moscowDay(enquiry.createdAt))
    await owe(tx, 'feedback-answered', enquiry.contactEmail, { number, askedOn, text })
  }
}

/** Leaves a note that only staff see; nobody's deadline moves. Refused: `unknown`. */
export async function noteOnEnquiry(
  staff: Staff,
  { number, remark }: { number: number; remark: string },
  now: Date,
): Promise<Result<undefined, 'unknown'>> {
  return onEnquiry(number, async (tx, enquiry) => {
    const said = { authorId: staff.userId, text: remark, internal: true }
    if (await isLast(tx, enquiry.id, said)) return ok()
    await say(tx, { ...said, enquiryId: enquiry.id, byStaff: true, writtenAt: now })
    await record(tx, staff, { action: 'enquiry.noted', subject: subjectOf(enquiry) })
    return ok()
  })
}

/**
 * Gives an enquiry to a member of staff who may answer it; to nobody when `to` is empty. Refused: `unknown`, `helpless` (no such
 * colleague, or one who may not answer).
 */
export async function assignEnquiry(
  staff: Staff,
  { number, to }: { number: number; to: string },
): Promise<Result<undefined, 'unknown' | 'helpless'>> {
  return onEnquiry(number, async (tx, enquiry) => {
    const assignee = to ? await tx.query.users.findFirst({ where: eq(users.id, to) }) : undefined
    if (to && !(assignee?.kind === 'staff' && may(assignee.roles, 'enquiries.answer')))
      return refused('helpless', 'Этот сотрудник на обращения не отвечает. Выберите другого.')
    if (enquiry.assignedTo === (assignee?.id ?? null)) return ok()
    await tx
      .update(enquiries)
      .set({ assignedTo: assignee?.id ?? null })
      .where(eq(enquiries.id, enquiry.id))
    await record(tx, staff, {
      action: 'enquiry.assigned',
      subject: subjectOf(enquiry),
      after: { to: assignee?.login ?? null },
    })
    return ok()
  })
}

/**
 * Closes an enquiry: settled, or without an answer as advertising or obscene (clause 3.4 of the user agreement). One that
 * waits is settled with a note only: nobody could tell later what became of it. Refused: `unknown`, `closed`.
 */
export async function closeEnquiry(
  staff: Staff,
  { number, reason, note }: CloseInput,
  now: Date,
): Promise<Result<undefined, 'unknown' | 'closed'>> {
  return onEnquiry(number, async (tx, enquiry) => {
    if (enquiry.state === 'closed') return refused('closed', 'Обращение уже закрыто.')
    if (reason === 'settled' && enquiry.state === 'open' && !note)
      return invalid({ note: 'Ответа в переписке нет: напишите, как решён вопрос' })
    await tx
      .update(enquiries)
      .set({
        state: 'closed',
        closedAt: now,
        closedBy: staff.userId,
        closeReason: reason,
        closeNote: note || null,
      })
      .where(eq(enquiries.id, enquiry.id))
    await record(tx, staff, { action: 'enquiry.closed', subject: subjectOf(enquiry), after: { reason } })
    return ok()
  })
}

/** Opens a closed enquiry again, as it was: waiting, or answered. Refused: `unknown`; one that is open stays so. */
export async function reopenEnquiry(
  staff: Staff,
  { number }: { number: number },
): Promise<Result<undefined, 'unknown'>> {
  return onEnquiry(number, async (tx, enquiry) => {
    if (enquiry.state !== 'closed') return ok()
    const [last] = await tx
      .select({ byStaff: enquiryMessages.byStaff })
      .from(enquiryMessages)
      .where(and(eq(enquiryMessages.enquiryId, enquiry.id), sql`not ${enquiryMessages.internal}`))
      .orderBy(desc(enquiryMessages.id))
      .limit(1)
    const state = last?.byStaff ? 'answered' : 'open'
    const unclosed = { closedAt: null, closedBy: null, closeReason: null, closeNote: null }
    await tx
      .update(enquiries)
      .set({ state, ...unclosed })
      .where(eq(enquiries.id, enquiry.id))
    await record(tx, staff, { action: 'enquiry.reopened', subject: subjectOf(enquiry) })
    return ok()
  })
}

/** Does something with an enquiry, held until it is done. */
async function onEnquiry<Code extends string>(
  number: number,
  work: (tx: Tx, enquiry: Enquiry) => Promise<Result<undefined, Code>>,
): Promise<Result<undefined, Code | 'unknown'>> {
  return db().transaction(async (tx) => {
    const [enquiry] = await tx.select().from(enquiries).where(eq(enquiries.number, number)).for('update')
    return enquiry ? work(tx, enquiry) : refused('unknown', 'Такого обращения нет.')
  })
}
