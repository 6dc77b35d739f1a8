'use client'

import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { noteEveningAction, noteMorningAction } from '@/lib/readings/actions'

const words = {
  evening: { label: 'Вечером на счётчике, м³', button: 'Записать вечернее', action: noteEveningAction },
  morning: { label: 'Утром на счётчике, м³', button: 'Узнать результат', action: noteMorningAction },
} as const

/** One of the two values of a night, with the time for who wrote it down earlier. */
export function NightForm({ meterId, when }: { meterId: number; when: keyof typeof words }) {
  const { label, button, action } = words[when]
  const clock = `${when}Clock`
  return (
    <ServerForm action={action} labels={{ [when]: label, [clock]: 'Время' }}>
      {(view) => (
        <>
          <input type="hidden" name="meter" value={meterId} />
          <TextField
            name={when}
            label={label}
            hint="С красными цифрами после запятой: в них и видно каплю"
            error={view.error(when)}
            defaultValue={view.value(when)}
            inputMode="decimal"
            autoComplete="off"
            className="min-h-[60px] text-[1.45rem] tracking-wide tabular-nums wide:max-w-80"
          />
          <TextField
            name={clock}
            label="Время, если записали раньше"
            hint="Оставьте пустым, если смотрите на счётчик сейчас"
            error={view.error(clock)}
            defaultValue={view.value(clock)}
            type="time"
            className="max-w-44"
          />
          <div className="grid wide:justify-start">
            <SubmitButton view={view}>{button}</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
