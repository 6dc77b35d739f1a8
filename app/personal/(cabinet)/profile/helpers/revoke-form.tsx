'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { revoke } from '@/lib/helper-access/actions'

/** «Отозвать»: at once, without a question; inviting again is easy. */
export function RevokeForm({ id, name }: { id: string; name: string }) {
  return (
    <ServerForm action={revoke} labels={{}} className="grid gap-3">
      {(view) => (
        <div>
          <input type="hidden" name="id" value={id} />
          <Button look="second" aria-label={`Отозвать: ${name}`} aria-disabled={view.pending || undefined}>
            Отозвать
          </Button>
        </div>
      )}
    </ServerForm>
  )
}
