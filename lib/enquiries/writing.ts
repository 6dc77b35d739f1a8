import { desc, eq, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { enquiries, enquiryFiles, enquiryMessages } from '@/db/schema'
import type { Attachment } from '@/lib/files/attachments'
import { dueOn } from './rules'
import { suspicion } from './suspects'

/** Writes a new enquiry with its first message, its promised day and what looks suspicious in it. */
export async function storeEnquiry(
  tx: Tx,
  enquiry: Omit<typeof enquiries.$inferInsert, 'createdAt' | 'dueOn' | 'suspectedOf'>,
  { text, attachments, at }: { text: string; attachments: readonly Attachment[]; at: Date },
): Promise<{ id: string; number: number }> {
  const suspectedOf = suspicion(`${enquiry.subject}\n${text}`) ?? null
  const [made] = await tx
    .insert(enquiries)
    .values({ ...enquiry, createdAt: at, dueOn: dueOn(at), suspectedOf })
    .returning({ id: enquiries.id, number: enquiries.number })
  if (!made) throw new Error('an insert returned nothing')
  const message = { enquiryId: made.id, authorId: enquiry.userId ?? null, byStaff: false, text }
  await say(tx, { ...message, writtenAt: at }, attachments)
  return made
}

/** Adds what was said, with its files. */
export async function say(
  tx: Tx,
  message: typeof enquiryMessages.$inferInsert & { writtenAt: Date },
  attachments: readonly Attachment[] = [],
): Promise<void> {
  const [said] = await tx.insert(enquiryMessages).values(message).returning({ id: enquiryMessages.id })
  if (!said) throw new Error('an insert returned nothing')
  const place = { enquiryId: message.enquiryId, messageId: said.id, attachedAt: message.writtenAt }
  for (const attachment of attachments) await tx.insert(enquiryFiles).values({ ...place, ...attachment })
}

/** Whether these very words are the last that were said: the button was pressed twice. */
export async function isLast(
  tx: Tx,
  enquiryId: string,
  { authorId, text, internal = false }: { authorId: string; text: string; internal?: boolean },
): Promise<boolean> {
  const [last] = await tx
    .select({
      authorId: enquiryMessages.authorId,
      text: enquiryMessages.text,
      internal: enquiryMessages.internal,
    })
    .from(enquiryMessages)
    .where(eq(enquiryMessages.enquiryId, enquiryId))
    .orderBy(desc(enquiryMessages.id))
    .limit(1)
  return last?.authorId === authorId && last.text === text && last.internal === internal
}

/** One after another: all that is done under this mark, until the transaction ends. */
export async function inTurnOf(tx: Tx, mark: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet enquiry'), hashtext(${mark}))`)
}

/** How the journal names an enquiry. */
export function subjectOf({ id, number }: { id: string; number: number }) {
  return { kind: 'enquiry', id, label: String(number) } as const
}
