import { Notice } from '@/app/_ui/box'
import { type Leak, smallestStep } from '@/lib/readings/night'
import type { PastNight } from '@/lib/readings/night-checks'
import { leakWords } from '@/lib/readings/night-words'
import type { Dial } from '@/lib/readings/rules'
import type { MeterKind } from '@/lib/readings/words'
import { formatInstant } from '@/lib/units/day'
import { formatDial, formatQuantity } from '@/lib/units/quantity'
import { litresWords, perMonthWords } from '../night-figures'

const tones: Record<Leak, 'good' | 'warn' | 'bad'> = {
  none: 'good',
  drip: 'warn',
  cistern: 'warn',
  strong: 'bad',
}

/** What a night told: litres an hour, what it may be, what it makes a month, and whom to call. */
export function NightOutcome({
  night: { evening, morning, result },
  meter,
  phones,
}: {
  night: PastNight
  meter: Dial & { kind: MeterKind }
  phones: readonly { text: string; tel: string }[]
}) {
  const { title, advice } = leakWords(result.leak, meter.kind)
  const dial = ({ value }: { value: PastNight['evening']['value'] }) =>
    formatDial(value, meter.digitsBefore, meter.digitsAfter)
  return (
    <Notice tone={tones[result.leak]} role="status" title={`${title}: ${litresWords(result)}`}>
      <p className="mt-1">
        {advice}
        {result.leak === 'strong'
          ? phones.map((phone) => (
              <a key={phone.tel} href={`tel:${phone.tel}`} className="ml-3 inline-flex min-h-11 items-center">
                {phone.text}
              </a>
            ))
          : null}
      </p>
      {result.leak === 'none' ? (
        <p>{`Меньше ${formatQuantity(smallestStep(meter))} л за ночь этот счётчик не показывает.`}</p>
      ) : (
        <p>{`За месяц так уходит ${perMonthWords(result)} воды.`}</p>
      )}
      <p className="mt-1 text-[0.94em]">
        {`Вечером, ${formatInstant(evening.at)}: ${dial(evening)}`}
        <br />
        {`Утром, ${formatInstant(morning.at)}: ${dial(morning)}`}
      </p>
    </Notice>
  )
}
