import { Card } from '@/app/_ui/box'
import { formatInstant } from '@/lib/units/day'
import { PassportForm } from './passport-form'

/** The passport behind its door: only the last digits stand open. */
export function Passport({
  requestId,
  passport: { lastDigits, erasedAt },
}: {
  requestId: string
  passport: { lastDigits: string; erasedAt: Date | null }
}) {
  return (
    <Card className="grid gap-2">
      <h2>
        Паспорт <span className="font-normal tabular-nums">•• •• ••• {lastDigits}</span>
      </h2>
      {erasedAt ? (
        <p className="text-soft">Удалён {formatInstant(erasedAt)}: после решения он хранится недолго.</p>
      ) : (
        <PassportForm requestId={requestId} />
      )}
    </Card>
  )
}
