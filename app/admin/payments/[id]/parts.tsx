import Link from 'next/link'
import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import type { paymentForStaff } from '@/lib/payments/queries'
import { formatInstant } from '@/lib/units/day'
import { formatAmount, formatMoney } from '@/lib/units/money'
import { formatPeriod, parsePeriod } from '@/lib/units/period'
import { StateBadge } from '../state-badge'
import { methodNames, noteWords, providerTitles, refundStateNames, sourceNames } from '../words'

/** A payment before staff. */
export type Payment = NonNullable<Awaited<ReturnType<typeof paymentForStaff>>>

/** Who paid how much and how, and what the provider calls it. */
export function About({ payment }: { payment: Payment }) {
  const { payer, payerId, email, succeededAt, canceledAt, cancelReason, nextAskAt, attempts } = payment
  return (
    <Card>
      <dl className="grid gap-x-8 gap-y-1 wide:grid-cols-[auto_1fr]">
        <Fact name="Сумма">{`${formatMoney(payment.amount)}, ${methodNames[payment.method]}`}</Fact>
        <Fact name="Кто платил">
          {payerId ? (
            <May permission="people.see" otherwise={payer}>
              <Link href={`/admin/people/${payerId}`} prefetch={false} className="inline-block py-1">
                {payer}
              </Link>
            </May>
          ) : (
            'без входа в кабинет'
          )}
        </Fact>
        <Fact name="Чек на почту">{email ?? 'не просили'}</Fact>
        <Fact name="Начат">{formatInstant(payment.createdAt)}</Fact>
        {succeededAt ? <Fact name="Оплачен">{formatInstant(succeededAt)}</Fact> : null}
        {canceledAt ? (
          <Fact name="Отменён">{`${formatInstant(canceledAt)}: ${noteWords(cancelReason ?? '')}`}</Fact>
        ) : null}
        <Fact name="Платёжная система">{providerTitles[payment.provider]}</Fact>
        <Fact name="Номер у неё">
          <span className="break-all">{payment.providerPaymentId ?? 'пока неизвестен'}</span>
        </Fact>
        {nextAskAt ? (
          <Fact name="Исход неизвестен">
            {`спрашивали: ${attempts}, спросим снова ${formatInstant(nextAskAt)}`}
          </Fact>
        ) : null}
      </dl>
      <May permission="audit.see">
        <p className="mt-3">
          <Link
            href={`/admin/audit?subject=${payment.number}`}
            prefetch={false}
            className="inline-block py-2"
          >
            Записи в журнале
          </Link>
        </p>
      </May>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** What went to which account, with «Вернуть». */
export function Parts({ payment }: { payment: Payment }) {
  return (
    <div className="grid gap-2">
      <h2>На какие счета</h2>
      <WideTable
        label="На какие счета"
        heads={['Лицевой счёт', 'Адрес', 'За месяц', 'Документ', 'Сумма, ₽', 'Можно вернуть, ₽', 'Возврат']}
        figuresFrom={4}
      >
        {payment.parts.map((part) => (
          <tr key={part.position}>
            <td>
              <Link
                href={`/admin/accounts/${encodeURIComponent(part.accountNumber)}`}
                prefetch={false}
                className="inline-block py-2"
              >
                {part.accountNumber}
              </Link>
            </td>
            <td>{part.address}</td>
            <td>{monthWords(part.period)}</td>
            <td>{part.document}</td>
            <td className="text-right whitespace-nowrap tabular-nums">{formatAmount(part.amount)}</td>
            <td className="text-right whitespace-nowrap tabular-nums">{formatAmount(part.refundable)}</td>
            <td className="text-right">
              {part.refundable > 0n ? (
                <May permission="payments.refund" otherwise="—">
                  <Link
                    href={`/admin/payments/${payment.id}?refund=${part.position}`}
                    prefetch={false}
                    aria-label={`Вернуть деньги по счёту ${part.accountNumber}`}
                    className="inline-block py-2"
                  >
                    Вернуть
                  </Link>
                </May>
              ) : (
                '—'
              )}
            </td>
          </tr>
        ))}
      </WideTable>
    </div>
  )
}

function monthWords(period: string | null): string {
  const month = period ? parsePeriod(period) : undefined
  return month ? formatPeriod(month) : 'сначала ранний долг'
}

/** Money given back, or asked to be. */
export function Refunds({ payment }: { payment: Payment }) {
  if (payment.refunds.length === 0) return null
  const accountAt = new Map(payment.parts.map((part) => [part.position, part.accountNumber]))
  return (
    <div className="grid gap-2">
      <h2>Возвраты</h2>
      <WideTable
        label="Возвраты"
        heads={['Возврат', 'Начат', 'Лицевой счёт', 'Почему', 'Состояние', 'Сумма, ₽']}
        figuresFrom={5}
      >
        {payment.refunds.map((refund) => (
          <tr key={refund.id}>
            <td>{`№ ${refund.number}`}</td>
            <td className="whitespace-nowrap">{formatInstant(refund.createdAt)}</td>
            <td>
              {refund.position === null ? 'на счёт не зачислялось' : (accountAt.get(refund.position) ?? '—')}
            </td>
            <td>{refund.reason}</td>
            <td>
              {refundStateNames[refund.state] ?? refund.state}
              {refund.cancelReason ? `: ${noteWords(refund.cancelReason)}` : ''}
              {refund.nextAskAt ? `, спросим снова ${formatInstant(refund.nextAskAt)}` : ''}
            </td>
            <td className="text-right whitespace-nowrap tabular-nums">{formatAmount(refund.amount)}</td>
          </tr>
        ))}
      </WideTable>
    </div>
  )
}

/** What happened to a payment, in order. */
export function History({ payment }: { payment: Payment }) {
  return (
    <div className="grid gap-2">
      <h2>История</h2>
      <WideTable label="История" heads={['Когда', 'Состояние', 'Откуда известно', 'Что произошло']}>
        {payment.events.map((event) => (
          <tr key={event.id}>
            <td className="whitespace-nowrap">{formatInstant(event.at)}</td>
            <td>
              <StateBadge state={event.state} />
            </td>
            <td>{sourceNames[event.source]}</td>
            <td>{noteWords(event.note) || '—'}</td>
          </tr>
        ))}
      </WideTable>
    </div>
  )
}
