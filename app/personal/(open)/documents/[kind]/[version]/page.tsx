import type { Metadata } from 'next'
import { DocumentView } from '../../_parts/document-view'
import { findDocument } from '../../_parts/find'

interface Props {
  params: Promise<{ kind: string; version: string }>
  searchParams: Promise<{ print?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { kind, version } = await params
  const document = await findDocument(kind, version)
  return { title: `${document.title}, версия ${document.version}` }
}

/** One version of a document, in force or not. */
export default async function DocumentVersionPage({ params, searchParams }: Props) {
  const { kind, version } = await params
  const { print } = await searchParams
  const document = await findDocument(kind, version)
  const address = `/personal/documents/${kind}/${version}`
  return <DocumentView document={document} address={address} print={print === '1'} />
}
