'use client'

import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { showCode } from '@/lib/access/actions'

const labels = { code: 'Код' }

/** One code. A recovery code is taken in the same field once the second step is set up. */
export function CodeForm({ next, first }: { next: string | undefined; first: boolean }) {
  return (
    <ServerForm action={showCode} labels={labels}>
      {(view) => (
        <>
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <TextField
            name="code"
            label={labels.code}
            hint={
              first ? 'Шесть цифр, которые показало приложение' : 'Шесть цифр из приложения или запасной код'
            }
            error={view.error('code')}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            className="max-w-56"
          />
          <SubmitButton view={view}>Продолжить</SubmitButton>
        </>
      )}
    </ServerForm>
  )
}
