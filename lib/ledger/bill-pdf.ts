import { encode } from 'uqr'
import { formatDay, startOfMoscowDay } from '@/lib/units/day'
import { formatAmount, type Kopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, dayOfPeriod, formatPeriod } from '@/lib/units/period'
import { formatQuantity } from '@/lib/units/quantity'
import type { Bill } from './bill'
import { billCode } from './bill-code'
import { INNER, Sheets } from './bill-sheet'
import { writeInformation, writeRecalculations, writeServices } from './bill-tables'
import { stateOf } from './rules'

/**
 * A bill on paper, A4, in the sections of the payment document (приказ Минстроя России № 43/пр of 2018-01-26, its
 * model form). The same bill is the same bytes.
 */
export async function billPdf(bill: Bill): Promise<Buffer> {
  const { company, account, statement } = bill
  const month = formatPeriod(statement.period)
  const sheets = new Sheets({
    title: `Квитанция ${account.accountNumber}, ${month}`,
    author: company.name,
    made: startOfMoscowDay(dayOfPeriod(addMonths(statement.period, 1), 1)),
  })
  sheets.text(`Платёжный документ за ${month}`, { size: 15, bold: true })
  sheets.text('для внесения платы за содержание жилого помещения и коммунальные услуги', { soft: true })
  writeParties(sheets, bill)
  writePayment(sheets, bill)
  writeServices(sheets, statement)
  writeInformation(sheets, bill)
  writeRecalculations(sheets, statement)
  return sheets.bytes()
}

const HALF = INNER.width / 2

/** Who pays and who serves. */
function writeParties(sheets: Sheets, { account, company }: Bill): void {
  sheets.section('Раздел 1. Сведения о плательщике и исполнителе услуг')
  const payer: Fact[] = [
    ['Лицевой счёт', account.accountNumber],
    ['ЕЛС', account.unifiedAccount],
    ['Плательщик', account.holderName],
    ['Адрес', account.address],
    ['Площадь', account.area === null ? null : `${formatQuantity(account.area)} м²`],
    ['Проживает', account.residents === null ? null : `${account.residents} чел.`],
  ]
  const supplier: Fact[] = [
    ['Исполнитель', company.fullName],
    ['Адрес', company.postalAddress],
    ['Телефоны', company.phones.map((phone) => phone.text).join(', ')],
    ['Почта', company.email],
    ['Часы работы', company.hours],
  ]
  const top = sheets.y
  writeFacts(sheets, payer, INNER.left, HALF - 12)
  const bottom = sheets.y
  sheets.y = top
  writeFacts(sheets, supplier, INNER.left + HALF, HALF)
  sheets.y = Math.max(bottom, sheets.y)
}

type Fact = readonly [name: string, value: string | null]
const FACT_NAME = 72

function writeFacts(sheets: Sheets, facts: readonly Fact[], x: number, width: number): void {
  for (const [name, text] of facts)
    if (text)
      sheets.row([
        { text: name, x, width: FACT_NAME, soft: true },
        { text, x: x + FACT_NAME, width: width - FACT_NAME },
      ])
}

/** Five centimetres, the quiet zone included. */
const CODE_SIDE = 142

/** How much, by when and where to; the code where there is something to pay. */
function writePayment(sheets: Sheets, bill: Bill): void {
  sheets.section('Раздел 2. Информация для внесения платы получателю платежа')
  sheets.room(CODE_SIDE)
  const top = sheets.y
  const code = billCode(bill)
  const x = code ? INNER.left + CODE_SIDE + 8 : INNER.left
  const width = INNER.left + INNER.width - x
  if (code) {
    const { data } = encode(Array.from(code), { ecc: 'M', boostEcc: false, border: 4 })
    sheets.squares(data, INNER.left, CODE_SIDE)
    sheets.y += 6
  }
  writeFacts(sheets, payee(bill), x, width)
  writeSums(sheets, bill, x, width)
  for (const text of notes(bill, code !== undefined)) sheets.row([{ text, x, width, soft: true }])
  if (code) sheets.y = Math.max(sheets.y, top + CODE_SIDE)
}

function payee({ requisites }: Bill): Fact[] {
  if (!requisites) return []
  return [
    ['Получатель', `${requisites.name}, ИНН ${requisites.inn}, КПП ${requisites.kpp}`],
    ['Счёт', requisites.account],
    ['Банк', `${requisites.bankName}, БИК ${requisites.bic}`],
    ['Корр. счёт', requisites.correspondentAccount],
  ]
}

/** From the opening balance to what is to be paid. */
function writeSums(sheets: Sheets, bill: Bill, x: number, width: number): void {
  const { total, accrued } = bill.statement
  const [opening, closing] = [stateOf(total.opening), stateOf(bill.amount)]
  const onTheWay = sumKopecks(bill.pending.map((payment) => payment.amount))
  const by = closing.kind === 'owed' ? ` до ${formatDay(bill.dueOn)}` : ''
  const line = (text: string, amount: Kopecks, look = {}) =>
    sheets.row([
      { text, x, width: width - 90, ...look },
      { text: `${formatAmount(amount)} руб.`, x: x + width - 100, width: 100, align: 'right', ...look },
    ])
  sheets.y += 5
  line(opening.kind === 'overpaid' ? 'Переплата на начало месяца' : 'Долг на начало месяца', opening.amount)
  line('Начислено за месяц', accrued)
  line('Оплачено за месяц', total.paid)
  if (onTheWay !== 0n) line('Оплачено и ещё не учтено в начислениях', onTheWay)
  line(`${closing.words}${by}`, closing.amount, { bold: true, size: 11.5 })
  sheets.y += 3
}

function notes({ statement, latest }: Bill, hasCode: boolean): string[] {
  return [
    ...(hasCode ? ['Чтобы оплатить, наведите на код камеру в приложении банка.'] : []),
    ...(latest
      ? []
      : [
          `Сумма — на конец месяца (${formatPeriod(statement.period)}). Если вы её уже оплатили, платить второй раз не нужно.`,
        ]),
    ...(statement.addsUp
      ? []
      : ['Суммы в этой квитанции не сходятся: они показаны так, как пришли из расчётной системы.']),
  ]
}
