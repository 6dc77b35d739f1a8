import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { AboutMeter } from '@/app/_meters/about'
import { UseGraph } from '@/app/_meters/use-graph'
import { Values } from '@/app/_meters/values'
import { accountForStaff } from '@/lib/accounts/staff'
import { meterForStaff } from '@/lib/readings/history'
import { meterOfAddress } from '@/lib/readings/schema'
import { unitOf } from '@/lib/readings/words'
import { requireStaff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { numberOf } from '../../number'

export const metadata: Metadata = { title: 'Счётчик' }

export default async function AccountMeterPage({
  params,
}: PageProps<'/admin/accounts/[number]/meters/[id]'>) {
  const staff = await requireStaff()
  const { number, id: segment } = await params
  const account = await accountForStaff(staff, numberOf(number))
  const id = meterOfAddress.safeParse(segment)
  const history = account && id.success ? await meterForStaff(staff, account.id, id.data) : undefined
  if (!history) notFound()
  const page = `/admin/accounts/${encodeURIComponent(history.account.accountNumber)}`
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{history.meter.title}</h1>
        <Link href={page} prefetch={false} className="ml-auto inline-block py-2">
          {`К счёту ${history.account.accountNumber}`}
        </Link>
      </div>
      <p className="text-soft">{history.account.address}</p>
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <AboutMeter
          history={history}
          today={moscowDay(new Date())}
          pathOf={(other) => `${page}/meters/${other}`}
        />
        <UseGraph history={history} here="здесь" />
      </div>
      <Values months={history.months} unit={unitOf(history.meter.kind)} />
    </div>
  )
}
import { Badge, Card, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import type { MeterForStaff } from '@/lib/readings/meter-page'
import { photoProblemOf } from '@/lib/readings/photos-schema'
import { requireStaff } from '@/lib/session/require'
import { formatDay } from '@/lib/units/day'
import { findMeter } from '../find'
import { Heading } from '../heading'
import { History } from './history'
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
  const staff = await requireStaff()
  const meter = await findMeter(staff, await params)
  const asked = await searchParams
  const words = done[String(asked.done)]
  const here = `/admin/accounts/${encodeURIComponent(meter.accountNumber)}/meters/${meter.id}`
  return (
    <div className="grid gap-5">
      <Heading account={meter.accountNumber} title={`${meter.title}, № ${meter.serial}`}>
        {meter.removedOn ? <Badge>снят</Badge> : <Badge tone="good">стоит</Badge>}
      </Heading>
      {words ? <Notice tone="good" role="status" title={words} /> : null}
      <Facts meter={meter} />
      {meter.removedOn ? null : (
        <div className="flex flex-wrap gap-3">
          <ButtonLink href={`${here}/replace`}>Заменить</ButtonLink>
          <ButtonLink href={`${here}/change`} look="second">
            Изменить
          </ButtonLink>
          <ButtonLink href={`${here}/remove`} look="grave">
            Снять
          </ButtonLink>
        </div>
      )}
      <History meter={meter} />
      <MeterPhotos staff={staff} meter={meter} problem={photoProblemOf(asked.problem)} />
    </div>
  )
}

function Facts({ meter }: { meter: MeterForStaff }) {
  const facts: [name: string, value: string | undefined][] = [
    ['Установлен', formatDay(meter.installedOn)],
    ['Введён в эксплуатацию', meter.commissionedOn ? formatDay(meter.commissionedOn) : undefined],
    ['Снят', meter.removedOn ? formatDay(meter.removedOn) : undefined],
    ['Поверен до', meter.verifiedUntil ? formatDay(meter.verifiedUntil) : 'не указано'],
    ['Цифр на счётчике', `${meter.digitsBefore} до запятой, ${meter.digitsAfter} после`],
    ['Показал при установке', meter.initials.filter(Boolean).join(', ') || undefined],
    ['Показания', meter.automatic ? 'передаёт сам' : 'передаёт жилец'],
  ]
  return (
    <Card className="max-w-3xl">
      <dl className="grid grid-cols-[auto_1fr] gap-x-8 gap-y-1">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <Neighbour of={meter} words="Стоит вместо" other={meter.replaced} />
      <Neighbour of={meter} words="Вместо него стоит" other={meter.replacedBy} />
    </Card>
  )
}

function Neighbour({
  of,
  words,
  other,
}: {
  of: MeterForStaff
  words: string
  other: MeterForStaff['replaced']
}) {
  if (!other) return null
  return (
    <p className="mt-2">
      {`${words} `}
      <Link
        href={`/admin/accounts/${encodeURIComponent(of.accountNumber)}/meters/${other.id}`}
        prefetch={false}
        className="inline-block py-1"
      >
        {`№ ${other.serial}`}
      </Link>
    </p>
  )
}
