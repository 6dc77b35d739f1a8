import type { Tx } from '@/db/client'
import { consents, documentVersions, users } from '@/db/schema'
import { record, SERVICE } from '@/lib/audit/record'
import { readSettings } from '@/lib/settings/queries'
import { textHash } from './hash'
import { currentDocuments, type DocumentKind } from './queries'
import { agreement } from './texts/agreement'
import { consent } from './texts/consent'
import { privacy } from './texts/privacy'

/** Markdown of the company's own, by kind of document; the others are as the service brings them. */
export type OwnTexts = Partial<Record<DocumentKind, string>>

/**
 * Publishes version 1 of each document that has none, in the company's name as the settings have it. Safe to repeat, and from
 * several processes at once.
 */
export async function publishFirstVersions(tx: Tx, own: OwnTexts = {}): Promise<void> {
  const { company } = await readSettings(tx)
  const texts = [
    { kind: 'agreement', ...agreement(company) },
    { kind: 'consent', ...consent(company) },
    { kind: 'privacy', ...privacy(company) },
  ] as const
  const first = texts.map((text) => ({ ...text, body: own[text.kind] ?? text.body }))
  const inserted = await tx
    .insert(documentVersions)
    .values(first.map((text) => ({ ...text, version: 1, sha256: textHash(text.body) })))
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
 * Gives a service that is in use but has no documents their first versions; an empty one waits for its set-up, which knows
 * whose they are.
 */
export async function publishMissingVersions(tx: Tx): Promise<void> {
  if ((await tx.$count(users)) > 0) await publishFirstVersions(tx)
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
