'use client'

import { CheckField, TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { PasswordField } from '@/app/_ui/password-field'
import { logIn } from '@/lib/access/actions'

const labels = { login: 'Логин', password: 'Пароль' }

/** Login, password and «Чужой компьютер». */
export function LoginForm({ next }: { next: string | undefined }) {
  return (
    <ServerForm action={logIn} labels={labels}>
      {(view) => (
        <>
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <TextField
            name="login"
            label={labels.login}
            error={view.error('login')}
            defaultValue={view.value('login')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
          <PasswordField
            name="password"
            label={labels.password}
            error={view.error('password')}
            autoComplete="current-password"
          />
          <CheckField
            name="shared"
            label="Чужой компьютер"
            hint="Войдём на 10 минут и ничего на нём не оставим"
            defaultChecked={view.checked('shared')}
          />
          <SubmitButton view={view}>Войти</SubmitButton>
        </>
      )}
    </ServerForm>
  )
}
