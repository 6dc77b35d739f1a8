import { Notice } from '@/app/_ui/box'
import { paperForStaff } from '@/lib/papers/queries'
import { spacedCode } from '@/lib/papers/rules'
import type { Staff } from '@/lib/session/require'
import { formatPeriod, period } from '@/lib/units/period'

/** What was recorded, and the number to read out; nothing for a slip that does not exist. */
export async function Recorded({ staff, slip }: { staff: Staff; slip: string }) {
  const paper = await paperForStaff(staff, slip)
  if (paper?.kind !== 'readings-slip') return null
  const { number, code, body } = paper
  return (
    <Notice
      tone="good"
      role="status"
      title={`Записано по счёту ${body.accountNumber}. Скажите номер талона:`}
    >
      <p className="text-[1.35rem] font-semibold tabular-nums">{`№ ${number}, код ${spacedCode(code)}`}</p>
      <ul>
        {body.lines.map(({ title, serial, unit, values, period: month, outside }) => (
          <li key={`${serial} ${month}`}>
            {`${title}, № ${serial}: `}
            <span className="font-medium tabular-nums">
              {values.map(({ name, dial }) => (name ? `${name.toLowerCase()} ${dial}` : dial)).join(', ')}
            </span>
            {` ${unit}, за ${formatPeriod(period(month))}`}
            {outside ? ' — приём ещё не начался, учтём в нём' : ''}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
