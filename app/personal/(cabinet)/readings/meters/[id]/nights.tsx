import { Card } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import type { MeterHistory } from '@/lib/readings/history'
import type { nightsOf, PastNight } from '@/lib/readings/night-checks'
import { leakWords } from '@/lib/readings/night-words'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { litresWords, perMonthWords } from './night-figures'

/** The way to the night check of a water meter, and what earlier nights told. */
export function Nights({
  meter,
  nights: { evening, past },
}: {
  meter: MeterHistory['meter']
  nights: Awaited<ReturnType<typeof nightsOf>>
}) {
  if (meter.removedOn !== null && past.length === 0) return null
  return (
    <Card className="grid gap-3">
      <h2>Ночная проверка: нет ли течи</h2>
      {evening ? (
        <p>{`Вечернее записано ${formatInstant(evening.at)}. Утром, до первого крана, запишите второе.`}</p>
      ) : (
        <p>Вечером и утром запишите, что на счётчике. Если ночью он не стоял, вода куда-то уходит.</p>
      )}
      {meter.removedOn === null ? (
        <ButtonLink
          href={`/personal/readings/meters/${meter.id}/night`}
          look="second"
          className="wide:justify-self-start"
        >
          {evening ? 'Записать утреннее' : 'Проверить ночью'}
        </ButtonLink>
      ) : null}
      {past.length > 0 ? (
        <>
          <h3>Прежние проверки</h3>
          <ul>
            {past.map((night) => (
              <Night key={night.id} night={night} kind={meter.kind} />
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  )
}

function Night({
  night: { evening, morning, result },
  kind,
}: {
  night: PastNight
  kind: MeterHistory['meter']['kind']
}) {
  const [from, to] = [moscowDay(evening.at), moscowDay(morning.at)]
  return (
    <li className="border-t border-line py-2">
      <span className="font-medium">{`${from === to ? '' : `${formatDay(from, { year: false })} – `}${formatDay(to)}: ${litresWords(result)}`}</span>
      <span className="block text-soft">
        {result.leak === 'none'
          ? leakWords('none', kind).title
          : `${leakWords(result.leak, kind).title}, ${perMonthWords(result)} в месяц`}
      </span>
    </li>
  )
}
