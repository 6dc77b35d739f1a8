'use client'

import { Card } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { type FormView, ServerForm } from '@/app/_ui/form'
import { DoubtBox } from '@/app/personal/(cabinet)/readings/doubt-box'
import { before, doubtsIn, labelsOf } from '@/app/personal/(cabinet)/readings/readings-form'
import { RegisterField } from '@/app/personal/(cabinet)/readings/register-field'
import { saveOwnerChange } from '@/lib/holders/actions'
import { reasonName } from '@/lib/holders/rules'
import type { Doubt } from '@/lib/readings/doubts'
import type { MeterState } from '@/lib/readings/queries'
import { type CalendarDay, formatDay } from '@/lib/units/day'

const labels = {
  basis: 'Документ-основание',
  newHolder: 'Новый собственник',
  login: 'Его логин, если он уже пользуется кабинетом',
}

/** Who, by what document, and what every meter showed on the day. */
export function OwnerForm({
  account,
  day,
  meters,
}: {
  account: string
  day: CalendarDay
  meters: readonly MeterState[]
}) {
  const reasons = meters.map(({ id, title }) => [reasonName(id), `${title}, почему не сняли`])
  const all = { ...labels, ...labelsOf(meters), ...Object.fromEntries(reasons) }
  return (
    <ServerForm action={saveOwnerChange} labels={all} className="grid max-w-4xl gap-4">
      {(view) => {
        const doubts = doubtsIn(meters, view)
        return (
          <>
            <input type="hidden" name="account" value={account} />
            <input type="hidden" name="day" value={day} />
            <h2>{`С ${formatDay(day)}`}</h2>
            <Line name="newHolder" view={view} hint="Фамилия, имя и отчество, как в документе" />
            <Line name="basis" view={view} hint="«Договор купли-продажи № 5 от 12.11.2026»" />
            <Line
              name="login"
              view={view}
              hint="Тогда счёт появится у него сразу. Иначе он подаст обычную заявку"
            />
            {meters.length > 0 ? <h2>{`Показания на ${formatDay(day)}`}</h2> : null}
            <ul className="grid gap-3">
              {meters.map((meter) => (
                <li key={meter.id}>
                  <Meter {...{ meter, view, doubts, day }} />
                </li>
              ))}
            </ul>
            <div>
              <Button look="grave">Записать смену собственника</Button>
            </div>
          </>
        )
      }}
    </ServerForm>
  )
}

function Line({ name, view, hint }: { name: keyof typeof labels; view: FormView; hint: string }) {
  return (
    <TextField
      name={name}
      label={labels[name]}
      hint={hint}
      error={view.error(name)}
      defaultValue={view.value(name)}
      autoComplete="off"
    />
  )
}

function Meter({
  meter,
  view,
  doubts,
  day,
}: {
  meter: MeterState
  view: FormView
  doubts: readonly Doubt[]
  day: CalendarDay
}) {
  const why = reasonName(meter.id)
  return (
    <Card className="grid gap-3">
      <div>
        <h3>{meter.title}</h3>
        <p className="text-soft">{`№ ${meter.serial} · ${before(meter, day.slice(0, 4))}`}</p>
      </div>
      <div className="flex flex-wrap gap-4">
        {meter.registers.map((register) => (
          <div key={register.register} className="w-48">
            <RegisterField {...{ meter, register, view }} blank />
          </div>
        ))}
        <div className="min-w-64 flex-1">
          <TextField
            name={why}
            label={
              <>
                Если не сняли, почему
                <span className="sr-only">{` — ${meter.title}`}</span>
              </>
            }
            error={view.error(why)}
            defaultValue={view.value(why)}
            autoComplete="off"
          />
        </div>
      </div>
      {doubts
        .filter((doubt) => doubt.meterId === meter.id)
        .map((doubt) => (
          <DoubtBox key={doubt.register} {...{ doubt, meter, view }} />
        ))}
    </Card>
  )
}
