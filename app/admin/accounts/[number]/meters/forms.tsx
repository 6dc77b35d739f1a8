'use client'

import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import {
  addMeterAction,
  changeMeterAction,
  removeMeterAction,
  replaceMeterAction,
} from '@/lib/readings/actions'
import { Automatic, Count, Day, Dial, Finals, Line, labels } from './fields'

/** The meter a form is about. */
export interface MeterFacts {
  id: number
  place: string
  digitsBefore: number
  digitsAfter: number
  registers: number
  electric: boolean
  commissionedOn: string
  verifiedUntil: string
  automatic: boolean
  /** The last known value of each counter. */
  last: (string | undefined)[]
  /** Nothing was read off it yet. */
  unread: boolean
}

const kinds = [
  ['cold_water', 'Холодная вода'],
  ['hot_water', 'Горячая вода'],
  ['electricity', 'Электричество'],
  ['heat', 'Тепло'],
  ['gas', 'Газ'],
]
const grid = 'grid items-start gap-x-5 gap-y-4 wide:grid-cols-2'

/** «Добавить счётчик». */
export function AddForm({ account, today }: { account: string; today: string }) {
  return (
    <ServerForm action={addMeterAction} labels={labels} className="grid max-w-3xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="account" value={account} />
          <div className={grid}>
            <SelectField
              name="kind"
              label={labels.kind}
              error={view.error('kind')}
              defaultValue={view.value('kind', '')}
            >
              <option value="">Выберите</option>
              {kinds.map(([kind, name]) => (
                <option key={kind} value={kind}>
                  {name}
                </option>
              ))}
            </SelectField>
            <Count
              name="registers"
              view={view}
              start="1"
              from={1}
              to={3}
              hint="Больше одного бывает только у электричества"
            />
            <Day name="installedOn" view={view} start={today} />
            <Opened view={view} registers={3} />
          </div>
          <Automatic view={view} start={false} />
          <div>
            <SubmitButton view={view}>Добавить счётчик</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Заменить»: the old meter's last values and the new meter, in one form. */
export function ReplaceForm({
  account,
  meter,
  today,
}: {
  account: string
  meter: MeterFacts
  today: string
}) {
  return (
    <ServerForm action={replaceMeterAction} labels={labels} className="grid max-w-3xl gap-6">
      {(view) => (
        <>
          <input type="hidden" name="account" value={account} />
          <input type="hidden" name="meter" value={meter.id} />
          <fieldset className={grid}>
            <legend className="mb-2 text-[1.2rem] font-semibold">Прежний счётчик</legend>
            <Day name="removedOn" view={view} start={today} />
            <Finals view={view} registers={meter.registers} last={meter.last} />
          </fieldset>
          <fieldset className={grid}>
            <legend className="mb-2 text-[1.2rem] font-semibold">Новый счётчик</legend>
            <Day name="installedOn" view={view} hint="Оставьте пустым, если в тот же день" />
            {meter.electric ? (
              <Count name="registers" view={view} start={String(meter.registers)} from={1} to={3} />
            ) : (
              <input type="hidden" name="registers" value="1" />
            )}
            <Opened view={view} registers={meter.electric ? 3 : 1} like={meter} />
          </fieldset>
          <Automatic view={view} start={false} />
          <div>
            <SubmitButton view={view}>Заменить счётчик</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** What is told of a new meter; `like` the one it takes the place of. */
function Opened({
  view,
  registers,
  like = { place: '', digitsBefore: 5, digitsAfter: 3 },
}: {
  view: FormView
  registers: number
  like?: Pick<MeterFacts, 'place' | 'digitsBefore' | 'digitsAfter'>
}) {
  return (
    <>
      <Line name="serial" view={view} />
      <Line name="place" view={view} start={like.place} hint="Например: кухня, ванная" />
      <Count name="digitsBefore" view={view} start={String(like.digitsBefore)} from={1} to={9} />
      <Count name="digitsAfter" view={view} start={String(like.digitsAfter)} from={0} to={7} />
      <Dial name="initial1" view={view} start="0" />
      {registers > 1 ? <Dial name="initial2" view={view} hint="Если тарифов два или три" /> : null}
      {registers > 2 ? <Dial name="initial3" view={view} hint="Если тарифов три" /> : null}
      <Day name="commissionedOn" view={view} hint="Если известен и это другой день" />
      <Day name="verifiedUntil" view={view} hint="Из паспорта счётчика" />
    </>
  )
}

/** «Снять»: nothing comes in its place. */
export function RemoveForm({ account, meter, today }: { account: string; meter: MeterFacts; today: string }) {
  return (
    <ServerForm action={removeMeterAction} labels={labels} className="grid max-w-3xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="account" value={account} />
          <input type="hidden" name="meter" value={meter.id} />
          <div className={grid}>
            <Day name="removedOn" view={view} start={today} />
            <Finals view={view} registers={meter.registers} last={meter.last} />
          </div>
          <div>
            <Button look="grave" aria-disabled={view.pending || undefined}>
              Снять счётчик
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Изменить»: its place, its verification, how its readings come; the dial while nothing was read off it. */
export function ChangeForm({ account, meter }: { account: string; meter: MeterFacts }) {
  return (
    <ServerForm action={changeMeterAction} labels={labels} className="grid max-w-3xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="account" value={account} />
          <input type="hidden" name="meter" value={meter.id} />
          <div className={grid}>
            <Line name="place" view={view} start={meter.place} hint="Например: кухня, ванная" />
            <Day
              name="verifiedUntil"
              view={view}
              start={meter.verifiedUntil}
              hint="После новой поверки: из свидетельства"
            />
            <Day name="commissionedOn" view={view} start={meter.commissionedOn} />
            {meter.unread ? (
              <>
                <Count
                  name="digitsBefore"
                  view={view}
                  start={String(meter.digitsBefore)}
                  from={1}
                  to={9}
                  hint="Пока нет показаний"
                />
                <Count
                  name="digitsAfter"
                  view={view}
                  start={String(meter.digitsAfter)}
                  from={0}
                  to={7}
                  hint="Пока нет показаний"
                />
              </>
            ) : null}
          </div>
          <Automatic view={view} start={meter.automatic} />
          <div>
            <SubmitButton view={view}>Сохранить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
