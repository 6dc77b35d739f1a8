'use client'

import { Button } from '@/app/_ui/button'
import { TextAreaField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { block, unblock } from '@/lib/access/actions'

const labels = { reason: 'Причина' }

/** «Заблокировать» or «Разблокировать», whichever the person's state allows; both ask for a reason. */
export function BlockForm({ userId, blocked }: { userId: string; blocked: boolean }) {
  const hint = blocked
    ? 'Прежний пароль действовать не будет: человеку уйдёт письмо со ссылкой, чтобы задать новый'
    : 'Вход закроется сразу на всех устройствах. Человек причины не увидит: она для коллег и журнала'
  return (
    <ServerForm
      key={String(blocked)}
      action={blocked ? unblock : block}
      labels={labels}
      className="grid max-w-xl gap-3"
    >
      {(view) => (
        <>
          <input type="hidden" name="userId" value={userId} />
          <TextAreaField
            name="reason"
            label={labels.reason}
            hint={hint}
            rows={2}
            error={view.error('reason')}
            defaultValue={view.value('reason')}
          />
          <div>
            <Button look={blocked ? 'main' : 'grave'}>{blocked ? 'Разблокировать' : 'Заблокировать'}</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
