import type { Tx } from '@/db/client'
import { consents, documentVersions } from '@/db/schema'
import { record, SERVICE } from '@/lib/audit/record'
import { textHash } from './hash'
import { currentDocuments } from './queries'
import { agreement } from './texts/agreement'
import { consent } from './texts/consent'
import { privacy } from './texts/privacy'

const firstVersions = [
  { kind: 'agreement', ...agreement },
  { kind: 'consent', ...consent },
  { kind: 'privacy', ...privacy },
] as const

/** Publishes version 1 of each document that has none. Safe to repeat, and from several processes at once. */
export async function publishFirstVersions(tx: Tx): Promise<void> {
  const inserted = await tx
    .insert(documentVersions)
    .values(firstVersions.map((text) => ({ ...text, version: 1, sha256: textHash(text.body) })))
    .onConflictDoNothing({ target: [documentVersions.kind, documentVersions.version] })
    .returning({ id: documentVersions.id, kind: documentVersions.kind, sha256: documentVersions.sha256 })
  for (const { id, kind, sha256 } of inserted) {
    await record(tx, SERVICE, {
      action: 'document.published',
      subject: { kind: 'document', id, label: `${kind} 1` },
      after: { kind, version: 1, sha256 },
    })
  }
}

/**
 * Notes that somebody took the agreement and gave consent to the processing of their data, each as it is in force now:
 * the applicant of a request, or a user.
 */
export async function recordAcceptance(
  tx: Tx,
  by: { requestId: string } | { userId: string },
  { address, now }: { address: string; now: Date },
): Promise<void> {
  const { agreement, consent } = await currentDocuments(tx)
  const given = { ...by, givenAt: now, address }
  await tx.insert(consents).values([
    { ...given, kind: 'agreement', documentVersion: agreement.version, textHash: agreement.sha256 },
    { ...given, kind: 'personal_data', documentVersion: consent.version, textHash: consent.sha256 },
  ])
}
