'use client'

import { Button } from '@/app/_ui/button'
import { TextAreaField, TextField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { disconnect } from '@/lib/holders/actions'
import type { CalendarDay } from '@/lib/units/day'

const labels = {
  number: 'Номер заявления',
  day: 'День заявления',
  scan: 'Скан заявления',
  note: 'Заметка для коллег',
}

/** The holder's written application, and the act itself. */
export function DisconnectForm({
  account,
  userId,
  today,
}: {
  account: string
  userId: string
  today: CalendarDay
}) {
  return (
    <ServerForm action={disconnect} labels={labels} className="grid max-w-xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="account" value={account} />
          <input type="hidden" name="userId" value={userId} />
          <TextField
            name="number"
            label={labels.number}
            hint="Под которым оно записано у вас"
            error={view.error('number')}
            defaultValue={view.value('number')}
            autoComplete="off"
          />
          <TextField
            name="day"
            label={labels.day}
            type="date"
            max={today}
            error={view.error('day')}
            defaultValue={view.value('day')}
          />
          <TextField
            name="scan"
            label={labels.scan}
            type="file"
            accept="image/jpeg,image/png,application/pdf"
            hint="Если есть: JPEG, PNG или PDF, до 5 МБ. Если форма спросит пароль, выберите файл снова"
            error={view.error('scan')}
          />
          <TextAreaField
            name="note"
            label={labels.note}
            hint="Можно не писать"
            rows={2}
            error={view.error('note')}
            defaultValue={view.value('note')}
          />
          <div>
            <Button look="grave">Отключить счёт</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
