import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { enquiries } from '@/db/schema'
import { record, visitor } from '@/lib/audit/record'
import { readAttachments } from '@/lib/files/attachments'
import { invalid, ok, type Result, refused } from '@/lib/result'
import { type Count, giveBack, inMinutes, take } from '@/lib/session/throttle'
import { sentFeedback } from './queries'
import type { FeedbackInput } from './schema'
import { inTurnOf, storeEnquiry, subjectOf } from './writing'

/**
 * Opens an enquiry of somebody who has not signed in; the same sending again is the same enquiry. `address` is the network
 * address it came from. Refused: `often`; invalid: `files`.
 */
export async function openFeedback(
  input: FeedbackInput,
  address: string,
  now: Date,
): Promise<Result<{ sendingKey: string }, 'often'>> {
  if (await sentFeedback(input.sendingKey)) return ok({ sendingKey: input.sendingKey })
  const count: Count[] = [['feedback-address', address]]
  const free = await take(count)
  if (free !== 'free')
    return refused(
      'often',
      `С вашего адреса написали уже несколько раз. Попробуйте ${inMinutes(free.minutes)} или позвоните нам. То, что вы ввели, на месте.`,
    )
  const attachments = await readAttachments(input.files)
  const fresh = typeof attachments !== 'string' && (await store(input, attachments, address, now))
  if (!fresh) await giveBack(count)
  return typeof attachments === 'string'
    ? invalid({ files: attachments })
    : ok({ sendingKey: input.sendingKey })
}

/** @returns whether it was not there already */
function store(
  { sendingKey, subject, text, name, email, phone }: FeedbackInput,
  attachments: Exclude<Awaited<ReturnType<typeof readAttachments>>, string>,
  address: string,
  now: Date,
): Promise<boolean> {
  return db().transaction(async (tx) => {
    await inTurnOf(tx, sendingKey)
    const there = await tx.query.enquiries.findFirst({
      where: eq(enquiries.sendingKey, sendingKey),
      columns: { id: true },
    })
    if (there) return false
    const contact = {
      contactName: name || null,
      contactEmail: email || null,
      contactPhone: phone || null,
    }
    const enquiry = await storeEnquiry(
      tx,
      { ...contact, sendingKey, subject },
      { text, attachments, at: now },
    )
    await record(tx, visitor(address), {
      action: 'enquiry.opened',
      subject: subjectOf(enquiry),
      after: { account: null, files: attachments.length },
    })
    return true
  })
}
