import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Card, Notice } from '@/app/_ui/box'
import { helpedAccount } from '@/lib/helper-access/helping'
import { helperIdSchema } from '@/lib/helper-access/schema'
import { helpedReadings } from '@/lib/readings/helpers'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay } from '@/lib/units/day'
import { HelpOver } from './help-over'
import { HelpedMeters } from './helped-meters'
import { StopForm } from './stop-form'

export const metadata: Metadata = { title: 'Показания за другого' }

const done = {
  accepted: 'Приглашение принято. Теперь вы можете передавать показания.',
  same: 'Такие показания уже приняты, передавать их ещё раз не нужно.',
}

/** The meters of somebody the person helps: last values and the form, nothing else of the account. */
export default async function HelpedPage({ params, searchParams }: PageProps<'/personal/help/[id]'>) {
  const subscriber = await requireSubscriber()
  const now = new Date()
  const asked = helperIdSchema.safeParse(await params)
  const helped = asked.success ? await helpedAccount(subscriber, asked.data.id, now) : undefined
  if (!helped) notFound()
  if (helped.state !== 'active') return <HelpOver helped={helped} />
  const state = await helpedReadings(subscriber, helped.accountId, now)
  const { done: act } = await searchParams
  const notice = act === 'accepted' || act === 'same' ? done[act] : undefined
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <h1>Показания</h1>
        <p>{helped.address}</p>
        <p className="text-soft">{`Вы помогаете до ${formatDay(helped.until)} включительно.`}</p>
      </div>
      {notice ? <Notice tone="good" role="status" title={notice} /> : null}
      {state.meters.length > 0 ? (
        <HelpedMeters id={helped.id} state={state} />
      ) : (
        <Card>
          <h2>Здесь нет счётчиков</h2>
          <p>Передавать ничего не нужно.</p>
        </Card>
      )}
      <StopForm id={helped.id} />
    </div>
  )
}
