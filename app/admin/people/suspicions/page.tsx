import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { SettledSigns, SignWords } from '@/app/admin/_suspicions/person-card'
import { SettleForms } from '@/app/admin/_suspicions/settle-forms'
import { type Suspicion, suspicionQueue } from '@/lib/access/suspicions'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { PeopleNav } from '../nav'

export const metadata: Metadata = { title: 'Подозрительное' }

const done = {
  blocked: 'Заблокирован. Все входы и ссылки закрыты.',
  dismissed: 'Признак разобран: это не опасно.',
}
const query = z.object({
  sign: z.uuid().optional().catch(undefined),
  done: z.enum(['blocked', 'dismissed']).optional().catch(undefined),
})

export default async function SuspicionsPage({ searchParams }: PageProps<'/admin/people/suspicions'>) {
  const staff = await requireStaff('people.see')
  const { sign, done: act } = query.parse(await searchParams)
  const [open, settled] = await Promise.all([suspicionQueue(staff, 'open'), suspicionQueue(staff, 'settled')])
  const settles = may(staff.roles, 'suspicions.settle')
  return (
    <div className="grid max-w-5xl gap-5">
      <h1>Подозрительное</h1>
      <PeopleNav staff={staff} />
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      <p className="max-w-3xl text-soft">
        Сервис замечает признаки того, что кабинетом пользуется чужой человек. Это только признаки: решаете
        вы. Позвоните владельцу, если есть сомнения.
      </p>
      {open.length === 0 ? <p>Сейчас разбирать нечего.</p> : null}
      {open.map((one) => (
        <OpenSign key={one.id} sign={one} settles={settles} chosen={one.id === sign} />
      ))}
      {settled.length === 0 ? null : (
        <Card className="grid gap-3">
          <h2>Разобраны</h2>
          <SettledSigns signs={settled} />
        </Card>
      )}
    </div>
  )
}

function OpenSign({ sign, settles, chosen }: { sign: Suspicion; settles: boolean; chosen: boolean }) {
  const { id, person, blockReason } = sign
  return (
    <Card className="grid gap-3">
      {person ? (
        <h2>
          <Link href={`/admin/people/${person.id}`} prefetch={false} className="inline-block py-1">
            {person.name}, {person.login}
          </Link>
        </h2>
      ) : (
        <h2>Заявки</h2>
      )}
      <SignWords sign={sign} />
      {chosen && settles ? (
        <SettleForms suspicionId={id} blockReason={person ? blockReason : undefined} back="queue" />
      ) : null}
      {settles && !chosen ? (
        <p>
          <Link
            href={`/admin/people/suspicions?sign=${id}`}
            prefetch={false}
            className="button button-second"
          >
            Разобрать
          </Link>
        </p>
      ) : null}
    </Card>
  )
}
