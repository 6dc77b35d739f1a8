import type { Metadata } from 'next'
import Link from 'next/link'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import { May } from '@/app/_ui/may'
import { WideTable } from '@/app/_ui/wide-table'
import { type KnownProfile, profilesPage } from '@/lib/exchange/profile-queries'
import { importKindNames, importKinds } from '@/lib/exchange/schema'
import { requireStaff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { ExchangeNav } from '../nav'
import { TakeForm } from './take-form'

export const metadata: Metadata = { title: 'Профили обмена' }

export default async function ProfilesPage({ searchParams }: PageProps<'/admin/exchange/profiles'>) {
  const staff = await requireStaff('exchange.see')
  const { removed } = await searchParams
  const profiles = await profilesPage(staff)
  return (
    <div className="grid gap-5">
      <h1>Профили обмена</h1>
      <ExchangeNav />
      {removed === undefined ? null : <Notice tone="good" role="status" title="Профиль удалён" />}
      <p className="max-w-3xl text-soft">
        Профиль говорит, как читать файлы одной программы: где какой столбец, как записаны числа и даты.
        Встроенный профиль изменить нельзя: откройте его и сохраните под другим названием.
      </p>
      <ProfilesTable profiles={profiles} />
      <May permission="exchange.load">
        <div className="grid items-start gap-5 wide:grid-cols-2">
          <Card>
            <h2 className="mb-3">Новый профиль</h2>
            <form action="/admin/exchange/profiles/new" className="grid gap-4">
              <SelectField name="kind" label="Что в файле">
                {importKinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {importKindNames[kind]}
                  </option>
                ))}
              </SelectField>
              <div>
                <Button look="second">Заполнить профиль</Button>
              </div>
            </form>
          </Card>
          <Card>
            <h2 className="mb-3">Профиль из JSON</h2>
            <TakeForm />
          </Card>
        </div>
      </May>
    </div>
  )
}

function ProfilesTable({ profiles }: { profiles: KnownProfile[] }) {
  return (
    <WideTable label="Профили" heads={['Профиль', 'Что в файле', 'Чей', 'JSON']}>
      {profiles.map(({ key, profile, own }) => (
        <tr key={key}>
          <td>
            <Link href={`/admin/exchange/profiles/${key}`} prefetch={false} className="inline-block py-2">
              {profile.name}
            </Link>
          </td>
          <td>{importKindNames[profile.kind]}</td>
          <td>{own ? `свой, ${formatInstant(own.at)}, ${own.by}` : <Badge>встроенный</Badge>}</td>
          <td>
            <a href={`/admin/exchange/profiles/${key}/json`} className="inline-block py-2">
              Скачать<span className="sr-only"> «{profile.name}»</span>
            </a>
          </td>
        </tr>
      ))}
    </WideTable>
  )
}
