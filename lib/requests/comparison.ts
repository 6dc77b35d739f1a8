import { type CalendarDay, formatDay } from '@/lib/units/day'
import { formatMoney, type Kopecks } from '@/lib/units/money'
import { comparablePhone, formatPhone } from '@/lib/units/phone'
import { type AddressVerdict, compareAddresses, type Piece } from './addresses'
import { compareNames, type PersonName } from './names'
import { isOpen } from './rules'

/** `known` = the applicant knows what only the holder has; `unknown` = there is nothing to compare. */
export type Verdict = 'same' | 'known' | 'close' | 'different' | 'unknown'

/** One line of the table before staff. `words` are what the badge says. */
export interface ComparisonRow {
  label: string
  inRequest: Piece[]
  inBilling: Piece[]
  verdict: Verdict
  words: string
}

export interface ComparedRequest extends PersonName {
  accountNumber: string
  registrationAddress: string
  postalAddress: string
  phone: string
  meterSerial: string | null
  /** What the applicant says the last bill comes to; only on requests for a further account. */
  billSum?: Kopecks | null
}

export interface BillingAccount {
  accountNumber: string
  holderName: string
  address: string
  phone: string | null
  closedOn: CalendarDay | null
  /** Serial numbers of the meters that stand there now. */
  meterSerials: readonly string[]
  /** What billing's latest month closes with. */
  lastBill?: Kopecks | undefined
}

/** The request beside what billing knows of the account; `undefined` when billing knows no such account. */
export function compareWithBilling(
  request: ComparedRequest,
  account: BillingAccount | undefined,
  today: CalendarDay,
): ComparisonRow[] {
  return [
    accountRow(request, account, today),
    nameRow(request, account),
    addressRow('Адрес регистрации', request.registrationAddress, account),
    ...(request.postalAddress === request.registrationAddress ? [] : [postalRow(request, account)]),
    phoneRow(request, account),
    meterRow(request, account),
    ...(request.billSum == null ? [] : [billRow(request.billSum, account)]),
  ]
}

function accountRow(
  { accountNumber }: ComparedRequest,
  account: BillingAccount | undefined,
  today: CalendarDay,
) {
  const label = 'Лицевой счёт'
  if (!account) return row(label, accountNumber, 'нет такого счёта', 'different', 'не найден')
  if (isOpen(account, today))
    return row(label, accountNumber, `${account.accountNumber}, открыт`, 'same', 'совпало')
  const since = account.closedOn ? ` с ${formatDay(account.closedOn)}` : ''
  return row(label, accountNumber, `${account.accountNumber}, закрыт${since}`, 'different', 'закрыт')
}

function nameRow(request: ComparedRequest, account: BillingAccount | undefined) {
  const name = [request.lastName, request.firstName, request.patronymic].filter(Boolean).join(' ')
  if (!account?.holderName) return row('ФИО', name, '', 'unknown', 'нет данных')
  const { likeness, words } = compareNames(request, account.holderName)
  return row('ФИО', name, account.holderName, likeness, words, likeness === 'different')
}

const addressVerdicts: Record<AddressVerdict, Verdict> = {
  same: 'same',
  swapped: 'close',
  different: 'different',
  unclear: 'unknown',
}

function addressRow(label: string, address: string, account: BillingAccount | undefined): ComparisonRow {
  if (!account?.address || !address)
    return row(label, address, account?.address ?? '', 'unknown', 'нет данных')
  const { verdict, words, a, b } = compareAddresses(address, account.address)
  return { label, inRequest: a, inBilling: b, verdict: addressVerdicts[verdict], words }
}

/** Letters may go anywhere: a postal address can speak for the applicant, not against. */
function postalRow({ postalAddress }: ComparedRequest, account: BillingAccount | undefined): ComparisonRow {
  const found = addressRow('Почтовый адрес', postalAddress, account)
  return found.verdict === 'same' ? found : row('Почтовый адрес', postalAddress, '', 'unknown', 'для писем')
}

function phoneRow({ phone }: ComparedRequest, account: BillingAccount | undefined) {
  const known = account?.phone ? (comparablePhone(account.phone) ?? account.phone) : ''
  if (!known || !phone) return row('Телефон', formatPhone(phone), formatPhone(known), 'unknown', 'нет данных')
  const same = known === phone
  return row(
    'Телефон',
    formatPhone(phone),
    formatPhone(known),
    same ? 'same' : 'different',
    same ? 'совпало' : 'другой',
    !same,
  )
}

/** A meter's number stands on no bill: who names it has been in the flat. */
function meterRow({ meterSerial }: ComparedRequest, account: BillingAccount | undefined) {
  if (!meterSerial) return row('Счётчик', '', '', 'unknown', 'не указан')
  const serials = account?.meterSerials ?? []
  const found = serials.find((serial) => folded(serial) === folded(meterSerial))
  if (found) return row('Счётчик', meterSerial, found, 'known', 'знает')
  if (serials.length === 0) return row('Счётчик', meterSerial, '', 'unknown', 'нет данных')
  return row('Счётчик', meterSerial, serials.join(', '), 'different', 'другой', true)
}

/** The sum of the last bill stands on paper in the mailbox: who names it has it in hand. */
function billRow(billSum: Kopecks, account: BillingAccount | undefined) {
  const [stated, known] = [formatMoney(billSum), account?.lastBill]
  if (known === undefined) return row('Последняя квитанция', stated, '', 'unknown', 'нет данных')
  if (known === billSum) return row('Последняя квитанция', stated, formatMoney(known), 'known', 'знает')
  return row('Последняя квитанция', stated, formatMoney(known), 'different', 'другая', true)
}

function folded(serial: string): string {
  return serial.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function row(
  label: string,
  inRequest: string,
  inBilling: string,
  verdict: Verdict,
  words: string,
  marked = false,
): ComparisonRow {
  const pieces = (text: string) => (text ? [{ text, marked }] : [])
  return { label, inRequest: pieces(inRequest), inBilling: pieces(inBilling), verdict, words }
}
