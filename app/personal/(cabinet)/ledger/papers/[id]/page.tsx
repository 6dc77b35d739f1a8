import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { FinalSheet } from '@/app/_papers/final-statement'
import { Card } from '@/app/_ui/box'
import { PrintButton } from '@/app/_ui/print-button'
import { type Certificate, certificateFor, paperFor } from '@/lib/papers/queries'
import { spacedCode } from '@/lib/papers/rules'
import { certificateTitles, dueWords, noDebtWords } from '@/lib/papers/words'
import { requireSubscriber } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { Charges, Meters } from './contents'

export const metadata: Metadata = { title: 'Справка' }

export default async function CertificatePage({ params }: PageProps<'/personal/ledger/papers/[id]'>) {
  const subscriber = await requireSubscriber()
  const found = await paperFor(subscriber, (await params).id)
  if (found?.kind === 'final-statement') return <FinalSheet paper={found} />
  const paper = await certificateFor(subscriber, (await params).id)
  if (!paper) notFound()
  const { id, kind, number, code, issuedAt, body } = paper
  const place = 'inline-flex min-h-11 items-center'
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>{certificateTitles[kind]}</h1>
      <Card className="grid gap-3">
        <p className="text-soft">{body.company}</p>
        <p>
          <strong className="tabular-nums">{`№ ${number}, код ${spacedCode(code)}`}</strong>
          {`, выдана ${formatInstant(issuedAt)}`}
        </p>
        <p>{`Лицевой счёт ${body.accountNumber}, ${body.address}. Владелец счёта: ${body.holderName}.`}</p>
        <Contents paper={paper} />
      </Card>
      <p className="text-soft">
        Проверить справку может любой: на нашем сайте, в разделе «Проверить документ», по номеру и коду или по
        квадратному коду на листе PDF.
      </p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 print:hidden">
        <a href={`/personal/ledger/papers/${id}/certificate.pdf`} className={place}>
          Скачать PDF
        </a>
        <PrintButton />
        <Link href="/personal/ledger/papers" prefetch={false} className={place}>
          Все справки
        </Link>
      </div>
    </div>
  )
}

function Contents({ paper }: { paper: Certificate }) {
  if (paper.kind === 'charges') return <Charges body={paper.body} />
  if (paper.kind === 'meters') return <Meters body={paper.body} />
  return (
    <>
      <p className="font-semibold">{noDebtWords(paper.body)}</p>
      {paper.body.due ? <p>{dueWords(paper.body.due)}</p> : null}
    </>
  )
}
