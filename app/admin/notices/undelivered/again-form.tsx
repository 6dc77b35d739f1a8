'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { again } from '@/lib/notices/actions'

/** «Отправить ещё раз». */
export function AgainForm({ kind, id, to }: { kind: 'letter' | 'text'; id: string; to: string }) {
  return (
    <ServerForm action={again} labels={{}} className="grid gap-2">
      {(view) => (
        <>
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="id" value={id} />
          <Button look="second" className="whitespace-nowrap" aria-disabled={view.pending || undefined}>
            Отправить ещё раз<span className="sr-only">{`: ${to}`}</span>
          </Button>
        </>
      )}
    </ServerForm>
  )
}
