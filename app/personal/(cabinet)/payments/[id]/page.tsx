import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Outcome } from '@/app/personal/_payments/outcome'
import { paymentForPayer } from '@/lib/payments/queries'
import { refreshPayment } from '@/lib/payments/refresh'
import { requireSubscriber } from '@/lib/session/require'

export const metadata: Metadata = { title: 'Платёж' }

/** Where the payer comes back to from the bank: the provider is asked before anything is said. */
export default async function PaymentPage({ params }: PageProps<'/personal/payments/[id]'>) {
  const subscriber = await requireSubscriber()
  const { id } = await params
  await refreshPayment(subscriber, id, new Date())
  const payment = await paymentForPayer(subscriber, id)
  if (!payment) notFound()
  return (
    <div className="grid max-w-xl gap-5">
      <h1>{`Платёж № ${payment.number}`}</h1>
      <Outcome payment={payment} again="/personal/payments/new" />
      <p className="flex flex-wrap gap-x-6">
        {payment.state === 'succeeded' ? (
          <a
            href={`/personal/payments/${payment.id}/receipt.pdf`}
            className="inline-flex min-h-11 items-center"
          >
            Скачать квитанцию об оплате
          </a>
        ) : null}
        <Link href="/personal/payments" prefetch={false} className="inline-flex min-h-11 items-center">
          Все платежи
        </Link>
        <Link href="/personal" prefetch={false} className="inline-flex min-h-11 items-center">
          На обзор
        </Link>
      </p>
    </div>
  )
}
