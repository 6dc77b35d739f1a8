import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accessRequests, consents } from '@/db/schema'
import type { Subscriber } from '@/lib/session/require'

/** A consent of the subscriber's: to a version of a document, or to messages. */
export interface GivenConsent {
  id: string
  kind: 'agreement' | 'personal_data' | 'messages'
  /** The document's version; null for messages. */
  version: number | null
  givenAt: Date
  /** With which request it was given; null when in the cabinet. */
  requestNumber: string | null
  withdrawnAt: Date | null
}

/** Every consent the subscriber ever gave, newest first. */
export async function consentsOf({ userId }: Subscriber): Promise<GivenConsent[]> {
  return db()
    .select({
      id: consents.id,
      kind: consents.kind,
      version: consents.documentVersion,
      givenAt: consents.givenAt,
      requestNumber: accessRequests.number,
      withdrawnAt: consents.withdrawnAt,
    })
    .from(consents)
    .leftJoin(accessRequests, eq(accessRequests.id, consents.requestId))
    .where(eq(consents.userId, userId))
    .orderBy(desc(consents.givenAt))
}
