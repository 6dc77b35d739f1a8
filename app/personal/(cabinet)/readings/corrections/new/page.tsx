import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { correctionStart } from '@/lib/readings/corrections-page'
import { meterId } from '@/lib/readings/meters-schema'
import { requireSubscriber } from '@/lib/session/require'
import { formatPeriod } from '@/lib/units/period'
import { CorrectionForm } from './correction-form'

export const metadata: Metadata = { title: 'Исправить показание' }

export default async function NewCorrectionPage({
  searchParams,
}: PageProps<'/personal/readings/corrections/new'>) {
  const subscriber = await requireSubscriber()
  const id = meterId.safeParse((await searchParams).meter)
  const start = id.success ? await correctionStart(subscriber, id.data) : undefined
  if (!start) notFound()
  const { meter, period, registers, open } = start
  const month = formatPeriod(period)
  return (
    <div className="grid max-w-2xl gap-4">
      <h1>Исправить показание</h1>
      <p>
        <b>{meter.title}</b>
        {`, № ${meter.serial}. За ${month} в расчёт уже передано `}
        <b className="tabular-nums">
          {registers.map(({ name, dial }) => (name ? `${name.toLowerCase()} ${dial}` : dial)).join(', ')}
        </b>
        . Поэтому исправит его сотрудник: напишите, что было на счётчике.
      </p>
      {open ? (
        <Notice title="Запрос уже отправлен и ждёт ответа">
          <p className="mt-2">
            <ButtonLink href="/personal/readings/corrections" look="second">
              Посмотреть запрос
            </ButtonLink>
          </p>
        </Notice>
      ) : (
        <CorrectionForm meterId={meter.id} unit={meter.unit} period={period} registers={registers} />
      )}
    </div>
  )
}
