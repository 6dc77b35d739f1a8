import { notFound } from 'next/navigation'
import { pdfAnswer } from '@/app/_ui/pdf'
import { certificatePdf } from '@/lib/ledger/certificate-pdf'
import { certificateFor } from '@/lib/papers/queries'
import { requireSubscriber } from '@/lib/session/require'

type Context = RouteContext<'/personal/ledger/papers/[id]/certificate.pdf'>

/** A certificate of one's own on paper; 404 for any other. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const subscriber = await requireSubscriber()
  const paper = await certificateFor(subscriber, (await params).id)
  if (!paper) notFound()
  return pdfAnswer(await certificatePdf(paper), `spravka-${paper.number}.pdf`)
}
