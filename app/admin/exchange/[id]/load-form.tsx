'use client'

import { CheckField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { load } from '@/lib/exchange/actions'

const labels = { withoutRejects: 'Загрузить без отклонённых строк' }

/** «Загрузить»; a file with rejected rows asks for a tick first. */
export function LoadForm({ importId, rejects }: { importId: string; rejects: boolean }) {
  return (
    <ServerForm action={load} labels={labels} className="grid max-w-2xl gap-4">
      {(view) => (
        <>
          <input type="hidden" name="importId" value={importId} />
          {rejects ? (
            <CheckField
              name="withoutRejects"
              label={labels.withoutRejects}
              error={view.error('withoutRejects')}
              defaultChecked={view.checked('withoutRejects')}
            />
          ) : null}
          <div>
            <SubmitButton view={view}>Загрузить</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
