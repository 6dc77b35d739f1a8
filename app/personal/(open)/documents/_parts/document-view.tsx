import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { listVersions, type PublishedDocument } from '@/lib/documents/queries'
import { Contents } from './contents'
import { DocumentText } from './document-text'
import { Fingerprint, PrintView } from './print-view'
import { Versions, versionWords } from './versions'

/** A version of a document under its address: contents, text, other versions; `print` leaves the text alone. */
export async function DocumentView({
  document,
  address,
  print,
}: {
  document: PublishedDocument
  address: string
  print: boolean
}) {
  if (print) return <PrintView document={document} address={address} />
  const versions = await listVersions(document.kind)
  return (
    <article>
      <h1>{document.title}</h1>
      <div className="mt-2 mb-6 flex flex-wrap items-center gap-x-6">
        <p className="text-soft">{versionWords(document.version, document.effectiveFrom)}</p>
        <Link
          href={`${address}?print=1`}
          prefetch={false}
          className="inline-flex min-h-11 items-center print:hidden"
        >
          Распечатать
        </Link>
      </div>
      <Superseded document={document} newest={versions[0]?.version} />
      <div className="wide:grid wide:grid-cols-[17rem_minmax(0,1fr)] wide:gap-12 print:block">
        <Contents body={document.body} />
        <div>
          <DocumentText body={document.body} />
          <Fingerprint sha256={document.sha256} />
          <Versions kind={document.kind} shown={document.version} all={versions} />
        </div>
      </div>
    </article>
  )
}

function Superseded({ document, newest }: { document: PublishedDocument; newest: number | undefined }) {
  if (newest === undefined || newest === document.version) return null
  return (
    <div className="mb-6 max-w-[55rem]">
      <Notice tone="warn" title="Это прежняя версия">
        <p>
          Сейчас действует{' '}
          <Link href={`/personal/documents/${document.kind}`} prefetch={false}>
            версия {newest}
          </Link>
          .
        </p>
      </Notice>
    </div>
  )
}
