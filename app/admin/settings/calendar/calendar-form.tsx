'use client'

import { TextAreaField, TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { loadCalendarAction } from '@/lib/office/actions'

const labels = { file: 'Файл calendar.xml', text: 'Или его содержимое' }

/** A year's production calendar, from a file or pasted. */
export function CalendarForm() {
  return (
    <ServerForm action={loadCalendarAction} labels={labels} className="grid max-w-xl gap-4">
      {(view) => (
        <>
          <p className="text-soft">
            В том виде, в каком его публикует xmlcalendar.ru: файл одного года. Сверьте с постановлением о
            переносе выходных. Год, который уже есть, заменится.
          </p>
          <TextField
            name="file"
            label={labels.file}
            type="file"
            accept=".xml,text/xml,application/xml"
            error={view.error('file')}
          />
          <TextAreaField
            name="text"
            label={labels.text}
            rows={5}
            spellCheck={false}
            error={view.error('text')}
            defaultValue={view.value('text')}
          />
          <div>
            <SubmitButton view={view}>Загрузить год</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
