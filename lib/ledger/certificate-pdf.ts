import { encode } from 'uqr'
import { env } from '@/lib/env'
import type { Certificate } from '@/lib/papers/queries'
import { spacedCode } from '@/lib/papers/rules'
import type { ChargesCertificate, MetersCertificate, NoDebt } from '@/lib/papers/schema'
import {
  certificateTitles,
  closingWords,
  dueWords,
  meterWords,
  monthsWords,
  noDebtWords,
} from '@/lib/papers/words'
import { day, formatDay, formatInstant } from '@/lib/units/day'
import { formatAmount, kopecks } from '@/lib/units/money'
import { formatPeriodTitle, period } from '@/lib/units/period'
import { INNER, Sheets } from './bill-sheet'

const CODE_SIDE = 92

/** Where anybody can check a paper: its number and code, and nothing of the person. */
export function checkAddress({ number, code }: Pick<Certificate, 'number' | 'code'>): string {
  return `${env().PUBLIC_URL}/personal/check?number=${number}&code=${code}`
}

/** A certificate on paper, with the code to check it by. It says what it said when it was given: the same bytes. */
export function certificatePdf(paper: Certificate): Promise<Buffer> {
  const { kind, issuedAt, body } = paper
  const sheets = new Sheets({ title: certificateTitles[kind], author: body.company, made: issuedAt })
  writeHead(sheets, paper)
  if (paper.kind === 'charges') writeCharges(sheets, paper.body)
  else if (paper.kind === 'meters') writeMeters(sheets, paper.body)
  else writeNoDebt(sheets, paper.body)
  writeCheck(sheets, paper)
  return sheets.bytes()
}

function writeHead(sheets: Sheets, { kind, number, code, issuedAt, body }: Certificate): void {
  sheets.text(body.company, { soft: true, gap: 4 })
  sheets.text(certificateTitles[kind], { size: 15, bold: true, gap: 2 })
  sheets.text(`№ ${number}, код ${spacedCode(code)}, выдана ${formatInstant(issuedAt)}`, { gap: 6 })
  sheets.text(`Лицевой счёт ${body.accountNumber}, ${body.address}`, { size: 10 })
  sheets.text(`Владелец счёта: ${body.holderName}`, { size: 10, gap: 4 })
}

function writeNoDebt(sheets: Sheets, body: NoDebt): void {
  sheets.text(noDebtWords(body), { size: 11.5, bold: true, gap: 4 })
  if (body.due) sheets.text(onPaper(dueWords(body.due)), { size: 10, gap: 4 })
}

const SUM = 96
const MONTH = INNER.width - 4 * SUM

function writeCharges(sheets: Sheets, body: ChargesCertificate): void {
  sheets.section(`Начисления: ${monthsWords(body)}, руб.`)
  const heads = ['На начало', 'Начислено', 'Оплачено', 'На конец']
  writeRow(sheets, ['Месяц', ...heads], { bold: true })
  for (const { period: month, opening, accrued, paid, closing } of body.months)
    writeRow(sheets, [formatPeriodTitle(period(month)), ...[opening, accrued, paid, closing].map(digits)])
  writeRow(sheets, ['Всего', '', digits(body.accrued), digits(body.paid), ''], { bold: true })
  sheets.text(
    'Начислено — с перерасчётами, льготами и пенями. Сумма с минусом на начало или на конец — переплата.',
    { soft: true, gap: 2 },
  )
  const last = body.months.at(-1)
  if (last)
    sheets.text(onPaper(`На конец периода: ${closingWords(last.closing)}.`), { size: 10, bold: true, gap: 4 })
  sheets.section('По услугам за весь период, руб.')
  for (const { name, accrued } of body.services)
    sheets.row([
      { text: name, x: INNER.left, width: INNER.width - SUM },
      { text: digits(accrued), x: INNER.left + INNER.width - SUM, width: SUM, align: 'right' },
    ])
}

function writeRow(
  sheets: Sheets,
  [first = '', ...sums]: readonly string[],
  look: { bold?: boolean } = {},
): void {
  const cells = sums.map((text, place) => ({
    ...look,
    text,
    x: INNER.left + MONTH + place * SUM,
    width: SUM,
    align: 'right' as const,
  }))
  sheets.row([{ ...look, text: first, x: INNER.left, width: MONTH }, ...cells])
}

function writeMeters(sheets: Sheets, { on, meters }: MetersCertificate): void {
  sheets.section(`На ${formatDay(day(on))} учтены счётчики`)
  for (const meter of meters) {
    sheets.text(`${meter.kind}, № ${meter.serial}`, { size: 10, bold: true })
    for (const words of meterWords(meter)) sheets.text(words)
    sheets.text('', { gap: 4 })
  }
}

function writeCheck(sheets: Sheets, paper: Certificate): void {
  sheets.room(CODE_SIDE + 12)
  sheets.rule()
  const { data } = encode(checkAddress(paper), { ecc: 'M', boostEcc: false, border: 4 })
  sheets.squares(data, INNER.left, CODE_SIDE)
  const x = INNER.left + CODE_SIDE + 8
  const width = INNER.width - CODE_SIDE - 8
  sheets.y += 18
  const words = `Проверить справку может любой: наведите камеру на код или откройте ${env().PUBLIC_URL}/personal/check и введите номер ${paper.number} и код ${spacedCode(paper.code)}.`
  sheets.row([{ text: words, x, width }])
}

function digits(amount: string): string {
  return formatAmount(kopecks(BigInt(amount)))
}

/** The typeface of the sheets has no sign of the rouble. */
function onPaper(words: string): string {
  return words.replaceAll('₽', 'руб.').replaceAll('руб..', 'руб.')
}
