'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { undo } from '@/lib/exchange/actions'

/** The second «Отменить загрузку»: the one that does it. */
export function UndoForm({ importId }: { importId: string }) {
  return (
    <ServerForm action={undo} labels={{}} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="importId" value={importId} />
          <div>
            <Button look="grave" aria-disabled={view.pending || undefined}>
              Отменить загрузку
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
