import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { Differences } from '@/app/_documents/differences'
import { Card, Notice } from '@/app/_ui/box'
import { Shell } from '@/app/_ui/shell'
import { SignOut } from '@/app/personal/_phone/sign-out'
import { DocumentText } from '@/app/personal/(open)/documents/_parts/document-text'
import { versionWords } from '@/app/personal/(open)/documents/_parts/versions'
import { type DueDocument, dueDocuments } from '@/lib/acceptance/queries'
import { hasTicks, seenWords } from '@/lib/acceptance/rules'
import { nextPage } from '@/lib/acceptance/schema'
import { changesBetween } from '@/lib/documents/changes'
import { currentSession, requireSubscriber } from '@/lib/session/require'
import { AcceptForm } from './accept-form'

export const metadata: Metadata = { title: 'Новая версия соглашения' }

const headings = ['Всё уже принято', 'Документ изменился', 'Изменились два документа']

const query = z.object({ next: nextPage, state: z.enum(['newer']).optional().catch(undefined) })

/** What has to be accepted before going on: what changed, the text, «Принимаю», and «Выйти» beside. */
export default async function AgreementPage({ searchParams }: PageProps<'/personal/agreement'>) {
  const subscriber = await requireSubscriber({ accepting: true })
  const { next, state } = query.parse(await searchParams)
  const due = await dueDocuments(subscriber)
  const session = await currentSession()
  const waits = session.kind === 'live' && session.mustAccept !== null
  if (due.length === 0 && !waits) redirect(next ?? '/personal')
  return (
    <Shell>
      <div className="grid max-w-[48rem] gap-6">
        <h1>{headings[due.length] ?? headings[2]}</h1>
        {state === 'newer' ? (
          <Notice tone="warn" role="status" title="Пока вы читали, начала действовать другая версия">
            <p>Ниже — она. Прочитайте, что изменилось, и решите ещё раз.</p>
          </Notice>
        ) : null}
        {due.length > 0 ? (
          <p>
            Чтобы продолжить, прочитайте и примите. С вашим счётом ничего не произошло; если принимать сейчас
            не хотите, выйдите: вернуться можно в любой день.
          </p>
        ) : null}
        {due.map((one) => (
          <Changed key={one.kind} {...one} />
        ))}
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <AcceptForm
            seen={seenWords(due)}
            next={next}
            asked={due.map(({ kind }) => kind)}
            ticks={hasTicks(due)}
          />
          <SignOut />
        </div>
      </div>
    </Shell>
  )
}

function Changed({ kind, document, before }: DueDocument) {
  return (
    <Card className="grid gap-4">
      <div>
        <h2>{document.title}</h2>
        <p className="text-soft">{versionWords(document.version, document.effectiveFrom)}</p>
      </div>
      {before ? (
        <section aria-labelledby={`${kind}-changes`} className="grid gap-3">
          <h3 id={`${kind}-changes`} className="font-semibold">
            Что изменилось
          </h3>
          <Differences {...changesBetween(before.body, document.body)} />
        </section>
      ) : null}
      <details open={!before}>
        <summary className="min-h-11 cursor-pointer py-2.5 font-medium text-water">Весь текст</summary>
        <DocumentText body={document.body} />
      </details>
      <p>
        <Link
          href={`/personal/documents/${kind}/${document.version}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center"
        >
          Открыть отдельной страницей
        </Link>
      </p>
    </Card>
  )
}
