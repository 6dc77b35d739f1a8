import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { SignOut } from '@/app/personal/_phone/sign-out'
import { type InvitationPage, invitationPage } from '@/lib/helper-access/helping'
import { currentSession } from '@/lib/session/require'
import { formatDay } from '@/lib/units/day'
import { AcceptForm } from './accept-form'
import { RegistrationForm } from './registration-form'

export const metadata: Metadata = { title: 'Приглашение помощника', robots: { index: false } }

/** Opening the link changes nothing: mail programs open links too. */
export default async function InvitationLinkPage({ params }: PageProps<'/personal/helper/[token]'>) {
  const { token } = await params
  const [invitation, session] = await Promise.all([invitationPage(token, new Date()), currentSession()])
  const user = session.kind === 'live' ? session.user : undefined
  if (invitation.kind === 'accepted') return <Accepted invitation={invitation} userId={user?.id} />
  if (invitation.kind !== 'open') return <DeadLink known={invitation.kind === 'dead'} />
  return (
    <div className="mx-auto grid max-w-xl gap-6">
      <Asked invitation={invitation} />
      {user?.kind === 'subscriber' ? (
        <div className="grid gap-3">
          <AcceptForm token={token} />
          <p className="text-soft">{`Вы вошли с логином ${user.login}. Это не ваш вход?`}</p>
          <SignOut />
        </div>
      ) : null}
      {user?.kind === 'staff' ? (
        <Notice tone="warn" title="Вы вошли как сотрудник">
          <p>Чтобы принять приглашение, выйдите и откройте ссылку из письма ещё раз.</p>
          <SignOut />
        </Notice>
      ) : null}
      {user ? null : <NotSignedIn token={token} email={invitation.email} />}
    </div>
  )
}

type Open = Extract<InvitationPage, { kind: 'open' }>

/** Who asks for what; of the flat only the house, of the holder only a name and an initial. */
function Asked({ invitation: { by, house, until, acceptBy } }: { invitation: Open }) {
  return (
    <div className="grid gap-3">
      <h1>{`${by} просит вас передавать показания`}</h1>
      <p>{`Это счётчики квартиры в доме: ${house}. До ${formatDay(until)} включительно.`}</p>
      <ul className="grid list-disc gap-1 pl-6">
        <li>Вы увидите счётчики и последние показания — больше ничего.</li>
        <li>Тот, кто вас пригласил, увидит, когда и что вы передали.</li>
        <li>Отказаться можно в любой день, отозвать приглашение — тоже.</li>
      </ul>
      <p className="text-soft">{`Ответить можно до ${formatDay(acceptBy)}.`}</p>
    </div>
  )
}

function NotSignedIn({ token, email }: { token: string; email: string }) {
  return (
    <>
      <section className="grid gap-3" aria-labelledby="have">
        <h2 id="have">У вас есть логин</h2>
        <p>
          <ButtonLink href={`/personal/login?next=/personal/helper/${token}`}>Войти и принять</ButtonLink>
        </p>
      </section>
      <section className="grid gap-3 border-t border-line pt-5" aria-labelledby="have-not">
        <h2 id="have-not">Логина нет</h2>
        <p>{`Назовите себя и придумайте пароль. Логин пришлём на ${email}.`}</p>
        <RegistrationForm token={token} />
      </section>
    </>
  )
}

function Accepted({
  invitation: { id, helperId, login },
  userId,
}: {
  invitation: Extract<InvitationPage, { kind: 'accepted' }>
  userId: string | undefined
}) {
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>Приглашение принято</h1>
      {login && userId === undefined ? (
        <>
          <p>Запишите ваш логин. Он же придёт письмом.</p>
          <p className="text-[1.65rem] font-bold tracking-widest">{login}</p>
          <p>Войдите с ним и паролем, который вы придумали.</p>
        </>
      ) : null}
      <p>
        {userId === helperId ? (
          <ButtonLink href={`/personal/help/${id}`}>Передать показания</ButtonLink>
        ) : (
          <ButtonLink href="/personal/login?next=/personal/help">Войти</ButtonLink>
        )}
      </p>
    </div>
  )
}

function DeadLink({ known }: { known: boolean }) {
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>Приглашение не действует</h1>
      <p>
        {known
          ? 'Срок приглашения вышел или его отозвали. Попросите того, кто вас пригласил, прислать новое.'
          : 'Такого приглашения нет. Проверьте, что адрес из письма скопирован целиком.'}
      </p>
      <p>
        <Link href="/personal" prefetch={false} className="inline-flex min-h-11 items-center">
          На главную
        </Link>
      </p>
    </div>
  )
}
