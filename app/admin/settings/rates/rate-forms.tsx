'use client'

import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { addRateAction, removeRateAction } from '@/lib/office/actions'

const labels = { from: 'Действует с', percent: 'Процентов годовых' }

/** A rate from a day on. */
export function AddRateForm({ today }: { today: string }) {
  return (
    <ServerForm action={addRateAction} labels={labels} className="grid max-w-xl gap-4">
      {(view) => (
        <>
          <p className="text-soft">Прошедшие дни уже посчитаны: ставка начинается сегодня или позже.</p>
          <div className="flex flex-wrap gap-4">
            <div className="w-52">
              <TextField
                name="from"
                label={labels.from}
                type="date"
                min={today}
                error={view.error('from')}
                defaultValue={view.value('from')}
              />
            </div>
            <div className="w-52">
              <TextField
                name="percent"
                label={labels.percent}
                inputMode="decimal"
                error={view.error('percent')}
                defaultValue={view.value('percent')}
              />
            </div>
          </div>
          <div>
            <SubmitButton view={view}>Добавить ставку</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Убрать» a rate that is not in force yet. */
export function RemoveRateForm({ from }: { from: string }) {
  return (
    <ServerForm action={removeRateAction} labels={{}} className="grid gap-2">
      {() => (
        <div>
          <input type="hidden" name="from" value={from} />
          <Button look="quiet">Убрать</Button>
        </div>
      )}
    </ServerForm>
  )
}
