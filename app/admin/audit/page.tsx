import type { Metadata } from 'next'
import { Button, ButtonLink } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { auditActions } from '@/lib/audit/catalogue'
import { type AuditFilter, auditFilterSchema, auditPage } from '@/lib/audit/queries'
import { chainState } from '@/lib/inspection/queries'
import { requireStaff } from '@/lib/session/require'
import { AuditTable } from './audit-table'
import { Chain } from './chain'
import { TakeForm } from './take-form'

export const metadata: Metadata = { title: 'Журнал' }

export default async function AuditPage({ searchParams }: PageProps<'/admin/audit'>) {
  const staff = await requireStaff('audit.see')
  const asked = await searchParams
  const filter = auditFilterSchema.parse(asked)
  const [{ rows, next }, chain] = await Promise.all([auditPage(staff, filter), chainState(staff)])
  return (
    <div className="grid gap-5">
      <h1>Журнал</h1>
      <Chain state={chain} fresh={asked.verified === '1'} />
      <Filters filter={filter} />
      {rows.length === 0 ? <p className="text-soft">Таких записей нет.</p> : <AuditTable rows={rows} />}
      <TakeForm filter={filter} />
      {next ? (
        <p>
          <ButtonLink href={`/admin/audit?${query(filter, next)}`} look="second">
            Раньше
          </ButtonLink>
        </p>
      ) : null}
    </div>
  )
}

function Filters({ filter }: { filter: AuditFilter }) {
  return (
    <form className="grid items-end gap-3 wide:grid-cols-[2fr_1fr_2fr_auto_auto_auto]">
      <SelectField name="action" label="Что сделано" defaultValue={filter.action ?? ''}>
        <option value="">Всё</option>
        {Object.entries(auditActions).map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </SelectField>
      <TextField name="who" label="Кто" defaultValue={filter.who} />
      <TextField name="subject" label="Номер заявки, логин или счёт" defaultValue={filter.subject} />
      <TextField name="from" label="С" type="date" defaultValue={filter.from} />
      <TextField name="to" label="По" type="date" defaultValue={filter.to} />
      <Button look="second">Показать</Button>
    </form>
  )
}

function query(filter: AuditFilter, before: number): string {
  const entries = Object.entries({ ...filter, before: String(before) })
  return new URLSearchParams(
    entries.flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  ).toString()
}
