import { Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import type { personForStaff } from '@/lib/access/queries'
import { formatInstant } from '@/lib/units/day'
import { BlockForm } from './block-form'

type Person = NonNullable<Awaited<ReturnType<typeof personForStaff>>>

/** The block in force and its end, or the form that begins one; who may do neither sees the block only. */
export function BlockCard({ person: { id, block } }: { person: Pick<Person, 'id' | 'block'> }) {
  const form = <BlockForm userId={id} blocked={block !== undefined} />
  if (!block)
    return (
      <May permission="people.block">
        <Card>
          <h2 className="mb-3">Блокировка</h2>
          {form}
        </Card>
      </May>
    )
  return (
    <Card>
      <h2 className="mb-3">Доступ приостановлен</h2>
      <p className="mb-3">
        {formatInstant(block.blockedAt)}, {block.blockedBy}: {block.blockReason}
      </p>
      <May permission="people.unblock">{form}</May>
    </Card>
  )
}
