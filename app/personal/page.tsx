import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice } from '@/app/_ui/box'
import { CabinetShell } from '@/app/_ui/cabinet-shell'
import { OpenShell } from '@/app/_ui/open-shell'
import { currentSession, requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { Overview } from './_overview/overview'
import { OnPhone } from './_phone/on-phone'

export async function generateMetadata(): Promise<Metadata> {
  const { kind } = await currentSession()
  return { title: kind === 'live' ? 'Обзор' : { absolute: 'Личный кабинет' } }
}

/** Signed out: two doors. Signed in: the overview. */
export default async function FrontPage({ searchParams }: PageProps<'/personal'>) {
  const session = await currentSession()
  if (session.kind === 'anonymous' || session.kind === 'ended') {
    return (
      <OpenShell login={false}>
        <Doors notice={(await currentSettings()).texts.front} />
      </OpenShell>
    )
  }
  const subscriber = await requireSubscriber()
  const { account } = await searchParams
  return (
    <CabinetShell>
      <OnPhone />
      <Overview subscriber={subscriber} account={typeof account === 'string' ? account : undefined} />
    </CabinetShell>
  )
}

function Doors({ notice }: { notice: string }) {
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      {notice ? (
        <Notice>
          <p className="whitespace-pre-line">{notice}</p>
        </Notice>
      ) : null}
      <div>
        <h1>Личный кабинет жильца</h1>
        <p className="mt-2 text-soft">
          Сколько к оплате и почему, показания счётчиков, связь с нами — с телефона, за две минуты.
        </p>
      </div>
      <div className="grid gap-4 wide:grid-cols-2">
        <Door href="/personal/login" name="Войти" words="Логин и пароль у вас уже есть." main />
        <Door
          href="/personal/request"
          name="Подать заявку"
          words="Если вы впервые здесь. Нужны квитанция и паспорт, займёт три минуты."
        />
      </div>
      <p className="text-soft">
        Без входа:{' '}
        <Link href="/personal/pay" prefetch={false} className="inline-flex min-h-11 items-center">
          оплатить за другого
        </Link>
        ,{' '}
        <Link href="/personal/feedback" prefetch={false} className="inline-flex min-h-11 items-center">
          написать нам
        </Link>
      </p>
    </div>
  )
}

function Door({
  href,
  name,
  words,
  main = false,
}: {
  href: string
  name: string
  words: string
  main?: boolean
}) {
  return (
    <section className="flex flex-col justify-between gap-5 rounded-card border border-line bg-card p-5">
      <p>{words}</p>
      <Link href={href} prefetch={false} className={`button ${main ? 'button-main' : 'button-second'}`}>
        {name}
      </Link>
    </section>
  )
}
