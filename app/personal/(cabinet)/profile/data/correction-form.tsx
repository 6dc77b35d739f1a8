'use client'

import { Button } from '@/app/_ui/button'
import { TextAreaField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { askCorrection } from '@/lib/privacy/actions'

const labels = { text: 'Что неверно и как правильно' }

/** «Попросить исправить». */
export function CorrectionForm() {
  return (
    <ServerForm action={askCorrection} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <TextAreaField
            name="text"
            label={labels.text}
            hint="Например: в фамилии одна «н», а не две. Исправим или ответим за 7 рабочих дней"
            error={view.error('text')}
            defaultValue={view.value('text')}
          />
          <div>
            <Button look="second">Попросить исправить</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
