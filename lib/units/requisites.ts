/** Where residents' payments go, as a bank knows it. */
export interface PayeeRequisites {
  name: string
  /** ИНН of a company, ten digits. */
  inn: string
  kpp: string
  bankName: string
  /** БИК. */
  bic: string
  account: string
  correspondentAccount: string
}

/**
 * What is wrong with which requisite, field name → message: shape, ИНН check digit, and the key digits of both accounts
 * against the БИК (Банк России, порядок № 515 of 1997-09-08). Empty when all agree. A mistyped digit is nearly always seen.
 */
export function checkRequisites(of: PayeeRequisites): Record<string, string> {
  const errors: Record<string, string> = {}
  const refuse = (field: keyof PayeeRequisites, message: string) => {
    errors[field] ??= message
  }
  if (!isText(of.name, 160)) refuse('name', 'Укажите получателя, не длиннее 160 знаков')
  if (!isText(of.bankName, 45)) refuse('bankName', 'Укажите банк, не длиннее 45 знаков')
  if (!/^\d{10}$/.test(of.inn)) refuse('inn', 'В ИНН организации 10 цифр')
  else if (!isInn(of.inn)) refuse('inn', 'В ИНН ошибка: не сходится контрольная цифра')
  if (!/^\d{4}[\dA-Z]{2}\d{3}$/.test(of.kpp)) refuse('kpp', 'В КПП 9 знаков')
  if (!/^0\d{8}$/.test(of.bic)) refuse('bic', 'В БИК 9 цифр, первая — ноль')
  if (!/^\d{20}$/.test(of.account)) refuse('account', 'В расчётном счёте 20 цифр')
  else if (!errors.bic && !isAccountOf(of.bic, of.account))
    refuse('account', 'Счёт не подходит к БИК: не сходится контрольная цифра. Ошибка в счёте или в БИК')
  if (!/^\d{20}$/.test(of.correspondentAccount))
    refuse('correspondentAccount', 'В корреспондентском счёте 20 цифр')
  else if (!errors.bic && !isHeldByCentralBank(of.bic, of.correspondentAccount))
    refuse(
      'correspondentAccount',
      'Корреспондентский счёт не подходит к БИК: не сходится контрольная цифра. Ошибка в счёте или в БИК',
    )
  return errors
}

/** Whether the last digit of a company's ten-digit ИНН follows from the others. */
export function isInn(inn: string): boolean {
  return (weighted(inn.slice(0, 9), [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === Number(inn[9])
}

/** Whether the key digit of an account fits the bank of that БИК; banks whose БИК ends in 000–002 are the Bank of Russia's own. */
function isAccountOf(bic: string, account: string): boolean {
  return Number(bic.slice(-3)) <= 2 ? isHeldByCentralBank(bic, account) : hasKey(`${bic.slice(-3)}${account}`)
}

/** The same for an account kept by the Bank of Russia: a correspondent account. */
function isHeldByCentralBank(bic: string, account: string): boolean {
  return hasKey(`0${bic.slice(4, 6)}${account}`)
}

function hasKey(digits: string): boolean {
  return weighted(digits, [7, 1, 3]) % 10 === 0
}

/** The sum of the digits, each times its weight; weights go round. */
function weighted(digits: string, weights: readonly number[]): number {
  return [...digits].reduce(
    (sum, digit, place) => sum + Number(digit) * (weights[place % weights.length] ?? 0),
    0,
  )
}

function isText(text: string, most: number): boolean {
  return text.trim().length > 0 && text.length <= most
}
