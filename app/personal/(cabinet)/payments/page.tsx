import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { currentProvider } from '@/lib/payments/providers'
import { paymentsOf, paymentYears } from '@/lib/payments/queries'
import { isOpen, type PaymentState } from '@/lib/payments/rules'
import { paymentFilterSchema } from '@/lib/payments/schema'
import { stateWords } from '@/lib/payments/words'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay, moscowDay, partsOfDay } from '@/lib/units/day'
import { formatMoney } from '@/lib/units/money'
import { plural } from '@/lib/units/text'
import { FilterForm } from './filter-form'

export const metadata: Metadata = { title: 'Платежи' }

const yearOfAddress = z.coerce.number().int().min(2000).max(2100).optional().catch(undefined)

export default async function PaymentsPage({ searchParams }: PageProps<'/personal/payments'>) {
  const subscriber = await requireSubscriber()
  const asked = await searchParams
  const [years, provider] = await Promise.all([paymentYears(subscriber), currentProvider()])
  const thisYear = partsOfDay(moscowDay(new Date())).year
  const year = yearOfAddress.parse(asked.year) ?? years[0] ?? thisYear
  const { state, before } = paymentFilterSchema.parse(asked)
  const dates = { from: `${year}-01-01`, to: `${year}-12-31` }
  const found = await paymentsOf(subscriber, paymentFilterSchema.parse({ state, before, ...dates }))
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1>Платежи</h1>
        {provider ? (
          <ButtonLink href="/personal/payments/new" look={years.length > 0 ? 'second' : 'main'}>
            Оплатить
          </ButtonLink>
        ) : null}
      </div>
      {years.length === 0 ? (
        <Notice tone="plain" title="Платежей через кабинет пока нет">
          <p>
            Здесь будет то, что вы заплатили в кабинете. Оплата в банке и на почте видна в разделе{' '}
            <Link href="/personal/ledger" prefetch={false}>
              «Лицевой счёт»
            </Link>
            .
          </p>
        </Notice>
      ) : (
        <>
          <FilterForm years={[...new Set([year, ...years])]} year={year} state={state} />
          <p className="text-soft">
            {`За ${year} год: ${plural(found.count, ['платёж', 'платежа', 'платежей'])}, оплачено ${formatMoney(found.paid)}`}
          </p>
          {found.rows.length > 0 ? (
            <List rows={found.rows} />
          ) : (
            <Notice tone="plain" title="Таких платежей нет" />
          )}
          {found.next ? <More year={year} state={state} before={found.next} /> : null}
        </>
      )}
    </div>
  )
}

function List({ rows }: { rows: Awaited<ReturnType<typeof paymentsOf>>['rows'] }) {
  return (
    <Card className="py-1">
      <ul className="divide-y divide-line">
        {rows.map(({ id, number, amount, state, createdAt, parts }) => (
          <li key={id} className="grid gap-x-4 gap-y-1 py-3">
            <div className="flex flex-wrap items-center justify-between gap-x-4">
              <Link
                href={`/personal/payments/${id}`}
                prefetch={false}
                className="inline-flex min-h-11 items-center"
              >
                {`Платёж № ${number}, ${formatDay(moscowDay(createdAt))}`}
              </Link>
              <span className="ml-auto font-semibold whitespace-nowrap tabular-nums">
                {formatMoney(amount)}
              </span>
            </div>
            <div className="flex flex-wrap items-center justify-between gap-x-4 text-[0.94em] text-soft">
              <span>{parts.map((part) => `счёт ${part.accountNumber}`).join(', ')}</span>
              <Badge tone={toneOf(state)}>{stateWords(state)}</Badge>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function toneOf(state: PaymentState) {
  if (isOpen(state)) return 'water'
  if (state === 'quarantined') return 'warn'
  return state === 'succeeded' ? 'good' : 'plain'
}

function More({ year, state, before }: { year: number; state: string | undefined; before: number }) {
  const query = new URLSearchParams({
    year: String(year),
    ...(state ? { state } : {}),
    before: String(before),
  })
  return (
    <p>
      <Link
        href={`/personal/payments?${query}`}
        prefetch={false}
        className="inline-flex min-h-11 items-center"
      >
        Более ранние
      </Link>
    </p>
  )
}
