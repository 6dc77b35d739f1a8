import Link from 'next/link'
import { WideTable } from '@/app/_ui/wide-table'
import type { Act } from '@/lib/privacy/acts'
import { destroyedWords } from '@/lib/privacy/rules'
import { formatInstant } from '@/lib/units/day'

/** Acts, the latest first, with what each destroyed. */
export function ActsTable({ acts }: { acts: readonly Act[] }) {
  if (acts.length === 0) return <p className="text-soft">Актов пока нет.</p>
  return (
    <WideTable label="Акты" heads={['Акт', 'Когда', 'Основание', 'Уничтожено']}>
      {acts.map(({ number, madeAt, ground, login, destroyed }) => (
        <tr key={number}>
          <td>
            <Link href={`/admin/privacy/acts/${number}`} prefetch={false} className="inline-block py-2">
              {`№ ${number}`}
            </Link>
          </td>
          <td className="whitespace-nowrap">{formatInstant(madeAt)}</td>
          <td>{ground === 'retention' ? 'срок хранения' : `отзыв согласия, ${login ?? ''}`}</td>
          <td>{destroyedWords(destroyed).join('; ')}</td>
        </tr>
      ))}
    </WideTable>
  )
}
