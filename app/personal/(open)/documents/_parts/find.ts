import { notFound } from 'next/navigation'
import { cache } from 'react'
import { comingVersion, currentDocument, documentVersion } from '@/lib/documents/queries'
import { documentKind, documentVersionNumber } from '@/lib/documents/schema'

/** The document an address names: the version given (also one still to take force), else the one in force; the 404 page when there is none. */
export const findDocument = cache(async (kindText: string, versionText?: string) => {
  const kind = documentKind.safeParse(kindText)
  if (!kind.success) notFound()
  if (versionText === undefined) return (await currentDocument(kind.data)) ?? notFound()
  const version = documentVersionNumber.safeParse(versionText)
  if (!version.success) notFound()
  const found =
    (await documentVersion(kind.data, version.data)) ?? (await comingVersion(kind.data, version.data))
  return found ?? notFound()
})
