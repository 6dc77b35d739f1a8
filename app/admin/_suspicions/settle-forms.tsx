'use client'

import { Button } from '@/app/_ui/button'
import { TextAreaField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { blockBySign, dismissSign } from '@/lib/access/actions'

const labels = { blockReason: 'Почему блокируем', dismissReason: 'Почему не опасно' }

/** «Заблокировать» and «Это не опасно» beside one sign; without the first where there is nobody to block. */
export function SettleForms({
  suspicionId,
  blockReason,
  back,
}: {
  suspicionId: string
  /** What the reason begins with; undefined: nobody to block. */
  blockReason: string | undefined
  back: 'queue' | 'person'
}) {
  return (
    <div className="grid items-start gap-4 wide:grid-cols-2">
      <ServerForm action={dismissSign} labels={labels} className="grid gap-3">
        {(view) => (
          <>
            <input type="hidden" name="suspicionId" value={suspicionId} />
            <input type="hidden" name="back" value={back} />
            <TextAreaField
              name="dismissReason"
              label={labels.dismissReason}
              rows={3}
              error={view.error('dismissReason')}
              defaultValue={view.value('dismissReason')}
            />
            <div>
              <Button look="second">Это не опасно</Button>
            </div>
          </>
        )}
      </ServerForm>
      {blockReason === undefined ? null : (
        <ServerForm action={blockBySign} labels={labels} className="grid gap-3">
          {(view) => (
            <>
              <input type="hidden" name="suspicionId" value={suspicionId} />
              <input type="hidden" name="back" value={back} />
              <TextAreaField
                name="blockReason"
                label={labels.blockReason}
                rows={3}
                error={view.error('blockReason')}
                defaultValue={view.value('blockReason', blockReason)}
              />
              <div>
                <Button look="grave">Заблокировать</Button>
              </div>
            </>
          )}
        </ServerForm>
      )}
    </div>
  )
}
