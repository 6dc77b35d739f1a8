import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { ButtonLink } from '@/app/_ui/button'
import { furtherState } from '@/lib/requests/further'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay } from '@/lib/units/day'
import { answerDeadline } from '@/lib/units/workdays'
import { BackToProfile } from '../../back'
import { FurtherForm } from './further-form'

export const metadata: Metadata = { title: 'Ещё один счёт' }

export default async function AddAccountPage() {
  const subscriber = await requireSubscriber()
  const { identified } = await furtherState(subscriber)
  const { dueOn } = answerDeadline(new Date())
  return (
    <div className="grid max-w-xl gap-5">
      <h1>Подключить ещё один счёт</h1>
      {identified ? (
        <>
          <p>
            Паспорт второй раз не нужен: мы вас уже знаем. Сверим счёт с договором и ответим на почту до{' '}
            {formatDay(dueOn, { year: false })}.
          </p>
          <FurtherForm submissionKey={randomUUID()} />
        </>
      ) : (
        <>
          <p>
            Мы ещё не видели вашего паспорта, поэтому нужна обычная заявка. Укажите в ней ту же почту и то же
            имя: счёт появится в этом кабинете.
          </p>
          <div>
            <ButtonLink href="/personal/request">Подать заявку</ButtonLink>
          </div>
        </>
      )}
      <BackToProfile />
    </div>
  )
}
