import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { HelpersCard } from '@/app/admin/_helpers/helpers-card'
import { SuspicionsCard } from '@/app/admin/_suspicions/person-card'
import { personForStaff } from '@/lib/access/queries'
import { helpersForStaff } from '@/lib/helper-access/staff'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { formatPhone } from '@/lib/units/phone'
import { BlockForm } from './block-form'
import { Accesses, Blocks, SignIns } from './parts'

export const metadata: Metadata = { title: 'Человек' }

const done = {
  blocked: 'Заблокирован. Все входы и ссылки закрыты.',
  unblocked: 'Разблокирован. Письмо со ссылкой для нового пароля отправлено.',
  helper: 'Помощь прекращена. Запись есть в журнале.',
  dismissed: 'Признак разобран: это не опасно.',
}

export default async function PersonPage({ params, searchParams }: PageProps<'/admin/people/[id]'>) {
  const staff = await requireStaff('people.see')
  const id = z.uuid().safeParse((await params).id)
  const person = id.success ? await personForStaff(staff, id.data, new Date()) : undefined
  if (!person) notFound()
  const helpers = await helpersForStaff(staff, { userId: person.id }, new Date())
  const act = z
    .enum(['blocked', 'unblocked', 'helper', 'dismissed'])
    .safeParse((await searchParams).done).data
  return (
    <div className="grid max-w-5xl gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{person.name}</h1>
        {person.block ? <Badge tone="bad">заблокирован</Badge> : null}
        {person.activated || person.block ? null : <Badge tone="warn">пароль не задан</Badge>}
      </div>
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      <Card>
        <dl className="grid gap-x-8 gap-y-1 wide:grid-cols-[auto_1fr]">
          <Fact name="Логин">{person.login}</Fact>
          <Fact name="Почта">{person.email}</Fact>
          <Fact name="Телефон">{person.phone ? formatPhone(person.phone) : '—'}</Fact>
          <Fact name="С нами с">{formatInstant(person.createdAt)}</Fact>
        </dl>
        <p className="mt-3">
          <Link href={`/admin/audit?subject=${person.login}`} prefetch={false} className="inline-block py-2">
            Записи в журнале
          </Link>
        </p>
      </Card>
      <Card>
        <h2 className="mb-3">{person.block ? 'Доступ приостановлен' : 'Блокировка'}</h2>
        {person.block ? (
          <p className="mb-3">
            {formatInstant(person.block.blockedAt)}, {person.block.blockedBy}: {person.block.blockReason}
          </p>
        ) : null}
        <BlockForm userId={person.id} blocked={person.block !== undefined} />
      </Card>
      <SuspicionsCard staff={staff} userId={person.id} />
      <Accesses access={person.access} />
      <HelpersCard helpers={helpers} back={`/admin/people/${person.id}`} />
      <SignIns signIns={person.signIns} />
      <Blocks history={person.history} />
    </div>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
