import { Badge, Card } from '@/app/_ui/box'
import type { MeterState } from '@/lib/readings/queries'
import { formatPeriod } from '@/lib/units/period'
import { CorrectionLine } from './correction-line'
import { MeterLink } from './meter-link'
import { valuesOf } from './notices'

/** A meter whose values billing has taken already: what they are, and how to have them corrected; a helper cannot. */
export function TakenMeter({ meter, helping = false }: { meter: MeterState; helping?: boolean }) {
  return (
    <Card className="grid gap-2">
      <div className="flex items-start justify-between gap-3">
        <h2>{meter.title}</h2>
        <Badge tone="good">передано</Badge>
      </div>
      <p className="text-[0.94em] text-soft">{`№ ${meter.serial}`}</p>
      <p>
        {meter.taken ? `За ${formatPeriod(meter.taken)}: ` : ''}
        <span className="font-medium tabular-nums">{valuesOf(meter)}</span>
      </p>
      {helping ? (
        <p>Биллинг уже забрал эти показания. Исправить их может тот, кто вас пригласил.</p>
      ) : (
        <p>Биллинг уже забрал эти показания: исправит их сотрудник, по вашему запросу.</p>
      )}
      {helping ? null : <MeterLink meter={meter} />}
      {meter.taken && !helping ? <CorrectionLine meterId={meter.id} period={meter.taken} /> : null}
    </Card>
  )
}
