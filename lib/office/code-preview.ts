import { encodePaymentCode } from '@/lib/ledger/qr'
import { ok, type Result } from '@/lib/result'
import type { Requisites } from '@/lib/settings/schema'
import { kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'

/**
 * What the payment code of a bill will say with these requisites, a requisite to a line; the bill's own are made up. In words
 * when there are none. Refused with the reason when no code can carry them.
 */
export function codeWords(requisites: Requisites | null): Result<string, 'broken'> {
  if (!requisites)
    return ok(
      'Реквизитов не будет: из квитанций исчезнет QR-код, оплата через платёжную систему остановится.',
    )
  const code = {
    Name: requisites.name,
    PersonalAcc: requisites.account,
    BankName: requisites.bankName,
    BIC: requisites.bic,
    CorrespAcc: requisites.correspondentAccount,
    Sum: kopecks(123_456n),
    Purpose: 'Оплата ЖКУ, лицевой счёт 123456, ноябрь 2026',
    PayeeINN: requisites.inn,
    KPP: requisites.kpp,
    PersAcc: '123456',
    PaymPeriod: period('2026-11'),
    TechCode: '02',
  }
  const inUtf8 = encodePaymentCode(code, 2)
  const encoded = inUtf8.status === 'ok' ? inUtf8 : encodePaymentCode(code, 1)
  if (encoded.status !== 'ok') return encoded
  const text = new TextDecoder(inUtf8.status === 'ok' ? 'utf-8' : 'windows-1251').decode(encoded.value)
  const [, ...pairs] = text.split(text.charAt(7))
  return ok(pairs.map(inWords).join('\n'))
}

/** `BIC=044525225` → `БИК: 044525225`. */
function inWords(pair: string): string {
  const [key = '', ...value] = pair.split('=')
  return `${words[key] ?? key}: ${value.join('=')}`
}

const words: Record<string, string> = {
  Name: 'Получатель',
  PersonalAcc: 'Расчётный счёт',
  BankName: 'Банк',
  BIC: 'БИК',
  CorrespAcc: 'Корреспондентский счёт',
  Sum: 'Сумма, копеек',
  Purpose: 'Назначение',
  PayeeINN: 'ИНН',
  KPP: 'КПП',
  PersAcc: 'Лицевой счёт',
  PaymPeriod: 'Месяц',
  TechCode: 'Вид платежа (02 — ЖКХ)',
}
