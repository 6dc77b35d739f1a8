import { notFound } from 'next/navigation'
import { type AcceptedVersion, acceptedKind } from '@/lib/acceptance/staff'
import { comingVersion, documentVersion } from '@/lib/documents/queries'
import { documentVersionNumber } from '@/lib/documents/schema'

/** The version an address names, of a document that is accepted; the 404 page when there is none. */
export async function findVersion(named: { kind: string; version: string }): Promise<AcceptedVersion> {
  const kind = acceptedKind.safeParse(named.kind)
  const version = documentVersionNumber.safeParse(named.version)
  if (!kind.success || !version.success) notFound()
  const of = { kind: kind.data, version: version.data }
  const found = (await documentVersion(of.kind, of.version)) ?? (await comingVersion(of.kind, of.version))
  return found ? of : notFound()
}
