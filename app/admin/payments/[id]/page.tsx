import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { paymentForStaff } from '@/lib/payments/queries'
import { requireStaff } from '@/lib/session/require'
import { formatAmount } from '@/lib/units/money'
import { PaymentsNav } from '../nav'
import { StateBadge } from '../state-badge'
import { noteWords } from '../words'
import { About, History, Parts, type Payment, Refunds } from './parts'
import { RefundForm } from './refund-form'
import { SettleForm } from './settle-form'

export const metadata: Metadata = { title: 'Платёж' }

const done = {
  refunded: { tone: 'good', title: 'Деньги возвращены жильцу.' },
  refunding: {
    tone: 'warn',
    title: 'Возврат начат, но ещё не подтверждён. Кабинет спросит о нём сам: повторять не нужно.',
  },
  declined: { tone: 'bad', title: 'Платёжная система отказала в возврате. Деньги не возвращены.' },
  settled: { tone: 'good', title: 'Решение принято. Запись есть в журнале.' },
} as const

const asked = z.object({
  done: z.enum(['refunded', 'refunding', 'declined', 'settled']).optional().catch(undefined),
  refund: z.coerce.number().int().positive().optional().catch(undefined),
})

export default async function PaymentDesk({ params, searchParams }: PageProps<'/admin/payments/[id]'>) {
  const staff = await requireStaff('payments.see')
  const payment = await paymentForStaff(staff, (await params).id)
  if (!payment) notFound()
  const { done: code, refund } = asked.parse(await searchParams)
  const outcome = code && done[code]
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{`Платёж № ${payment.number}`}</h1>
        <StateBadge state={payment.state} />
      </div>
      <PaymentsNav />
      {outcome ? <Notice tone={outcome.tone} role="status" title={outcome.title} /> : null}
      <About payment={payment} />
      <Quarantine payment={payment} />
      <Parts payment={payment} />
      <May permission="payments.refund">{refund ? <Refund payment={payment} position={refund} /> : null}</May>
      <Refunds payment={payment} />
      <History payment={payment} />
    </div>
  )
}

/** Why a payment waits for a decision, and the decision. */
function Quarantine({ payment }: { payment: Payment }) {
  if (payment.state !== 'quarantined') return null
  return (
    <Card className="grid gap-3">
      <h2>Разбор</h2>
      <Notice tone="bad" title={`Отложен: ${noteWords(payment.quarantineReason ?? '')}`}>
        <p>
          На счёт ничего не зачислено. Перед решением кабинет ещё раз спросит платёжную систему, есть ли там
          деньги и сколько.
        </p>
      </Notice>
      <May permission="payments.settle">
        <SettleForm paymentId={payment.id} />
      </May>
    </Card>
  )
}

/** «Вернуть деньги» of the part chosen. */
function Refund({ payment, position }: { payment: Payment; position: number }) {
  const part = payment.parts.find((one) => one.position === position)
  if (!part || part.refundable <= 0n) return null
  return (
    <Card className="grid gap-3">
      <h2>{`Возврат по счёту ${part.accountNumber}`}</h2>
      <RefundForm
        paymentId={payment.id}
        position={position}
        formKey={randomUUID()}
        most={formatAmount(part.refundable)}
      />
    </Card>
  )
}
