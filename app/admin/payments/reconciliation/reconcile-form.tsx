'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { reconcileNow } from '@/lib/payments/actions'

/** «Сверить сейчас». */
export function ReconcileForm() {
  return (
    <ServerForm action={reconcileNow} labels={{}} className="grid gap-3">
      {(view) => (
        <div>
          <Button look="second" aria-disabled={view.pending || undefined}>
            Сверить сейчас
          </Button>
        </div>
      )}
    </ServerForm>
  )
}
