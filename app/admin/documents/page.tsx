import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { WideTable } from '@/app/_ui/wide-table'
import { documentNames } from '@/lib/documents/schema'
import { type ListedVersion, listedVersions } from '@/lib/publishing/queries'
import { may } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { plural } from '@/lib/units/text'
import { publishedNotice } from './notice'

export const metadata: Metadata = { title: 'Документы' }

const kinds = ['agreement', 'consent', 'privacy'] as const

export default async function DocumentsPage({ searchParams }: PageProps<'/admin/documents'>) {
  const staff = await requireStaff('documents.see')
  const versions = await listedVersions(staff)
  const published = publishedNotice((await searchParams).published, versions)
  const publishes = may(staff.roles, 'documents.publish')
  return (
    <div className="grid gap-7">
      <div className="grid gap-2">
        <h1>Документы</h1>
        <p className="max-w-3xl text-soft">
          Опубликованная версия не меняется никогда. Новое соглашение и новое согласие каждый житель встретит
          при ближайшем входе и продолжит, когда примет; политику не принимают, с ней знакомятся.
        </p>
      </div>
      {published ? <Notice tone="good" role="status" title={published} /> : null}
      {kinds.map((kind) => (
        <section key={kind} aria-labelledby={kind} className="grid gap-3">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 id={kind}>{documentNames[kind]}</h2>
            {publishes ? (
              <ButtonLink href={`/admin/documents/${kind}/new`} look="second">
                Новая версия
              </ButtonLink>
            ) : null}
          </div>
          <Versions versions={versions.filter((version) => version.kind === kind)} />
        </section>
      ))}
    </div>
  )
}

function Versions({ versions }: { versions: ListedVersion[] }) {
  const [first] = versions
  if (!first) return <p className="text-soft">Ещё ничего не опубликовано.</p>
  return (
    <WideTable
      label={`Версии: ${documentNames[first.kind]}`}
      heads={['Версия', 'Действует с', 'Состояние', 'Опубликована', 'Приняли']}
    >
      {versions.map((one) => (
        <tr key={one.version}>
          <td>
            <Link
              href={`/personal/documents/${one.kind}/${one.version}`}
              prefetch={false}
              className="inline-block py-2"
            >
              Версия {one.version}
            </Link>
          </td>
          <td className="whitespace-nowrap">{formatDay(moscowDay(one.effectiveFrom))}</td>
          <td>
            <State {...one} />
          </td>
          <td>
            {formatInstant(one.publishedAt)}, {one.publishedBy ?? 'сервис'}
          </td>
          <td>
            {one.accepted === null ? (
              <span className="text-soft">не принимается</span>
            ) : (
              <Link
                href={`/admin/documents/${one.kind}/${one.version}`}
                prefetch={false}
                className="inline-block py-2"
              >
                {plural(one.accepted, ['человек', 'человека', 'человек'])}
              </Link>
            )}
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

function State({ state }: { state: ListedVersion['state'] }) {
  if (state === 'in-force') return <Badge tone="good">действует</Badge>
  if (state === 'coming') return <Badge tone="water">ещё не действует</Badge>
  return <Badge>{state === 'former' ? 'прежняя' : 'заменена более новой'}</Badge>
}
