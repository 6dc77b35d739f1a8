import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Card, Notice } from '@/app/_ui/box'
import { shownDemoPayment } from '@/lib/payments/demo-bank-commands'
import { formatMoney } from '@/lib/units/money'
import { DecisionForm } from './decision-form'

export const metadata: Metadata = { title: 'Демонстрационный банк' }

const words = {
  pending: undefined,
  succeeded: 'Платёж уже прошёл.',
  canceled: 'Платёж отменён.',
} as const

/** Stands in for the provider's page in the demo company: nothing is paid here. */
export default async function DemoBankPage({ params }: PageProps<'/demo-bank/[id]'>) {
  const payment = await shownDemoPayment((await params).id)
  if (!payment) notFound()
  const over = words[payment.state]
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-5 px-5 py-10">
      <h1>Демонстрационный банк</h1>
      <Notice tone="water" title="Это не настоящий банк">
        <p>Деньги не спишутся, карта не нужна. Выберите, чем кончится платёж.</p>
      </Notice>
      <Card className="grid gap-2">
        <h2>{formatMoney(payment.amount)}</h2>
        <p className="text-soft">{payment.description}</p>
        <p className="text-soft">{payment.method === 'sbp' ? 'По СБП' : 'Картой'}</p>
      </Card>
      {over ? <p role="status">{over}</p> : <DecisionForm id={payment.id} />}
      <p>
        <a href={payment.returnUrl} className="inline-flex min-h-11 items-center">
          Вернуться в личный кабинет
        </a>
      </p>
    </main>
  )
}
