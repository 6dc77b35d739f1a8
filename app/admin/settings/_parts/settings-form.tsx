'use client'

import { Notice } from '@/app/_ui/box'
import { CheckField, SelectField, TextAreaField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import type { FormState } from '@/lib/result'

/** A field of a section. */
export interface FieldSpec {
  name: string
  label: string
  hint?: string
  kind?: 'text' | 'area' | 'select' | 'check'
  options?: readonly { value: string; label: string }[]
  /** Figures: a short field with the keypad of a phone. */
  figure?: boolean
  rows?: number
}

/**
 * A section of the settings: what stands there, the fields, «Сохранить». What the page was made from goes along, so that a
 * colleague's change in between is seen. Where the answer shows what would change first, the next press says yes to it.
 * Its `key` must not follow what stands there: without scripts a form that is another one has lost what was typed.
 */
export function SettingsForm({
  action,
  fields,
  start,
  may,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>
  fields: readonly FieldSpec[]
  start: Record<string, string>
  /** Whether the person may change it; else it is only shown. */
  may: boolean
}) {
  return (
    <ServerForm
      action={action}
      labels={Object.fromEntries(fields.map(({ name, label }) => [name, label]))}
      className="grid max-w-xl gap-4"
    >
      {(view) => (
        <fieldset disabled={!may} className="grid gap-4">
          <input
            type="hidden"
            name="seen"
            value={view.value('seen', view.shown?.seen ?? JSON.stringify(start))}
          />
          {fields.map((field) => (
            <OneField key={field.name} field={field} view={view} start={start} />
          ))}
          {view.shown ? <Preview shown={view.shown} /> : null}
          {may ? (
            <div>
              <SubmitButton view={view}>Сохранить</SubmitButton>
            </div>
          ) : (
            <p className="text-soft">Менять настройки может администратор.</p>
          )}
        </fieldset>
      )}
    </ServerForm>
  )
}

function OneField({
  field,
  view,
  start,
}: {
  field: FieldSpec
  view: FormView
  start: Record<string, string>
}) {
  const { name, label, hint, kind = 'text', options = [], figure, rows = 3 } = field
  const around = { name, label, hint, error: view.error(name) }
  const value = view.value(name, view.shown?.[name] ?? start[name])
  if (kind === 'check') {
    const sent = view.value('seen') !== undefined
    return <CheckField {...around} defaultChecked={sent ? view.checked(name) : start[name] === 'on'} />
  }
  if (kind === 'area') return <TextAreaField {...around} rows={rows} defaultValue={value} />
  if (kind === 'select')
    return (
      <SelectField {...around} defaultValue={value}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </SelectField>
    )
  return figure ? (
    <div className="max-w-64">
      <TextField {...around} inputMode="decimal" defaultValue={value} />
    </div>
  ) : (
    <TextField {...around} defaultValue={value} />
  )
}

/** What saving would do; said yes to by pressing once more. */
function Preview({ shown: { words = '', confirmed = '' } }: { shown: Record<string, string> }) {
  return (
    <Notice tone="warn" role="status" title="Проверьте и нажмите «Сохранить» ещё раз">
      <input type="hidden" name="confirmed" value={confirmed} />
      <CodeLines words={words} />
    </Notice>
  )
}

/** A payment code, a requisite to a line. */
export function CodeLines({ words }: { words: string }) {
  return (
    <ul className="mt-1 text-[0.92em]">
      {words.split('\n').map((line) => (
        <li key={line} className="wrap-anywhere">
          {line}
        </li>
      ))}
    </ul>
  )
}
