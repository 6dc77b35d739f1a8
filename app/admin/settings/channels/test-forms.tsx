'use client'

import { Notice } from '@/app/_ui/box'
import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { testLetterAction, testTextAction } from '@/lib/office/actions'

const labels = { email: 'Куда отправить письмо', phone: 'Куда отправить SMS' }

/** «Отправить пробное письмо», and what became of it. */
export function TestLetterForm() {
  return (
    <ServerForm action={testLetterAction} labels={labels} className="grid max-w-xl gap-4">
      {(view) => (
        <>
          <Outcome shown={view.shown} />
          <TextField
            name="email"
            label={labels.email}
            type="email"
            error={view.error('email')}
            defaultValue={view.value('email')}
          />
          <div>
            <SubmitButton view={view}>Отправить пробное письмо</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Отправить пробное SMS», and what became of it. */
export function TestTextForm() {
  return (
    <ServerForm action={testTextAction} labels={labels} className="grid max-w-xl gap-4">
      {(view) => (
        <>
          <Outcome shown={view.shown} />
          <TextField
            name="phone"
            label={labels.phone}
            type="tel"
            error={view.error('phone')}
            defaultValue={view.value('phone')}
          />
          <div>
            <SubmitButton view={view}>Отправить пробное SMS</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

function Outcome({ shown }: { shown: Record<string, string> | undefined }) {
  if (!shown) return null
  const tone = shown.state === 'sent' ? 'good' : shown.state === 'failed' ? 'bad' : 'warn'
  return <Notice tone={tone} role="status" title={shown.words} />
}
