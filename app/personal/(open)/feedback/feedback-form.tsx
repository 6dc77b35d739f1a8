'use client'

import Link from 'next/link'
import { FilesField } from '@/app/_files/files-field'
import { TextAreaField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { sendFeedback } from '@/lib/enquiries/actions'

const labels = {
  subject: 'О чём',
  text: 'Сообщение',
  files: 'Файлы',
  name: 'Как к вам обращаться',
  email: 'Электронная почта',
  phone: 'Телефон',
}

/** Subject, text, files, and how to answer: each way by choice. */
export function FeedbackForm({ sendingKey }: { sendingKey: string }) {
  return (
    <ServerForm action={sendFeedback} labels={labels}>
      {(view) => (
        <>
          <input type="hidden" name="sendingKey" value={view.value('sendingKey', sendingKey)} />
          <TextField name="subject" label={labels.subject} maxLength={120} {...typed(view, 'subject')} />
          <TextAreaField
            name="text"
            label={labels.text}
            hint="Назовите адрес или лицевой счёт, если вопрос о квартире. Паспорт и пароли здесь не нужны."
            rows={6}
            maxLength={4000}
            {...typed(view, 'text')}
          />
          <FilesField error={view.error('files')} />
          <Contact view={view} />
          <p className="text-[0.94em] text-soft">
            Что вы напишете, увидят только наши сотрудники.{' '}
            <Link href="/personal/documents/privacy" prefetch={false} className="inline-block py-1.5">
              Политика обработки данных
            </Link>
          </p>
          <div>
            <SubmitButton view={view}>Отправить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

function Contact({ view }: { view: FormView }) {
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-1 text-[1.2rem] font-semibold">Как вам ответить</legend>
      <p>
        Всё по желанию. Но если не оставить ни почты, ни телефона, ответить мы не сможем: только прочитаем.
      </p>
      <TextField
        name="name"
        label={labels.name}
        autoComplete="name"
        maxLength={80}
        {...typed(view, 'name')}
      />
      <TextField
        name="email"
        label={labels.email}
        hint="Ответ придёт письмом"
        inputMode="email"
        autoComplete="email"
        maxLength={254}
        {...typed(view, 'email')}
      />
      <TextField
        name="phone"
        label={labels.phone}
        hint="Позвоним, если почты нет"
        inputMode="tel"
        autoComplete="tel"
        maxLength={40}
        {...typed(view, 'phone')}
      />
    </fieldset>
  )
}

function typed(view: FormView, name: string) {
  return { error: view.error(name), defaultValue: view.value(name) }
}
