import { Badge, Card } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { isMissing, type MeterState, type ReadingsState } from '@/lib/readings/queries'
import type { WindowState } from '@/lib/readings/window'
import { formatDay } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { plural } from '@/lib/units/text'

const SOON = 5

/** Which meters have told theirs, until when the others are waited for, and the way to send them. */
export function ReadingsCard({
  readings: { window, meters },
  link,
}: {
  readings: ReadingsState
  link: string
}) {
  const missing = meters.filter(isMissing).length
  if (meters.length === 0)
    return (
      <Card className="grid gap-2">
        <h2>Показания</h2>
        <p className="text-soft">На этом счёте нет счётчиков, передавать ничего не нужно.</p>
      </Card>
    )
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2>Показания</h2>
        {missing > 0 ? <WindowBadge window={window} /> : <Badge tone="good">всё передано</Badge>}
      </div>
      <p className="text-[0.94em] text-soft">{windowWords(window)}</p>
      <ul className="mt-2">
        {meters.map((meter) => (
          <li key={meter.id} className="flex items-center justify-between gap-4 border-t border-line py-3">
            <span>{meter.title}</span>
            <MeterBadge meter={meter} />
          </li>
        ))}
      </ul>
      <ButtonLink href={link} look="second" className="mt-1 w-full">
        {missing > 0 ? 'Передать показания' : 'Посмотреть или исправить'}
      </ButtonLink>
    </Card>
  )
}

function WindowBadge({ window: { open, daysLeft, opensOn } }: { window: WindowState }) {
  if (!open) return <Badge>{`откроется ${formatDay(opensOn, { year: false })}`}</Badge>
  return (
    <Badge tone={daysLeft < SOON ? 'warn' : 'plain'}>
      {daysLeft === 0 ? 'последний день' : `ещё ${plural(daysLeft, ['день', 'дня', 'дней'])}`}
    </Badge>
  )
}

function windowWords({ open, period, opensOn, closesOn }: WindowState): string {
  const last = formatDay(closesOn, { year: false })
  return open
    ? `За ${formatPeriod(period)}, принимаем до ${last} включительно`
    : `За ${formatPeriod(period)}: с ${formatDay(opensOn, { year: false })} по ${last}`
}

/** What became of a meter's readings this period. */
export function MeterBadge({ meter }: { meter: MeterState }) {
  if (meter.standing === 'expired') return <Badge tone="warn">поверка истекла</Badge>
  if (meter.standing === 'automatic') return <span className="text-soft">передаёт сам</span>
  return isMissing(meter) ? <span className="text-soft">ждём</span> : <Badge tone="good">передано</Badge>
}
