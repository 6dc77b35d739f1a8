'use client'

import { FilesField } from '@/app/_files/files-field'
import { SelectField, TextAreaField, TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { open } from '@/lib/enquiries/actions'

const labels = { accountNumber: 'Лицевой счёт', subject: 'О чём', text: 'Ваш вопрос', files: 'Файлы' }

/**
 * A new enquiry; `promise`: the day it will be answered by. Without a line it may be about any of the accounts, or about none.
 */
export function EnquiryForm({
  sendingKey,
  accountNumber,
  accounts,
  subject,
  line,
  promise,
}: {
  sendingKey: string
  accountNumber: string
  accounts: readonly { accountNumber: string; address: string }[]
  subject: string
  line: { period: string; service: string } | undefined
  promise: string
}) {
  return (
    <ServerForm action={open} labels={labels}>
      {(view) => (
        <>
          <input type="hidden" name="sendingKey" value={view.value('sendingKey', sendingKey)} />
          {line || accounts.length === 0 ? (
            <input type="hidden" name="accountNumber" value={accountNumber} />
          ) : (
            <SelectField
              name="accountNumber"
              label={labels.accountNumber}
              error={view.error('accountNumber')}
              defaultValue={view.value('accountNumber', accountNumber)}
            >
              {accounts.map((one) => (
                <option key={one.accountNumber} value={one.accountNumber}>
                  {`${one.accountNumber}, ${one.address}`}
                </option>
              ))}
              <option value="">Общий вопрос, не о счёте</option>
            </SelectField>
          )}
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
          <FilesField error={view.error('files')} />
          <p className="text-soft">{`Ответим не позднее ${promise}. О готовом ответе придёт письмо.`}</p>
          <div>
            <SubmitButton view={view}>Отправить обращение</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
