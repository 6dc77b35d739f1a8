'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { stop } from '@/lib/helper-access/actions'

/** «Больше не помогаю», behind a line that has to be opened: pressed by mistake it cannot be taken back by the helper. */
export function StopForm({ id }: { id: string }) {
  return (
    <details>
      <summary className="flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
        Больше не помогаю…
      </summary>
      <ServerForm action={stop} labels={{}} className="mt-2 grid gap-3">
        {(view) => (
          <>
            <p>Вы больше не увидите эти счётчики. Вернуть доступ сможет только новое приглашение.</p>
            <div>
              <input type="hidden" name="id" value={id} />
              <Button look="grave" aria-disabled={view.pending || undefined}>
                Больше не помогаю
              </Button>
            </div>
          </>
        )}
      </ServerForm>
    </details>
  )
}
