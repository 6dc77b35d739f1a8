'use client'

import { TextField } from '@/app/_ui/field'
import { type FormView, ServerForm } from '@/app/_ui/form'
import { PasswordField } from '@/app/_ui/password-field'
import { register } from '@/lib/helper-access/actions'
import { registrationSchema } from '@/lib/helper-access/schema'
import { GatedSubmit } from '../../request/gated-submit'
import { RequiredTicks } from '../../request/ticks'

const labels = {
  lastName: 'Фамилия',
  firstName: 'Имя',
  patronymic: 'Отчество',
  password: 'Новый пароль',
  repeat: 'Повторите пароль',
  acceptAgreement: 'Пользовательское соглашение',
  acceptConsent: 'Согласие на обработку данных',
}

/** A sign-in of their own for somebody invited: name, password, both ticks. */
export function RegistrationForm({ token }: { token: string }) {
  return (
    <ServerForm action={register} schema={registrationSchema} labels={labels} gated>
      {(view) => (
        <>
          <input type="hidden" name="token" value={token} />
          <Names view={view} />
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
          <RequiredTicks view={view} />
          <GatedSubmit view={view}>Принять приглашение</GatedSubmit>
        </>
      )}
    </ServerForm>
  )
}

function Names({ view }: { view: FormView }) {
  return (
    <>
      <TextField
        name="lastName"
        label={labels.lastName}
        error={view.error('lastName')}
        defaultValue={view.value('lastName')}
        autoComplete="family-name"
      />
      <TextField
        name="firstName"
        label={labels.firstName}
        error={view.error('firstName')}
        defaultValue={view.value('firstName')}
        autoComplete="given-name"
      />
      <TextField
        name="patronymic"
        label={labels.patronymic}
        hint="Если есть"
        error={view.error('patronymic')}
        defaultValue={view.value('patronymic')}
        autoComplete="additional-name"
      />
    </>
  )
}
