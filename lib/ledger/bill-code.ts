import { formatPeriod } from '@/lib/units/period'
import type { Bill } from './bill'
import { encodePaymentCode } from './qr'
import type { PaymentCode } from './qr-requisites'

/**
 * The bytes of a bill's payment QR code; undefined while the company's requisites are not entered or nothing is owed.
 * UTF-8, which every bank's program reads; windows-1251 when the requisites are too long for it.
 */
export function billCode(
  bill: Pick<Bill, 'requisites' | 'account' | 'statement' | 'amount'>,
): Uint8Array | undefined {
  const code = paymentOf(bill)
  if (!code) return undefined
  for (const encoding of [2, 1] as const) {
    const encoded = encodePaymentCode(code, encoding)
    if (encoded.status === 'ok') return encoded.value
  }
  return undefined
}

function paymentOf({
  requisites,
  account,
  statement: { period },
  amount,
}: Parameters<typeof billCode>[0]): PaymentCode | undefined {
  if (!requisites || amount <= 0n) return undefined
  return {
    Name: requisites.name,
    PersonalAcc: requisites.account,
    BankName: requisites.bankName,
    BIC: requisites.bic,
    CorrespAcc: requisites.correspondentAccount,
    Sum: amount,
    Purpose: `Оплата ЖКУ, лицевой счёт ${account.accountNumber}, ${formatPeriod(period)}`,
    PayeeINN: requisites.inn,
    KPP: requisites.kpp,
    ...payer(account.holderName),
    PayerAddress: account.address.slice(0, MOST_ADDRESS),
    PersAcc: account.accountNumber,
    PaymPeriod: period,
    TechCode: HOUSING,
  }
}

const MOST_ADDRESS = 160
/** Housing and communal services, by the list of the standard. */
const HOUSING = '02'

/** «Фамилия Имя Отчество» in its parts; a name of another shape, a company's or two owners', stands nowhere. */
function payer(holderName: string): Pick<PaymentCode, 'LastName' | 'FirstName' | 'MiddleName'> {
  const [LastName, FirstName, MiddleName, ...more] = holderName.split(/\s+/).filter(Boolean)
  if (!LastName || !FirstName || more.length > 0) return {}
  return { LastName, FirstName, ...(MiddleName ? { MiddleName } : {}) }
}
