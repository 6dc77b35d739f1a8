'use client'

import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { recover } from '@/lib/access/actions'

const labels = { who: 'Логин или электронная почта' }

/** Whom to send a new link to. */
export function RecoverForm() {
  return (
    <ServerForm action={recover} labels={labels}>
      {(view) => (
        <>
          <TextField
            name="who"
            label={labels.who}
            hint="Почта — та, что была в заявке"
            error={view.error('who')}
            defaultValue={view.value('who')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
          <SubmitButton view={view}>Прислать ссылку</SubmitButton>
        </>
      )}
    </ServerForm>
  )
}
