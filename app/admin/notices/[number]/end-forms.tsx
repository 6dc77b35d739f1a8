'use client'

import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { prolong, withdraw } from '@/lib/notices/actions'

/** «Изменить срок»: the end, where there is one, and until when it is shown. */
export function ProlongForm({
  number,
  timed,
  endsAt,
  shownUntil,
}: {
  number: number
  timed: boolean
  endsAt: string
  shownUntil: string
}) {
  const labels = { endsAt: 'Конец', shownUntil: 'Показывать до' }
  return (
    <ServerForm action={prolong} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          {timed ? (
            <TextField
              name="endsAt"
              label={labels.endsAt}
              type="datetime-local"
              error={view.error('endsAt')}
              defaultValue={view.value('endsAt', endsAt)}
            />
          ) : null}
          <TextField
            name="shownUntil"
            label={labels.shownUntil}
            type="datetime-local"
            error={view.error('shownUntil')}
            defaultValue={view.value('shownUntil', shownUntil)}
          />
          <div>
            <Button look="second" aria-disabled={view.pending || undefined}>
              Изменить срок
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** «Отменить объявление». */
export function WithdrawForm({ number }: { number: number }) {
  return (
    <ServerForm action={withdraw} labels={{}} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          <div>
            <Button look="grave" aria-disabled={view.pending || undefined}>
              Отменить объявление
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
