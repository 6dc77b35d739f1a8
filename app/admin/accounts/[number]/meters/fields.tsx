import { CheckField, SelectField, TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form'

/** Names of the fields in the words of a form's summary. */
export const labels: Record<string, string> = {
  kind: 'Что считает',
  serial: 'Номер счётчика',
  place: 'Где стоит',
  digitsBefore: 'Цифр до запятой',
  digitsAfter: 'Цифр после запятой',
  registers: 'Тарифов',
  installedOn: 'День установки',
  commissionedOn: 'Введён в эксплуатацию',
  verifiedUntil: 'Поверен до',
  removedOn: 'Когда сняли',
  initial1: 'Показание при установке',
  initial2: 'Показание при установке, ночь',
  initial3: 'Показание при установке, полупик',
  final1: 'Последнее показание',
  final2: 'Последнее показание, ночь',
  final3: 'Последнее показание, полупик',
  turned1: 'Переход через ноль',
  turned2: 'Переход через ноль, ночь',
  turned3: 'Переход через ноль, полупик',
}

/** What a field of a form needs; `start` is what stands in it before anybody types. */
interface Field {
  name: string
  view: FormView
  start?: string | undefined
  label?: string
  hint?: string
}

/** A line of text. */
export function Line({ name, view, start, label, hint }: Field) {
  return (
    <TextField
      name={name}
      label={label ?? labels[name]}
      hint={hint}
      error={view.error(name)}
      defaultValue={view.value(name, start)}
      autoComplete="off"
    />
  )
}

/** What a dial shows. */
export function Dial(field: Field) {
  return (
    <TextField
      name={field.name}
      label={field.label ?? labels[field.name]}
      hint={field.hint}
      error={field.view.error(field.name)}
      defaultValue={field.view.value(field.name, field.start)}
      inputMode="decimal"
      autoComplete="off"
      className="tabular-nums"
    />
  )
}

/** A day. */
export function Day({ name, view, start, label, hint }: Field) {
  return (
    <TextField
      name={name}
      type="date"
      label={label ?? labels[name]}
      hint={hint}
      error={view.error(name)}
      defaultValue={view.value(name, start)}
    />
  )
}

/** A choice among numbers. */
export function Count({ name, view, start, hint, from, to }: Field & { from: number; to: number }) {
  return (
    <SelectField
      name={name}
      label={labels[name]}
      hint={hint}
      error={view.error(name)}
      defaultValue={view.value(name, start)}
    >
      {Array.from({ length: to - from + 1 }, (_, place) => from + place).map((count) => (
        <option key={count} value={count}>
          {count}
        </option>
      ))}
    </SelectField>
  )
}

/** «Передаёт показания сам». */
export function Automatic({ view, start }: { view: FormView; start: boolean }) {
  return (
    <CheckField
      name="automatic"
      label="Передаёт показания сам"
      hint="У жильца их не спрашиваем"
      defaultChecked={start || view.checked('automatic')}
    />
  )
}

/** Last values of a meter that goes, with the question about zero once it is asked. */
export function Finals({
  view,
  registers,
  last,
}: {
  view: FormView
  registers: number
  last: readonly (string | undefined)[]
}) {
  return Array.from({ length: registers }, (_, place) => place + 1).map((register) => {
    const [name, tick] = [`final${register}`, `turned${register}`]
    const asked = view.error(tick) !== undefined || view.checked(tick)
    return (
      <div key={name}>
        <Dial
          name={name}
          view={view}
          label={registers > 1 && register === 1 ? `${labels[name]}, день` : (labels[name] ?? '')}
          hint={last[register - 1] ? `Прошлое ${last[register - 1]}` : 'Прошлого показания нет'}
        />
        {asked ? (
          <CheckField
            name={tick}
            value={view.value(name) ?? ''}
            label={`Счётчик перешёл через ноль: сейчас на нём ${view.value(name) ?? ''}`}
            error={view.error(tick)}
          />
        ) : null}
      </div>
    )
  })
}
