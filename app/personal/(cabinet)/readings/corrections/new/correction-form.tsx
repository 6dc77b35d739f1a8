'use client'

import { TextAreaField, TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { askCorrectionAction } from '@/lib/readings/actions'

/** «Отправить запрос»: what the dial showed in the month billing has taken. */
export function CorrectionForm({
  meterId,
  unit,
  period,
  registers,
}: {
  meterId: number
  unit: string
  period: string
  registers: readonly { register: number; name: string | undefined }[]
}) {
  const labels: Record<string, string> = { note: 'Что случилось' }
  for (const { register, name } of registers)
    labels[`value${register}`] = name ? `Было на счётчике, ${name.toLowerCase()}` : 'Было на счётчике'
  return (
    <ServerForm action={askCorrectionAction} labels={labels}>
      {(view) => (
        <>
          <input type="hidden" name="meter" value={meterId} />
          <input type="hidden" name="period" value={period} />
          {registers.map(({ register }) => (
            <TextField
              key={register}
              name={`value${register}`}
              label={`${labels[`value${register}`]}, ${unit}`}
              error={view.error(`value${register}`)}
              defaultValue={view.value(`value${register}`)}
              inputMode="decimal"
              autoComplete="off"
              className="min-h-[60px] text-[1.45rem] tracking-wide tabular-nums"
            />
          ))}
          <TextAreaField
            name="note"
            label={labels.note}
            hint="Необязательно. Например: «перепутали цифры местами»"
            maxLength={500}
            error={view.error('note')}
            defaultValue={view.value('note')}
          />
          <div className="grid wide:justify-start">
            <SubmitButton view={view}>Отправить запрос</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
