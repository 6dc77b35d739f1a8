import { randomInt } from 'node:crypto'
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import type { DemoFile } from '@/db/demo/demo-file'
import { newLogin } from '@/lib/access/rules'
import { hashPassword } from '@/lib/session/passwords'
import type { StaffRole } from '@/lib/session/permissions'
import { letterTo, linkIn, loginIn } from './letters'
import { haveStaff, officeCookie } from './office'
import { ask, theDemo } from './the-demo'

export { expect } from '@playwright/test'
export { lettersTo, letterTo, linkIn, loginIn } from './letters'
export { ask, theDemo } from './the-demo'

/** Somebody who asks for access. */
export type Applicant = DemoFile['applicant']

/**
 * `test` for the browser projects. Every test comes from a network address of its own, so that the limits per
 * address do not meet across tests; the service under test trusts one proxy.
 */
export const test = base.extend<{ demo: DemoFile; roles: StaffRole[] | undefined; office: Page }>({
  extraHTTPHeaders: async ({ browserName: _ }, use) => use({ 'x-forwarded-for': someAddress() }),
  demo: async ({ browserName: _ }, use) => use(theDemo()),
  /** Roles of who sits in the office; left out = the demo's operator, who has all but the auditor's. */
  roles: [undefined, { option: true }],
  /** Another browser, in which a member of staff has signed in; no page was opened for that. */
  office: async (
    { browser, contextOptions, extraHTTPHeaders, demo, roles, baseURL, javaScriptEnabled },
    use,
  ) => {
    const context = await browser.newContext({
      ...contextOptions,
      viewport: { width: 1280, height: 800 },
      locale: 'ru-RU',
      javaScriptEnabled: javaScriptEnabled ?? true,
      ...(baseURL ? { baseURL } : {}),
      ...(extraHTTPHeaders ? { extraHTTPHeaders } : {}),
    })
    const page = await context.newPage()
    await context.addCookies([await officeCookie(roles ? await haveStaff(roles) : demo.staff.login)])
    await use(page)
    await context.close()
  },
})

/** A fresh browser with nothing remembered, at the same service. */
export async function freshPage(browser: Browser, like: Page, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({
    baseURL: theDemo().url,
    locale: 'ru-RU',
    javaScriptEnabled,
    viewport: like.viewportSize(),
    extraHTTPHeaders: { 'x-forwarded-for': someAddress() },
  })
  return context.newPage()
}

/** An applicant for an open account of the demo that nobody asked for yet; the holder billing knows. */
export async function newApplicant(): Promise<Applicant> {
  const [account] = await ask<{
    account_number: string
    holder_name: string
    address: string
    phone: string | null
  }>(
    `select account_number, holder_name, address, phone from accounts a
      where closed_on is null and id % 2 = $1
        and not exists (select from account_access where account_id = a.id)
        and not exists (select from access_requests r where r.account_number = a.account_number)
        and exists (select from meters m where m.account_id = a.id and m.removed_on is null and m.kind like '%water'
                     and m.digits_before = 5 and m.digits_after >= 2 and m.verified_until > now() + interval '1 month')
        and holder_name ~ '^[А-ЯЁа-яё-]{2,} [А-ЯЁа-яё]+ [А-ЯЁа-яё]+$'
      order by id limit 1`,
    // Every worker has a half of the town to itself, so two never ask for one account.
    [Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 2],
  )
  if (!account) throw new Error('the demo has no account left to ask for')
  const [lastName = '', firstName = '', patronymic = ''] = account.holder_name.split(' ')
  return {
    ...theDemo().applicant,
    accountNumber: account.account_number,
    lastName,
    firstName,
    patronymic,
    registrationAddress: account.address,
    postalAddress: account.address,
    email: `${account.account_number}.${randomInt(1_000_000)}@example.ru`,
    phone: account.phone ?? theDemo().applicant.phone,
  }
}

/** Signs in by the ordinary page. */
export async function signIn(page: Page, person: { login: string; password: string }): Promise<void> {
  await page.goto('/personal/login')
  await signInHere(page, person)
}

