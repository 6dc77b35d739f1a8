import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { PrintButton } from '@/app/_ui/print-button'
import { type Act, actOf } from '@/lib/privacy/acts'
import { destroyedWords } from '@/lib/privacy/rules'
import { actNumber } from '@/lib/privacy/schema'
import { roleNames } from '@/lib/session/permissions'
import { requireStaff } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'

export const metadata: Metadata = { title: 'Акт об уничтожении' }

/** The fields of the act are those of order № 179 of Roskomnadzor of 28.10.2022. */
export default async function ActPage({ params }: PageProps<'/admin/privacy/acts/[number]'>) {
  const staff = await requireStaff('privacy.see')
  const number = actNumber.safeParse((await params).number)
  const act = number.success ? await actOf(staff, number.data) : undefined
  if (!act) notFound()
  const { company } = await currentSettings()
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>{`Акт № ${act.number} об уничтожении персональных данных`}</h1>
      <Card>
        <dl className="grid gap-3">
          <Fact name="Оператор">{`${company.fullName}, ${company.postalAddress}`}</Fact>
          <Fact name="Чьи данные">{whose(act)}</Fact>
          <Fact name="Уничтожены категории данных и сколько записей">
            <ul className="list-disc pl-5">
              {destroyedWords(act.destroyed).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </Fact>
          <Fact name="Откуда">Информационная система «Личный кабинет», база данных</Fact>
          <Fact name="Способ">
            Стирание и замена значений в базе данных средствами системы. В резервных копиях — по мере их
            замены
          </Fact>
          <Fact name="Причина">{reason(act)}</Fact>
          <Fact name="Дата">{formatInstant(act.madeAt)}</Fact>
          <Fact name="Уничтожил(а)">{maker(act)}</Fact>
        </dl>
        <p className="mt-8">Подпись ____________________ / ____________________ /</p>
      </Card>
      <div className="print:hidden">
        <PrintButton />
      </div>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function whose({ ground, login }: Act): string {
  return ground === 'withdrawal'
    ? `Пользователь с логином ${login ?? '—'}; имя уничтожено вместе с данными`
    : 'Лица, чьи данные достигли срока хранения; поимённо — в журнале регистрации событий системы'
}

function reason({ ground, askedAt }: Act): string {
  if (ground === 'retention') return 'Истёк срок хранения (152-ФЗ, ст. 5, ч. 7)'
  const since = askedAt ? ` от ${formatDay(moscowDay(askedAt))}` : ''
  return `Отзыв согласия субъекта${since} (152-ФЗ, ст. 21, ч. 5)`
}

function maker({ by }: Act): string {
  if (!by) return 'Система, по расписанию'
  const name = [by.lastName, by.firstName, by.patronymic].filter(Boolean).join(' ')
  return `${name}, ${by.roles.map((role) => roleNames[role].toLowerCase()).join(', ')}`
}
