import { Notice } from '@/app/_ui/box'
import { lettersNotDelivered } from '@/lib/access/person'
import type { Staff } from '@/lib/session/require'
import { formatInstant } from '@/lib/units/day'
import { plural } from '@/lib/units/text'

/** Letters that have not reached the person's mailbox; nothing when all have. */
export async function LettersNotDelivered({ staff, userId }: { staff: Staff; userId: string }) {
  const rows = await lettersNotDelivered(staff, userId, new Date())
  if (rows.length === 0) return null
  return (
    <Notice tone="warn" title="Письма не дошли">
      <ul className="mt-1 grid gap-1">
        {rows.map(({ id, subject, createdAt, attempts, lastError }) => (
          <li key={id}>
            {`«${subject}», ${formatInstant(createdAt)}: `}
            {attempts > 0
              ? `не ушло, ${plural(attempts, ['попытка', 'попытки', 'попыток'])}${lastError ? `, ответ почты ${lastError}` : ''}. Отправим ещё раз сами`
              : 'ждёт отправки'}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
