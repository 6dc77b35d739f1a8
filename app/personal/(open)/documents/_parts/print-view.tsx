import Link from 'next/link'
import { PrintButton } from '@/app/_ui/print-button'
import type { PublishedDocument } from '@/lib/documents/queries'
import { DocumentText } from './document-text'
import styles from './sheet.module.css'
import { versionWords } from './versions'

/** A document alone on a sheet, with a word on how to print it. */
export function PrintView({ document, address }: { document: PublishedDocument; address: string }) {
  return (
    <article className={styles.sheet}>
      <div className="mb-6 border-b border-line pb-4 print:hidden">
        <p className="mb-2 text-soft">
          Чтобы распечатать, выберите «Печать» в меню браузера или нажмите Ctrl+P.
        </p>
        <div className="flex flex-wrap items-center gap-4">
          <PrintButton />
          <Link href={address} prefetch={false} className="inline-flex min-h-11 items-center">
            Вернуться к документу
          </Link>
        </div>
      </div>
      <h1>{document.title}</h1>
      <p className="mt-2 mb-6 text-soft">{versionWords(document.version, document.effectiveFrom)}</p>
      <DocumentText body={document.body} />
      <Fingerprint sha256={document.sha256} />
    </article>
  )
}

/** The hash a consent is recorded with: proves which text was agreed to. */
export function Fingerprint({ sha256 }: { sha256: string }) {
  return (
    <p className="mt-8 max-w-[36rem] text-[0.82em] break-all text-soft">
      Контрольная сумма текста (SHA-256): {sha256}
    </p>
  )
}
