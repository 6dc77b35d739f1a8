import sharp from 'sharp'
import {
  ask,
  enter,
  expect,
  haveSubscriber,
  letterTo,
  newApplicant,
  plainSpaces,
  signInHere,
  test,
} from '../support/journey'

test('a line of a bill is disputed, answered by staff, and asked about again', async ({ page, office }) => {
  test.setTimeout(120_000)
  const applicant = await newApplicant()
  const { login, password } = await haveSubscriber(applicant)
  await enter(page, { login, password })
  const [line] = await ask<{ period: string; service_id: number; name: string }>(
    `select c.period, c.service_id, s.name from stated_charges c join services s on s.id = c.service_id
       join accounts a on a.id = c.account_id
      where a.account_number = $1 and c.charged > 0 order by c.period desc, s.sort limit 1`,
    [applicant.accountNumber],
  )
  await page.goto(`/personal/enquiries/new?period=${line?.period}&service=${line?.service_id}`)
  const main = page.getByRole('main')
  await expect(page.getByRole('heading', { level: 1, name: 'Вопрос о начислении' })).toBeVisible()
  await expect(main.getByText(line?.name ?? '-', { exact: true })).toBeVisible()
  await page.getByLabel('Ваш вопрос').fill('Почему столько?\nВ прошлом месяце было меньше.')
  await page
    .getByLabel('Файлы, если нужны')
    .setInputFiles({ name: 'квитанция.png', mimeType: 'image/png', buffer: await dot() })
  await page.getByRole('button', { name: 'Отправить обращение' }).click()
  await expect(main.getByRole('status')).toContainText('отправлено')
  const number = /№ (\d+)/.exec(await main.getByRole('status').innerText())?.[1] ?? ''
  await expect(main.getByText('В прошлом месяце было меньше.')).toBeVisible()
  await expect(main.getByText(line?.name ?? '-', { exact: true })).toBeVisible()

  await office.goto('/admin/enquiries')
  await office.getByRole('link', { name: new RegExp(`№ ${number}\\.`) }).click()
  await expect(office.getByRole('link', { name: applicant.accountNumber })).toBeVisible()
  await expect(office.getByRole('link', { name: /квитанция\.jpg/ })).toBeVisible()
  await office.getByLabel('Ответ', { exact: true }).fill('Началось отопление: с 5 октября.')
  await office.getByRole('button', { name: 'Ответить' }).click()
  await expect(office.getByRole('status')).toContainText('Ответ отправлен')

  const letter = await letterTo(applicant.email, `Ответ на обращение № ${number}`)
  expect(letter).toContain(`/personal/enquiries/${number}`)
  expect(letter).not.toContain('отопление')

  await page.goto('/personal/enquiries')
  await expect(main.getByText('есть ответ')).toBeVisible()
  await main.getByRole('link', { name: new RegExp(`№ ${number} `) }).click()
  await expect(main.getByText('Началось отопление: с 5 октября.')).toBeVisible()
  await page.getByLabel('Добавить к обращению').fill('Спасибо, понятно.')
  await page.getByRole('button', { name: 'Отправить сообщение' }).click()
  await expect(main.getByRole('status')).toContainText('Сообщение добавлено')
  await expect(main.getByText('ждёт ответа').first()).toBeVisible()
})

test('what is missing is named at its field and nothing typed is lost', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  await page.goto('/personal/enquiries/new')
  await page.getByLabel('О чём').fill('Вода')
  await page.getByRole('button', { name: 'Отправить обращение' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Напишите несколько слов')
  await expect(page.getByLabel('О чём')).toHaveValue('Вода')
  await expect(page.getByLabel('Ваш вопрос')).toHaveAttribute('aria-invalid', 'true')
})

test('a stranger’s line is not attached, and a stranger’s or impossible number is not there', async ({
  page,
  demo,
}) => {
  await enter(page, demo.subscriber)
  await page.goto('/personal/enquiries/new?period=1999-01&service=999999999')
  await expect(page.getByRole('heading', { level: 1, name: 'Новое обращение' })).toBeVisible()
  expect(plainSpaces(await page.getByRole('main').innerText())).not.toContain('приложена строка')
  for (const number of ['999999999', '0', 'x', '1e3000', "1'"]) {
    const answer = await page.request.get(`/personal/enquiries/${encodeURIComponent(number)}`)
    expect(answer.status()).toBe(404)
  }
})

test('«Обращения» are found from any page, on a phone under «Ещё»', async ({ page, demo, isMobile }) => {
  await enter(page, demo.subscriber)
  await page.goto('/personal')
  const sections = page.getByRole('navigation', { name: 'Разделы' })
  if (isMobile) await sections.getByText('Ещё').click()
  await sections.getByRole('link', { name: 'Обращения' }).filter({ visible: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Обращения' })).toBeVisible()
})

test('after a sign-in that has ended one comes back to the form; with scripts, to what was typed in it', async ({
  page,
  context,
  javaScriptEnabled,
}) => {
  const person = await haveSubscriber(await newApplicant())
  await enter(page, person)
  await page.goto('/personal/enquiries/new')
  const text = page.getByLabel('Ваш вопрос')
  await page.getByLabel('О чём').fill('Свет')
  await text.fill('В подъезде третий день нет света.')
  await ask('update sessions s set revoked_at = now() from users u where u.id = s.user_id and u.login = $1', [
    person.login,
  ])
  const send = page.getByRole('button', { name: 'Отправить обращение' })
  await send.click()
  if (javaScriptEnabled === false) {
    await expect(page.getByText('Вход закончился: прошло много времени')).toBeVisible()
    await signInHere(page, person)
    await expect(page).toHaveURL(/\/personal\/enquiries\/new$/)
    return
  }
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Вход закончился')
  await expect(text).toHaveValue('В подъезде третий день нет света.')
  const beside = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Войти в новой вкладке' }).click()
  const tab = await beside
  await signInHere(tab, person)
  await expect(tab.getByRole('button', { name: 'Выйти' })).toBeVisible()
  await send.click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('отправлено')
})

function dot(): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: 'blue' } })
    .png()
    .toBuffer()
}
