'use client'

import { useEffect, useRef } from 'react'
import { Button } from '@/app/_ui/button'
import { SelectField, TextAreaField } from '@/app/_ui/field'
import { type FormView, ServerForm } from '@/app/_ui/form'
import { approve, refuse } from '@/lib/requests/actions'
import { refusalReasons } from '@/lib/requests/schema'

const labels = { reason: 'Причина отказа', note: 'Пояснение для коллег' }

/**
 * «Подтвердить» and «Отказать» while the request waits. Once it is decided only the answer to whoever came second
 * is left of them: without JavaScript the page is new by then, and must still say who was quicker.
 */
export function DecisionForms({ requestId, waiting }: { requestId: string; waiting: boolean }) {
  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-4">
      <ServerForm action={approve} labels={labels} className="grid gap-3">
        {(view) =>
          waiting ? (
            <>
              <input type="hidden" name="requestId" value={requestId} />
              <ApproveButton view={view} />
            </>
          ) : null
        }
      </ServerForm>
      <ServerForm action={refuse} labels={labels} className="grid max-w-2xl flex-1 gap-1">
        {(view) => (waiting ? <Refusal requestId={requestId} view={view} /> : null)}
      </ServerForm>
    </div>
  )
}

/** Pressed by Ctrl+Enter too, unless somebody is typing. */
function ApproveButton({ view }: { view: FormView }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.matches('input, textarea, select')
      if (event.key === 'Enter' && event.ctrlKey && !typing && !event.repeat) button.current?.click()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className="wide:pt-7">
      <Button ref={button} aria-disabled={view.pending || undefined} aria-keyshortcuts="Control+Enter">
        Подтвердить
        <span aria-hidden="true" className="hidden font-normal wide:inline">
          Ctrl ↵
        </span>
      </Button>
    </div>
  )
}

function Refusal({ requestId, view }: { requestId: string; view: FormView }) {
  return (
    <>
      <input type="hidden" name="requestId" value={requestId} />
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-64 flex-1">
          <SelectField
            name="reason"
            label={`${labels.reason} — заявитель её не узнает`}
            error={view.error('reason')}
            defaultValue={view.value('reason', '')}
          >
            <option value="">Выберите причину</option>
            {Object.entries(refusalReasons).map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </SelectField>
        </div>
        <Button look="grave" aria-disabled={view.pending || undefined}>
          Отказать
        </Button>
      </div>
      <details open={view.error('note') !== undefined || undefined}>
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
          Добавить пояснение
        </summary>
        <TextAreaField
          name="note"
          label={labels.note}
          rows={2}
          error={view.error('note')}
          defaultValue={view.value('note')}
        />
      </details>
    </>
  )
}
