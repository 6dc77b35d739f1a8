'use client'

import { CheckField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { accept } from '@/lib/acceptance/actions'

const labels = {
  agreement: 'Принимаю условия Пользовательского соглашения',
  consent: 'Даю согласие на обработку персональных данных',
}

/** «Принимаю»; with the consent among the documents, a tick for each, none of them ticked beforehand. */
export function AcceptForm({
  seen,
  next,
  asked,
  ticks,
}: {
  seen: string
  next: string | undefined
  asked: ('agreement' | 'consent')[]
  ticks: boolean
}) {
  return (
    <ServerForm action={accept} labels={labels} className="grid gap-4">
      {(view) => (
        <>
          <input type="hidden" name="seen" value={seen} />
          {next ? <input type="hidden" name="next" value={next} /> : null}
          {ticks
            ? asked.map((kind) => (
                <CheckField
                  key={kind}
                  name={kind}
                  label={labels[kind]}
                  error={view.error(kind)}
                  defaultChecked={view.checked(kind)}
                />
              ))
            : null}
          <div>
            <SubmitButton view={view}>{asked.length > 0 ? 'Принимаю' : 'Продолжить'}</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
