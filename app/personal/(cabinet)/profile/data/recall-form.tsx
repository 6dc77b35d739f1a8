'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { recall } from '@/lib/privacy/actions'

/** «Передумать»: takes a request back. */
export function RecallForm({ id }: { id: string }) {
  return (
    <ServerForm action={recall} labels={{}} className="grid gap-2">
      {() => (
        <>
          <input type="hidden" name="id" value={id} />
          <div>
            <Button look="quiet">Передумать</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
