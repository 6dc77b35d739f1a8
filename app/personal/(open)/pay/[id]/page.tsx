import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Outcome } from '@/app/personal/_payments/outcome'
import { paymentForVisitor } from '@/lib/payments/queries'
import { refreshPayment } from '@/lib/payments/refresh'

export const metadata: Metadata = { title: 'Платёж' }

/** What became of a payment made without a login; whoever holds this address may see it. */
export default async function OtherOutcomePage({ params }: PageProps<'/personal/pay/[id]'>) {
  const { id } = await params
  await refreshPayment(null, id, new Date())
  const payment = await paymentForVisitor(id)
  if (!payment) notFound()
  return (
    <div className="mx-auto grid max-w-xl gap-5">
      <h1>{`Платёж № ${payment.number}`}</h1>
      <Outcome payment={payment} again="/personal/pay" />
    </div>
  )
}
