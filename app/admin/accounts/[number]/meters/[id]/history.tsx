import { Badge } from '@/app/_ui/box'
import { WideTable } from '@/app/_ui/wide-table'
import type { MeterForStaff } from '@/lib/readings/meter-page'
import { formatDay, formatInstant } from '@/lib/units/day'
import { formatPeriodTitle } from '@/lib/units/period'

const channels = {
  cabinet: 'личный кабинет',
  staff: 'сотрудник',
  import: 'файл биллинга',
  helper: 'помощник',
  offline: 'телефон без связи',
}

/** Everything that was told of a meter, with what was corrected later. */
export function History({ meter }: { meter: MeterForStaff }) {
  if (meter.history.length === 0) return <p className="text-soft">Показаний ещё не было.</p>
  return (
    <section className="grid gap-2">
      <h2>Показания</h2>
      <WideTable
        label="Показания счётчика"
        heads={['Месяц', `Показание, ${meter.unit}`, 'Снято', 'Получено', 'Откуда']}
      >
        {meter.history.map((told) => (
          <tr
            key={`${told.period} ${told.name} ${told.receivedAt.getTime()} ${told.dial}`}
            className={told.superseded ? 'text-soft' : ''}
          >
            <th scope="row" className="px-4 py-2 font-medium whitespace-nowrap">
              {formatPeriodTitle(told.period)}
            </th>
            <td className="whitespace-nowrap tabular-nums">
              {told.name ? `${told.name}: ` : ''}
              {told.superseded ? <s>{told.dial}</s> : told.dial}{' '}
              {told.superseded ? <Badge>исправлено</Badge> : null}
            </td>
            <td className="whitespace-nowrap">{formatDay(told.takenOn)}</td>
            <td className="whitespace-nowrap">{formatInstant(told.receivedAt)}</td>
            <td>{told.by ? `${channels[told.channel]}, ${told.by}` : channels[told.channel]}</td>
          </tr>
        ))}
      </WideTable>
    </section>
  )
}
