'use client'

import { FilesField } from '@/app/_files/files-field'
import { TextAreaField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { write } from '@/lib/enquiries/actions'

const labels = { text: 'Добавить к обращению', files: 'Файлы' }

/** One more message in an enquiry. */
export function MessageForm({ number }: { number: number }) {
  return (
    <ServerForm action={write} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          <TextAreaField
            name="text"
            label={labels.text}
            rows={4}
            maxLength={4000}
            error={view.error('text')}
            defaultValue={view.value('text')}
          />
          <FilesField error={view.error('files')} />
          <div>
            <SubmitButton view={view}>Отправить сообщение</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
