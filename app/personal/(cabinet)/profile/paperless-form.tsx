'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { savePaperless } from '@/lib/ledger/actions'

/** The one button that changes how an account's bills come; which it is follows from what is chosen now. */
export function PaperlessForm({ accountNumber, paperless }: { accountNumber: string; paperless: boolean }) {
  return (
    <ServerForm key={String(paperless)} action={savePaperless} labels={{}} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="account" value={accountNumber} />
          <input type="hidden" name="paperless" value={paperless ? 'no' : 'yes'} />
          <div>
            <Button look={paperless ? 'second' : 'main'} aria-disabled={view.pending || undefined}>
              {paperless ? 'Снова присылать бумажную' : 'Присылать на почту вместо бумажной'}
            </Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
