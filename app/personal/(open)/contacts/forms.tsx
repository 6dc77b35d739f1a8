'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { confirmAddress, undoContact } from '@/lib/access/actions'

/** «Подтвердить адрес». */
export function ConfirmForm({ token }: { token: string }) {
  return (
    <ServerForm action={confirmAddress} labels={{}} className="grid gap-3">
      {(view) => (
        <div>
          <input type="hidden" name="token" value={token} />
          <SubmitButton view={view}>Подтвердить адрес</SubmitButton>
        </div>
      )}
    </ServerForm>
  )
}

/** «Отменить изменение». */
export function UndoForm({ token }: { token: string }) {
  return (
    <ServerForm action={undoContact} labels={{}} className="grid gap-3">
      {(view) => (
        <div>
          <input type="hidden" name="token" value={token} />
          <Button look="grave" aria-disabled={view.pending || undefined}>
            Отменить изменение
          </Button>
        </div>
      )}
    </ServerForm>
  )
}
