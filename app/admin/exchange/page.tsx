import type { Metadata } from 'next'
import Link from 'next/link'
import { Card, Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { WideTable } from '@/app/_ui/wide-table'
import { type ImportSummary, importsPage } from '@/lib/exchange/queries'
import { importKindNames, uploadProblemCode, uploadProblems } from '@/lib/exchange/schema'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { formatCount, ImportState } from './parts'

export const metadata: Metadata = { title: 'Обмен' }

export default async function ExchangePage({ searchParams }: PageProps<'/admin/exchange'>) {
  const staff = await requireStaff()
  const problem = uploadProblemCode.safeParse((await searchParams).problem).data
  const imports = await importsPage(staff)
  return (
    <div className="grid gap-5">
      <h1>Обмен</h1>
      <Card className="max-w-3xl">
        <h2 className="mb-2">Файл из биллинга</h2>
        <p className="mb-4 text-soft">
          Выгрузка счетов, счётчиков или начислений: .csv с точкой с запятой, cp1251 или UTF-8, до 64 МБ.
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
            accept=".csv,.txt,text/csv,text/plain"
            error={problem && uploadProblems[problem]}
            autoFocus={problem !== undefined}
          />
          <div>
            <Button>Проверить файл</Button>
          </div>
        </form>
      </Card>
      <h2>Последние проверки и загрузки</h2>
      {imports.length === 0 ? (
        <Notice>Здесь появятся файлы, как только вы проверите первый.</Notice>
      ) : (
        <ImportsTable imports={imports} />
      )}
    </div>
  )
}

function ImportsTable({ imports }: { imports: ImportSummary[] }) {
  return (
    <WideTable
      label="Последние проверки и загрузки"
      heads={['Файл', 'Что в нём', 'Строк', 'Проверен', 'Состояние']}
    >
      {imports.map((one) => (
        <tr key={one.id}>
          <td>
            <Link href={`/admin/exchange/${one.id}`} prefetch={false} className="inline-block py-1">
              {one.fileName}
            </Link>
          </td>
          <td>{importKindNames[one.kind]}</td>
          <td>{formatCount(one.report.rows)}</td>
          <td>
            {formatInstant(one.checkedAt)}, {one.checkedBy}
          </td>
          <td>
            <ImportState of={one} />
          </td>
        </tr>
      ))}
    </WideTable>
  )
}
