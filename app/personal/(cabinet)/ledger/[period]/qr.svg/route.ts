import { notFound } from 'next/navigation'
import { accountOfPage } from '@/app/personal/_overview/account'
import { bill } from '@/lib/ledger/bill'
import { billCode } from '@/lib/ledger/bill-code'
import { codeSvg } from '@/lib/ledger/code-svg'
import { periodOfAddress } from '@/lib/ledger/schema'
import { requireSubscriber } from '@/lib/session/require'

type Context = RouteContext<'/personal/ledger/[period]/qr.svg'>

/** The payment code of a bill, as on its paper; 404 when there is nothing to pay or nowhere to. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const subscriber = await requireSubscriber()
  const period = periodOfAddress.safeParse((await params).period)
  const wanted = new URL(request.url).searchParams.get('account') ?? undefined
  const chosen = await accountOfPage(subscriber, wanted)
  if (!period.success || !chosen) notFound()
  const found = await bill(subscriber, chosen.account.id, period.data, new Date())
  const code = found && billCode(found)
  if (!code) notFound()
  return new Response(codeSvg(code), {
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'no-store' },
  })
}
