import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import type { MeterState } from '@/lib/readings/queries'
import type { WindowState } from '@/lib/readings/window'
import { formatDay } from '@/lib/units/day'
import { formatPeriod, type Period } from '@/lib/units/period'
import { formatDial } from '@/lib/units/quantity'

/**
 * Until when readings are taken; when they are not, since when, what becomes of a value sent now, and how to have
 * corrected what billing has `taken`.
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
          {'Ошиблись? '}
          <Link href="/personal/readings/corrections" prefetch={false} className="inline-block py-1">
            Попросите исправить
          </Link>
        </p>
      ) : null}
      <p>
        {`Следующий приём с ${formatDay(opensOn, { year: false })} по ${last}. Показания, переданные сейчас, не пропадут: запишем их за ${formatPeriod(period)}.`}
      </p>
    </Notice>
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
