import { Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import type { ExportsPage } from '@/lib/exchange/export-queries'
import { formatInstant } from '@/lib/units/day'
import { formatMoney } from '@/lib/units/money'
import { formatPeriod } from '@/lib/units/period'
import { plural } from '@/lib/units/text'
import { HandPaymentsForm, HandReadingsForm, ReopenForm } from './hand-forms'
import { FileLink } from './history'

/** Where the month's readings stand, and what can be done about it. */
export function ReadingsHandOver({ page: { period, handed, begun, charged } }: { page: ExportsPage }) {
  const month = formatPeriod(period)
  if (handed)
    return (
      <>
        <Notice tone="good" title="Переданы в биллинг, исправления закрыты">
          <p>
            {formatInstant(handed.at)}, {handed.by}. Счётчиков: {handed.rows}. <FileLink of={handed} />
          </p>
        </Notice>
        {charged ? (
          <p className="text-soft">Начисления за {month} уже загружены: открыть период снова нельзя.</p>
        ) : (
          <May permission="exchange.hand">
            <ReopenForm period={period} month={month} />
          </May>
        )}
      </>
    )
  if (!begun) return <p className="text-soft">Приём показаний за {month} ещё не начался.</p>
  return (
    <May permission="exchange.hand">
      <HandReadingsForm period={period} month={month} />
    </May>
  )
}

/** Which payments billing has not had yet. */
export function PaymentsHandOver({ page: { waiting } }: { page: ExportsPage }) {
  if (waiting.count === 0) return <p className="text-soft">Новых платежей нет: все уже переданы.</p>
  return (
    <>
      <p>
        Ещё не переданы: {plural(waiting.count, ['платёж', 'платежа', 'платежей'])} на{' '}
        {formatMoney(waiting.sum)}
      </p>
      <May permission="exchange.hand">
        <HandPaymentsForm />
      </May>
    </>
  )
}
