import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { addDays, formatDay, moscowDay } from '@/lib/units/day'
import { addWorkingDays } from '@/lib/units/workdays'
import { check } from '../support/axe'
import { pagesOf, textOf } from '../support/bill'
import {
  ask,
  becomeSubscriber,
  enter,
  expect,
  letterTo,
  newApplicant,
  openRequest,
  test,
} from '../support/journey'
import { passwordWasTypedLongAgo, pressWithPassword } from '../support/password-again'

const TITLE = 'Паспорт моих данных'
const today = moscowDay(new Date())

const copyShape = z.object({
  madeAt: z.iso.datetime(),
  categories: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      ground: z.string(),
      until: z.string(),
      facts: z.array(z.object({ name: z.string(), value: z.string() })).min(1),
    }),
  ),
  looks: z.array(z.object({ what: z.string(), role: z.string(), reason: z.string().optional() })),
})

test('one sees what is held and who looked and why, takes a copy, has it corrected, and may withdraw', async ({
  page,
  office,
  javaScriptEnabled,
}) => {
  test.setTimeout(120_000)
  const applicant = await newApplicant()
  const person = await becomeSubscriber(page, office, applicant)
  const main = page.getByRole('main')
  const axe = async (state: string) => (javaScriptEnabled ? check(page, state) : undefined)

  await test.step('staff open the passport with a reason', async () => {
    await openRequest(office, person.number)
    await office.getByLabel('Зачем открыть паспорт').selectOption('call')
    await office.getByRole('button', { name: 'Показать', exact: true }).click()
    await expect(office.getByText('Просмотр записан в журнал')).toBeVisible()
  })

  await test.step('what is held, and who looked', async () => {
    await enter(page, person)
    await page.goto('/personal/profile')
    await page.getByRole('link', { name: TITLE }).click()
    await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible()
    for (const held of [applicant.email, person.login, `Заявка № ${person.number}`, 'номер оканчивается на'])
      await expect(main).toContainText(held)
    await expect(main).not.toContainText(applicant.passport)
    const look = main.getByRole('listitem').filter({ hasText: 'Паспорт открыт' })
    await expect(look).toContainText('причина: Разговор с заявителем')
    await expect(look).not.toContainText('operator')
    // Kinds of letters and acts are told in words.
    await expect(main).not.toContainText(/\b[a-z]+(-[a-z]+)+\b(?!@|\.)/)
    await axe('the passport of one’s data')
  })

  await test.step('a copy, as JSON and as PDF, after the password', async () => {
    await passwordWasTypedLongAgo(person.login)
    await page.goto('/personal/profile/data/copy/json')
    await expect(page.getByRole('status')).toContainText('Подтвердите пароль ещё раз')
    await page.getByLabel('Вид файла').selectOption('json')
    await pressWithPassword(page, 'Получить копию', person.password)
    const json = await downloaded(page, 'JSON')
    const { categories, looks } = copyShape.parse(JSON.parse(json.toString('utf8')))
    const facts = categories.flatMap((category) => category.facts)
    const { lastName, firstName, patronymic, email, accountNumber, passport } = applicant
    expect(facts).toContainEqual({ name: 'Имя', value: `${lastName} ${firstName} ${patronymic}` })
    expect(facts).toContainEqual({ name: 'Почта', value: email })
    expect(facts.map(({ name }) => name)).toContain(`Счёт ${accountNumber}`)
    expect(looks).toContainEqual(
      expect.objectContaining({ what: 'Паспорт открыт', reason: 'Разговор с заявителем' }),
    )
    expect(json.toString('utf8')).not.toContain(passport)

    await page.getByLabel('Вид файла').selectOption('pdf')
    await page.getByRole('button', { name: 'Получить копию' }).click()
    const pdf = await downloaded(page, 'PDF')
    await axe('a copy that waits')
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    expect(await pagesOf(pdf)).toBeGreaterThan(0)
    expect((await textOf(pdf)).replace(/\s+/g, ' ')).toContain(`Почта: ${email}`)
    expect(await copiesOf(person.login)).toEqual(['json', 'pdf'])
  })

  await test.step('a correction is asked for, and answered by its day', async () => {
    await page.getByRole('button', { name: 'Попросить исправить' }).click()
    await expect(page.locator('#text-error')).toHaveText('Напишите, что неверно и как правильно')
    await page.getByLabel('Что неверно и как правильно').fill('В отчестве одна «н», а не две')
    await page.getByRole('button', { name: 'Попросить исправить' }).click()
    await expect(page.getByRole('status')).toContainText('Просьба отправлена. Ответ придёт письмом')
    await expect(asked(page, 'Исправить данные')).toContainText(`до ${formatDay(addWorkingDays(today, 7))}`)
    await answerCorrection(office, person.login)
    expect(await letterTo(applicant.email, 'Данные исправлены')).toContain('Исправили в договоре')
    await page.goto('/personal/profile/data')
    await expect(asked(page, 'Исправить данные')).toContainText('исполнено')
    await expect(asked(page, 'Исправить данные')).toContainText('Ответ: Исправили в договоре')
  })

  await test.step('a withdrawal says first what it brings, and can be taken back', async () => {
    await page.getByRole('link', { name: 'Узнать, что будет' }).click()
    for (const words of ['Что закончится', 'Что мы уничтожим', 'Что останется по закону'])
      await expect(page.getByRole('heading', { level: 2, name: words })).toBeVisible()
    await expect(main).toContainText(`Уничтожим не позже ${formatDay(addDays(today, 30))}`)
    await page.getByRole('button', { name: 'Отозвать согласие' }).click()
    await expect(page.locator('#understood-error')).toContainText('Поставьте отметку')
    await axe('a withdrawal without its tick')
    await page.getByLabel(/Я прочитал\(а\)/).check()
    await page.getByRole('button', { name: 'Отозвать согласие' }).click()
    await expect(page.getByRole('status')).toContainText('Отзыв согласия получен')
    await asked(page, 'Отзыв согласия').getByRole('button', { name: 'Передумать' }).click()
    await expect(page.getByRole('status')).toContainText('Просьба взята назад')
    await expect(asked(page, 'Отзыв согласия')).toContainText('взято назад')
    await axe('requests answered and taken back')
  })
})

function asked(page: Page, kind: string) {
  return page.getByRole('listitem').filter({ has: page.getByText(kind, { exact: true }) })
}

/** The file the page leads to. */
async function downloaded(page: Page, format: string): Promise<Buffer> {
  const link = page.getByRole('status').getByRole('link', { name: `Скачать ${format}` })
  await expect(link).toBeVisible()
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  return readFile(await file.path())
}

/** The formats of the copies the journal knows of, in their order. */
async function copiesOf(login: string): Promise<string[]> {
  const rows = await ask<{ format: string }>(
    `select after ->> 'format' as format from audit_log
      where action = 'data.exported' and subject_label = $1 order by at`,
    [login],
  )
  return rows.map(({ format }) => format)
}

async function answerCorrection(office: Page, login: string): Promise<void> {
  await office.goto('/admin/privacy')
  const row = office.getByRole('row').filter({ hasText: login })
  await row.getByRole('link', { name: 'Исправить данные' }).click()
  await office.getByLabel('Итог').selectOption('done')
  await office.getByLabel('Ответ человеку').fill('Исправили в договоре.')
  await office.getByRole('button', { name: 'Ответить' }).click()
  await expect(office.getByRole('status')).toContainText('Ответ записан, письмо отправлено')
}
