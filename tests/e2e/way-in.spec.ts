import {
  ask,
  becomeSubscriber,
  expect,
  freshPage,
  letterTo,
  linkIn,
  newApplicant,
  plainSpaces,
  setPassword,
  signIn,
  signInHere,
  test,
} from '../support/journey'

test('from the request to a reading, then blocked and unblocked', async ({ page, office, browser }) => {
  test.setTimeout(120_000)
  const applicant = await newApplicant()
  const { letter, login, password } = await becomeSubscriber(page, office, applicant)
  expect(letter).not.toContain(password)

  await test.step('the overview shows the billing file’s figures to the kopeck', async () => {
    await signInHere(page, { login, password })
    await expect(page.getByRole('heading', { name: 'Обзор' })).toBeAttached()
    const owed = await billedBalance(applicant.accountNumber)
    const words = owed > 0n ? 'К оплате' : owed < 0n ? 'Переплата' : 'Долга нет'
    const main = page.getByRole('main')
    await expect(main.getByText(words).first()).toBeVisible()
    if (owed !== 0n) expect(plainSpaces(await main.innerText())).toContain(roubles(owed))
  })

  await test.step('a lower reading is refused at its field, a right one accepted', async () => {
    const meter = await someMeter(applicant.accountNumber)
    await page.goto('/personal/readings')
    const field = page.locator(`#m${meter.id}r1`)
    await field.fill(meter.lower)
    await page.getByRole('button', { name: 'Передать показания' }).click()
    await expect(page.getByText(/Меньше прошл/).first()).toBeVisible()
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveValue(meter.lower)
    await field.fill(meter.higher)
    await page.getByRole('button', { name: 'Передать показания' }).click()
    await expect(page.getByRole('heading', { name: /Показания за .* приняты/ })).toBeVisible()
    const [stored] = await ask<{ value: string }>(
      `select value::text from readings where meter_id = $1 and channel = 'cabinet' and superseded_at is null`,
      [meter.id],
    )
    expect(Number(stored?.value)).toBeCloseTo(Number(meter.higher.replace(',', '.')), 3)
  })

  await test.step('staff block; the next click says so; the login says so after the right password', async () => {
    await office.goto(`/admin/people?q=${login}`)
    await office.getByRole('link', { name: login }).click()
    await office.getByLabel('Причина').fill('Вход с чужого адреса')
    await office.getByRole('button', { name: 'Заблокировать' }).click()
    await expect(office.getByText('Заблокирован. Все входы и ссылки закрыты.')).toBeVisible()
    await page.getByRole('link', { name: /^(Лицевой счёт|Счёт)$/ }).click()
    await expect(page.getByRole('heading', { name: 'Доступ временно приостановлен' })).toBeVisible()
    await expect(page.getByRole('main').getByRole('link', { name: '(48153) 3-15-30' })).toBeVisible()
    const other = await freshPage(browser, page)
    await signIn(other, { login, password })
    await expect(other.getByText(/Доступ временно приостановлен/)).toBeVisible()
    await signIn(other, { login, password: 'неверный пароль совсем' })
    await expect(other.getByText('Неверный логин или пароль')).toBeVisible()
    await other.context().close()
  })

  await test.step('unblocking asks for a new password', async () => {
    await office.getByLabel('Причина').fill('Владелец пришёл с паспортом')
    await office.getByRole('button', { name: 'Разблокировать' }).click()
    await expect(office.getByText(/Разблокирован\./)).toBeVisible()
    await expect(office.getByText('Вход с чужого адреса')).toBeVisible()
    await signIn(page, { login, password })
    await expect(page.getByText('Неверный логин или пароль')).toBeVisible()
    const restored = await letterTo(applicant.email, 'Доступ в личный кабинет восстановлен')
    await setPassword(page, linkIn(restored), applicant.accountNumber, 'другие четыре слова здесь')
    await signIn(page, { login, password: 'другие четыре слова здесь' })
    await expect(page.getByRole('heading', { name: 'Обзор' })).toBeAttached()
  })
})

async function billedBalance(accountNumber: string): Promise<bigint> {
  const [row] = await ask<{ closing: string }>(
    `select sum(closing)::text closing from charges c join accounts a on a.id = c.account_id
      where a.account_number = $1 and c.period = (select max(period) from charges where account_id = a.id)`,
    [accountNumber],
  )
  return BigInt(row?.closing ?? '0')
}

function roubles(amount: bigint): string {
  const absolute = amount < 0n ? -amount : amount
  const whole = (absolute / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ' ')
  return `${whole},${(absolute % 100n).toString().padStart(2, '0')} ₽`
}

async function someMeter(accountNumber: string): Promise<{ id: number; lower: string; higher: string }> {
  const [meter] = await ask<{ id: string; value: string; digits_after: number }>(
    `select m.id, r.value::text, m.digits_after from meters m join accounts a on a.id = m.account_id
       join readings r on r.meter_id = m.id and r.superseded_at is null
      where a.account_number = $1 and m.removed_on is null and m.registers = 1 and m.verified_until > now() + interval '1 month'
      order by m.id, r.period desc limit 1`,
    [accountNumber],
  )
  if (!meter) throw new Error('no meter')
  const shown = (value: number) => value.toFixed(Math.min(meter.digits_after, 3)).replace('.', ',')
  const last = Number(meter.value)
  // A value just below may be asked about as two digits in each other's place.
  return { id: Number(meter.id), lower: shown(last / 2), higher: shown(last + 3) }
}
