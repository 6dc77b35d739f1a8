'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { verify } from '@/lib/inspection/actions'

/** «Проверить». */
export function VerifyForm() {
  return (
    <ServerForm action={verify} labels={{}}>
      {(view) => (
        <Button look="second" aria-disabled={view.pending || undefined}>
          {view.pending ? 'Проверяем…' : 'Проверить'}
        </Button>
      )}
    </ServerForm>
  )
}
