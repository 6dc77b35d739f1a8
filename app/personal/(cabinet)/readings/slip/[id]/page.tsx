import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Card, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { PrintButton } from '@/app/_ui/print-button'
import { SlipPaper } from '@/app/personal/_overview/slip-paper'
import { accountsOf } from '@/lib/accounts/queries'
import { paperFor, type Slip } from '@/lib/papers/queries'
import { slipQuery } from '@/lib/readings/schema'
import { requireSubscriber } from '@/lib/session/require'
import { formatPeriod, period } from '@/lib/units/period'
import { MailForm } from './mail-form'

export const metadata: Metadata = { title: 'Показания приняты' }

/** What was accepted: the answer to «Передать показания», and the proof of it; with several accounts a slip for each. */
export default async function SlipPage({ params, searchParams }: PageProps<'/personal/readings/slip/[id]'>) {
  const subscriber = await requireSubscriber()
  const query = slipQuery.parse(await searchParams)
  const ids = [(await params).id, ...query.with]
  const found = await Promise.all(ids.map((id) => paperFor(subscriber, id)))
  const papers = found.filter((paper) => paper?.kind === 'readings-slip')
  if (papers.length < ids.length) notFound()
  const own = new Set((await accountsOf(subscriber)).map((account) => account.id))
  const helping = papers.every((paper) => !own.has(paper.accountId))
  const lines = papers.flatMap((paper) => paper.body.lines)
  const outside = lines.find((line) => line.outside)
  const months = [...new Set(lines.map((line) => formatPeriod(period(line.period))))]
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>{`Показания за ${months.join(' и ')} приняты`}</h1>
      {query.mailed ? (
        <Notice tone="good" role="status" title="Письмо с этими показаниями отправлено на вашу почту" />
      ) : null}
      {outside ? (
        <Notice tone="plain" title="Приём сейчас закрыт, но показания не пропали">
          <p>{`Записали их за ${formatPeriod(period(outside.period))}.`}</p>
        </Notice>
      ) : null}
      {papers.map((paper) => (
        <Card key={paper.id} className="grid gap-3">
          <SlipPaper paper={paper} masked={!own.has(paper.accountId)} />
          <div className="flex flex-wrap items-start gap-3 print:hidden">
            <MailForm id={paper.id} />
            {own.has(paper.accountId) ? (
              <ButtonLink href={photosPage(paper)} look="quiet">
                Приложить снимок
              </ButtonLink>
            ) : null}
          </div>
        </Card>
      ))}
      <p className="text-soft">
        Номер и код пригодятся, если понадобится подтвердить, что вы передали показания: документ можно
        проверить на нашем сайте, в разделе «Проверить документ».
      </p>
      <div className="flex flex-wrap items-start gap-3 print:hidden">
        <ButtonLink href="/personal">На обзор</ButtonLink>
        <ButtonLink href={helping ? '/personal/help' : '/personal/readings'} look="second">
          {helping ? 'Кому вы помогаете' : 'Исправить'}
        </ButtonLink>
        <PrintButton />
      </div>
    </div>
  )
}

/** Where pictures of the dials a slip is of are kept. */
function photosPage({ body: { accountNumber, lines } }: Slip): string {
  return `/personal/readings/photos?account=${encodeURIComponent(accountNumber)}&period=${lines[0]?.period ?? ''}`
}
