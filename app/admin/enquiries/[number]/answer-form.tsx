'use client'

import { TextAreaField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { answer } from '@/lib/enquiries/actions'

const labels = { text: 'Ответ' }

/** «Ответить»: the person reads it in the cabinet; the letter only says that it is there. */
export function AnswerForm({ number }: { number: number }) {
  return (
    <ServerForm action={answer} labels={labels} className="grid max-w-2xl gap-3">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          <TextAreaField
            name="text"
            label={labels.text}
            hint="Человек прочитает его в кабинете. В письме будет только номер и ссылка."
            rows={6}
            maxLength={4000}
            error={view.error('text')}
            defaultValue={view.value('text')}
          />
          <div>
            <SubmitButton view={view}>Ответить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
