import type { Metadata } from 'next'
import Link from 'next/link'
import { Button, ButtonLink } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { WideTable } from '@/app/_ui/wide-table'
import { type PaymentPart, paymentsForStaff } from '@/lib/payments/queries'
import { type PaymentFilter, paymentFilterSchema } from '@/lib/payments/schema'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { formatAmount, formatMoney, sumKopecks } from '@/lib/units/money'
import { PaymentsNav } from './nav'
import { StateBadge } from './state-badge'
import { methodNames, stateNames } from './words'

export const metadata: Metadata = { title: 'Платежи' }

type Row = Awaited<ReturnType<typeof paymentsForStaff>>['rows'][number]

export default async function PaymentsPage({ searchParams }: PageProps<'/admin/payments'>) {
  const staff = await requireStaff('payments.see')
  const filter = paymentFilterSchema.parse(await searchParams)
  const { rows, next, count, paid } = await paymentsForStaff(staff, filter)
  return (
    <div className="grid gap-5">
      <h1>Платежи</h1>
      <PaymentsNav />
      <Filters key={query(filter)} filter={filter} />
      {rows.length === 0 ? (
        <p className="text-soft">Таких платежей нет. Измените условия или уберите лишние.</p>
      ) : (
        <>
          <p>{`Найдено: ${count}. Зачислено на ${formatMoney(paid)}`}</p>
          <PaymentsTable rows={rows} />
        </>
      )}
      {next ? (
        <p>
          <ButtonLink href={`/admin/payments?${query({ ...filter, before: next })}`} look="second">
            Раньше
          </ButtonLink>
        </p>
      ) : null}
    </div>
  )
}

function Filters({ filter }: { filter: PaymentFilter }) {
  return (
    <form
      action="/admin/payments"
      className="grid items-end gap-3 wide:grid-cols-[2fr_1fr_1fr_auto_auto_auto]"
    >
      <TextField
        name="q"
        label="Номер платежа или лицевой счёт"
        defaultValue={filter.q}
        maxLength={40}
        autoComplete="off"
      />
      <SelectField name="state" label="Состояние" defaultValue={filter.state ?? ''}>
        <option value="">Любое</option>
        {Object.entries(stateNames).map(([state, name]) => (
          <option key={state} value={state}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField name="method" label="Как платили" defaultValue={filter.method ?? ''}>
        <option value="">Все способы</option>
        {Object.entries(methodNames).map(([method, name]) => (
          <option key={method} value={method}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField name="from" label="С" type="date" defaultValue={filter.from} />
      <TextField name="to" label="По" type="date" defaultValue={filter.to} />
      <Button look="second">Показать</Button>
    </form>
  )
}

function PaymentsTable({ rows }: { rows: Row[] }) {
  return (
    <WideTable
      label="Платежи"
      heads={['Платёж', 'Начат', 'Лицевой счёт', 'Как', 'Кто', 'Состояние', 'Сумма, ₽', 'Возвращено, ₽']}
      figuresFrom={6}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <Link href={`/admin/payments/${row.id}`} prefetch={false} className="inline-block py-2">
              {`№ ${row.number}`}
            </Link>
          </td>
          <td className="whitespace-nowrap">{formatInstant(row.createdAt)}</td>
          <td>{row.parts.map((part) => part.accountNumber).join(', ')}</td>
          <td className="whitespace-nowrap">{methodNames[row.method]}</td>
          <td>{row.payer ?? 'без входа'}</td>
          <td>
            <StateBadge state={row.state} />
          </td>
          <td className="text-right whitespace-nowrap tabular-nums">{formatAmount(row.amount)}</td>
          <td className="text-right whitespace-nowrap tabular-nums">{returned(row.parts)}</td>
        </tr>
      ))}
    </WideTable>
  )
}

function returned(parts: readonly PaymentPart[]): string {
  const done = parts.flatMap((part) => part.refunds).filter((refund) => refund.state === 'succeeded')
  return done.length > 0 ? formatAmount(sumKopecks(done.map((refund) => refund.amount))) : '—'
}

function query(filter: PaymentFilter): string {
  return new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  ).toString()
}
