import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Badge, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import type { Profile } from '@/lib/exchange/profile'
import { columnText, fieldsOf } from '@/lib/exchange/profile-form'
import { type KnownProfile, profileForStaff } from '@/lib/exchange/profile-queries'
import { type ImportKind, importKindNames, importKinds } from '@/lib/exchange/schema'
import { may } from '@/lib/session/permissions'
import { requireStaff, type Staff } from '@/lib/session/require'
import { delimiterNames, delimiterValue, encodingNames, typeNames } from '../../words'
import { DropForm } from './drop-form'
import { ProfileForm, type ProfileValues } from './profile-form'

export const metadata: Metadata = { title: 'Профиль обмена' }

export default async function ProfilePage({
  params,
  searchParams,
}: PageProps<'/admin/exchange/profiles/[key]'>) {
  const staff = await requireStaff('exchange.see')
  const { key } = await params
  const { saved, kind } = await searchParams
  const found = key === 'new' ? blankFor(staff, kind) : await profileForStaff(staff, key)
  if (!found) notFound()
  const { profile, own } = found
  return (
    <div className="grid max-w-5xl gap-5">
      <p>
        <Link href="/admin/exchange/profiles" prefetch={false} className="inline-flex min-h-11 items-center">
          ← К профилям
        </Link>
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <h1>{profile.name || 'Новый профиль'}</h1>
        {own || key === 'new' ? null : <Badge>встроенный</Badge>}
      </div>
      {saved === undefined ? null : <Notice tone="good" role="status" title="Профиль сохранён" />}
      <May permission="exchange.load">
        {own || key === 'new' ? null : (
          <Notice>
            Встроенный профиль не меняется. Здесь можно сделать из него свой: исправьте что нужно.
          </Notice>
        )}
      </May>
      <May
        permission="exchange.load"
        otherwise={
          <p className="text-soft">Изменяют профили расчётчики. Посмотреть профиль можно, скачав его.</p>
        }
      >
        <ProfileForm key={own?.at.toISOString()} values={valuesOf(found)} choices={choices} />
      </May>
      {key === 'new' ? null : (
        <div className="flex flex-wrap items-start gap-3">
          <a href={`/admin/exchange/profiles/${key}/json`} className="button button-second">
            Скачать JSON
          </a>
          <May permission="exchange.load">{own ? <DropForm profileKey={key} /> : null}</May>
        </div>
      )}
    </div>
  )
}

interface Found {
  key: string
  profile: Profile
  own: KnownProfile['own']
}

/** Only who may keep a profile begins one. */
function blankFor({ roles }: Staff, kind: unknown): Found | undefined {
  return may(roles, 'exchange.load') ? blank(kind) : undefined
}

/** A profile nobody filled in yet, with the headings the company's own files have. */
function blank(kind: unknown): Found {
  const of: ImportKind = z.enum(importKinds).catch('charges').parse(kind)
  const columns = Object.fromEntries(fieldsOf(of).map(([field, title]) => [field, [title]]))
  const profile: Profile = {
    ...{ name: '', kind: of, type: 'any', encoding: 'auto', delimiter: 'auto', headerLines: 1, columns },
    ...{ decimal: 'auto', dates: 'auto', periods: 'auto', control: 'none', constants: {}, key: [] },
  }
  return { key: '', profile, own: undefined }
}

function valuesOf({ key, profile, own }: Found): ProfileValues {
  return {
    key: own ? key : '',
    name: own || profile.name === '' ? profile.name : `${profile.name} (свой)`,
    kind: profile.kind,
    kindName: importKindNames[profile.kind],
    type: profile.type,
    encoding: profile.encoding,
    delimiter: delimiterValue(profile.delimiter),
    headerLines: String(profile.headerLines),
    decimal: profile.decimal,
    dates: profile.dates,
    periods: profile.periods,
    control: profile.control,
    columns: fieldsOf(profile.kind).map(([field, title]) => ({
      field,
      title,
      column: columnText(profile.columns[field]),
      constant: profile.constants[field] ?? '',
      isKey: profile.key.includes(field),
    })),
  }
}

const auto = { auto: 'Определить самостоятельно' }
const choices = {
  type: { any: 'Любой', ...typeNames },
  encoding: { ...auto, ...encodingNames },
  delimiter: { ...auto, ...delimiterNames },
  decimal: { ...auto, ',': 'запятая: 1234,56', '.': 'точка: 1234.56' },
  dates: {
    ...auto,
    'dd.mm.yyyy': '31.12.2026',
    'yyyy-mm-dd': '2026-12-31',
    yyyymmdd: '20261231',
    excel: 'число Excel: 46387',
  },
  periods: {
    ...auto,
    'mm.yyyy': '12.2026',
    'yyyy-mm': '2026-12',
    yyyymm: '202612',
    mmyyyy: '122026',
    'month yyyy': 'декабрь 2026',
    date: 'любой день месяца: 01.12.2026',
  },
  control: {
    none: 'Нет, не сверять',
    line: 'Да, последняя: ИТОГО; число строк; суммы',
  },
}
