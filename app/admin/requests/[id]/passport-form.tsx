'use client'

import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import { type FormView, ServerForm } from '@/app/_ui/form'
import { showPassport } from '@/lib/requests/actions'
import { viewReasons } from '@/lib/requests/schema'

const labels = { viewReason: 'Зачем открыть паспорт' }

/** The passport in the clear, after a reason is given; it stands in that one answer and in no address. */
export function PassportForm({ requestId }: { requestId: string }) {
  return (
    <ServerForm action={showPassport} labels={labels} className="grid max-w-xl gap-3">
      {(view) => (view.shown ? <Values shown={view.shown} /> : <Door requestId={requestId} view={view} />)}
    </ServerForm>
  )
}

function Door({ requestId, view }: { requestId: string; view: FormView }) {
  return (
    <div className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="requestId" value={requestId} />
      <div className="min-w-52 flex-1">
        <SelectField
          name="viewReason"
          label={labels.viewReason}
          hint="Просмотр попадёт в журнал"
          error={view.error('viewReason')}
          defaultValue={view.value('viewReason', '')}
        >
          <option value="">Выберите причину</option>
          {Object.entries(viewReasons).map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </SelectField>
      </div>
      <Button look="second" aria-disabled={view.pending || undefined}>
        Показать
      </Button>
    </div>
  )
}

function Values({ shown }: { shown: Record<string, string> }) {
  const { number, issuedBy, issuedOn } = shown
  return (
    <div role="status" className="grid gap-1 py-2">
      <p className="font-semibold tabular-nums">{number}</p>
      <p>
        {issuedBy}, {issuedOn}
      </p>
      <p className="text-[0.9em] text-soft">
        Просмотр записан в журнал. Уйдёте со страницы — паспорт закроется.
      </p>
    </div>
  )
}
