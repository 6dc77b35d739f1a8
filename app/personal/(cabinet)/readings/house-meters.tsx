import { Card } from '@/app/_ui/box'
import { houseMetersFor } from '@/lib/readings/house-pages'
import { requireSubscriber } from '@/lib/session/require'
import { formatPeriodTitle } from '@/lib/units/period'

/** «Общедомовые счётчики»: what the meters of the whole house showed and what the house used. Nothing where there are none. */
export async function HouseMeters({ accountIds }: { accountIds: readonly number[] }) {
  const meters = await houseMetersFor(await requireSubscriber(), accountIds)
  const read = meters.filter(({ months }) => months.length > 0)
  if (read.length === 0) return null
  return (
    <section className="grid gap-3">
      <h2>Общедомовые счётчики</h2>
      <p className="text-[0.94em] text-soft">
        Они считают расход всего дома. Показания снимают сотрудники, вам делать ничего не нужно.
      </p>
      <div className="grid items-start gap-4 wide:grid-cols-2">
        {read.map(({ id, house, title, serial, unit, months }) => (
          <Card key={id}>
            <h3>{title}</h3>
            <p className="text-[0.94em] text-soft">{`${house}, № ${serial}`}</p>
            <ul className="mt-2">
              {months.map(({ period, dial, used }) => (
                <li key={period}>
                  {`${formatPeriodTitle(period)}: `}
                  <span className="tabular-nums">{`${dial} ${unit}`}</span>
                  {used ? (
                    <span className="text-soft tabular-nums">{`, дом израсходовал ${used} ${unit}`}</span>
                  ) : null}
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </section>
  )
}
