'use client'

import { Badge, Card } from '@/app/_ui/box'
import { TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { DoubtBox } from '@/app/personal/(cabinet)/readings/doubt-box'
import { valuesOf } from '@/app/personal/(cabinet)/readings/notices'
import { before, doubtsIn, labelsOf, windowWords } from '@/app/personal/(cabinet)/readings/readings-form'
import { RegisterField } from '@/app/personal/(cabinet)/readings/register-field'
import { enterReadingsAction } from '@/lib/readings/actions'
import type { Doubt } from '@/lib/readings/doubts'
import type { MeterState, RegisterState } from '@/lib/readings/queries'
import { type CalendarDay, formatDay } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { formatQuantity } from '@/lib/units/quantity'

/** A field for every counter of an account and the day, by keyboard from the first field to «Записать». */
export function EntryForm({
  accountNumber,
  meters,
  today,
}: {
  accountNumber: string
  meters: readonly MeterState[]
  today: CalendarDay
}) {
  const labels = { ...labelsOf(meters), takenOn: 'Снято' }
  const first = meters.find((meter) => !meter.taken)
  return (
    <ServerForm action={enterReadingsAction} labels={labels} className="grid max-w-4xl gap-4">
      {(view) => {
        const doubts = doubtsIn(meters, view)
        return (
          <>
            <input type="hidden" name="account" value={accountNumber} />
            <ul className="grid gap-3">
              {meters.map((meter) => (
                <li key={meter.id}>
                  <Meter {...{ meter, view, doubts, today }} focus={meter === first} />
                </li>
              ))}
            </ul>
            <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
              <div className="w-56">
                <TextField
                  name="takenOn"
                  label="Снято"
                  type="date"
                  max={today}
                  defaultValue={view.value('takenOn', today)}
                  error={view.error('takenOn')}
                />
              </div>
              <SubmitButton view={view}>Записать</SubmitButton>
            </div>
          </>
        )
      }}
    </ServerForm>
  )
}

function Meter({
  meter,
  view,
  doubts,
  today,
  focus,
}: {
  meter: MeterState
  view: FormView
  doubts: readonly Doubt[]
  today: CalendarDay
  focus: boolean
}) {
  const year = today.slice(0, 4)
  const sent = meter.registers.flatMap((register) => register.sent?.takenOn ?? [])[0]
  return (
    <Card className="grid items-start gap-x-6 gap-y-2 wide:grid-cols-[1fr_auto]">
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3>{meter.title}</h3>
          <Standing meter={meter} />
        </div>
        <p className="text-soft">{`№ ${meter.serial} · ${before(meter, year)}`}</p>
        {meter.standing === 'removed' ? null : (
          <p className="text-soft">
            {windowWords(meter, year)}
            {meter.average === undefined
              ? ''
              : ` · обычно около ${formatQuantity(meter.average)} ${meter.unit} в месяц`}
          </p>
        )}
        {sent ? (
          <p>
            {`${meter.taken ? `Биллинг уже забрал показания за ${formatPeriod(meter.taken)}` : `Уже передано ${formatDay(sent, { year: false })}`}: `}
            <span className="font-medium tabular-nums">{valuesOf(meter)}</span>
          </p>
        ) : null}
      </div>
      {meter.taken ? null : (
        <div className="flex flex-wrap gap-4">
          {meter.registers.map((register: RegisterState, place) => (
            <div key={register.register} className="w-48">
              <RegisterField {...{ meter, register, view }} blank autoFocus={focus && place === 0} />
            </div>
          ))}
        </div>
      )}
      <div className="wide:col-span-2">
        {doubts
          .filter((doubt) => doubt.meterId === meter.id)
          .map((doubt) => (
            <DoubtBox key={doubt.register} {...{ doubt, meter, view }} />
          ))}
      </div>
    </Card>
  )
}

function Standing({ meter: { standing, expiredOn, removedOn, registers } }: { meter: MeterState }) {
  if (standing === 'removed')
    return <Badge tone="warn">{removedOn ? `снят ${formatDay(removedOn)}` : 'снят'}</Badge>
  if (standing === 'expired')
    return (
      <Badge tone="warn">{expiredOn ? `поверка истекла ${formatDay(expiredOn)}` : 'поверка истекла'}</Badge>
    )
  if (standing === 'automatic') return <Badge>автоматический</Badge>
  return registers.every(({ sent }) => sent) ? <Badge tone="good">передано</Badge> : null
}
