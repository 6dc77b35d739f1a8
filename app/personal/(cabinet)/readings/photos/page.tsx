import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { PhotoForm } from '@/app/_photos/photo-form'
import { Photos } from '@/app/_photos/photos'
import { Card, Notice } from '@/app/_ui/box'
import { readMeters } from '@/lib/readings/photo-page'
import { photosOfMonth } from '@/lib/readings/photos'
import { photoProblemOf } from '@/lib/readings/photos-schema'
import { requireSubscriber } from '@/lib/session/require'
import { formatPeriod } from '@/lib/units/period'

export const metadata: Metadata = { title: 'Снимки счётчиков' }

export default async function PhotosPage({ searchParams }: PageProps<'/personal/readings/photos'>) {
  const subscriber = await requireSubscriber()
  const { account, meter, period, problem, added } = await searchParams
  const read = await readMeters(subscriber, { account, meter, period })
  if (!read) notFound()
  const photos = await photosOfMonth(subscriber, read.accountId, read.period)
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>Снимки счётчиков</h1>
      <p>
        {`Счёт ${read.accountNumber}, показания за ${formatPeriod(read.period)}. Снимок не обязателен: он поможет, если возникнет вопрос о показании. Его увидите вы и сотрудники.`}
      </p>
      {added === '1' ? <Notice tone="good" role="status" title="Снимок приложен" /> : null}
      {read.meters.map(({ id, title, serial }) => {
        const own = photos.filter((photo) => photo.meterId === id)
        return own.length > 0 ? (
          <Card key={id} className="grid gap-3">
            <h2>{title}</h2>
            <p className="text-[0.94em] text-soft">{`№ ${serial}`}</p>
            <Photos photos={own} folder="/personal/readings/photos" />
          </Card>
        ) : null
      })}
      <Card>
        <PhotoForm
          action="/personal/readings/photos/upload"
          meters={read.meters}
          period={read.period}
          problem={photoProblemOf(problem)}
        />
      </Card>
      <p>
        <Link href="/personal/readings" prefetch={false} className="inline-flex min-h-11 items-center">
          К показаниям
        </Link>
      </p>
    </div>
  )
}
