import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { AboutMeter } from '@/app/_meters/about'
import { UseGraph } from '@/app/_meters/use-graph'
import { Values } from '@/app/_meters/values'
import { ownMeter } from '@/lib/readings/history'
import { nightsOf } from '@/lib/readings/night-checks'
import { meterOfAddress } from '@/lib/readings/schema'
import { isWater, unitOf } from '@/lib/readings/words'
import { requireSubscriber } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { Nights } from './nights'

export const metadata: Metadata = { title: 'Счётчик' }

export default async function MeterPage({ params }: PageProps<'/personal/readings/meters/[id]'>) {
  const subscriber = await requireSubscriber()
  const id = meterOfAddress.safeParse((await params).id)
  const history = id.success ? await ownMeter(subscriber, id.data) : undefined
  if (!history) notFound()
  const now = new Date()
  const { meter, account } = history
  const nights = isWater(meter.kind) ? await nightsOf(subscriber, meter, now) : undefined
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <Link
          href={`/personal/readings?account=${encodeURIComponent(account.accountNumber)}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center justify-self-start"
        >
          К показаниям
        </Link>
        <h1>{meter.title}</h1>
        <p className="text-[0.94em] text-soft">
          {account.address}
          <br />
          {`Счёт ${account.accountNumber}`}
        </p>
      </div>
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <AboutMeter
          history={history}
          today={moscowDay(now)}
          pathOf={(other) => `/personal/readings/meters/${other}`}
        />
        <UseGraph history={history} here={'у\u00a0вас'} />
      </div>
      {nights ? <Nights meter={meter} nights={nights} /> : null}
      <Values months={history.months} unit={unitOf(meter.kind)} />
    </div>
  )
}
