'use client'

import { Button } from '@/app/_ui/button'
import { CheckField, SelectField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { addHouseMeterAction, closeHouseMeterAction, enterHouseReadingAction } from '@/lib/readings/actions'

const labels: Record<string, string> = {
  house: 'Дом',
  kind: 'Что считает',
  serial: 'Номер счётчика',
  place: 'Где стоит',
  digitsBefore: 'Цифр до запятой',
  digitsAfter: 'Цифр после запятой',
  installedOn: 'День установки',
  verifiedUntil: 'Поверен до',
  value: 'Показание',
  takenOn: 'Когда снято',
  turned: 'Переход через ноль',
  removedOn: 'Когда сняли',
}
const kinds = [
  ['cold_water', 'Холодная вода'],
  ['hot_water', 'Горячая вода'],
  ['electricity', 'Электричество'],
  ['heat', 'Тепло'],
  ['gas', 'Газ'],
]

function Field({
  name,
  view,
  start,
  ...more
}: { name: string; view: FormView; start?: string } & React.ComponentProps<'input'>) {
  return (
    <TextField
      name={name}
      label={labels[name]}
      error={view.error(name)}
      defaultValue={view.value(name, start)}
      autoComplete="off"
      {...more}
    />
  )
}

/** «Добавить счётчик» of a house. */
export function AddForm({
  house,
  houses,
  today,
}: {
  house: string
  houses: readonly string[]
  today: string
}) {
  return (
    <ServerForm action={addHouseMeterAction} labels={labels} className="grid max-w-3xl gap-4">
      {(view) => (
        <>
          <datalist id="houses">
            {houses.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <Field name="house" view={view} start={house} list="houses" />
          <div className="grid items-start gap-x-5 gap-y-4 wide:grid-cols-2">
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
            <Field name="serial" view={view} />
            <Field name="place" view={view} />
            <Field name="installedOn" view={view} start={today} type="date" />
            <Field name="digitsBefore" view={view} start="6" inputMode="numeric" />
            <Field name="digitsAfter" view={view} start="2" inputMode="numeric" />
            <Field name="verifiedUntil" view={view} type="date" />
          </div>
          <div>
            <SubmitButton view={view}>Добавить счётчик</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Внести показание» of the month the day falls in. */
export function ReadingForm({ meter, unit, today }: { meter: number; unit: string; today: string }) {
  return (
    <ServerForm action={enterHouseReadingAction} labels={labels} className="grid max-w-xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="meter" value={meter} />
          <div className="grid items-start gap-x-5 gap-y-4 wide:grid-cols-2">
            <TextField
              name="value"
              label={`${labels.value}, ${unit}`}
              error={view.error('value')}
              defaultValue={view.value('value')}
              inputMode="decimal"
              autoComplete="off"
              className="tabular-nums"
            />
            <Field name="takenOn" view={view} start={today} type="date" />
          </div>
          {view.error('turned') || view.checked('turned') ? (
            <CheckField
              name="turned"
              value={view.value('value') ?? ''}
              label={`Счётчик перешёл через ноль: сейчас на нём ${view.value('value') ?? ''}`}
              error={view.error('turned')}
            />
          ) : null}
          <div>
            <SubmitButton view={view}>Внести показание</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Снять» a house's meter. */
export function CloseForm({ meter, today }: { meter: number; today: string }) {
  return (
    <ServerForm action={closeHouseMeterAction} labels={labels} className="flex flex-wrap items-end gap-3">
      {(view) => (
        <>
          <input type="hidden" name="meter" value={meter} />
          <div className="w-60">
            <Field name="removedOn" view={view} start={today} type="date" />
          </div>
          <Button look="grave" aria-disabled={view.pending || undefined}>
            Снять счётчик
          </Button>
        </>
      )}
    </ServerForm>
  )
}
