import { createInterface, type Interface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** `company.name` → what was typed. */
export type Answers = Record<string, string>

const questions: Record<string, string> = {
  'company.name': 'Короткое название, например МУП «Водоканал»',
  'company.fullName': 'Полное название',
  'company.town': 'Город',
  'company.postalAddress': 'Почтовый адрес',
  'company.email': 'Электронная почта организации',
  'company.phones': 'Телефоны с кодом города, через запятую',
  'company.hours': 'Часы работы, например пн–пт, 8:00–17:00',
  'requisites.name': 'Получатель платежей (Enter — ввести реквизиты позже)',
  'requisites.inn': 'ИНН',
  'requisites.kpp': 'КПП',
  'requisites.bankName': 'Банк',
  'requisites.bic': 'БИК',
  'requisites.account': 'Расчётный счёт',
  'requisites.correspondentAccount': 'Корреспондентский счёт',
  'administrator.lastName': 'Фамилия администратора',
  'administrator.firstName': 'Имя',
  'administrator.patronymic': 'Отчество (если есть)',
  'administrator.email': 'Электронная почта администратора',
  'administrator.login': 'Логин латинскими буквами',
  'administrator.password': 'Пароль, не меньше 12 знаков',
  'administrator.repeat': 'Повторите пароль',
}

/** Asks in the terminal; passwords are not shown as they are typed. */
export class Questions implements Disposable {
  private hidden = false
  private readonly terminal: Interface

  constructor() {
    const output = new Writable({
      write: (chunk, encoding, done) => {
        if (!this.hidden) process.stdout.write(chunk, encoding)
        done()
      },
    })
    this.terminal = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY })
    this.terminal.once('close', () => process.exit(1))
  }

  /** Everything in order; requisites are passed over when the first of them is left empty. */
  async askAll(): Promise<Answers> {
    const answers: Answers = {}
    for (const name of Object.keys(questions)) {
      if (name.startsWith('requisites.') && answers['requisites.name'] === '') continue
      answers[name] = await this.ask(name)
    }
    return answers
  }

  /** Says what is wrong and asks for those fields once more; a password always twice. */
  async askAgain(answers: Answers, problems: Record<string, string>): Promise<Answers> {
    for (const [name, words] of Object.entries(problems))
      console.error(`! ${questions[name] ?? name}: ${words}`)
    const names = Object.keys(questions).filter((name) => name in problems)
    if (names.length === 0) process.exit(1)
    if (names.includes('administrator.password') || names.includes('administrator.repeat'))
      names.push('administrator.password', 'administrator.repeat')
    const again = { ...answers }
    for (const name of new Set(names)) again[name] = await this.ask(name)
    return again
  }

  [Symbol.dispose](): void {
    this.terminal.removeAllListeners('close')
    this.terminal.close()
  }

  private async ask(name: string): Promise<string> {
    process.stdout.write(`${questions[name]}: `)
    const secret = name === 'administrator.password' || name === 'administrator.repeat'
    this.hidden = secret
    const typed = (await this.terminal.question('')).trim()
    this.hidden = false
    if (secret) process.stdout.write('\n')
    return name === 'company.phones' ? typed.split(',').join('\n') : typed
  }
}
