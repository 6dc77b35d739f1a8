'use client'

import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { PasswordField } from '@/app/_ui/password-field'
import { savePassword } from '@/lib/access/actions'
import { passwordSchema } from '@/lib/access/schema'

const labels = {
  digits: 'Последние 4 цифры лицевого счёта',
  password: 'Новый пароль',
  repeat: 'Повторите пароль',
}

/** The new password, twice; and the four digits of an account, if the person has one. */
export function PasswordForm({ token, digits }: { token: string; digits: boolean }) {
  return (
    <ServerForm action={savePassword} schema={passwordSchema} labels={labels}>
      {(view) => (
        <>
          <input type="hidden" name="token" value={token} />
          {digits ? (
            <TextField
              name="digits"
              label={labels.digits}
              hint="Номер счёта есть вверху квитанции"
              error={view.error('digits')}
              defaultValue={view.value('digits')}
              inputMode="numeric"
              autoComplete="off"
              maxLength={4}
              className="max-w-32"
            />
          ) : null}
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
          <SubmitButton view={view}>Сохранить пароль</SubmitButton>
        </>
      )}
    </ServerForm>
  )
}
