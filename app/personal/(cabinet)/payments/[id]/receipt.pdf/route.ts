import { notFound } from 'next/navigation'
import { pdfAnswer } from '@/app/_ui/pdf'
import { paymentForPayer } from '@/lib/payments/queries'
import { receiptPdf } from '@/lib/payments/receipt-pdf'
import { requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'

type Context = RouteContext<'/personal/payments/[id]/receipt.pdf'>

/** «Квитанция об оплате» of one's own payment that went through; 404 for any other. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const subscriber = await requireSubscriber()
  const payment = await paymentForPayer(subscriber, (await params).id)
  const pdf = payment && (await receiptPdf(payment, await currentSettings()))
  if (!pdf) notFound()
  return pdfAnswer(pdf, `oplata-${payment.number}.pdf`)
}
