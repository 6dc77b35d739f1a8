import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ask, expect, test } from '../support/journey'

/** What a file of charges could change; readings are left out, for other tests send some meanwhile. */
const counts = async () =>
  ask(`select (select count(*) from accounts) accounts, (select count(*) from meters) meters,
    count(*) charges, sum(closing) closing, sum(charged) charged from stated_charges`)

test('the same file twice changes nothing', async ({ office, demo }) => {
  const before = await counts()
  const file = demo.billingFiles.at(-1) ?? ''
  await office.goto('/admin/exchange')
  await office.locator('input[type=file]').setInputFiles(file)
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByText(path.basename(file)).first()).toBeVisible()
  await expect(office.getByRole('table').first()).toBeVisible()
  await office.getByRole('button', { name: 'Загрузить' }).click()
  await expect(office.getByText('Файл загружен').first()).toBeVisible()
  await expect(office.getByText(/ничего не изменил/).first()).toBeVisible()
  expect(await counts()).toEqual(before)
})

test('a file that does not add up is refused with its line, and leaves nothing', async ({ office, demo }) => {
  const before = await counts()
  const source = readFileSync(demo.billingFiles.at(-1) ?? '')
  const lines = source.toString('latin1').split('\r\n')
  lines[3] = (lines[3] ?? '').replace(/;\d+,\d\d;/, ';1e3;')
  await office.goto('/admin/exchange')
  await office.locator('input[type=file]').setInputFiles({
    name: 'broken.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\r\n'), 'latin1'),
  })
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByRole('main')).toContainText('4')
  await expect(office.getByText(/отклон|не сходится|не число/i).first()).toBeVisible()
  expect(await counts()).toEqual(before)
})

test('what is no billing file is shown as it is, and refused in words', async ({ office }) => {
  await office.goto('/admin/exchange')
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByText(/Файл не выбран/).first()).toBeVisible()
  await office.goto('/admin/exchange')
  await office
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b\r\n1;2\r\n') })
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByText(/Это не выгрузка из биллинга/).first()).toBeVisible()
  await expect(office.getByRole('button', { name: 'Загрузить' })).toHaveCount(0)
  await expect(office.getByRole('heading', { name: 'Как прочитан файл' })).toBeVisible()
  await expect(office.getByRole('cell', { name: 'b', exact: true })).toBeVisible()
})

/** A register of one payment from elsewhere, of an account of the demo nobody looks at. */
async function someRegister(document: string): Promise<Buffer> {
  const [account] = await ask<{ account_number: string }>(
    'select account_number from accounts a where not exists (select from account_access where account_id = a.id) order by id desc limit 1',
  )
  const rows = [
    'ЛС;Дата;Сумма;Номер платежа;Где принят;Период',
    `${account?.account_number};05.10.2025;1,00;${document};Почта;10.2025`,
    `1;05.10.2025;1,00;${document};Почта;10.2025`,
  ]
  return Buffer.from(`${rows.join('\r\n')}\r\n`, 'utf8')
}

/** A profile of our own that asks for no control line, kept by its JSON. */
async function someProfile(office: import('@playwright/test').Page, name: string): Promise<void> {
  const columns = {
    accountNumber: ['ЛС'],
    paidOn: ['Дата'],
    amount: ['Сумма'],
    document: ['Номер платежа'],
    place: ['Где принят'],
    period: ['Период'],
  }
  await office.goto('/admin/exchange/profiles')
  await office.getByLabel('Текст профиля').fill(JSON.stringify({ name, kind: 'payments', columns }))
  await office.getByRole('button', { name: 'Добавить профиль' }).click()
  await expect(office.getByText('Профиль сохранён')).toBeVisible()
}

test('a wrong encoding is seen at once, the right one loads, and the load is undone whole', async ({
  office,
}, info) => {
  const document = `e2e ${info.project.name} ${Date.now()}`
  const known = () => ask('select from payments where document = $1', [document])
  await someProfile(office, document)
  await office.goto('/admin/exchange')
  await office.locator('input[type=file]').setInputFiles({
    name: 'register.csv',
    mimeType: 'text/csv',
    buffer: await someRegister(document),
  })
  await office.getByLabel('Профиль').selectOption({ label: document })
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByRole('heading', { name: 'Отклонённые строки: 1' })).toBeVisible()
  await office.getByLabel('Кодировка').selectOption({ label: 'cp866 (DOS)' })
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByText('Файл загрузить нельзя')).toBeVisible()
  await expect(office.getByRole('cell', { name: 'ЛС', exact: true })).toHaveCount(0)
  await office.getByLabel('Кодировка').selectOption({ label: 'UTF-8' })
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  const [file] = await Promise.all([
    office.waitForEvent('download'),
    office.getByRole('link', { name: 'Скачать отклонённые строки' }).click(),
  ])
  expect(readFileSync(await file.path(), 'utf8')).toContain(`1;05.10.2025;1,00;${document};Почта;10.2025;`)
  await office.getByLabel('Загрузить без отклонённых строк').check()
  await office.getByRole('button', { name: 'Загрузить' }).click()
  await expect(office.getByText('Файл загружен').first()).toBeVisible()
  expect(await known()).toHaveLength(1)
  await office.getByRole('button', { name: 'Отменить загрузку' }).click()
  await expect(office.getByRole('heading', { name: 'Отменить загрузку этого файла?' })).toBeVisible()
  await office.getByRole('button', { name: 'Отменить загрузку' }).click()
  await expect(office.getByText('Загрузка отменена').first()).toBeVisible()
  expect(await known()).toHaveLength(0)
})

test('the upload is closed to everybody but staff', async ({ request, page, demo }) => {
  const send = () =>
    request.post('/admin/exchange/upload', {
      multipart: { file: { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a') } },
      headers: { origin: demo.url },
      maxRedirects: 0,
    })
  expect((await send()).status()).toBe(404)
  expect(page.url()).toBe('about:blank')
})
