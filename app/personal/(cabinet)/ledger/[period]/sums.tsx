import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import type { Balance, Statement } from '@/lib/ledger/queries'
import { stateOf } from '@/lib/ledger/rules'
import { formatDay } from '@/lib/units/day'
import { formatAmount, formatMoney, type Kopecks } from '@/lib/units/money'

/** From the opening to the closing balance; `due` when this is the bill to be paid now. */
export function Arithmetic({ bill: { total }, due }: { bill: Statement; due: Balance | undefined }) {
  const [opening, closing] = [stateOf(total.opening), stateOf(total.closing)]
  const by = due && closing.kind === 'owed' ? ` до ${formatDay(due.dueOn, { year: false })}` : ''
  return (
    <Card>
      <h2>Как получилась сумма</h2>
      <dl className="mt-2 tabular-nums">
        <Line
          name={opening.kind === 'overpaid' ? 'Переплата на начало месяца' : 'Долг на начало месяца'}
          amount={opening.amount}
        />
        <Line name="Начислено" amount={total.charged} />
        {total.recalculated !== 0n ? <Line name="Перерасчёт" amount={total.recalculated} /> : null}
        {total.penalty !== 0n ? <Line name="Пени" amount={total.penalty} /> : null}
        {total.benefit !== 0n ? <Line name="Льгота, вычитается" amount={total.benefit} /> : null}
        <Line name="Оплачено, вычитается" amount={total.paid} />
        <div className="flex flex-wrap justify-between gap-x-4 border-t-2 border-ink pt-3 font-semibold">
          <dt>{`${closing.words}${by}`}</dt>
          <dd className="ml-auto whitespace-nowrap">{formatMoney(closing.amount)}</dd>
        </div>
      </dl>
    </Card>
  )
}

function Line({ name, amount }: { name: ReactNode; amount: Kopecks }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 py-1.5">
      <dt className="text-soft">{name}</dt>
      <dd className="ml-auto whitespace-nowrap">{formatAmount(amount)}</dd>
    </div>
  )
}

const MOST = 5

/** What differs from the month before, the largest first. */
export function WhatChanged({ bill }: { bill: Statement }) {
  const changes = [...bill.rows, ...bill.gone]
    .flatMap(({ service, difference }) => (difference ? [{ service, difference }] : []))
    .sort((a, b) => (size(a.difference) < size(b.difference) ? 1 : -1))
  if (bill.difference === undefined) return null
  return (
    <Card>
      <h2>Что изменилось за месяц</h2>
      {changes.length === 0 ? (
        <p className="mt-2">Ничего: все услуги стоили столько же.</p>
      ) : (
        <ul className="mt-2">
          {changes.slice(0, MOST).map(({ service, difference }) => (
            <li key={service} className="flex justify-between gap-4 py-1.5">
              {service}
              <Difference amount={difference} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** `+298,12` in amber, `−3,56` in green. */
export function Difference({ amount }: { amount: Kopecks | undefined }) {
  if (amount === undefined) return null
  const tone = amount > 0n ? 'text-warn' : amount < 0n ? 'text-good' : 'text-soft'
  return (
    <span className={`whitespace-nowrap tabular-nums ${tone}`}>
      {`${amount > 0n ? '+' : ''}${formatAmount(amount)}`}
    </span>
  )
}

function size(amount: Kopecks): bigint {
  return amount < 0n ? -amount : amount
}
