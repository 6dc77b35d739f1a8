'use client'

import { Notice } from '@/app/_ui/box'
import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { checkPaperAction } from '@/lib/papers/actions'

const labels = { number: 'Номер документа', code: 'Код' }

/** Number and code of a paper; the answer stands above the fields. */
export function CheckForm({ number, code }: { number: string; code: string }) {
  return (
    <ServerForm action={checkPaperAction} labels={labels}>
      {(view) => (
        <>
          {view.shown ? <Answer shown={view.shown} /> : null}
          <TextField
            name="number"
            label={labels.number}
            error={view.error('number')}
            defaultValue={view.value('number', number)}
            inputMode="numeric"
            autoComplete="off"
          />
          <TextField
            name="code"
            label={labels.code}
            hint="Восемь цифр, например 4821-0937"
            error={view.error('code')}
            defaultValue={view.value('code', code)}
            inputMode="numeric"
            autoComplete="off"
          />
          <SubmitButton view={view}>Проверить</SubmitButton>
        </>
      )}
    </ServerForm>
  )
}

function Answer({ shown: { title = '', ...facts } }: { shown: Record<string, string> }) {
  return (
    <Notice tone="good" role="status" title={title}>
      <dl className="mt-1 grid gap-1">
        {Object.entries(facts).map(([name, value]) => (
          <div key={name}>
            <dt className="text-[0.94em] text-soft">{name}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Notice>
  )
}
