import type { Metadata } from 'next'
import { ButtonLink } from '@/app/_ui/button'
import { undoLink } from '@/lib/access/contacts-undo'
import { currentSettings } from '@/lib/settings/queries'
import { UndoForm } from '../../forms'

export const metadata: Metadata = { title: 'Отмена изменения', robots: { index: false } }

const what = { email: 'адрес почты', phone: 'номер телефона' } as const

/** Opening the link changes nothing: mail programs open links too. */
export default async function UndoPage({ params }: PageProps<'/personal/contacts/undo/[token]'>) {
  const { token } = await params
  const link = await undoLink(token, new Date())
  if (link?.state !== 'open') return <DeadLink done={link?.state === 'done'} />
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>{`Вернуть прежний ${what[link.kind]}?`}</h1>
      <p>Нажмите кнопку, если изменение сделали не вы. Тогда:</p>
      <ul className="grid list-disc gap-1 pl-6">
        <li>{`прежний ${what[link.kind]} вернётся;`}</li>
        <li>все входы в кабинет завершатся;</li>
        <li>пароль перестанет действовать: на почту придёт ссылка, чтобы задать новый.</li>
      </ul>
      <UndoForm token={token} />
    </div>
  )
}

async function DeadLink({ done }: { done: boolean }) {
  const { company } = await currentSettings()
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>{done ? 'Изменение уже отменено' : 'Ссылка не действует'}</h1>
      <p>
        {done
          ? 'Всё, как было. Задайте новый пароль по ссылке из последнего письма или запросите новую.'
          : 'Прошло больше 72 часов, или адрес скопирован не целиком. Если изменение сделали не вы, позвоните нам: '}
        {done
          ? null
          : company.phones.map((phone) => (
              <a key={phone.tel} href={`tel:${phone.tel}`} className="mr-4 inline-flex min-h-11 items-center">
                {phone.text}
              </a>
            ))}
      </p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="/personal/recover">Задать новый пароль</ButtonLink>
        <ButtonLink href="/personal/login" look="second">
          Войти
        </ButtonLink>
      </p>
    </div>
  )
}
