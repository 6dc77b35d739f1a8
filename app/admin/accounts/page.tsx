import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Badge, Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { WideTable } from '@/app/_ui/wide-table'
import { type FoundAccount, findAccounts, MOST_FOUND } from '@/lib/accounts/search'
import { requireStaff } from '@/lib/session/require'
import { openedSearch } from '@/lib/session/sealed-search'
import { cleanLine } from '@/lib/units/text'
import { pictureProblem, pictureProblems } from './problems'
import { SearchForm } from './search-form'

export const metadata: Metadata = { title: 'Счета' }

const asked = z.object({
  q: z.string().max(200).overwrite(cleanLine).catch(''),
  problem: pictureProblem.optional().catch(undefined),
})

export default async function AccountsPage({ searchParams }: PageProps<'/admin/accounts'>) {
  const staff = await requireStaff('accounts.see')
  const query = await searchParams
  const { q, problem } = asked.parse({ ...query, q: openedSearch(query.q) })
  const found = q ? await findAccounts(staff, q) : undefined
  return (
    <div className="grid gap-5">
      <h1>Счета</h1>
      <div className="grid max-w-5xl items-start gap-x-8 gap-y-5 wide:grid-cols-[3fr_2fr]">
        <SearchForm start={q} />
        <form
          action="/admin/accounts/picture"
          method="post"
          encType="multipart/form-data"
          noValidate
          className="grid gap-3"
        >
          <TextField
            name="picture"
            label="Картинка квитанции"
            hint="PNG или JPEG до 8 МБ, на ней виден QR-код. Картинка нигде не сохраняется"
            type="file"
            accept="image/png,image/jpeg"
            error={problem && pictureProblems[problem]}
            autoFocus={problem !== undefined}
          />
          <div>
            <Button look="second">Найти по картинке</Button>
          </div>
        </form>
      </div>
      {found ? <Results found={found} /> : null}
    </div>
  )
}

function Results({ found }: { found: FoundAccount[] }) {
  if (found.length === 0)
    return (
      <Notice title="Ничего не нашлось">
        <p>Проверьте написание или наберите меньше: только фамилию, только дом и квартиру.</p>
      </Notice>
    )
  return (
    <div className="grid gap-3">
      <WideTable label="Найденные счета" heads={['Счёт', 'Владелец', 'Адрес', 'Состояние']}>
        {found.map((account) => (
          <tr key={account.accountNumber}>
            <td>
              <Link
                href={`/admin/accounts/${encodeURIComponent(account.accountNumber)}`}
                prefetch={false}
                className="inline-block py-2"
              >
                {account.accountNumber}
              </Link>
            </td>
            <td>{account.holderName}</td>
            <td>{account.address}</td>
            <td>{account.closed ? <Badge>закрыт</Badge> : <Badge tone="good">открыт</Badge>}</td>
          </tr>
        ))}
      </WideTable>
      {found.length === MOST_FOUND ? (
        <p className="text-soft">Показаны первые {MOST_FOUND}. Добавьте имя, дом или квартиру.</p>
      ) : null}
    </div>
  )
}
