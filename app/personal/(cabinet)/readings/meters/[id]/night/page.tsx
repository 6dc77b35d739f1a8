import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { Card, Notice } from '@/app/_ui/box'
import type { NightReading } from '@/lib/readings/night'
import { nightMeter, nightsOf } from '@/lib/readings/night-checks'
import { meterOfAddress } from '@/lib/readings/schema'
import { requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatInstant } from '@/lib/units/day'
import { formatDial } from '@/lib/units/quantity'
import { NightForm } from './night-form'
import { NightOutcome } from './result'

export const metadata: Metadata = { title: 'Ночная проверка' }

type Props = PageProps<'/personal/readings/meters/[id]/night'>

export default async function NightPage({ params, searchParams }: Props) {
  const subscriber = await requireSubscriber()
  const id = meterOfAddress.safeParse((await params).id)
  const found = id.success ? await nightMeter(subscriber, id.data) : undefined
  if (!found) notFound()
  const { meter, title } = found
  const [{ evening, past }, { company }] = await Promise.all([
    nightsOf(subscriber, meter, new Date()),
    currentSettings(),
  ])
  const isDone = (await searchParams).done === 'morning' && !evening
  const [latest] = past
  return (
    <div className="grid max-w-3xl gap-4">
      <div className="grid gap-2">
        <Link
          href={`/personal/readings/meters/${meter.id}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center justify-self-start"
        >
          К счётчику
        </Link>
        <h1>Ночная проверка</h1>
        <p className="text-[0.94em] text-soft">
          {`${title}, № ${meter.serial}`}
          <br />
          {`${found.address}, счёт ${found.accountNumber}`}
        </p>
      </div>
      {isDone && latest ? <NightOutcome night={latest} meter={meter} phones={company.phones} /> : null}
      {evening ? (
        <Morning meter={meter} evening={evening} />
      ) : isDone ? (
        <Folded words="Проверить ещё раз">
          <Evening meter={meter} />
        </Folded>
      ) : (
        <Evening meter={meter} />
      )}
    </div>
  )
}

interface Meter {
  id: number
  digitsBefore: number
  digitsAfter: number
}

function Evening({ meter }: { meter: Meter }) {
  return (
    <Card className="grid gap-4">
      <ol className="grid list-decimal gap-2 pl-6">
        <li>Вечером закройте все краны. Стиральную и посудомоечную машины до утра не включайте.</li>
        <li>Запишите здесь, что на счётчике.</li>
        <li>Утром, до первого крана и до туалета, запишите ещё раз. Страница скажет, есть ли течь.</li>
      </ol>
      {meter.digitsAfter < 2 ? (
        <p className="text-soft">
          У этого счётчика мало цифр после запятой: проверка заметит только большую течь.
        </p>
      ) : null}
      <NightForm key="evening" meterId={meter.id} when="evening" />
    </Card>
  )
}

function Morning({ meter, evening }: { meter: Meter; evening: NightReading }) {
  return (
    <>
      <Notice tone="good" role="status" title="Вечернее записано">
        <p>
          {`${formatInstant(evening.at)}: `}
          <span className="font-medium tabular-nums">
            {formatDial(evening.value, meter.digitsBefore, meter.digitsAfter)}
          </span>
        </p>
        <p>Ночью воду не открывайте. Страницу можно закрыть: запись не пропадёт.</p>
      </Notice>
      <Card>
        <h2 className="mb-3">Утром, до первого крана</h2>
        <NightForm key="morning" meterId={meter.id} when="morning" />
      </Card>
      <Folded words="Исправить вечернее или начать заново">
        <Card>
          <NightForm key="evening" meterId={meter.id} when="evening" />
        </Card>
      </Folded>
    </>
  )
}

function Folded({ words, children }: { words: string; children: ReactNode }) {
  return (
    <details>
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
        {words}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  )
}
