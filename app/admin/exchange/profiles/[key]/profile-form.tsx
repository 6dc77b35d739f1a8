'use client'

import { SelectField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { keepProfile } from '@/lib/exchange/actions'

const labels = {
  name: 'Название',
  type: 'Тип файла',
  encoding: 'Кодировка',
  delimiter: 'Разделитель',
  headerLines: 'Строк до первой записи',
  decimal: 'Дробная часть после',
  dates: 'Даты записаны так',
  periods: 'Месяцы записаны так',
  control: 'Есть контрольная строка',
  rowKey: 'Чем отличаются строки',
}

type Choosable = 'type' | 'encoding' | 'delimiter' | 'decimal' | 'dates' | 'periods' | 'control'

/** What stands in the form at first. */
export interface ProfileValues extends Record<Choosable | 'name' | 'headerLines', string> {
  /** Of the profile being changed; empty for a new one. */
  key: string
  kind: string
  kindName: string
  columns: readonly { field: string; title: string; column: string; constant: string; isKey: boolean }[]
}
type Choices = Readonly<Record<Choosable, Readonly<Record<string, string>>>>

/** Every field of a profile. */
export function ProfileForm({ values, choices }: { values: ProfileValues; choices: Choices }) {
  const columns = values.columns.flatMap(({ field, title }) => [
    [`column.${field}`, `Столбец «${title}»`],
    [`constant.${field}`, `«${title}» одинаково`],
  ])
  return (
    <ServerForm
      action={keepProfile}
      labels={{ ...labels, columns: 'Столбцы', ...Object.fromEntries(columns) }}
    >
      {(view) => (
        <>
          {values.key ? <input type="hidden" name="key" value={values.key} /> : null}
          <input type="hidden" name="kind" value={values.kind} />
          <p>
            <span className="text-soft">Что в файле: </span>
            {values.kindName}
          </p>
          <TextField
            name="name"
            label={labels.name}
            error={view.error('name')}
            defaultValue={view.value('name', values.name)}
            maxLength={100}
          />
          <div className="grid gap-4 wide:grid-cols-3">
            <ChoiceField name="type" {...{ values, choices, view }} />
            <ChoiceField name="encoding" {...{ values, choices, view }} />
            <ChoiceField name="delimiter" {...{ values, choices, view }} />
          </div>
          <ColumnFields values={values} view={view} />
          <div className="grid gap-4 wide:grid-cols-3">
            <ChoiceField name="decimal" {...{ values, choices, view }} />
            <ChoiceField name="dates" {...{ values, choices, view }} />
            <ChoiceField name="periods" {...{ values, choices, view }} />
          </div>
          <div className="grid gap-4 wide:grid-cols-2">
            <ChoiceField name="control" {...{ values, choices, view }} />
          </div>
          <RowKeyFields values={values} view={view} />
          <div>
            <SubmitButton view={view}>Сохранить профиль</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

function ChoiceField({
  name,
  values,
  choices,
  view,
}: {
  name: Choosable
  values: ProfileValues
  choices: Choices
  view: FormView
}) {
  return (
    <SelectField
      name={name}
      label={labels[name]}
      error={view.error(name)}
      defaultValue={view.value(name, values[name])}
    >
      {Object.entries(choices[name]).map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </SelectField>
  )
}

function RowKeyFields({ values, view }: { values: ProfileValues; view: FormView }) {
  const sent = view.value('name') !== undefined
  return (
    <fieldset className="rounded-card border border-line p-4">
      <legend id="rowKey" tabIndex={-1} className="px-2 font-semibold">
        {labels.rowKey}
      </legend>
      <p className="text-soft">
        Две строки с одинаковыми отмеченными столбцами — ошибка в файле. Ничего не отмечено — сверяем, как
        обычно для таких файлов.
      </p>
      {view.error('rowKey') ? <p className="font-medium text-bad">{view.error('rowKey')}</p> : null}
      <div className="flex flex-wrap gap-x-6">
        {values.columns.map(({ field, title, isKey }) => (
          <label key={field} className="flex min-h-11 items-center gap-2.5">
            <input
              type="checkbox"
              name={`rowKey.${field}`}
              defaultChecked={sent ? view.checked(`rowKey.${field}`) : isKey}
              className="size-6 shrink-0 accent-water"
            />
            {title}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Field → its headings or number, and what stands there in every row when the file has no such column. */
function ColumnFields({ values, view }: { values: ProfileValues; view: FormView }) {
  return (
    <fieldset className="grid gap-4 rounded-card border border-line p-4">
      <legend id="columns" tabIndex={-1} className="px-2 font-semibold">
        Столбцы
      </legend>
      {view.error('columns') ? <p className="font-medium text-bad">{view.error('columns')}</p> : null}
      <TextField
        name="headerLines"
        label={labels.headerLines}
        hint="Названия столбцов берём из последней из них. 0 — названий нет: вместо них укажите номера столбцов"
        inputMode="numeric"
        error={view.error('headerLines')}
        defaultValue={view.value('headerLines', values.headerLines)}
        className="max-w-24"
      />
      <p className="text-soft">
        Разные названия одного столбца разделяйте чертой: <code>ЛС | Лицевой счёт</code>. Пусто — столбца в
        файле нет. Если в файле нет столбца, но значение у всех строк одно, напишите его справа.
      </p>
      {values.columns.map(({ field, title, column, constant }) => (
        <div key={field} className="grid gap-x-4 gap-y-2 wide:grid-cols-[2fr_1fr]">
          <TextField
            name={`column.${field}`}
            label={title}
            error={view.error(`column.${field}`)}
            defaultValue={view.value(`column.${field}`, column)}
          />
          <TextField
            name={`constant.${field}`}
            label={
              <>
                <span className="sr-only">{title}: </span>Во всех строках
              </>
            }
            error={view.error(`constant.${field}`)}
            defaultValue={view.value(`constant.${field}`, constant)}
          />
        </div>
      ))}
    </fieldset>
  )
}
