import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import type { MeterState } from '@/lib/readings/queries'
import type { WindowState } from '@/lib/readings/window'
import { formatDay } from '@/lib/units/day'
import { formatPeriod, type Period } from '@/lib/units/period'
import { formatDial } from '@/lib/units/quantity'
import { TakeFocus } from './take-focus'

/**
 * Until when readings are taken; when they are not, since when, what becomes of a value sent now, and whom to ask for a
 * correction of what billing has `taken`.
 */
export function WindowNotice({
  window: { open, period, opensOn, closesOn, missed },
  taken,
}: {
  window: WindowState
  taken: Period | undefined
}) {
  const last = formatDay(closesOn, { year: false })
  if (open) return <p>{`За ${formatPeriod(period)}. Принимаем до ${last} включительно.`}</p>
  return (
    <Notice
      tone="plain"
      title={
        taken
          ? `Биллинг уже забрал показания за ${formatPeriod(taken)}`
          : missed
            ? `Приём за ${formatPeriod(missed.period)} закончился ${formatDay(missed.closedOn, { year: false })}`
            : undefined
      }
    >
      {taken ? (
        <p>
          {'Чтобы исправить их, '}
          <Link href="/personal/enquiries/new" prefetch={false} className="inline-block py-1">
            напишите нам
          </Link>
          {'.'}
        </p>
      ) : null}
      <p>
        {`Следующий приём с ${formatDay(opensOn, { year: false })} по ${last}. Показания, переданные сейчас, не пропадут: запишем их за ${formatPeriod(period)}.`}
      </p>
    </Notice>
  )
}

/** What was accepted, for which month, and until when it can be corrected. Nothing when nothing is there. */
export function Accepted({
  meters,
  window,
  answer,
}: {
  meters: readonly MeterState[]
  window: WindowState
  /** Differs from one answer to the next: a correction comes back to the same address. */
  answer: number
}) {
  const accepted = meters.filter((meter) => meter.registers.some((register) => register.sent))
  if (accepted.length === 0) return null
  return (
    <TakeFocus answer={answer}>
      <Notice tone="good" role="status" title={`Показания за ${formatPeriod(window.period)} приняты`}>
        <ul className="mt-1">
          {accepted.map((meter) => (
            <li key={meter.id}>
              {`${meter.title}: `}
              <span className="font-medium tabular-nums">{valuesOf(meter)}</span>
            </li>
          ))}
        </ul>
        <p className="mt-1">{`Исправить можно до ${formatDay(window.closesOn, { year: false })} включительно.`}</p>
      </Notice>
    </TakeFocus>
  )
}

/** «00321,600»; with several counters «день 012655, ночь 006170». */
export function valuesOf({ registers, digitsBefore, digitsAfter }: MeterState): string {
  return registers
    .flatMap(({ name, sent }) => {
      if (!sent) return []
      const value = formatDial(sent.value, digitsBefore, digitsAfter)
      return [name ? `${name.toLowerCase()} ${value}` : value]
    })
    .join(', ')
}
