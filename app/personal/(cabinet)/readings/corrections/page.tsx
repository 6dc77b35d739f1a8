import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge, Card, Notice } from '@/app/_ui/box'
import {
  type Correctable,
  type CorrectionView,
  correctableMeters,
  ownCorrections,
} from '@/lib/readings/corrections-page'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'

export const metadata: Metadata = { title: 'Исправление показаний' }

export default async function CorrectionsPage({ searchParams }: PageProps<'/personal/readings/corrections'>) {
  const subscriber = await requireSubscriber()
  const [corrections, meters] = await Promise.all([ownCorrections(subscriber), correctableMeters(subscriber)])
  const { asked } = await searchParams
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>Исправление показаний</h1>
      {asked === '1' ? (
        <Notice tone="good" role="status" title="Запрос отправлен">
          <p>Сотрудник проверит его. Когда решит, пришлём письмо.</p>
        </Notice>
      ) : null}
      <p>
        Пока идёт приём, показания исправляют в разделе «Показания». Когда они уже переданы в расчёт, исправит
        сотрудник: выберите счётчик.
      </p>
      <Choice meters={meters} />
      {corrections.length > 0 ? <h2>Ваши запросы</h2> : null}
      {corrections.map((correction) => (
        <Correction key={correction.id} of={correction} />
      ))}
      <p>
        <Link href="/personal/readings" prefetch={false} className="inline-flex min-h-11 items-center">
          К показаниям
        </Link>
      </p>
    </div>
  )
}

function Choice({ meters }: { meters: readonly Correctable[] }) {
  if (meters.length === 0)
    return <p className="text-soft">Сейчас исправлять нечего: ни одно показание ещё не передано в расчёт.</p>
  return (
    <ul className="overflow-hidden rounded-card border border-line bg-card">
      {meters.map(({ id, title, serial, period, accountNumber }) => (
        <li key={id} className="border-b border-line px-5 last:border-0">
          <Link
            href={`/personal/readings/corrections/new?meter=${id}`}
            prefetch={false}
            className="inline-flex min-h-11 items-center"
          >
            {`${title}, ${formatPeriod(period)}`}
          </Link>
          <span className="block pb-2 text-[0.9em] text-soft">{`№ ${serial}, счёт ${accountNumber}`}</span>
        </li>
      ))}
    </ul>
  )
}

function Correction({ of }: { of: CorrectionView }) {
  return (
    <Card className="grid gap-2">
      <div className="flex items-start justify-between gap-3">
        <h2>{`${of.title}, ${formatPeriod(of.period)}`}</h2>
        <State of={of} />
      </div>
      <p className="text-[0.94em] text-soft">
        {`№ ${of.serial}, счёт ${of.accountNumber}. Запрос от ${formatDay(moscowDay(of.askedAt))}`}
      </p>
      <p>
        {'Вы просили записать '}
        <span className="font-medium tabular-nums">
          {of.wanted.map(({ name, dial }) => (name ? `${name.toLowerCase()} ${dial}` : dial)).join(', ')}
        </span>
      </p>
      {of.reason ? <p className="whitespace-pre-line">{`Почему оставили прежнее: ${of.reason}`}</p> : null}
    </Card>
  )
}

function State({ of }: { of: CorrectionView }) {
  if (of.outcome === 'accepted') return <Badge tone="good">исправлено</Badge>
  return of.outcome === 'refused' ? (
    <Badge tone="warn">оставлено прежнее</Badge>
  ) : (
    <Badge tone="water">ждёт ответа</Badge>
  )
}
