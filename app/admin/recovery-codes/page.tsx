import type { Metadata } from 'next'
import { Card, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { PrintButton } from '@/app/_ui/print-button'
import { codeSchema } from '@/lib/access/schema'
import { requireStaff } from '@/lib/session/require'
import { freshRecoveryCodes } from '@/lib/session/second-factor'

export const metadata: Metadata = { title: 'Запасные коды' }

/** The recovery codes, right after the second step was set up and at no other time. */
export default async function RecoveryCodesPage({ searchParams }: PageProps<'/admin/recovery-codes'>) {
  const staff = await requireStaff('office.enter')
  const codes = await freshRecoveryCodes(staff, new Date())
  const next = codeSchema.shape.next.parse((await searchParams).next) ?? '/admin'
  if (!codes) return <Shown />
  return (
    <div className="grid max-w-2xl gap-5">
      <h1>Запасные коды</h1>
      <Notice tone="warn" title="Сохраните их сейчас: больше эта страница их не покажет">
        <p>
          Если телефона не окажется под рукой, вместо кода из приложения введите один из этих. Каждый
          действует один раз. Распечатайте лист и держите отдельно от пароля.
        </p>
      </Notice>
      <Card>
        <p className="mb-3 text-soft">Логин: {staff.login}</p>
        <ol className="grid list-decimal gap-x-10 gap-y-2 pl-9 wide:grid-cols-2 print:grid-cols-2 font-mono text-[1.15em]">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </Card>
      <div className="flex flex-wrap gap-3 print:hidden">
        <ButtonLink href={next}>Коды у меня, дальше</ButtonLink>
        <PrintButton />
      </div>
    </div>
  )
}

function Shown() {
  return (
    <div className="grid max-w-2xl gap-5">
      <h1>Запасные коды</h1>
      <p>
        Их видно один раз, сразу после настройки второго шага. Если листа с кодами нет, попросите
        администратора сбросить вам второй шаг: вы настроите его заново и получите новые коды.
      </p>
      <p>
        <ButtonLink href="/admin" look="second">
          К работе
        </ButtonLink>
      </p>
    </div>
  )
}
