'use client'

import { Button } from '@/app/_ui/button'
import { SelectField, TextAreaField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { end } from '@/lib/helper-access/actions'

const labels = { id: 'Чью помощь', endReason: 'Почему прекращаете' }

/** «Прекратить»: whose help, and why. */
export function EndForm({
  helpers,
  back,
}: {
  helpers: readonly { id: string; label: string }[]
  back: string
}) {
  return (
    <ServerForm action={end} labels={labels} className="grid max-w-xl gap-3">
      {(view) => (
        <>
          <input type="hidden" name="back" value={back} />
          <SelectField
            name="id"
            label={labels.id}
            error={view.error('id')}
            defaultValue={view.value('id', helpers[0]?.id)}
          >
            {helpers.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </SelectField>
          <TextAreaField
            name="endReason"
            label={labels.endReason}
            hint="Увидят коллеги и журнал; передать показания помощник больше не сможет"
            rows={2}
            error={view.error('endReason')}
            defaultValue={view.value('endReason')}
          />
          <div>
            <Button look="grave">Прекратить</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
