'use client'

import type { ReactNode } from 'react'
import { Button } from '@/app/_ui/button'
import { TextAreaField } from '@/app/_ui/field'
import { type FormView, ServerForm } from '@/app/_ui/form'
import { handPayments, handReadings, reopen } from '@/lib/exchange/actions'

const labels = { reason: 'Почему период открывается снова' }

/** «Передать в биллинг» a month's readings, after words on what that means. */
export function HandReadingsForm({ period, month }: { period: string; month: string }) {
  return (
    <Unfolding title="Передать в биллинг…">
      <ServerForm action={handReadings} labels={{}} className="grid gap-3">
        {(view) => (
          <>
            <input type="hidden" name="period" value={period} />
            <p>
              Показания за {month} закроются для исправлений. Присланное позже запишется за следующий месяц.
            </p>
            <HandButton view={view} />
          </>
        )}
      </ServerForm>
    </Unfolding>
  )
}

/** «Передать в биллинг» the payments: each is handed over once. */
export function HandPaymentsForm() {
  return (
    <Unfolding title="Передать в биллинг…">
      <ServerForm action={handPayments} labels={{}} className="grid gap-3">
        {(view) => (
          <>
            <p>Эти платежи войдут в один файл и будут отмечены как переданные. Второй раз они не попадут.</p>
            <HandButton view={view} />
          </>
        )}
      </ServerForm>
    </Unfolding>
  )
}

/** «Открыть период снова», with a reason. */
export function ReopenForm({ period, month }: { period: string; month: string }) {
  return (
    <Unfolding title="Открыть период снова…">
      <ServerForm action={reopen} labels={labels} className="grid gap-3">
        {(view) => (
          <>
            <input type="hidden" name="period" value={period} />
            <p>
              Жители снова смогут исправить показания за {month}, пока открыт приём. Потом период надо
              передать заново.
            </p>
            <TextAreaField
              name="reason"
              label={labels.reason}
              rows={2}
              error={view.error('reason')}
              defaultValue={view.value('reason')}
            />
            <div>
              <Button look="grave" aria-disabled={view.pending || undefined}>
                Открыть период снова
              </Button>
            </div>
          </>
        )}
      </ServerForm>
    </Unfolding>
  )
}

function Unfolding({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details>
      <summary className="min-h-11 cursor-pointer py-2.5 font-medium text-water">{title}</summary>
      {children}
    </details>
  )
}

function HandButton({ view }: { view: FormView }) {
  return (
    <div>
      <Button aria-disabled={view.pending || undefined}>
        {view.pending ? 'Передаём…' : 'Передать в биллинг'}
      </Button>
    </div>
  )
}
