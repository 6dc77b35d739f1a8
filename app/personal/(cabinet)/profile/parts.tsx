import { Badge, Card } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import type { Contacts } from '@/lib/access/contacts-state'
import { formatPhone } from '@/lib/units/phone'

/** How the person is reached, and the way to change it. */
export function ContactsCard({
  contacts: { email, phone, phoneConfirmedAt, waiting },
}: {
  contacts: Contacts
}) {
  return (
    <Card className="grid gap-3">
      <h2>Почта и телефон</h2>
      <dl className="grid gap-2">
        <div className="min-w-0">
          <dt className="text-soft">Почта</dt>
          <dd className="break-words">
            {email} {waiting.email ? <Badge tone="warn">ждёт подтверждения новая</Badge> : null}
          </dd>
        </div>
        <div>
          <dt className="text-soft">Телефон</dt>
          <dd>
            {phone ? <span className="whitespace-nowrap">{formatPhone(phone)}</span> : 'не указан'}{' '}
            {phone && !phoneConfirmedAt ? <Badge>не подтверждён</Badge> : null}
          </dd>
        </div>
      </dl>
      <div>
        <ButtonLink href="/personal/profile/contacts" look="second">
          Изменить
        </ButtonLink>
      </div>
    </Card>
  )
}

/** The login, the password and where one is signed in. */
export function SignInCard({ login }: { login: string }) {
  return (
    <Card className="grid gap-3">
      <h2>Вход</h2>
      <dl>
        <dt className="text-soft">Логин</dt>
        <dd className="font-semibold tracking-wide">{login}</dd>
      </dl>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="/personal/profile/password" look="second">
          Сменить пароль
        </ButtonLink>
        <ButtonLink href="/personal/profile/devices" look="second">
          Входы и устройства
        </ButtonLink>
      </div>
    </Card>
  )
}

/** The way to how access to the accounts came about, and to one more. */
export function AccountsDoor({ any }: { any: boolean }) {
  return (
    <>
      {any ? null : <p>К кабинету не подключён ни один счёт.</p>}
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="/personal/profile/accounts" look="second">
          Доступ к счетам
        </ButtonLink>
        <ButtonLink href="/personal/profile/accounts/add" look="second">
          Подключить ещё один счёт
        </ButtonLink>
      </p>
    </>
  )
}

/** The way to what was agreed to, and to what is held about the person. */
export function ConsentsDoor() {
  return (
    <>
      <h2>Согласия и данные</h2>
      <p className="max-w-[65ch]">
        На что и когда вы согласились; что мы о вас храним, зачем и до какого дня, кто это смотрел. Там же —
        копия, исправление и отзыв согласия.
      </p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href="/personal/profile/consents" look="second">
          Мои согласия
        </ButtonLink>
        <ButtonLink href="/personal/profile/data" look="second">
          Паспорт моих данных
        </ButtonLink>
      </p>
    </>
  )
}

/** The way to the people who may send readings instead. */
export function HelpersDoor() {
  return (
    <>
      <h2>Помощники</h2>
      <p className="max-w-[65ch]">
        Родственник или социальный работник может передавать показания за вас и больше ничего не увидит.
      </p>
      <p>
        <ButtonLink href="/personal/profile/helpers" look="second">
          Пригласить или отозвать
        </ButtonLink>
      </p>
    </>
  )
}
