'use client'

import { FilesField } from '@/app/_files/files-field'
import { TextAreaField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { answer } from '@/lib/enquiries/actions'

const labels = { text: 'Ответ', files: 'Файлы' }

/** «Ответить»; `start` is a template's text, `told` says how the person will learn of it. */
export function AnswerForm({ number, start, told }: { number: number; start: string; told: string }) {
  return (
    <ServerForm action={answer} labels={labels} className="grid max-w-2xl gap-3">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          <TextAreaField
            name="text"
            label={labels.text}
            hint={told}
            rows={6}
            maxLength={4000}
            error={view.error('text')}
            defaultValue={view.value('text', start)}
          />
          <FilesField error={view.error('files')} />
          <div>
            <SubmitButton view={view}>Ответить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
