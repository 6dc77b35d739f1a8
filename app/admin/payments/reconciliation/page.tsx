import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import type { Difference } from '@/lib/payments/compare'
import { reconciliations } from '@/lib/payments/staff'
import { requireStaff } from '@/lib/session/require'
import { addDays, formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { formatAmount, formatMoney, kopecks } from '@/lib/units/money'
import { PaymentsNav } from '../nav'
import { providerTitles, stateNames } from '../words'
import { ReconcileForm } from './reconcile-form'

export const metadata: Metadata = { title: 'Сверка платежей' }

type Run = Awaited<ReturnType<typeof reconciliations>>[number]

const kinds: Readonly<Record<Difference['kind'], string>> = {
  'theirs-only': 'у нас такого платежа нет',
  'ours-only': 'у платёжной системы такого платежа нет',
  amount: 'сумма разная',
  state: 'состояние разное',
  refunds: 'возвращено не поровну',
  quarantined: 'платёж в разборе',
}

export default async function ReconciliationPage({
  searchParams,
}: PageProps<'/admin/payments/reconciliation'>) {
  const staff = await requireStaff('payments.see')
  const runs = await reconciliations(staff)
  return (
    <div className="grid gap-5">
      <h1>Сверка платежей</h1>
      <PaymentsNav />
      {(await searchParams).done === 'asked' ? (
        <Notice tone="good" role="status" title="Сверка начата">
          <p>
            Итог появится в таблице в течение минуты:{' '}
            <Link href="/admin/payments/reconciliation" prefetch={false} className="inline-block py-2">
              обновить страницу
            </Link>
          </p>
        </Notice>
      ) : null}
      <p className="max-w-3xl text-soft">
        Каждый день в 5:00 список платёжной системы за четыре прошедших дня сравнивается с нашими записями.
        Пропущенное кабинет узнаёт и зачисляет сам; всё, что осталось разным, стоит здесь. Так и должно быть:
        различий ноль.
      </p>
      <May permission="payments.settle">
        <ReconcileForm />
      </May>
      <Runs runs={runs} />
      {runs.map((run) => (run.differences.length > 0 ? <Differences key={run.id} run={run} /> : null))}
    </div>
  )
}

function Runs({ runs }: { runs: Run[] }) {
  if (runs.length === 0) return <Notice>Сверок ещё не было.</Notice>
  return (
    <WideTable
      label="Сверки"
      heads={['Прошла', 'За дни', 'С кем', 'У них, ₽', 'У нас, ₽', 'Узнали платежей', 'Различий']}
      figuresFrom={3}
    >
      {runs.map((run) => (
        <tr key={run.id}>
          <td className="whitespace-nowrap">{formatInstant(run.ranAt)}</td>
          <td className="whitespace-nowrap">{daysOf(run)}</td>
          <td className="whitespace-nowrap">{providerTitles[run.provider]}</td>
          <td className="text-right whitespace-nowrap tabular-nums">{formatAmount(run.theirs)}</td>
          <td className="text-right whitespace-nowrap tabular-nums">{formatAmount(run.ours)}</td>
          <td className="text-right">{run.learned}</td>
          <td className="text-right">
            {run.differences.length > 0 ? (
              <a href={`#run-${run.id}`} className="inline-block py-2">
                <Badge tone="bad">{run.differences.length}</Badge>
              </a>
            ) : (
              <Badge tone="good">0</Badge>
            )}
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

function daysOf({ since, until }: Run): string {
  const last = addDays(moscowDay(until), -1)
  return `${formatDay(moscowDay(since), { year: false })} — ${formatDay(last, { year: false })}`
}

function Differences({ run }: { run: Run }) {
  const title = `Различия: сверка ${formatInstant(run.ranAt)}`
  return (
    <div id={`run-${run.id}`} className="grid gap-2">
      <h2>{title}</h2>
      <WideTable
        label={title}
        heads={['Платёж', 'Номер у платёжной системы', 'Что не так', 'У нас', 'У них']}
        figuresFrom={3}
      >
        {[...run.differences.entries()].map(([place, one]) => (
          <tr key={place}>
            <td>
              {one.number === null ? (
                '—'
              ) : (
                <Link
                  href={`/admin/payments?q=${one.number}`}
                  prefetch={false}
                  className="inline-block py-2"
                >{`№ ${one.number}`}</Link>
              )}
            </td>
            <td>{one.providerPaymentId ?? '—'}</td>
            <td>{kinds[one.kind]}</td>
            <td className="text-right whitespace-nowrap">{side(one.ours)}</td>
            <td className="text-right whitespace-nowrap">{side(one.theirs)}</td>
          </tr>
        ))}
      </WideTable>
    </div>
  )
}

const states: Readonly<Record<string, string>> = stateNames

/** One side of a difference: kopecks or a state. */
function side(value: string | null): string {
  if (value === null) return '—'
  return /^-?\d+$/.test(value) ? formatMoney(kopecks(BigInt(value))) : (states[value] ?? value)
}
