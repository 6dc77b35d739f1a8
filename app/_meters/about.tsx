import Link from 'next/link'
import type { ReactNode } from 'react'
import { Badge, Card } from '@/app/_ui/box'
import type { MeterHistory, Neighbour } from '@/lib/readings/history'
import { standing } from '@/lib/readings/rules'
import { addDays, type CalendarDay, formatDay } from '@/lib/units/day'
import { plural } from '@/lib/units/text'

/** Of how many days before the end of a verification it is time to order the next. */
const SOON = 90

/** What kind of meter it is, since when it hangs there, and how long it may. `pathOf`: where another meter's page is. */
export function AboutMeter({
  history: { meter, replaces, replacedBy },
  today,
  pathOf,
}: {
  history: MeterHistory
  today: CalendarDay
  pathOf: (meterId: number) => string
}) {
  const { serial, place, digitsBefore, digitsAfter, registers, commissionedOn, installedOn, removedOn } =
    meter
  return (
    <Card>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2>О счётчике</h2>
        <State meter={meter} today={today} />
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        <Fact name="Номер">{serial}</Fact>
        {place ? <Fact name="Где стоит">{place}</Fact> : null}
        <Fact name="Цифр">{dialWords(digitsBefore, digitsAfter)}</Fact>
        {registers > 1 ? (
          <Fact name="Тарифы">
            {registers === 2 ? 'день (T1) и ночь (T2)' : 'пик (T1), ночь (T2), полупик (T3)'}
          </Fact>
        ) : null}
        <Fact name="Установлен">{formatDay(installedOn)}</Fact>
        {commissionedOn && commissionedOn !== installedOn ? (
          <Fact name="Введён в работу">{formatDay(commissionedOn)}</Fact>
        ) : null}
        {removedOn ? <Fact name="Снят">{formatDay(removedOn)}</Fact> : null}
        <Verified meter={meter} today={today} />
        <Fact name="Показания">
          {meter.automatic ? 'передаёт сам, присылать не нужно' : 'передают жильцы'}
        </Fact>
        {replaces ? (
          <Fact name="Стоит вместо">
            <Other meter={replaces} pathOf={pathOf} />
          </Fact>
        ) : null}
        {replacedBy ? (
          <Fact name="Заменён на">
            <Other meter={replacedBy} pathOf={pathOf} />
          </Fact>
        ) : null}
      </dl>
    </Card>
  )
}

type Meter = MeterHistory['meter']

function State({ meter, today }: { meter: Meter; today: CalendarDay }) {
  const state = standing(meter, today)
  if (state === 'removed') return <Badge>снят</Badge>
  return state === 'expired' ? (
    <Badge tone="warn">поверка истекла</Badge>
  ) : (
    <Badge tone="good">работает</Badge>
  )
}

function Verified({ meter, today }: { meter: Meter; today: CalendarDay }) {
  const { verifiedUntil, removedOn } = meter
  if (!verifiedUntil) return <Fact name="Поверка">срок нам не известен</Fact>
  return (
    <Fact name={verifiedUntil < today ? 'Поверен был до' : 'Поверен до'}>
      {formatDay(verifiedUntil)}
      {removedOn ? null : (
        <span className="block text-[0.94em] text-soft">{afterwards(verifiedUntil, today)}</span>
      )}
    </Fact>
  )
}

function afterwards(until: CalendarDay, today: CalendarDay): string {
  if (until < today)
    return 'Показания жильцов не принимаем: считаем по среднему, а после трёх месяцев по нормативу. Нужна поверка или замена.'
  const rule = 'После этого дня считаем по среднему, через три месяца — по нормативу.'
  return until < addDays(today, SOON) ? `${rule} Пора заказать поверку или замену.` : rule
}

function dialWords(before: number, after: number): string {
  const whole = plural(before, ['цифра', 'цифры', 'цифр'])
  return after === 0 ? `${whole}, без дробной части` : `${whole} и ${after} после запятой`
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Other({ meter: { id, serial }, pathOf }: { meter: Neighbour; pathOf: (meterId: number) => string }) {
  return (
    <Link href={pathOf(id)} prefetch={false} className="inline-block py-1">
      {`№ ${serial}`}
    </Link>
  )
}
