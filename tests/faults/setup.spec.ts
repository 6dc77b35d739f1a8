import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { migrate } from '../../db/migrate'
import { EmbeddedPostgres } from '../../scripts/embedded'
import { withClient } from '../../scripts/embedded/connect'
import { databaseUrl } from '../support/environment'
import { newCompany } from '../support/setup'
import { Terminal } from '../support/terminal'

const { company, administrator } = newCompany
const directory = mkdtempSync(path.join(os.tmpdir(), 'kabinet-setup-'))
const terminals: Terminal[] = []
let postgres: EmbeddedPostgres

test.beforeAll(async () => {
  chmodSync(directory, 0o711)
  postgres = await EmbeddedPostgres.start(path.join(directory, 'postgres'), { throwaway: true })
  await migrate(postgres.url)
})

test.afterAll(async () => {
  for (const terminal of terminals) terminal.close()
  await postgres?.stop()
  rmSync(directory, { recursive: true, force: true })
})

test('`npm run setup` at a keyboard: slips are mended, passwords stay unseen, what is wrong is asked again', async () => {
  const database = await emptyDatabase('typed')
  const terminal = open(database)
  await terminal.answer('Короткое название, например МУП «Водоканал»', company.name)
  await terminal.answer('Полное название', company.fullName)
  await terminal.says('Город: ')
  if (terminal.isReal) {
    terminal.type('Рославлю\x7f')
    await terminal.says('Рославлю')
    // The question stays before what is drawn again.
    await terminal.says('Город: Рославл')
    terminal.type('ь\r')
  } else terminal.type('Рославль\n')
  await terminal.answer('Почтовый адрес', company.postalAddress)
  await terminal.answer('Электронная почта организации', company.email)
  await terminal.answer('Телефоны с кодом города, через запятую', '(48134) 2-22-22, (48134) 2-33-33')
  await terminal.answer('Часы работы, например пн–пт, 8:00–17:00', company.hours)
  await terminal.answer('Получатель платежей (Enter — ввести реквизиты позже)', '')
  await terminal.answer('Фамилия администратора', administrator.lastName)
  await terminal.answer('Имя', administrator.firstName)
  await terminal.answer('Отчество (если есть)', '')
  await terminal.answer('Электронная почта администратора', administrator.email)
  await terminal.answer('Логин латинскими буквами', 'ковалёва')
  await typePasswords(terminal, administrator.password)

  await terminal.says('! Логин латинскими буквами: От 3 до 40 знаков')
  await terminal.answer('Логин латинскими буквами', administrator.login)
  await terminal.says('! Повторите пароль: Пароли не совпали')
  await typePasswords(terminal, administrator.password, administrator.password)
  await terminal.says(`Готово. Вход: http://localhost:3999/personal/login, логин ${administrator.login}.`)
  expect(await terminal.end()).toBe(0)
  expect(terminal.everything()).not.toContain(administrator.password)
  expect(await madeIn(database)).toMatchObject([{ login: administrator.login, town: 'Рославль', phones: 2 }])

  const again = open(database)
  await again.says('Сервис уже настроен')
  expect(await again.end()).toBe(1)
})

test('`npm run setup` takes answers from a pipe as well; when they run out, nothing is set up', async () => {
  const database = await emptyDatabase('poured')
  const { lastName, firstName, patronymic, email, login, password } = administrator
  const answers = [
    ...Object.values(company),
    '',
    ...[lastName, firstName, patronymic, email, login, password, password],
  ]
  const cut = open(database, { pipe: true })
  cut.pour(answers.slice(0, 5).join('\n'))
  await cut.says('Ответы закончились: ничего не настроено.')
  expect(await cut.end()).toBe(1)
  expect(await madeIn(database)).toEqual([])

  const whole = open(database, { pipe: true })
  whole.pour(`${answers.join('\n')}\n`)
  await whole.says('Готово.')
  expect(await whole.end()).toBe(0)
  expect(await madeIn(database)).toMatchObject([{ login, town: company.town, phones: 1 }])
})

/** The second one mistyped, unless said otherwise. */
async function typePasswords(terminal: Terminal, first: string, second = `${first}!`): Promise<void> {
  await terminal.answer('Пароль, не меньше 12 знаков', first)
  await terminal.answer('Повторите пароль', second)
}

function open(database: string, options = {}): Terminal {
  const terminal = Terminal.open('scripts/setup.ts', { DATABASE_URL: database }, options)
  terminals.push(terminal)
  return terminal
}

async function emptyDatabase(name: string): Promise<string> {
  const from = new URL(postgres.url).pathname.slice(1)
  await withClient(databaseUrl(postgres.url, 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE "${from}"`),
  )
  return databaseUrl(postgres.url, name)
}

/** Who may run the service, and for which company. */
async function madeIn(database: string) {
  const { rows } = await withClient(database, (client) =>
    client.query(
      `select u.login, s.value -> 'company' ->> 'town' as town,
         jsonb_array_length(s.value -> 'company' -> 'phones') as phones
       from users u cross join settings s where u.kind = 'staff' and 'administrator' = any(u.roles)`,
    ),
  )
  return rows
}
