import { and, asc, desc, eq, gt, lte, sql } from 'drizzle-orm'
import { db, type Reader } from '@/db/client'
import { documentKinds, documentVersions } from '@/db/schema'

export type DocumentKind = (typeof documentKinds)[number]

/** A published version of a document; `body` is Markdown, `sha256` the hash a consent is recorded with. */
export interface PublishedDocument {
  id: string
  kind: DocumentKind
  version: number
  title: string
  body: string
  sha256: string
  effectiveFrom: Date
}

const columns = {
  id: documentVersions.id,
  kind: documentVersions.kind,
  version: documentVersions.version,
  title: documentVersions.title,
  body: documentVersions.body,
  sha256: documentVersions.sha256,
  effectiveFrom: documentVersions.effectiveFrom,
}
const published = lte(documentVersions.effectiveFrom, sql`now()`)
const coming = gt(documentVersions.effectiveFrom, sql`now()`)

/** The version in force; undefined while nothing of that kind is published. */
export async function currentDocument(
  kind: DocumentKind,
  reader: Reader = db(),
): Promise<PublishedDocument | undefined> {
  const [found] = await reader
    .select(columns)
    .from(documentVersions)
    .where(and(eq(documentVersions.kind, kind), published))
    .orderBy(desc(documentVersions.version))
    .limit(1)
  return found
}

/** The versions in force of all kinds, in one question. @throws Error when a kind was never published. */
export async function currentDocuments(
  reader: Reader = db(),
): Promise<Record<DocumentKind, PublishedDocument>> {
  const found = await reader
    .selectDistinctOn([documentVersions.kind], columns)
    .from(documentVersions)
    .where(published)
    .orderBy(documentVersions.kind, desc(documentVersions.version))
  const { agreement, consent, privacy } = Object.fromEntries(found.map((row) => [row.kind, row]))
  if (!agreement || !consent || !privacy)
    throw new Error(`of ${documentKinds.join(', ')} not all are published`)
  return { agreement, consent, privacy }
}

/** One version that is or was in force; undefined when there is none of that number. */
export async function documentVersion(
  kind: DocumentKind,
  version: number,
  reader: Reader = db(),
): Promise<PublishedDocument | undefined> {
  const [found] = await reader
    .select(columns)
    .from(documentVersions)
    .where(and(eq(documentVersions.kind, kind), eq(documentVersions.version, version), published))
  return found
}

/** A version that is published and takes force later; undefined when there is none of that number. */
export async function comingVersion(
  kind: DocumentKind,
  version: number,
  reader: Reader = db(),
): Promise<PublishedDocument | undefined> {
  const [found] = await reader
    .select(columns)
    .from(documentVersions)
    .where(and(eq(documentVersions.kind, kind), eq(documentVersions.version, version), coming))
  return found
}

/** What is to take force later, the soonest first; of several of one moment only the newest will. */
export async function comingVersions(
  kind: DocumentKind,
  reader: Reader = db(),
): Promise<{ version: number; effectiveFrom: Date }[]> {
  return reader
    .selectDistinctOn([documentVersions.effectiveFrom], {
      version: documentVersions.version,
      effectiveFrom: documentVersions.effectiveFrom,
    })
    .from(documentVersions)
    .where(and(eq(documentVersions.kind, kind), coming))
    .orderBy(asc(documentVersions.effectiveFrom), desc(documentVersions.version))
}

/** The newest version, in force or coming: what the next one is written from; undefined while nothing is published. */
export async function newestVersion(
  kind: DocumentKind,
  reader: Reader = db(),
): Promise<(PublishedDocument & { publishedBy: string | null }) | undefined> {
  const [found] = await reader
    .select({ ...columns, publishedBy: documentVersions.publishedBy })
    .from(documentVersions)
    .where(eq(documentVersions.kind, kind))
    .orderBy(desc(documentVersions.version))
    .limit(1)
  return found
}

/** The versions of a kind that are or were in force, newest first. */
export async function listVersions(
  kind: DocumentKind,
  reader: Reader = db(),
): Promise<{ version: number; effectiveFrom: Date }[]> {
  return reader
    .select({ version: documentVersions.version, effectiveFrom: documentVersions.effectiveFrom })
    .from(documentVersions)
    .where(and(eq(documentVersions.kind, kind), published))
    .orderBy(desc(documentVersions.version))
}
