import { randomInt } from 'node:crypto'
import { expect, letterTo, test } from '../support/journey'

test('anybody writes without a login, staff take it, answer, and the answer comes by letter', async ({
  page,
  office,
}) => {
  test.setTimeout(120_000)
  const mark = `Лавочка ${randomInt(1_000_000)}`
  const email = `feedback.${randomInt(1_000_000)}@example.ru`
  await page.goto('/personal')
  await page.getByRole('link', { name: 'написать нам' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Обратная связь' })).toBeVisible()
  await page.getByLabel('О чём').fill(mark)
  await page.getByLabel('Электронная почта').fill('не почта')
  await page.getByRole('button', { name: 'Отправить' }).click()
  const main = page.getByRole('main')
  await expect(main.getByRole('alert')).toContainText('Напишите несколько слов')
  await expect(page.getByLabel('О чём')).toHaveValue(mark)
  await page.getByLabel('Сообщение').fill('Сломана лавочка у дома 7.')
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Файлы, если нужны').setInputFiles(document(9_200_000))
  await page.getByRole('button', { name: 'Отправить' }).click()
  await expect(main.getByText('Файлы вместе больше 9 МБ').first()).toBeVisible()
  await expect(page.getByLabel('Сообщение')).toHaveValue('Сломана лавочка у дома 7.')
  await page.getByLabel('Файлы, если нужны').setInputFiles(document(8_900_000))
  await page.getByRole('button', { name: 'Отправить' }).click()
  await expect(main.getByText('Сообщение отправлено')).toBeVisible()
  await expect(main.getByText('Ответим не позднее')).toBeVisible()
  const number = /№ (\d+)/.exec(await main.getByRole('heading', { level: 1 }).innerText())?.[1] ?? ''

  await office.goto('/admin/enquiries')
  await office.getByLabel('Номер, слова, счёт или кто').fill(number)
  await office.getByRole('button', { name: 'Найти' }).click()
  await office.getByRole('link', { name: new RegExp(`№ ${number}\\.`) }).click()
  await expect(office.getByRole('link', { name: /акт\.pdf 8,9.МБ/ })).toBeVisible()
  await office.getByRole('button', { name: 'Взять себе' }).click()
  await expect(office.getByRole('status')).toContainText('Исполнитель:')
  await office.getByLabel('Ответ', { exact: true }).fill('Починим до пятницы.')
  await office.getByRole('button', { name: 'Ответить' }).click()
  await expect(office.getByRole('status')).toContainText('Ответ отправлен письмом')
  expect(await letterTo(email, `Ответ на обращение № ${number}`)).toContain('Починим до пятницы.')

  await office.getByLabel('Почему').selectOption('settled')
  await office.getByRole('button', { name: 'Закрыть обращение' }).click()
  await expect(office.getByRole('status')).toContainText('Обращение закрыто')
  await office.getByRole('button', { name: 'Открыть снова' }).click()
  await expect(office.getByText('отвечено')).toBeVisible()
})

/** A PDF of so many bytes: what the framework would cut off must come whole, or be refused. */
function document(size: number) {
  const buffer = Buffer.alloc(size, 0x20)
  buffer.write('%PDF-1.4')
  return { name: 'акт.pdf', mimeType: 'application/pdf', buffer }
}
