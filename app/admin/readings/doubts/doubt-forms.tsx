'use client'

import { useEffect, useRef } from 'react'
import { Button } from '@/app/_ui/button'
import { TextAreaField, TextField } from '@/app/_ui/field'
import { type FormView, ServerForm } from '@/app/_ui/form'
import { askDoubtAction, correctDoubtAction, keepDoubtAction } from '@/lib/readings/actions'

const labels = { value: 'Правильное показание', text: 'Письмо жильцу' }

/** «Оставить как есть», «Исправить на …», «Спросить жильца». */
export function DoubtForms({
  doubt,
  proposed,
  unit,
  people,
  phone,
  message,
}: {
  doubt: string
  proposed: string | undefined
  unit: string
  people: number
  phone: string | undefined
  message: string
}) {
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-end gap-x-8 gap-y-4">
        <ServerForm action={keepDoubtAction} labels={labels} className="grid gap-3">
          {(view) => <KeepButton doubt={doubt} view={view} />}
        </ServerForm>
        <ServerForm action={correctDoubtAction} labels={labels} className="flex flex-wrap items-end gap-3">
          {(view) => (
            <>
              <input type="hidden" name="doubt" value={doubt} />
              <div className="w-60">
                <TextField
                  name="value"
                  label={`${labels.value}, ${unit}`}
                  error={view.error('value')}
                  defaultValue={view.value('value', proposed)}
                  inputMode="decimal"
                  autoComplete="off"
                  className="tabular-nums"
                />
              </div>
              <Button look="second" aria-disabled={view.pending || undefined}>
                Исправить
              </Button>
            </>
          )}
        </ServerForm>
      </div>
      {people > 0 ? (
        <details>
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
            Спросить жильца письмом…
          </summary>
          <ServerForm action={askDoubtAction} labels={labels} className="grid max-w-3xl gap-3">
            {(view) => (
              <>
                <input type="hidden" name="doubt" value={doubt} />
                <TextAreaField
                  name="text"
                  label={labels.text}
                  rows={6}
                  maxLength={1000}
                  error={view.error('text')}
                  defaultValue={view.value('text', message)}
                />
                <div>
                  <Button look="second" aria-disabled={view.pending || undefined}>
                    Спросить жильца
                  </Button>
                </div>
              </>
            )}
          </ServerForm>
        </details>
      ) : (
        <p>
          {'Письмом спросить некого: на письма никто из жильцов не согласился. '}
          {phone ? (
            <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} className="inline-block py-1">
              {`Позвоните: ${phone}`}
            </a>
          ) : (
            'Телефона в биллинге нет.'
          )}
        </p>
      )}
    </div>
  )
}

/** Pressed by Ctrl+Enter too, unless somebody is typing. */
function KeepButton({ doubt, view }: { doubt: string; view: FormView }) {
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
    <>
      <input type="hidden" name="doubt" value={doubt} />
      <Button ref={button} aria-disabled={view.pending || undefined} aria-keyshortcuts="Control+Enter">
        Оставить как есть
        <span aria-hidden="true" className="hidden font-normal wide:inline">
          Ctrl ↵
        </span>
      </Button>
    </>
  )
}
