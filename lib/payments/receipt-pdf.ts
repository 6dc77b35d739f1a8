import { Sheets } from '@/lib/ledger/bill-sheet'
import type { Settings } from '@/lib/settings/schema'
import { formatInstant } from '@/lib/units/day'
import { formatAmount } from '@/lib/units/money'
import { formatPeriod, period as periodOf } from '@/lib/units/period'
import type { paymentForPayer } from './queries'
import { methodWords } from './words'

type Payment = NonNullable<Awaited<ReturnType<typeof paymentForPayer>>>

/**
 * A payment that went through, on paper; undefined for any other. It says what was paid for and what of it went back, and
 * is no fiscal receipt: that one comes from the provider. The same payment is the same bytes.
 */
export async function receiptPdf(
  payment: Payment,
  { company, requisites }: Pick<Settings, 'company' | 'requisites'>,
): Promise<Buffer | undefined> {
  const { number, state, succeededAt, amount, method, parts } = payment
  if (state !== 'succeeded' || !succeededAt) return undefined
  const title = `Квитанция об оплате № ${number}`
  const sheets = new Sheets({ title, author: company.name, made: succeededAt })
  sheets.text(title, { size: 15, bold: true, gap: 2 })
  sheets.text(`${formatInstant(succeededAt)} по московскому времени, ${methodWords(method)}`, { soft: true })
  sheets.section('Получатель')
  sheets.text(company.fullName)
  if (requisites) sheets.text(`${requisites.name}, ИНН ${requisites.inn}, КПП ${requisites.kpp}`)
  sheets.section('За что заплачено')
  for (const part of parts) {
    const month = part.period ? `за ${formatPeriod(periodOf(part.period))}` : 'сначала за самый ранний долг'
    sheets.text(`Лицевой счёт ${part.accountNumber}, ${part.address}`)
    sheets.text(`${formatAmount(part.amount)} руб., ${month}`, { gap: 2 })
    for (const refund of part.refunds.filter((one) => one.state === 'succeeded'))
      sheets.text(`Возвращено ${formatAmount(refund.amount)} руб.`, { gap: 2 })
  }
  sheets.rule()
  sheets.text(`Всего оплачено ${formatAmount(amount)} руб.`, { size: 11.5, bold: true, gap: 6 })
  sheets.text('Это не кассовый чек. Чек присылает платёжная система на почту, указанную при оплате.', {
    soft: true,
  })
  return sheets.bytes()
}
