import { db } from '@/db/client'
import { record } from '@/lib/audit/record'
import { Sheets } from '@/lib/ledger/bill-sheet'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatInstant } from '@/lib/units/day'
import { holdingsOf } from './holdings'
import { looksAt } from './looks'

/** A copy of all that is held of a person, as a file. */
export interface OwnCopy {
  name: string
  contentType: string
  bytes: Uint8Array
}

/** Makes the subscriber's copy of their data (152-ФЗ art. 14 §7) and writes down that they took it. */
export async function ownCopy(subscriber: Subscriber, format: 'json' | 'pdf', now: Date): Promise<OwnCopy> {
  const [categories, looks] = await Promise.all([holdingsOf(subscriber), looksAt(subscriber)])
  await db().transaction((tx) =>
    record(tx, subscriber, {
      action: 'data.exported',
      subject: { kind: 'user', id: subscriber.userId, label: subscriber.login },
      after: { format },
    }),
  )
  const copy = { madeAt: now, categories, looks }
  return format === 'json'
    ? { name: 'moi-dannye.json', contentType: 'application/json; charset=utf-8', bytes: jsonOf(copy) }
    : { name: 'moi-dannye.pdf', contentType: 'application/pdf', bytes: await pdfOf(copy) }
}

interface Copy {
  madeAt: Date
  categories: Awaited<ReturnType<typeof holdingsOf>>
  looks: Awaited<ReturnType<typeof looksAt>>
}

function jsonOf(copy: Copy): Uint8Array {
  return Buffer.from(`${JSON.stringify(copy, null, 2)}\n`)
}

async function pdfOf({ madeAt, categories, looks }: Copy): Promise<Uint8Array> {
  const { company } = await currentSettings()
  const title = 'Мои персональные данные'
  const sheets = new Sheets({ title, author: company.name, made: madeAt })
  sheets.text(title, { size: 15, bold: true, gap: 2 })
  sheets.text(`${company.fullName}. Составлено ${formatInstant(madeAt)} по московскому времени`, {
    soft: true,
  })
  for (const { title: head, why, ground, until, facts } of categories) {
    sheets.section(head)
    sheets.text(`Зачем: ${why}. Основание: ${ground}. Хранится: ${until}.`, { soft: true, gap: 2 })
    for (const { name, value } of facts) sheets.text(`${name}: ${value}`, { gap: 1 })
  }
  sheets.section('Кто смотрел и менял')
  if (looks.length === 0) sheets.text('Никто.')
  for (const { at, role, what, reason } of looks)
    sheets.text(`${formatInstant(at)}. ${role}. ${what}${reason ? `. Причина: ${reason}` : ''}`, { gap: 1 })
  return sheets.bytes()
}
