import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Badge, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { HelpersCard } from '@/app/admin/_helpers/helpers-card'
import { EndingsCard } from '@/app/admin/_holders/endings'
import { SuspicionsCard } from '@/app/admin/_suspicions/person-card'
import { personForStaff } from '@/lib/access/queries'
import { helpersForStaff } from '@/lib/helper-access/staff'
import { noteLook } from '@/lib/privacy/looks'
import { requireStaff } from '@/lib/session/require'
import { About } from './about'
import { BlockCard } from './block-card'
import { Consents } from './consents'
import { Enquiries, Payments, Requests } from './dealings'
import { LettersNotDelivered } from './letters'
import { Accesses, Blocks, SignIns } from './parts'

export const metadata: Metadata = { title: 'Человек' }

const done = {
  blocked: 'Заблокирован. Все входы и ссылки закрыты.',
  unblocked: 'Разблокирован. Письмо со ссылкой для нового пароля отправлено.',
  helper: 'Помощь прекращена. Запись есть в журнале.',
  dismissed: 'Признак разобран: это не опасно.',
  disconnected: 'Счёт отключён. Письмо человеку отправлено.',
}

export default async function PersonPage({ params, searchParams }: PageProps<'/admin/people/[id]'>) {
  const staff = await requireStaff('people.see')
  const id = z.uuid().safeParse((await params).id)
  const person = id.success ? await personForStaff(staff, id.data, new Date()) : undefined
  if (!person) notFound()
  await noteLook(staff, person, new Date())
  const helpers = await helpersForStaff(staff, { userId: person.id }, new Date())
  const act = z
    .enum(['blocked', 'unblocked', 'helper', 'dismissed', 'disconnected'])
    .safeParse((await searchParams).done).data
  return (
    <div className="grid max-w-5xl gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{person.name}</h1>
        {person.block ? <Badge tone="bad">заблокирован</Badge> : null}
        {person.activated || person.block ? null : <Badge tone="warn">пароль не задан</Badge>}
      </div>
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      <LettersNotDelivered staff={staff} userId={person.id} />
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <About person={person} />
        <BlockCard person={person} />
      </div>
      <SuspicionsCard staff={staff} userId={person.id} />
      <Accesses access={person.access} />
      <EndingsCard staff={staff} of={{ userId: person.id }} open={openOf(person)} />
      <HelpersCard helpers={helpers} back={`/admin/people/${person.id}`} />
      <May permission="requests.see">
        <Requests staff={staff} userId={person.id} />
      </May>
      <May permission="enquiries.see">
        <Enquiries staff={staff} userId={person.id} />
      </May>
      <May permission="payments.see">
        <Payments staff={staff} userId={person.id} />
      </May>
      <SignIns signIns={person.signIns} />
      <Consents staff={staff} userId={person.id} />
      <Blocks history={person.history} />
    </div>
  )
}

function openOf({
  id,
  access,
}: {
  id: string
  access: { accountNumber: string; address: string; endedAt: Date | null }[]
}) {
  return access
    .filter((one) => one.endedAt === null)
    .map(({ accountNumber, address }) => ({
      accountNumber,
      userId: id,
      words: `${accountNumber}, ${address}`,
    }))
}
