'use client'

import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { askEmail, askPhone, cancelContact, confirmCode } from '@/lib/access/actions'

const labels = { email: 'Новый адрес почты', phone: 'Новый номер телефона', code: 'Код из SMS' }

/** A new e-mail; `again`: one waits already and will be replaced. */
export function EmailForm({ again }: { again: boolean }) {
  return (
    <ServerForm action={askEmail} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <TextField
            name="email"
            type="email"
            label={labels.email}
            hint={
              again
                ? 'Укажете другой — ссылка из прошлого письма перестанет действовать'
                : 'Пришлём на него письмо со ссылкой; прежний действует, пока вы не подтвердите новый'
            }
            error={view.error('email')}
            defaultValue={view.value('email')}
            autoComplete="email"
            inputMode="email"
          />
          <div>
            <SubmitButton view={view}>Сменить почту</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** A new phone; `texts`: a code goes to it. */
export function PhoneForm({ texts }: { texts: boolean }) {
  return (
    <ServerForm action={askPhone} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <TextField
            name="phone"
            type="tel"
            label={labels.phone}
            hint={texts ? 'Пришлём на него SMS с кодом' : 'Например, +7 910 123-45-67'}
            error={view.error('phone')}
            defaultValue={view.value('phone')}
            autoComplete="tel"
            inputMode="tel"
          />
          <div>
            <SubmitButton view={view}>Сменить телефон</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** The six digits of the SMS. */
export function CodeForm() {
  return (
    <ServerForm action={confirmCode} labels={labels} className="mt-3 grid gap-3">
      {(view) => (
        <>
          <TextField
            name="code"
            label={labels.code}
            error={view.error('code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            className="max-w-40"
          />
          <div>
            <SubmitButton view={view}>Подтвердить номер</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** Gives up a change that waits. */
export function CancelForm({ kind }: { kind: 'email' | 'phone' }) {
  return (
    <ServerForm action={cancelContact} labels={{}} className="mt-2 grid gap-3">
      {(view) => (
        <div>
          <input type="hidden" name="kind" value={kind} />
          <Button look="second" aria-disabled={view.pending || undefined}>
            Не менять
          </Button>
        </div>
      )}
    </ServerForm>
  )
}
