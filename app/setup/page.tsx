import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PlainPage } from '@/app/_ui/plain-page'
import { needsSetUp } from '@/lib/setup/queries'
import { SetUpForm } from './set-up-form'

export const metadata: Metadata = { title: 'Первая настройка' }

/** There while nobody can run the service; afterwards there is no such page. */
export default async function SetUpPage() {
  if (!(await needsSetUp())) notFound()
  return (
    <PlainPage title="Первая настройка личного кабинета">
      <p>
        Сервис пуст. Назовите организацию и первого администратора — и можно работать. Всё, кроме логина,
        потом меняется в настройках. То же самое делает команда <code>npm run setup</code>.
      </p>
      <SetUpForm />
    </PlainPage>
  )
}
