import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AboutMeter } from '@/app/_meters/about'
import { UseGraph } from '@/app/_meters/use-graph'
import { Values } from '@/app/_meters/values'
import { Badge, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { May } from '@/app/_ui/may'
import { meterForStaff } from '@/lib/readings/history'
import { photoProblemOf } from '@/lib/readings/photos-schema'
import { requireStaff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { findMeter } from '../find'
import { Heading } from '../heading'
import { MeterPhotos } from './meter-photos'

export const metadata: Metadata = { title: 'Счётчик' }

const done: Record<string, string> = {
  added: 'Счётчик добавлен',
  replaced: 'Счётчик заменён. Это новый, прежний закрыт',
  removed: 'Счётчик снят',
  changed: 'Сведения сохранены',
  photo: 'Снимок приложен',
}

export default async function MeterPage({
  params,
  searchParams,
}: PageProps<'/admin/accounts/[number]/meters/[id]'>) {
  const staff = await requireStaff('accounts.see')
  const meter = await findMeter(staff, await params)
  const history = await meterForStaff(staff, meter.accountId, meter.id)
  if (!history) notFound()
  const asked = await searchParams
  const words = done[String(asked.done)]
  const account = `/admin/accounts/${encodeURIComponent(meter.accountNumber)}`
  return (
    <div className="grid gap-5">
      <Heading account={meter.accountNumber} title={`${meter.title}, № ${meter.serial}`}>
        {meter.removedOn ? <Badge>снят</Badge> : <Badge tone="good">стоит</Badge>}
      </Heading>
      {words ? <Notice tone="good" role="status" title={words} /> : null}
      {meter.removedOn ? null : (
        <May permission="meters.change">
          <Acts page={`${account}/meters/${meter.id}`} />
        </May>
      )}
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <AboutMeter
          history={history}
          today={moscowDay(new Date())}
          pathOf={(other) => `${account}/meters/${other}`}
        />
        <UseGraph history={history} here="здесь" />
      </div>
      <Values months={history.months} unit={meter.unit} />
      <May permission="readings.see">
        <MeterPhotos staff={staff} meter={meter} problem={photoProblemOf(asked.problem)} />
      </May>
    </div>
  )
}

function Acts({ page }: { page: string }) {
  return (
    <div className="flex flex-wrap gap-3">
      <ButtonLink href={`${page}/replace`}>Заменить</ButtonLink>
      <ButtonLink href={`${page}/change`} look="second">
        Изменить
      </ButtonLink>
      <ButtonLink href={`${page}/remove`} look="grave">
        Снять
      </ButtonLink>
    </div>
  )
}
