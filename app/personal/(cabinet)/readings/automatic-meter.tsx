import { Badge, Card } from '@/app/_ui/box'
import type { MeterState } from '@/lib/readings/queries'
import { formatDay } from '@/lib/units/day'
import { formatDial } from '@/lib/units/quantity'
import { MeterLink } from './meter-link'

/** A meter that sends its readings by itself: nothing is asked of the person. */
export function AutomaticMeter({ meter, linked = false }: { meter: MeterState; linked?: boolean }) {
  const [last] = meter.registers.flatMap(({ sent, previous }) => sent ?? previous ?? [])
  return (
    <Card className="grid gap-2">
      <div className="flex items-start justify-between gap-3">
        <h2>{meter.title}</h2>
        <Badge>автоматический</Badge>
      </div>
      <p className="text-[0.94em] text-soft">{`№ ${meter.serial}`}</p>
      <p>
        Передаёт показания сам, вводить их не нужно.
        {last
          ? ` Последнее: ${formatDial(last.value, meter.digitsBefore, meter.digitsAfter)} от ${formatDay(last.takenOn)}.`
          : ''}
      </p>
      {linked ? <MeterLink meter={meter} /> : null}
    </Card>
  )
}
