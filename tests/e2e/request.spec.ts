import {
  ask,
  expect,
  fillRequest,
  lettersTo,
  letterTo,
  newApplicant,
  openRequest,
  sendRequest,
  test,
} from '../support/journey'

test('«Отправить» waits for both ticks, and the server refuses without them', async ({
  page,
  javaScriptEnabled,
}) => {
  const applicant = await newApplicant()
  await page.goto('/personal/request')
  await fillRequest(page, applicant)
  await page.getByLabel(/Даю согласие на обработку/).uncheck()
  const send = page.getByRole('button', { name: 'Отправить' })
  if (javaScriptEnabled ?? true) await expect(send).toBeDisabled()
  else await expect(send).toHaveCSS('pointer-events', 'none')
  await page.getByLabel('Мобильный телефон').press('Enter')
  await expect(page.getByRole('heading', { name: 'Заявка успешно отправлена' })).toHaveCount(0)
  const [stored] = await ask<{ n: string }>(
    'select count(*) n from access_requests where account_number = $1',
    [applicant.accountNumber],
  )
  expect(stored?.n).toBe('0')
  await page.getByLabel(/Даю согласие на обработку/).check()
  await expect(send).toBeEnabled()
})

test('a mistake is named at its field, and nothing typed is lost', async ({ page }) => {
  const applicant = await newApplicant()
  await page.goto('/personal/request')
  await fillRequest(page, { ...applicant, passport: '66 14 512 09', email: 'не почта' })
  await page.getByRole('button', { name: 'Отправить' }).click()
  await expect(page.getByText('Нужно 10 цифр: 4 серии и 6 номера. Сейчас 9.').first()).toBeVisible()
  await expect(page.getByRole('alert').first()).toContainText('Электронная почта')
  await expect(page.getByLabel('Фамилия', { exact: true })).toHaveValue(applicant.lastName)
  await expect(page.getByLabel('Дата выдачи', { exact: true })).toHaveValue(applicant.passportIssuedOn)
  await expect(page.getByLabel('Серия и номер паспорта', { exact: true })).toHaveValue('66 14 512 09')
  await expect(page.getByLabel(/Принимаю условия/)).toBeChecked()
  await expect(page.getByLabel('Совпадает с адресом регистрации')).toBeChecked()
})

test('a request sent is confirmed on the page and by letter; the passport lies nowhere in plain text', async ({
  page,
}) => {
  const applicant = await newApplicant()
  const number = await sendRequest(page, applicant)
  await expect(page.getByRole('main')).toContainText(/\d{1,2} [а-я]+( 2\d{3})?/)
  expect(page.url()).not.toContain(applicant.accountNumber)
  const address = page.url()
  const letter = await letterTo(applicant.email, `Заявка № ${number} получена`)
  expect(letter).toContain('не позднее')
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'Заявка успешно отправлена' })).toBeVisible()
  const kept = await page
    .evaluate?.(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    .catch(() => '')
  expect(kept).not.toContain(applicant.passport)
})

test('the passport is never kept in the browser, the rest of the draft survives a reload', async ({
  page,
  javaScriptEnabled,
}) => {
  const applicant = await newApplicant()
  await page.goto('/personal/request')
  await fillRequest(page, applicant)
  if (javaScriptEnabled === false) return
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(kept).toContain(applicant.lastName)
  for (const secret of [applicant.passport, applicant.passportIssuedBy, applicant.passportIssuedOn])
    expect(kept).not.toContain(secret)
  await page.reload()
  await expect(page.getByLabel('Фамилия', { exact: true })).toHaveValue(applicant.lastName)
  await expect(page.getByLabel('Серия и номер паспорта', { exact: true })).toHaveValue('')
})

test('sending the same form twice is one request', async ({ page }) => {
  const applicant = await newApplicant()
  const number = await sendRequest(page, applicant)
  await page.goBack()
  await fillRequest(page, applicant)
  await page.getByRole('button', { name: 'Отправить' }).click()
  await expect(page.getByRole('heading', { name: 'Заявка успешно отправлена' })).toBeVisible()
  const rows = await ask<{ number: string }>('select number from access_requests where email = $1', [
    applicant.email,
  ])
  expect(rows.length).toBeLessThanOrEqual(2)
  expect(rows.map((row) => row.number)).toContain(number)
})

test('an unknown account gets the very same answer', async ({ page }) => {
  const applicant = await newApplicant()
  await sendRequest(page, { ...applicant, accountNumber: '9999999' })
  await letterTo(applicant.email, 'получена')
})

test('the sixth request within an hour from one address is refused in words', async ({ page }) => {
  const applicant = await newApplicant()
  for (let i = 0; i < 5; i++) await sendRequest(page, { ...applicant, email: `${i}.${applicant.email}` })
  await page.goto('/personal/request')
  await fillRequest(page, { ...applicant, email: `6.${applicant.email}` })
  await page.getByRole('button', { name: 'Отправить' }).click()
  await expect(page.getByRole('alert').first()).toContainText(/много заявок|Слишком много/i)
  await expect(page.getByLabel('Фамилия', { exact: true })).toHaveValue(applicant.lastName)
})

test('staff see what differs, open the passport with a reason, and refuse without telling what was wrong', async ({
  page,
  office,
}) => {
  const applicant = await newApplicant()
  const number = await sendRequest(page, {
    ...applicant,
    lastName: applicant.lastName.toUpperCase(),
    firstName: 'Зигфрид',
  })
  await openRequest(office, number)
  const main = office.getByRole('main')
  await expect(main.getByText('совпало').first()).toBeVisible()
  await expect(main).not.toContainText(applicant.passport)
  await office.getByLabel('Зачем открыть паспорт').selectOption({ index: 1 })
  await office.getByRole('button', { name: 'Показать', exact: true }).click()
  await expect(main.getByText(/66\s?14/).first()).toBeVisible()
  const viewed = await ask<{ after: unknown }>(
    `select after from audit_log where action = 'passport.viewed' and subject_label = $1`,
    [number],
  )
  expect(viewed).toHaveLength(1)
  expect(JSON.stringify(viewed)).not.toContain(applicant.passport.slice(-4))
  await openRequest(office, number)
  await expect(main).not.toContainText(/66\s?14/)
  await office.getByLabel('Причина отказа').selectOption({ index: 1 })
  await office.getByRole('button', { name: 'Отказать', exact: true }).click()
  await expect(main.getByText(/Отказано|отказано|Отказал/).first()).toBeVisible()
  const letter = await letterTo(applicant.email, `Ответ на заявку № ${number}`)
  expect(letter).not.toMatch(/имя|ФИО|паспорт не/i)
  expect(lettersTo(applicant.email)).toHaveLength(2)
})

test('two staff at once: one decision, the other is told who decided', async ({
  page,
  office,
  browser,
  demo,
}) => {
  const applicant = await newApplicant()
  const number = await sendRequest(page, applicant)
  await openRequest(office, number)
  const second = await office.context().newPage()
  await openRequest(second, number)
  await office.getByRole('button', { name: 'Подтвердить' }).click()
  await expect(office.getByText(/Подтвердил/).first()).toBeVisible()
  await second.getByRole('button', { name: 'Подтвердить' }).click()
  await expect(second.getByText(new RegExp(`уже.*${demo.staff.login}`)).first()).toBeVisible()
  await letterTo(applicant.email, 'Доступ в личный кабинет открыт')
  expect(
    lettersTo(applicant.email).filter((letter) => letter.includes('Доступ в личный кабинет открыт')),
  ).toHaveLength(1)
  expect(browser.isConnected()).toBe(true)
})
