import { day, formatDay, formatInstant } from '@/lib/units/day'
import { formatMoney, kopecks } from '@/lib/units/money'
import { formatPeriod, formatPeriodTitle, period } from '@/lib/units/period'
import type { Certificate, ChargesPaper, FinalPaper, MetersPaper, Paper, Slip } from './queries'
import { maskedAccount, maskedName } from './rules'
import type { CertificateKind, MetersCertificate, NoDebt } from './schema'

/** What certificates are called. */
export const certificateTitles: Readonly<Record<CertificateKind, string>> = {
  'no-debt': 'Справка об отсутствии задолженности',
  charges: 'Справка о начислениях за период',
  meters: 'Справка об учтённых счётчиках',
}

/** What a paper says to whoever checks it, name → value, `title` first: nothing that tells whose it is. */
export function factsOf(paper: Paper): Record<string, string> {
  if (paper.kind === 'readings-slip') return slipFacts(paper)
  if (paper.kind === 'final-statement') return finalFacts(paper)
  return { ...certificateFacts(paper), ...contentFacts(paper) }
}

function finalFacts({ number, issuedAt, body }: FinalPaper): Record<string, string> {
  return {
    title: `Документ № ${number} выдан нами`,
    'Что это': 'Итоговый расчёт прежнего собственника',
    Выдан: formatInstant(issuedAt),
    Кому: maskedName(body.holderName),
    'Лицевой счёт': maskedAccount(body.accountNumber),
    Содержание: `Расчёт на ${formatDay(day(body.on))}`,
  }
}

function certificateFacts({ kind, number, issuedAt, body }: Certificate): Record<string, string> {
  return {
    title: `Документ № ${number} выдан нами`,
    'Что это': certificateTitles[kind],
    Выдан: formatInstant(issuedAt),
    Кому: maskedName(body.holderName),
    'Лицевой счёт': maskedAccount(body.accountNumber),
  }
}

function contentFacts(paper: Certificate): Record<string, string> {
  if (paper.kind === 'charges') return chargesFacts(paper)
  if (paper.kind === 'meters') return metersFacts(paper)
  return { Содержание: `На ${formatDay(day(paper.body.on))} просроченной задолженности нет` }
}

function chargesFacts({ body }: ChargesPaper): Record<string, string> {
  const facts: Record<string, string> = { Период: monthsWords(body) }
  for (const { period: month, accrued, paid, closing } of body.months)
    facts[formatPeriodTitle(period(month))] =
      `начислено ${money(accrued)}, оплачено ${money(paid)}, ${closingWords(closing)}`
  for (const { name, accrued } of body.services) facts[`${name}, за весь период`] = money(accrued)
  return { ...facts, 'Всего начислено': money(body.accrued), 'Всего оплачено': money(body.paid) }
}

function metersFacts({ body }: MetersPaper): Record<string, string> {
  const facts: Record<string, string> = { 'На какой день': formatDay(day(body.on)) }
  for (const meter of body.meters) facts[`${meter.kind}, № ${meter.serial}`] = meterWords(meter).join('; ')
  return facts
}

/** What a certificate of no debt says. */
export function noDebtWords({ on }: NoDebt): string {
  return `На ${formatDay(day(on))} просроченной задолженности по оплате жилищно-коммунальных услуг нет.`
}

/** What is to be paid by a certificate of no debt, and is not late yet. */
export function dueWords({ amount, period: month, until }: NonNullable<NoDebt['due']>): string {
  return `К оплате по квитанции за ${formatPeriod(period(month))}: ${money(amount)}, срок — до ${formatDay(day(until))}.`
}

/** «октябрь 2026», «январь 2026 — октябрь 2026»: the months of a certificate of charges. */
export function monthsWords({ from, to }: { from: string; to: string }): string {
  const [first, last] = [formatPeriod(period(from)), formatPeriod(period(to))]
  return from === to ? first : `${first} — ${last}`
}

/** «долг 1 200,00 ₽», «переплата 5,00 ₽», «долга нет»: what a month closed with. */
export function closingWords(closing: string): string {
  const amount = BigInt(closing)
  if (amount === 0n) return 'долга нет'
  return amount > 0n ? `долг ${money(closing)}` : `переплата ${money(String(-amount))}`
}

/** An amount as a paper keeps it, in words: «1 200,00 ₽». */
export function money(amount: string): string {
  return formatMoney(kopecks(BigInt(amount)))
}

/** What is told of a registered meter, a phrase each. */
export function meterWords(meter: MetersCertificate['meters'][number]): string[] {
  const { place, commissionedOn, verifiedUntil, values, valuesOf, unit } = meter
  const dials = values.flatMap(({ name, dial }) =>
    dial ? (name ? `${name.toLowerCase()} ${dial}` : dial) : [],
  )
  return [
    ...(place ? [`место: ${place}`] : []),
    `введён в эксплуатацию ${formatDay(day(commissionedOn))}`,
    verifiedUntil ? `поверен до ${formatDay(day(verifiedUntil))}` : 'срок поверки нам не сообщили',
    valuesOf
      ? `показание за ${formatPeriod(period(valuesOf))}: ${dials.join(', ')} ${unit}`
      : 'показаний ещё нет',
  ]
}

function slipFacts({ number, issuedAt, body }: Slip): Record<string, string> {
  const facts: Record<string, string> = {
    title: `Документ № ${number} выдан нами`,
    'Что это': 'Талон о переданных показаниях',
    Выдан: formatInstant(issuedAt),
    'Лицевой счёт': maskedAccount(body.accountNumber),
  }
  for (const line of body.lines) {
    const values = line.values.map(({ name, dial }) => (name ? `${name.toLowerCase()} ${dial}` : dial))
    facts[`${line.title}, № ${line.serial}`] =
      `${values.join(', ')} ${line.unit} — за ${formatPeriod(period(line.period))}, снято ${formatDay(day(line.takenOn))}`
  }
  return facts
}
