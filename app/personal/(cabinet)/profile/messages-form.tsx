'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { saveMessages } from '@/lib/access/actions'

/** The one button that gives the consent to messages or takes it back; which it is follows from what is chosen now. */
export function MessagesForm({ accepted }: { accepted: boolean }) {
  return (
    <ServerForm key={String(accepted)} action={saveMessages} labels={{}} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="messages" value={accepted ? 'no' : 'yes'} />
          <div>
            <Button look={accepted ? 'second' : 'main'} aria-disabled={view.pending || undefined}>
              {accepted ? 'Отключить' : 'Включить'}
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
