import { expect, test } from '@playwright/test'
import type { Bill } from '@/lib/ledger/bill'
import { billCode } from '@/lib/ledger/bill-code'
import { billPdf } from '@/lib/ledger/bill-pdf'
import { compareMonths } from '@/lib/ledger/compare'
import { parsePaymentCode } from '@/lib/ledger/qr'
import type { Line } from '@/lib/ledger/rules'
import { settingsSchema } from '@/lib/settings/schema'
import { day } from '@/lib/units/day'
import { kopecks, ZERO } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { codeOn, pagesOf, pictureOf, textOf } from '../support/bill'
import { makeLine } from '../support/lines'
import { requisites } from '../support/requisites'

const lines: Line[] = [
  makeLine({
    service: 'Холодное водоснабжение',
    unit: 'куб.м',
    volume: quantity('6.396'),
    tariff: quantity('45.18'),
    basis: 'meter',
    opening: kopecks(100_000n),
    charged: kopecks(28_897n),
    paid: kopecks(100_000n),
    closing: kopecks(28_897n),
  }),
  makeLine({
    serviceId: 2,
    service: 'Водоотведение',
    unit: 'куб.м',
    volume: quantity('12.9'),
    tariff: quantity('38.205'),
    basis: 'norm',
    norm: quantity('4.3'),
    basisCount: quantity('3'),
    charged: kopecks(49_284n),
    recalculated: kopecks(-4_928n),
    closing: kopecks(44_356n),
  }),
  makeLine({
    serviceId: 3,
    service: 'Обращение с твёрдыми коммунальными отходами',
    benefit: kopecks(10_000n),
    charged: kopecks(30_000n),
    closing: kopecks(20_000n),
  }),
]

function billOf(change: Partial<Bill> = {}, of: readonly Line[] = lines): Bill {
  const { company } = settingsSchema.parse({})
  const compared = compareMonths(of, [])
  return {
    company,
    requisites,
    account: {
      accountNumber: '0001234',
      holderName: 'Королёва-Щукина Анна Петровна',
      address: '3-й микрорайон, дом 1Б, кв. 15а',
      area: quantity('54.3'),
      residents: 3,
      unifiedAccount: '10АА123456',
    },
    statement: {
      period: period('2026-10'),
      previous: undefined,
      next: undefined,
      openingGap: undefined,
      evidence: new Map([
        [
          1,
          {
            sources: [{ title: 'Холодная вода, кухня', dials: '315,204 → 321,600', used: quantity('6.396') }],
            differs: undefined,
          },
        ],
      ]),
      ...compared,
    },
    amount: compared.total.closing,
    pending: [],
    dueOn: day('2026-11-16'),
    latest: true,
    ...change,
  }
}

test('the code drawn on a bill is read from its picture, and says what the bill says', async () => {
  const bill = billOf()
  const read = await codeOn(await pictureOf(await billPdf(bill)))
  expect(read).toEqual(billCode(bill))
  expect(parsePaymentCode(read ?? '')).toEqual({
    status: 'ok',
    value: {
      Name: requisites.name,
      PersonalAcc: requisites.account,
      BankName: requisites.bankName,
      BIC: requisites.bic,
      CorrespAcc: requisites.correspondentAccount,
      Sum: 93_253n,
      Purpose: 'Оплата ЖКУ, лицевой счёт 0001234, октябрь 2026',
      PayeeINN: requisites.inn,
      KPP: requisites.kpp,
      LastName: 'Королёва-Щукина',
      FirstName: 'Анна',
      MiddleName: 'Петровна',
      PayerAddress: '3-й микрорайон, дом 1Б, кв. 15а',
      PersAcc: '0001234',
      PaymPeriod: '2026-10',
      TechCode: '02',
    },
  })
})

test('a bill says who pays, whom, how much, by when and what for', async () => {
  const text = await textOf(await billPdf(billOf()))
  for (const words of [
    'Платёжный документ за октябрь 2026',
    'Раздел 1. Сведения о плательщике и исполнителе услуг',
    'Раздел 2. Информация для внесения платы получателю платежа',
    'Раздел 3. Расчёт размера платы за содержание жилого помещения и коммунальные услуги',
    'Раздел 4. Справочная информация',
    'Раздел 5. Сведения о перерасчётах',
    'Королёва-Щукина Анна Петровна',
    '3-й микрорайон, дом 1Б, кв. 15а',
    '54,3 м²',
    requisites.account,
    'К оплате до 16 ноября 2026',
    '932,53 руб.',
    'Холодное водоснабжение',
    '6,396',
    '45,18',
    '288,97',
    'по нормативу: 4,3 м³ на человека × 3 чел.',
    '−49,28',
    'показания 315,204 – 321,600, расход 6,396',
    'Водоотведение: уменьшено на 49,28 руб.',
  ])
    expect(text).toContain(words)
})

test('the same bill is the same bytes, another is not', async () => {
  const first = await billPdf(billOf())
  expect((await billPdf(billOf())).equals(first)).toBe(true)
  expect((await billPdf(billOf({ amount: kopecks(93_254n) }))).equals(first)).toBe(false)
})

test('there is no code without requisites, without a debt, or in a bill that is paid', async () => {
  for (const change of [{ requisites: null }, { amount: ZERO }, { amount: kopecks(-5n) }]) {
    expect(billCode(billOf(change))).toBeUndefined()
    expect(await codeOn(await pictureOf(await billPdf(billOf(change))))).toBeUndefined()
  }
  expect(await textOf(await billPdf(billOf({ amount: kopecks(-31_240n) })))).toContain('Переплата')
})

test('a payment on its way is named, and taken off', async () => {
  const pending = [{ id: 'x', day: day('2026-11-03'), amount: kopecks(50_000n), place: 'Сбербанк' }]
  const bill = billOf({ pending, amount: kopecks(43_253n) })
  const text = await textOf(await billPdf(bill))
  expect(text).toContain('Оплачено 3 ноября 2026 (Сбербанк): 500,00 руб., в начислениях ещё не учтено.')
  expect(text).toContain('432,53 руб.')
  expect(parsePaymentCode(billCode(bill) ?? '')).toMatchObject({ value: { Sum: 43_253n } })
})

test('an old bill warns against paying twice; one that does not add up says so', async () => {
  const text = await textOf(
    await billPdf(billOf({ latest: false }, [{ ...lines[0], closing: kopecks(1n) } as Line])),
  )
  expect(text).toMatch(/платить второй раз\s+не нужно/)
  expect(text).toContain('не сходятся')
})

test('names, addresses and services of any length and letters fit the sheets', async () => {
  const many = Array.from({ length: 60 }, (_, place) =>
    makeLine({
      serviceId: place,
      service: `${'Содержание'.repeat((place % 9) + 1)} №${place} 👍 ж`,
      charged: kopecks(1n),
      closing: kopecks(1n),
    }),
  )
  const account = { ...billOf().account, holderName: 'Я'.repeat(300), address: 'ё '.repeat(400) }
  const pdf = await billPdf(billOf({ account }, many))
  expect(await pagesOf(pdf)).toBeGreaterThan(1)
  expect(billCode(billOf({ account }, many))).toBeDefined()
})

test('a bill is drawn in under 300 ms', async () => {
  await billPdf(billOf())
  // Of the processor: other tests run beside.
  const before = process.cpuUsage()
  for (let turn = 0; turn < 5; turn++) await billPdf(billOf())
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000 / 5).toBeLessThan(300)
})
