'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { decideAtDemoBank } from '@/lib/payments/actions'

const choices = [
  ['pay', 'main', 'Оплатить'],
  ['refuse', 'second', 'Отказать'],
  ['hang', 'second', 'Списать и промолчать'],
] as const

export function DecisionForm({ id }: { id: string }) {
  return (
    <div className="grid gap-3">
      {choices.map(([decision, look, words]) => (
        <ServerForm key={decision} action={decideAtDemoBank} labels={{}} className="grid">
          {(view) => (
            <>
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="decision" value={decision} />
              <Button look={look} aria-disabled={view.pending || undefined}>
                {words}
              </Button>
            </>
          )}
        </ServerForm>
      ))}
      <p className="text-[0.94em] text-soft">
        «Списать и промолчать»: банк не сообщит о платеже, кабинет спросит его сам и зачислит деньги за
        несколько минут.
      </p>
    </div>
  )
}
