import type { Metadata } from 'next'
import { Notice } from '@/app/_ui/box'
import { currentSettings } from '@/lib/settings/queries'
import { RecoverForm } from './recover-form'

export const metadata: Metadata = { title: 'Новый пароль' }

export default async function RecoverPage({ searchParams }: PageProps<'/personal/recover'>) {
  const sent = (await searchParams).state === 'sent'
  const { phones } = (await currentSettings()).company
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1>Забыли пароль?</h1>
      {sent ? (
        <Notice tone="good" role="status" title="Письмо отправлено, если такой логин есть">
          <p>
            Проверьте почту из заявки: ссылка в письме действует 30 минут. Нет письма — загляните в «Спам».
          </p>
        </Notice>
      ) : (
        <p>
          Пришлём на вашу почту ссылку, по которой можно задать новый пароль. Понадобятся последние 4 цифры
          лицевого счёта.
        </p>
      )}
      <RecoverForm />
      <p className="text-soft">
        Почта изменилась или письма нет? Позвоните нам:
        <br />
        {phones.map((phone) => (
          <a
            key={phone.tel}
            href={`tel:${phone.tel}`}
            className="mr-4 inline-flex min-h-11 items-center whitespace-nowrap"
          >
            {phone.text}
          </a>
        ))}
      </p>
    </div>
  )
}
