'use client'

import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { PasswordField } from '@/app/_ui/password-field'
import { replacePassword } from '@/lib/access/actions'

const labels = { current: 'Нынешний пароль', password: 'Новый пароль', repeat: 'Повторите новый пароль' }

/** The old password, and the new one twice. */
export function ChangeForm() {
  return (
    <ServerForm action={replacePassword} labels={labels}>
      {(view) => (
        <>
          <PasswordField
            name="current"
            label={labels.current}
            error={view.error('current')}
            autoComplete="current-password"
          />
          <PasswordField
            name="password"
            label={labels.password}
            hint="Не меньше 12 знаков: например, четыре слова через пробел"
            error={view.error('password')}
            autoComplete="new-password"
          />
          <PasswordField
            name="repeat"
            label={labels.repeat}
            error={view.error('repeat')}
            autoComplete="new-password"
          />
          <div>
            <SubmitButton view={view}>Сменить пароль</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
