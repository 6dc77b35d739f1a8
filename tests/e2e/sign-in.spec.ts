import {
  expect,
  freshPage,
  haveSubscriber,
  letterTo,
  linkIn,
  newApplicant,
  setPassword,
  signIn,
  signInHere,
  test,
} from '../support/journey'

test('two doors for whoever comes first', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/personal$/)
  await page.getByRole('main').getByRole('link', { name: 'Войти' }).click()
  await expect(page.getByRole('heading', { name: 'Вход в личный кабинет' })).toBeVisible()
})

test('wrong login and wrong password get the same words, and the login typed stays', async ({
  page,
  demo,
}) => {
  await signIn(page, { login: 'nobody', password: 'какой-то пароль' })
  await expect(page.getByText('Неверный логин или пароль')).toBeVisible()
  await expect(page.getByLabel('Логин', { exact: true })).toHaveValue('nobody')
  await expect(page.getByLabel('Пароль', { exact: true })).toHaveValue(/^(|какой-то пароль)$/)
  await signIn(page, { login: demo.subscriber.login, password: 'какой-то пароль' })
  await expect(page.getByText('Неверный логин или пароль')).toBeVisible()
})

test('empty fields are named', async ({ page }) => {
  await page.goto('/personal/login')
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page.getByText('Введите логин из письма').first()).toBeVisible()
  await expect(page.getByText('Введите пароль').first()).toBeVisible()
})

test('a subscriber signs in, meets 404 in the office, and signs out for good', async ({
  page,
  demo,
  context,
}) => {
  await signIn(page, demo.subscriber)
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
  for (const path of ['/admin', '/admin/requests', '/admin/people', '/admin/exchange', '/admin/audit']) {
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: 'Такой страницы нет' })).toBeVisible()
  }
  await page.goto('/personal')
  const stolen = (await context.cookies()).filter(({ name }) => name.endsWith('session'))
  const clearing = page.waitForResponse((answer) => answer.url().endsWith('/personal/login?state=out'))
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByText('Вы вышли')).toBeVisible()
  expect((await (await clearing).allHeaders())['clear-site-data']).toBe('"cache"')
  expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['device', 'probe'])
  await signInHere(page, demo.subscriber)
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByText('Вы вышли')).toBeVisible()
  await context.addCookies(stolen)
  await page.goto('/personal/ledger')
  await expect(page).toHaveURL(/\/personal\/login/)
})

test('the office opens on its queue; nobody else is let past the login', async ({ page, office }) => {
  await office.goto('/admin')
  await expect(office).toHaveURL(/\/admin\/requests/)
  await page.goto('/admin/audit')
  await expect(page).toHaveURL(/\/personal\/login\?next=%2Fadmin%2Faudit$/)
})

test('after the login one comes where one wanted to go', async ({ page, demo }) => {
  await page.goto('/personal/readings')
  await page.getByLabel('Логин', { exact: true }).fill(demo.subscriber.login)
  await page.getByLabel('Пароль', { exact: true }).fill(demo.subscriber.password)
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page).toHaveURL(/\/personal\/readings$/)
})

test('on «Чужой компьютер» the cookie ends with the browser and nothing is remembered', async ({
  page,
  demo,
  context,
}) => {
  await page.goto('/personal/login')
  await page.getByLabel('Чужой компьютер').check()
  await page.getByLabel('Логин', { exact: true }).fill(demo.subscriber.login)
  await page.getByLabel('Пароль', { exact: true }).fill(demo.subscriber.password)
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
  const cookies = await context.cookies()
  expect(cookies.find(({ name }) => name === 'session')).toMatchObject({
    expires: -1,
    httpOnly: true,
    sameSite: 'Lax',
  })
  expect(cookies.find(({ name }) => name === 'device')).toBeUndefined()
  const answer = await page.goto('/personal')
  expect(answer?.headers()['cache-control']).toContain('no-store')
})

test('a browser without cookies is told so instead of going in circles', async ({ page, demo, context }) => {
  await page.goto('/personal/login')
  await page.getByLabel('Логин', { exact: true }).fill(demo.subscriber.login)
  await page.getByLabel('Пароль', { exact: true }).fill(demo.subscriber.password)
  await context.clearCookies()
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page.getByText(/не сохраняет файлы cookie/)).toBeVisible()
})

test('a forgotten password: the same answer for everybody, a link for the owner, used once', async ({
  page,
  browser,
}) => {
  const applicant = await newApplicant()
  const { login } = await haveSubscriber(applicant)
  for (const who of ['nobody@example.ru', login]) {
    await page.goto('/personal/recover')
    await page.getByLabel('Логин или электронная почта').fill(who)
    await page.getByRole('button', { name: 'Прислать ссылку' }).click()
    await expect(page.getByText('Письмо отправлено, если такой логин есть')).toBeVisible()
  }
  const link = linkIn(await letterTo(applicant.email, 'Новый пароль для личного кабинета'))
  await page.goto(link)
  await page.goto(link)
  const other = await freshPage(browser, page)
  await setPassword(other, link, applicant.accountNumber, 'новые четыре слова тут')
  await signInHere(other, { login, password: 'новые четыре слова тут' })
  await expect(other.getByRole('button', { name: 'Выйти' })).toBeVisible()
  await other.goto(link)
  await expect(other.getByRole('heading', { name: 'Ссылка не действует' })).toBeVisible()
  await other.getByRole('link', { name: 'Получить новую ссылку' }).click()
  await expect(other.getByRole('heading', { name: 'Забыли пароль?' })).toBeVisible()
  await other.context().close()
})

test('a credentials link says at the field what is wrong and echoes no password', async ({ page }) => {
  const applicant = await newApplicant()
  const { login } = await haveSubscriber(applicant)
  await page.goto('/personal/recover')
  await page.getByLabel('Логин или электронная почта').fill(login)
  await page.getByRole('button', { name: 'Прислать ссылку' }).click()
  const link = linkIn(await letterTo(applicant.email, 'Новый пароль для личного кабинета'))
  await page.goto(link)
  await page.getByLabel('Последние 4 цифры лицевого счёта').fill('12')
  await page.getByLabel('Новый пароль').fill('коротко')
  await page.getByLabel('Повторите пароль').fill('иначе')
  await page.getByRole('button', { name: 'Сохранить пароль' }).click()
  await expect(page.getByText(/Нужны 4 последние цифры/).first()).toBeVisible()
  await expect(page.getByText(/не меньше 12 знаков/i).first()).toBeVisible()
  await expect(page.getByLabel('Последние 4 цифры лицевого счёта')).toHaveValue('12')
  expect(await page.content()).not.toContain('коротко')
})
