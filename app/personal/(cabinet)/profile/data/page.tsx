import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { type Category, holdingsOf } from '@/lib/privacy/holdings'
import { type Look, looksAt } from '@/lib/privacy/looks'
import { ownRequests } from '@/lib/privacy/requests'
import { copyOfAddress } from '@/lib/privacy/schema'
import { requireSubscriber } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { CopyForm } from './copy-form'
import { CopyReady } from './copy-ready'
import { CorrectionForm } from './correction-form'
import { OwnRequests } from './own-requests'

export const metadata: Metadata = { title: 'Паспорт моих данных' }

const done = {
  asked: 'Просьба отправлена. Ответ придёт письмом',
  withdrawn: 'Отзыв согласия получен',
  recalled: 'Просьба взята назад',
  stale: 'Подтвердите пароль ещё раз и возьмите копию',
}

export default async function DataPage({ searchParams }: PageProps<'/personal/profile/data'>) {
  const subscriber = await requireSubscriber()
  const [categories, looks, requests] = await Promise.all([
    holdingsOf(subscriber),
    looksAt(subscriber),
    ownRequests(subscriber),
  ])
  const address = await searchParams
  const said = z.enum(['asked', 'withdrawn', 'recalled', 'stale']).safeParse(address.done).data
  const copy = copyOfAddress.parse(address)
  const withdrawing = requests.some((one) => one.kind === 'withdrawal' && one.settledAt === null)
  return (
    <div className="grid max-w-4xl gap-5">
      <div className="grid gap-2">
        <Link href="/personal/profile" prefetch={false} className="inline-flex min-h-11 items-center">
          ← Профиль
        </Link>
        <h1>Паспорт моих данных</h1>
      </div>
      {said ? <Notice tone={said === 'stale' ? 'warn' : 'good'} role="status" title={done[said]} /> : null}
      {copy ? <CopyReady of={copy} /> : null}
      <p className="max-w-[65ch]">
        Здесь всё, что мы о вас храним: что именно, зачем, на каком основании и до какого дня. И кто из
        сотрудников это смотрел.
      </p>
      <OwnRequests requests={requests} />
      {categories.map((category) => (
        <Held key={category.key} category={category} />
      ))}
      <Looks looks={looks} />
      <Card className="grid gap-3">
        <h2>Получить копию</h2>
        <CopyForm shared={subscriber.mode === 'shared'} />
      </Card>
      <Card className="grid gap-3">
        <h2>Что-то неверно?</h2>
        <CorrectionForm />
      </Card>
      {withdrawing ? null : (
        <Card className="grid gap-3">
          <h2>Отозвать согласие</h2>
          <p>Сначала покажем, что при этом закончится и что останется по закону.</p>
          <p>
            <ButtonLink href="/personal/profile/data/withdraw" look="second">
              Узнать, что будет
            </ButtonLink>
          </p>
        </Card>
      )}
    </div>
  )
}

const SHOWN = 6

function Held({ category: { title, why, ground, until, facts } }: { category: Category }) {
  return (
    <Card className="grid gap-2">
      <h2>{title}</h2>
      <p className="text-soft">{`Зачем: ${why}. Основание: ${ground}. Хранится: ${until}.`}</p>
      <Facts facts={facts.slice(0, SHOWN)} />
      {facts.length > SHOWN ? (
        <details>
          <summary className="min-h-11 cursor-pointer py-2.5">{`Ещё ${facts.length - SHOWN}`}</summary>
          <Facts facts={facts.slice(SHOWN)} />
        </details>
      ) : null}
    </Card>
  )
}

function Facts({ facts }: Pick<Category, 'facts'>) {
  return (
    <dl className="grid gap-1">
      {facts.map(({ name, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts of one name stand in a fixed order
        <div key={place} className="grid gap-x-6 wide:grid-cols-[16rem_1fr]">
          <dt className="text-soft">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Looks({ looks }: { looks: readonly Look[] }) {
  return (
    <Card className="grid gap-2">
      <h2>Кто смотрел и менял</h2>
      {looks.length === 0 ? (
        <p className="text-soft">Никто из сотрудников ещё не открывал ваши данные.</p>
      ) : null}
      <ul className="grid gap-2">
        {looks.slice(0, SHOWN * 3).map(({ at, role, what, reason }) => (
          <li key={`${at.toISOString()}${what}`}>
            {`${formatInstant(at)}. ${what}. `}
            <span className="text-soft">{`${role}${reason ? `, причина: ${reason}` : ''}`}</span>
          </li>
        ))}
      </ul>
      {looks.length > SHOWN * 3 ? <p className="text-soft">Остальное есть в копии.</p> : null}
    </Card>
  )
}
