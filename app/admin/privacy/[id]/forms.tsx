'use client'

import { Button } from '@/app/_ui/button'
import { CheckField, SelectField, TextAreaField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { erase, settle } from '@/lib/privacy/actions'

const labels = { outcome: 'Итог', note: 'Ответ человеку', sure: 'Подтверждение' }

/** «Ответить» to a correction: the note goes by letter. */
export function SettleForm({ id }: { id: string }) {
  return (
    <ServerForm action={settle} labels={labels} className="grid max-w-xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="id" value={id} />
          <SelectField
            name="outcome"
            label={labels.outcome}
            error={view.error('outcome')}
            defaultValue={view.value('outcome', '')}
          >
            <option value="">Выберите</option>
            <option value="done">Исправлено</option>
            <option value="refused">Исправить нельзя</option>
          </SelectField>
          <TextAreaField
            name="note"
            label={labels.note}
            hint="Что исправлено или почему нельзя. Уйдёт письмом"
            error={view.error('note')}
            defaultValue={view.value('note')}
          />
          <div>
            <Button>Ответить</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Уничтожить данные» of a withdrawal. */
export function EraseForm({ id }: { id: string }) {
  return (
    <ServerForm action={erase} labels={labels} className="grid max-w-xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="id" value={id} />
          <CheckField
            name="sure"
            label="Уничтожить: вернуть будет нельзя"
            error={view.error('sure')}
            defaultChecked={view.checked('sure')}
          />
          <div>
            <Button look="grave">Уничтожить данные</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
