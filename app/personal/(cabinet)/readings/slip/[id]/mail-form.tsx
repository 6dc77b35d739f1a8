'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { mailSlipAction } from '@/lib/readings/actions'

/** «Прислать на почту». */
export function MailForm({ id }: { id: string }) {
  return (
    <ServerForm action={mailSlipAction} labels={{}} className="grid gap-3 print:hidden">
      {(view) => (
        <>
          <input type="hidden" name="id" value={id} />
          <Button look="second" aria-disabled={view.pending || undefined}>
            Прислать на почту
          </Button>
        </>
      )}
    </ServerForm>
  )
}
