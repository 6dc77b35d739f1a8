'use client'

import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { invite } from '@/lib/access/actions'
import { type RoleChoice, RoleFields } from '../role-fields'

const labels = {
  lastName: 'Фамилия',
  firstName: 'Имя',
  patronymic: 'Отчество',
  email: 'Рабочая почта',
  roles: 'Роли',
}

/** Who is invited, and what for. */
export function InviteForm({ choices }: { choices: readonly RoleChoice[] }) {
  return (
    <ServerForm action={invite} labels={labels}>
      {(view) => (
        <>
          {(['lastName', 'firstName', 'patronymic', 'email'] as const).map((name) => (
            <TextField
              key={name}
              name={name}
              label={labels[name]}
              error={view.error(name)}
              defaultValue={view.value(name)}
              autoComplete="off"
              {...(name === 'email' ? { inputMode: 'email' as const, autoCapitalize: 'none' } : {})}
            />
          ))}
          <RoleFields view={view} choices={choices} typed={view.value('lastName') !== undefined} />
          <div>
            <SubmitButton view={view}>Пригласить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
