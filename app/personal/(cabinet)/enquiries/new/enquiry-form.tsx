'use client'

import { TextAreaField, TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { open } from '@/lib/enquiries/actions'

const labels = { subject: 'О чём', text: 'Ваш вопрос' }

/** A new enquiry; `promise`: the day it will be answered by. */
export function EnquiryForm({
  accountNumber,
  subject,
  line,
  promise,
}: {
  accountNumber: string
  subject: string
  line: { period: string; service: string } | undefined
  promise: string
}) {
  return (
    <ServerForm action={open} labels={labels}>
      {(view) => (
        <>
          <input type="hidden" name="accountNumber" value={accountNumber} />
          {line ? <input type="hidden" name="period" value={line.period} /> : null}
          {line ? <input type="hidden" name="service" value={line.service} /> : null}
          <TextField
            name="subject"
            label={labels.subject}
            maxLength={120}
            error={view.error('subject')}
            defaultValue={view.value('subject', subject)}
          />
          <TextAreaField
            name="text"
            label={labels.text}
            hint="Что не сходится или непонятно. Паспорт и пароли здесь не нужны."
            rows={6}
            maxLength={4000}
            error={view.error('text')}
            defaultValue={view.value('text')}
          />
          <p className="text-soft">{`Ответим не позднее ${promise}. О готовом ответе придёт письмо.`}</p>
          <div>
            <SubmitButton view={view}>Отправить обращение</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
