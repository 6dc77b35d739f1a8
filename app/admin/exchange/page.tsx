import type { Metadata } from 'next'
import Link from 'next/link'
import { Card, Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import { profilesPage } from '@/lib/exchange/profile-queries'
import { type ImportSummary, importsPage } from '@/lib/exchange/queries'
import { importKindNames, uploadProblemCode, uploadProblems } from '@/lib/exchange/schema'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { ExchangeNav } from './nav'
import { formatCount, ImportState } from './parts'
import { ProfileOptions } from './profile-options'

export const metadata: Metadata = { title: 'Обмен' }

export default async function ExchangePage({ searchParams }: PageProps<'/admin/exchange'>) {
  const staff = await requireStaff('exchange.see')
  const problem = uploadProblemCode.safeParse((await searchParams).problem).data
  const [imports, profiles] = await Promise.all([importsPage(staff), profilesPage(staff)])
  return (
    <div className="grid gap-5">
      <h1>Обмен</h1>
      <ExchangeNav />
      <May permission="exchange.load">
        <Card className="max-w-3xl">
          <h2 className="mb-2">Файл из биллинга</h2>
          <p className="mb-4 text-soft">
            Счета, счётчики, начисления, тарифы, платежи или показания: CSV, DBF или Excel (.xlsx), до 200 МБ.
            Проверка ничего не меняет: сначала вы увидите отчёт.
          </p>
          <form
            action="/admin/exchange/upload"
            method="post"
            encType="multipart/form-data"
            noValidate
            className="grid gap-4"
          >
            <TextField
              name="file"
              label="Файл"
              type="file"
              accept=".csv,.txt,.dbf,.xlsx"
              error={problem && problem !== 'as-of' ? uploadProblems[problem] : undefined}
              autoFocus={problem !== undefined && problem !== 'as-of'}
            />
            <SelectField name="profile" label="Профиль: как читать файл">
              <ProfileOptions profiles={profiles} first="Определить самостоятельно" />
            </SelectField>
            <AsOfField error={problem === 'as-of' ? uploadProblems[problem] : undefined} />
            <div>
              <Button>Проверить файл</Button>
            </div>
          </form>
        </Card>
      </May>
      <h2>Последние проверки и загрузки</h2>
      {imports.length === 0 ? (
        <Notice>Здесь появятся файлы, как только вы проверите первый.</Notice>
      ) : (
        <ImportsTable imports={imports} />
      )}
    </div>
  )
}

function AsOfField({ error }: { error: string | undefined }) {
  return (
    <TextField
      name="asOf"
      label="Данные на (не обязательно)"
      type="datetime-local"
      hint="На какой день и час биллинг собрал начисления или платежи. Если не указать, возьмём конец последнего месяца в файле"
      error={error}
      className="max-w-72"
    />
  )
}

function ImportsTable({ imports }: { imports: ImportSummary[] }) {
  return (
    <WideTable
      label="Последние проверки и загрузки"
      heads={['Файл', 'Что в нём', 'Строк', 'Принят', 'Состояние']}
    >
      {imports.map((one) => (
        <tr key={one.id}>
          <td>
            <Link href={`/admin/exchange/${one.id}`} prefetch={false} className="inline-block py-2">
              {one.fileName}
            </Link>
          </td>
          <td>{one.kind ? importKindNames[one.kind] : '—'}</td>
          <td>{one.report ? formatCount(one.report.rows) : '—'}</td>
          <td>
            {formatInstant(one.receivedAt)}, {one.receivedBy}
          </td>
          <td>
            <ImportState of={one} />
          </td>
        </tr>
      ))}
    </WideTable>
  )
}
