import type { Metadata } from 'next'
import { DocumentView } from '../_parts/document-view'
import { findDocument } from '../_parts/find'

interface Props {
  params: Promise<{ kind: string }>
  searchParams: Promise<{ print?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { kind } = await params
  return { title: (await findDocument(kind)).title }
}

/** The version of a document that is in force. */
export default async function CurrentDocumentPage({ params, searchParams }: Props) {
  const { kind } = await params
  const { print } = await searchParams
  const document = await findDocument(kind)
  return <DocumentView document={document} address={`/personal/documents/${kind}`} print={print === '1'} />
}
