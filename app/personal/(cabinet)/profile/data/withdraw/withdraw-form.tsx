'use client'

import { Button } from '@/app/_ui/button'
import { CheckField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { withdraw } from '@/lib/privacy/actions'

const labels = { understood: 'Последствия' }

/** «Отозвать согласие», after a tick. */
export function WithdrawForm() {
  return (
    <ServerForm action={withdraw} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <CheckField
            name="understood"
            label="Я прочитал(а), что закончится и что останется"
            error={view.error('understood')}
            defaultChecked={view.checked('understood')}
          />
          <div>
            <Button look="grave">Отозвать согласие</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
