import type { Metadata } from 'next'
import Link from 'next/link'
import { Card, Notice } from '@/app/_ui/box'
import { HelpedList } from '@/app/personal/_overview/helping-card'
import { helpingOf } from '@/lib/helper-access/helping'
import { requireSubscriber } from '@/lib/session/require'

export const metadata: Metadata = { title: 'Кому вы помогаете' }

export default async function HelpPage({ searchParams }: PageProps<'/personal/help'>) {
  const subscriber = await requireSubscriber()
  const helping = await helpingOf(subscriber, new Date())
  const stopped = (await searchParams).done === 'stopped'
  return (
    <div className="grid max-w-2xl gap-4">
      <h1>Кому вы помогаете</h1>
      {stopped ? (
        <Notice tone="good" role="status" title="Готово: с этим счётом вы больше не помогаете" />
      ) : null}
      <Card>
        {helping.length > 0 ? (
          <HelpedList helping={helping} />
        ) : (
          <p>Сейчас никому. Если срок закончился, попросите прислать новое приглашение.</p>
        )}
      </Card>
      <p>
        <Link href="/personal" prefetch={false} className="inline-flex min-h-11 items-center">
          На обзор
        </Link>
      </p>
    </div>
  )
}