/** Signs in on the login page one stands on already. */
export async function signInHere(
  page: Page,
  { login, password }: { login: string; password: string },
): Promise<void> {
  await page.getByLabel('Логин', { exact: true }).fill(login)
  await page.getByLabel('Пароль', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Войти' }).click()
}

/** Signs in and stands in the cabinet. */
export async function enter(page: Page, person: { login: string; password: string }): Promise<void> {
  await signIn(page, person)
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
}

/** Types a request and ticks both required ticks; does not send it. */
export async function fillRequest(page: Page, applicant: Applicant): Promise<void> {
  const fields = {
    'Лицевой счёт': applicant.accountNumber,
    Фамилия: applicant.lastName,
    Имя: applicant.firstName,
    Отчество: applicant.patronymic,
    'Адрес регистрации': applicant.registrationAddress,
    'Серия и номер паспорта': applicant.passport,
    'Кем выдан': applicant.passportIssuedBy,
    'Дата выдачи': applicant.passportIssuedOn,
    'Электронная почта': applicant.email,
    'Мобильный телефон': applicant.phone,
  }
  for (const [label, value] of Object.entries(fields))
    await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByLabel('Совпадает с адресом регистрации').check()
  await page.getByLabel(/Принимаю условия/).check()
  await page.getByLabel(/Даю согласие на обработку/).check()
}

/** Sends a request and comes back with its number. */
export async function sendRequest(page: Page, applicant: Applicant): Promise<string> {
  await page.goto('/personal/request')
  await fillRequest(page, applicant)
  await page.getByRole('button', { name: 'Отправить' }).click()
  await expect(page.getByRole('heading', { name: 'Заявка успешно отправлена' })).toBeVisible()
  const number = /\d{4}-\d{4,}/.exec(await page.getByRole('main').innerText())?.[0]
  if (!number) throw new Error('the page names no number')
  return number
}

/** Opens a request in the office by its number. */
export async function openRequest(office: Page, number: string): Promise<void> {
  const [request] = await ask<{ id: string }>('select id from access_requests where number = $1', [number])
  await office.goto(`/admin/requests/${request?.id}`)
  await expect(office.getByRole('heading', { name: new RegExp(number) })).toBeVisible()
}

/** The whole way in, as a person goes it: request, approval, letter, password. Not signed in yet. */
export async function becomeSubscriber(page: Page, office: Page, applicant: Applicant) {
  const number = await sendRequest(page, applicant)
  await openRequest(office, number)
  await office.getByRole('button', { name: 'Подтвердить' }).click()
  await expect(office.getByText(/Подтверд(ил|ена|ил\(а\))/).first()).toBeVisible()
  const letter = await letterTo(applicant.email, 'Доступ в личный кабинет открыт')
  const password = PASSWORD
  await setPassword(page, linkIn(letter), applicant.accountNumber, password)
  return { number, letter, password, login: loginIn(letter) }
}

const PASSWORD = 'четыре слова через пробел'

/**
 * A subscriber of the account already, with a password, as the way in would have made them: journeys that are about something
 * else begin here. The way in itself is `becomeSubscriber`.
 */
export async function haveSubscriber(applicant: Applicant): Promise<{ login: string; password: string }> {
  const login = newLogin((below) => randomInt(below))
  const { lastName, firstName, patronymic, email, phone, accountNumber } = applicant
  const who = [login, lastName, firstName, patronymic, email, phone, await hashPassword(PASSWORD)]
  await ask(
    `with made as (
       insert into users (kind, login, last_name, first_name, patronymic, email, phone, password_hash)
       values ('subscriber', $1, $2, $3, $4, $5, $6, $7) returning id
     ), accepted as (
       insert into consents (kind, user_id, document_version, text_hash)
       select case d.kind when 'consent' then 'personal_data' else d.kind end, made.id, d.version, d.sha256
       from made, (
         select distinct on (kind) kind, version, sha256 from document_versions
         where kind <> 'privacy' and effective_from <= now() order by kind, version desc
       ) d
     )
     insert into account_access (user_id, account_id)
     select made.id, a.id from made, accounts a where a.account_number = $8`,
    [...who, accountNumber],
  )
  return { login, password: PASSWORD }
}

/** Sets a password by a link. */
export async function setPassword(
  page: Page,
  link: string,
  accountNumber: string,
  password: string,
): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Последние 4 цифры лицевого счёта').fill(accountNumber.slice(-4))
  await page.getByLabel('Новый пароль').fill(password)
  await page.getByLabel('Повторите пароль').fill(password)
  await page.getByRole('button', { name: 'Сохранить пароль' }).click()
  await expect(page.getByText('Пароль сохранён')).toBeVisible()
}

/** An amount in the page's words, spaces unified, for comparing: `1 234,56 ₽`. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f\u2009]/g, ' ')
}

function someAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
}
