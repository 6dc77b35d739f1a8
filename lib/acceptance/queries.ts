import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { db, type Reader } from '@/db/client'
import { consents } from '@/db/schema'
import { type AcceptedKind, consentKinds, documentsDue } from '@/lib/documents/acceptance'
import { currentDocument, documentVersion, type PublishedDocument } from '@/lib/documents/queries'
import type { Subscriber } from '@/lib/session/require'

/** A document to accept, and the version the person accepted last; undefined when they accepted none. */
export interface DueDocument {
  kind: AcceptedKind
  document: PublishedDocument
  before: PublishedDocument | undefined
}

/** What a subscriber has to accept before going on, the agreement first; empty when there is nothing. */
export async function dueDocuments(
  { userId }: Pick<Subscriber, 'userId'>,
  reader: Reader = db(),
): Promise<DueDocument[]> {
  const { due } = await documentsDue(reader, userId)
  const found = await Promise.all(
    due.map(async (kind) => ({
      kind,
      document: await currentDocument(kind, reader),
      before: await acceptedBefore(reader, userId, kind),
    })),
  )
  return found.flatMap(({ document, ...rest }) => (document ? [{ ...rest, document }] : []))
}

async function acceptedBefore(reader: Reader, userId: string, kind: AcceptedKind) {
  const [last] = await reader
    .select({ version: consents.documentVersion })
    .from(consents)
    .where(
      and(
        eq(consents.userId, userId),
        inArray(consents.kind, [consentKinds[kind]]),
        isNotNull(consents.documentVersion),
      ),
    )
    .orderBy(desc(consents.documentVersion))
    .limit(1)
  return last?.version ? documentVersion(kind, last.version, reader) : undefined
}
