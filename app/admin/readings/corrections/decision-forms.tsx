'use client'

import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { acceptCorrectionAction, refuseCorrectionAction } from '@/lib/readings/actions'

const labels = { reason: 'Почему показание остаётся прежним' }

/** «Исправить» and «Отказать» of one request. */
export function DecisionForms({ correction }: { correction: string }) {
  return (
    <div className="flex flex-wrap items-end gap-x-8 gap-y-4">
      <ServerForm action={acceptCorrectionAction} labels={labels} className="grid gap-3">
        {(view) => (
          <>
            <input type="hidden" name="correction" value={correction} />
            <Button aria-disabled={view.pending || undefined}>Исправить</Button>
          </>
        )}
      </ServerForm>
      <ServerForm
        action={refuseCorrectionAction}
        labels={labels}
        className="flex min-w-72 flex-1 flex-wrap items-end gap-3"
      >
        {(view) => (
          <>
            <input type="hidden" name="correction" value={correction} />
            <div className="min-w-56 flex-1">
              <TextField
                name="reason"
                label={`${labels.reason} — жилец это прочтёт`}
                maxLength={500}
                error={view.error('reason')}
                defaultValue={view.value('reason')}
              />
            </div>
            <Button look="grave" aria-disabled={view.pending || undefined}>
              Отказать
            </Button>
          </>
        )}
      </ServerForm>
    </div>
  )
}
