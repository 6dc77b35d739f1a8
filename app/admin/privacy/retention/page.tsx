import type { Metadata } from 'next'
import { WideTable } from '@/app/_ui/wide-table'
import { actsOf } from '@/lib/privacy/acts'
import { retentionRules } from '@/lib/privacy/retention'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { ActsTable } from '../acts/table'
import { PrivacyNav } from '../nav'

export const metadata: Metadata = { title: 'Сроки хранения' }

export default async function RetentionPage() {
  const staff = await requireStaff('privacy.see')
  const [settings, acts] = await Promise.all([currentSettings(), actsOf(staff, 'retention')])
  return (
    <div className="grid gap-5">
      <h1>Сроки хранения</h1>
      <PrivacyNav here="/admin/privacy/retention" />
      <p className="text-soft">
        Каждую ночь система стирает то, чему вышел срок, и записывает акт. Файлы биллинга и выгрузки стираются
        отдельно, в «Обмене».
      </p>
      <WideTable label="Правила" heads={['Что', 'Хранится', 'Почему']}>
        {retentionRules.map(({ key, what, since, why, days }) => (
          <tr key={key}>
            <td>{what}</td>
            <td>{`${days(settings)} дней ${since}`}</td>
            <td>{why}</td>
          </tr>
        ))}
      </WideTable>
      <h2>Что стёрто</h2>
      <ActsTable acts={acts} />
    </div>
  )
}
