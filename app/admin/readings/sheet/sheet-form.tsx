'use client'

import { useMemo } from 'react'
import { TextAreaField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { enterSheetAction } from '@/lib/exchange/actions'
import { sheetAnswer, sheetForm } from '@/lib/exchange/schema'
import type { CalendarDay } from '@/lib/units/day'
import { Answers } from './answers'
import { textOf } from './rows'

const labels = { rows: 'Строки таблицы', file: 'Или файл', takenOn: 'Снято' }

/** Rows pasted or a file, and beneath it what became of each; rows that were not entered stay in the field. */
export function SheetForm({ today }: { today: CalendarDay }) {
  return (
    <ServerForm action={enterSheetAction} schema={sheetForm} labels={labels} className="grid gap-4">
      {(view) => <Fields view={view} today={today} />}
    </ServerForm>
  )
}

function Fields({ view, today }: { view: FormView; today: CalendarDay }) {
  const answers = useMemo(() => sheetAnswer.safeParse(view.shown?.answers).data, [view.shown])
  const left = answers && textOf(answers.filter(({ outcome }) => outcome === 'failed' || outcome === 'doubt'))
  return (
    <>
      <TextAreaField
        key={view.shown?.answers}
        name="rows"
        label={labels.rows}
        hint="Лицевой счёт; номер счётчика; показание (у двух и трёх тарифов — T1; T2; T3); дата. Например: 0104523; 48-221000; 321,6; 24.11.2026. Можно скопировать из Excel"
        rows={8}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        defaultValue={view.value('rows', left)}
        error={view.error('rows')}
        className="font-mono text-[0.94em]"
      />
      <div className="grid items-start gap-x-6 gap-y-4 wide:grid-cols-[2fr_1fr]">
        <TextField
          name="file"
          label={labels.file}
          hint="CSV, Excel (.xlsx) или DBF до 700 КБ"
          type="file"
          accept=".csv,.txt,.xlsx,.dbf"
          error={view.error('file')}
        />
        <TextField
          name="takenOn"
          label={labels.takenOn}
          hint="Для строк без даты"
          type="date"
          max={today}
          defaultValue={view.value('takenOn', today)}
          error={view.error('takenOn')}
        />
      </div>
      <div>
        <SubmitButton view={view}>Записать</SubmitButton>
      </div>
      {answers ? <Answers answers={answers} view={view} /> : null}
    </>
  )
}
