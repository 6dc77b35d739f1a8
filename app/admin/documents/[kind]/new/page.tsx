import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { newestVersion } from '@/lib/documents/queries'
import { documentKind, documentNames } from '@/lib/documents/schema'
import { requireStaff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { VersionForm } from './version-form'

export const metadata: Metadata = { title: 'Новая версия документа' }

/** The next version of a document: its text, what residents will see, «Опубликовать». */
export default async function NewVersionPage({ params }: PageProps<'/admin/documents/[kind]/new'>) {
  await requireStaff('documents.publish')
  const kind = documentKind.safeParse((await params).kind)
  if (!kind.success) notFound()
  const newest = await newestVersion(kind.data)
  return (
    <div className="grid gap-5">
      <p>
        <Link href="/admin/documents" prefetch={false} className="inline-block py-2">
          Все документы
        </Link>
      </p>
      <h1>Новая версия: {documentNames[kind.data]}</h1>
      <VersionForm
        kind={kind.data}
        today={moscowDay(new Date())}
        newest={{
          version: newest?.version ?? 0,
          title: newest?.title ?? documentNames[kind.data],
          body: newest?.body ?? '',
        }}
      />
    </div>
  )
}
