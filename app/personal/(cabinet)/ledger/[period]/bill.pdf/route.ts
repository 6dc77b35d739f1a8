import { notFound } from 'next/navigation'
import { pdfAnswer } from '@/app/_ui/pdf'
import { accountOfPage } from '@/app/personal/_overview/account'
import { bill } from '@/lib/ledger/bill'
import { billPdf } from '@/lib/ledger/bill-pdf'
import { periodOfAddress } from '@/lib/ledger/schema'
import { requireSubscriber } from '@/lib/session/require'

type Context = RouteContext<'/personal/ledger/[period]/bill.pdf'>

/** The bill of a month, of `?account=` or the account the cabinet shows; 404 for one that is not theirs. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const subscriber = await requireSubscriber()
  const period = periodOfAddress.safeParse((await params).period)
  const wanted = new URL(request.url).searchParams.get('account') ?? undefined
  const chosen = await accountOfPage(subscriber, wanted)
  if (!period.success || !chosen) notFound()
  const found = await bill(subscriber, chosen.account.id, period.data, new Date())
  if (!found) notFound()
  return pdfAnswer(await billPdf(found), `kvitanciya-${period.data}.pdf`)
}
