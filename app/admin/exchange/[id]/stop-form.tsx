'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { stop } from '@/lib/exchange/actions'

/** «Остановить» a check or a load. */
export function StopForm({ importId }: { importId: string }) {
  return (
    <ServerForm action={stop} labels={{}} className="grid gap-3">
      {() => (
        <>
          <input type="hidden" name="importId" value={importId} />
          <div>
            <Button look="grave">Остановить</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
