import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { comingVersions, listVersions, type PublishedDocument } from '@/lib/documents/queries'
import { formatDay, moscowDay } from '@/lib/units/day'
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
  const [versions, coming] = await Promise.all([listVersions(document.kind), comingVersions(document.kind)])
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
      <Standing document={document} inForce={versions[0]?.version} coming={coming} />
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

/** Whether this version is in force, and which one is to come. */
function Standing({
  document: { kind, version, effectiveFrom },
  inForce,
  coming,
}: {
  document: PublishedDocument
  inForce: number | undefined
  coming: { version: number; effectiveFrom: Date }[]
}) {
  const [next] = coming
  if (inForce === version && !next) return null
  return (
    <div className="mb-6 max-w-[55rem]">
      {inForce === version && next ? (
        <Notice title={`С ${dayOf(next.effectiveFrom)} будет действовать новая версия`}>
          <Link
            href={`/personal/documents/${kind}/${next.version}`}
            prefetch={false}
            className="inline-flex min-h-11 items-center"
          >
            Прочитать версию {next.version}
          </Link>
        </Notice>
      ) : (
        <Notice
          tone="warn"
          title={
            (inForce ?? 0) < version
              ? `Эта версия ещё не действует, она начнёт действовать ${dayOf(effectiveFrom)}`
              : 'Это прежняя версия'
          }
        >
          <p>
            Сейчас действует{' '}
            <Link href={`/personal/documents/${kind}`} prefetch={false}>
              версия {inForce}
            </Link>
            .
          </p>
        </Notice>
      )}
    </div>
  )
}

function dayOf(instant: Date): string {
  return formatDay(moscowDay(instant))
}
