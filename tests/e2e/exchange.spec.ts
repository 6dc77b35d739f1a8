import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ask, expect, test } from '../support/journey'

/** What a file of charges could change; readings are left out, for other tests send some meanwhile. */
const counts = async () =>
  ask(`select (select count(*) from accounts) accounts, (select count(*) from meters) meters,
    count(*) charges, sum(closing) closing, sum(charged) charged from charges`)

test('the same file twice changes nothing', async ({ office, demo }) => {
  const before = await counts()
  const file = demo.billingFiles.at(-1) ?? ''
  await office.goto('/admin/exchange')
  await office.locator('input[type=file]').setInputFiles(file)
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByText(path.basename(file)).first()).toBeVisible()
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

test('what is no billing file is refused in words', async ({ office }) => {
  await office.goto('/admin/exchange')
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByText(/Файл не выбран/).first()).toBeVisible()
  await office.goto('/admin/exchange')
  await office
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b\r\n1;2\r\n') })
  await office.getByRole('button', { name: 'Проверить файл' }).click()
  await expect(office.getByText(/Это не выгрузка из биллинга/).first()).toBeVisible()
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
