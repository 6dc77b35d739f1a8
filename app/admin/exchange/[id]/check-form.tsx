'use client'

import { SelectField, TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { check } from '@/lib/exchange/actions'

const labels = {
  profile: 'Профиль',
  encoding: 'Кодировка',
  delimiter: 'Разделитель',
  asOf: 'Данные на',
}

/** One line of a list to choose from. */
export interface Choice {
  value: string
  name: string
}

/** «Проверить файл» again, read as the person says. */
export function CheckForm(props: {
  importId: string
  profiles: readonly (Choice & { own: boolean })[]
  profile: string
  /** The name of the profile it was read by, when it is in the list no more. */
  unnamed: string | undefined
  encoding: string
  delimiter: string
  encodings: readonly Choice[]
  delimiters: readonly Choice[]
  asOf: string
  badAsOf: boolean
}) {
  return (
    <ServerForm action={check} labels={labels} className="grid max-w-5xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="importId" value={props.importId} />
          <div className="grid gap-4 wide:grid-cols-2">
            <SelectField
              name="profile"
              label={labels.profile}
              error={view.error('profile')}
              defaultValue={view.value('profile', props.profile)}
            >
              {props.profile === '' ? (
                <option value="">{props.unnamed ?? 'Выберите, чем прочитать'}</option>
              ) : null}
              {props.profiles.some((one) => one.own) ? (
                <optgroup label="Свои">{options(props.profiles.filter((one) => one.own))}</optgroup>
              ) : null}
              <optgroup label="Встроенные">{options(props.profiles.filter((one) => !one.own))}</optgroup>
            </SelectField>
            <SelectField
              name="encoding"
              label={labels.encoding}
              error={view.error('encoding')}
              defaultValue={view.value('encoding', props.encoding)}
            >
              <option value="">Как в профиле</option>
              <option value="auto">Определить самостоятельно</option>
              {options(props.encodings)}
            </SelectField>
            <SelectField
              name="delimiter"
              label={labels.delimiter}
              error={view.error('delimiter')}
              defaultValue={view.value('delimiter', props.delimiter)}
            >
              <option value="">Как в профиле</option>
              <option value="auto">Определить самостоятельно</option>
              {options(props.delimiters)}
            </SelectField>
            <TextField
              name="asOf"
              label={labels.asOf}
              type="datetime-local"
              error={
                view.error('asOf') ??
                (props.badAsOf ? 'Укажите день и время, например 05.11.2026, 18:00' : undefined)
              }
              defaultValue={view.value('asOf', props.asOf)}
            />
          </div>
          <div>
            <SubmitButton view={view}>Проверить файл</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

function options(list: readonly Choice[]) {
  return list.map(({ value, name }) => (
    <option key={value} value={value}>
      {name}
    </option>
  ))
}
