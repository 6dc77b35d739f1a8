'use client'

import { Button } from '@/app/_ui/button'
import { SelectField, TextAreaField } from '@/app/_ui/field'
import { type FormView, ServerForm } from '@/app/_ui/form'
import { dismiss, inviteOnceMore, reset, saveRoles, welcomeBack, withdraw } from '@/lib/access/actions'
import { type RoleChoice, RoleFields } from '../role-fields'

/** «Сохранить роли». */
export function RolesForm({
  userId,
  held,
  choices,
}: {
  userId: string
  held: readonly string[]
  choices: readonly RoleChoice[]
}) {
  return (
    <ServerForm action={saveRoles} labels={{ roles: 'Роли' }} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="userId" value={userId} />
          <RoleFields view={view} choices={choices} held={held} typed={view.value('userId') !== undefined} />
          <div>
            <Button look="second">Сохранить роли</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Отправить приглашение ещё раз» and «Отозвать приглашение». */
export function InvitationForms({ userId }: { userId: string }) {
  return (
    <div className="flex flex-wrap items-start gap-4">
      <ServerForm action={inviteOnceMore} labels={{}} className="grid gap-3">
        {() => (
          <>
            <input type="hidden" name="userId" value={userId} />
            <Button look="second">Отправить приглашение ещё раз</Button>
          </>
        )}
      </ServerForm>
      <ServerForm action={withdraw} labels={{}} className="grid gap-3">
        {() => (
          <>
            <input type="hidden" name="userId" value={userId} />
            <Button look="grave">Отозвать приглашение</Button>
          </>
        )}
      </ServerForm>
    </div>
  )
}

/** «Отстранить» or «Вернуть», whichever the state allows; both ask for a reason. */
export function DismissForm({ userId, dismissed }: { userId: string; dismissed: boolean }) {
  const hint = dismissed
    ? 'Человеку уйдёт письмо со ссылкой для нового пароля. Роли останутся прежними'
    : 'Вход закроется сразу на всех устройствах. Причину увидят коллеги и журнал'
  return (
    <ServerForm
      key={String(dismissed)}
      action={dismissed ? welcomeBack : dismiss}
      labels={{ reason: 'Причина' }}
      className="grid max-w-xl gap-3"
    >
      {(view) => (
        <>
          <input type="hidden" name="userId" value={userId} />
          <Reason view={view} id="reason" hint={hint} />
          <div>
            <Button look={dismissed ? 'main' : 'grave'}>{dismissed ? 'Вернуть' : 'Отстранить'}</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Сбросить»: what, and why. */
export function ResetForm({ userId }: { userId: string }) {
  return (
    <ServerForm
      action={reset}
      labels={{ what: 'Что сбросить', reason: 'Причина' }}
      className="grid max-w-xl gap-3"
    >
      {(view) => (
        <>
          <input type="hidden" name="userId" value={userId} />
          <SelectField
            name="what"
            label="Что сбросить"
            error={view.error('what')}
            defaultValue={view.value('what', 'password')}
          >
            <option value="password">Пароль: человек его забыл</option>
            <option value="both">Пароль и второй шаг: телефон потерян или сменился</option>
          </SelectField>
          <Reason
            view={view}
            id="reset-reason"
            hint="Входы закроются, человеку уйдёт письмо со ссылкой. Сначала убедитесь, что просит он сам"
          />
          <div>
            <Button look="grave">Сбросить</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** Two forms of the page ask for a reason: each field has an id of its own. */
function Reason({ view, id, hint }: { view: FormView; id: string; hint: string }) {
  return (
    <TextAreaField
      name="reason"
      id={id}
      label="Причина"
      hint={hint}
      rows={2}
      error={view.error('reason')}
      defaultValue={view.value('reason')}
    />
  )
}
