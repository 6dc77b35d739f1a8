import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { closeDb } from '../db/client'
import { env } from '../lib/env'
import { setUp } from '../lib/setup/commands'
import { needsSetUp } from '../lib/setup/queries'
import { setUpSchema } from '../lib/setup/schema'
import { EXIT, reportAndExit } from './launcher/exit'
import { type Answers, Questions } from './setup/questions'

/**
 * `npm run setup`: makes an empty database a working company, with the environment of the service. Asks in Russian, or takes a
 * file: `npm run setup -- company.json`. Ends with 0 when it is done, with 1 and the reasons when it is not.
 */
const [file] = process.argv.slice(2)
try {
  env()
} catch (error) {
  reportAndExit(error, EXIT.misconfigured)
}
const done = await run().finally(closeDb)
process.exit(done ? 0 : 1)

async function run(): Promise<boolean> {
  if (!(await needsSetUp())) {
    console.error('Сервис уже настроен: у него есть администратор.')
    return false
  }
  return file ? setUpFromFile(file) : askAndSetUp()
}

async function setUpFromFile(name: string): Promise<boolean> {
  const problems = await attempt(readCompany(name))
  for (const [field, words] of Object.entries(problems)) console.error(`${field}: ${words}`)
  return Object.keys(problems).length === 0
}

/** The file, with the documents it names by path read in. */
function readCompany(name: string): unknown {
  const whole = z
    .looseObject({
      documents: z.partialRecord(z.enum(['agreement', 'consent', 'privacy']), z.string()).optional(),
    })
    .parse(JSON.parse(readFileSync(name, 'utf8')))
  const documents = Object.entries(whole.documents ?? {}).map(([kind, document]) => [
    kind,
    readFileSync(path.resolve(path.dirname(name), document), 'utf8'),
  ])
  return { ...whole, documents: Object.fromEntries(documents) }
}

async function askAndSetUp(): Promise<boolean> {
  using questions = new Questions()
  let answers = await questions.askAll()
  for (let problems = await attempt(nested(answers)); ; problems = await attempt(nested(answers))) {
    if (Object.keys(problems).length === 0) return true
    answers = await questions.askAgain(answers, problems)
  }
}

/** Field → what is wrong with it; empty when the company is set up. */
async function attempt(given: unknown): Promise<Record<string, string>> {
  const parsed = setUpSchema.safeParse(given)
  if (!parsed.success)
    return Object.fromEntries(
      parsed.error.issues.map(({ path: at, message }) => [at.join('.'), message]).toReversed(),
    )
  const result = await setUp(parsed.data, '')
  if (result.status === 'invalid') return result.errors
  if (result.status === 'refused') return { сервис: result.message }
  console.log(`Готово. Вход: ${env().PUBLIC_URL}/personal/login, логин ${parsed.data.administrator.login}.`)
  console.log('При первом входе администратор включит одноразовые коды, затем пригласит сотрудников.')
  return {}
}

function nested(answers: Answers): unknown {
  const whole: Record<string, Record<string, string>> = {}
  for (const [name, value] of Object.entries(answers)) {
    const [group = '', field = ''] = name.split('.')
    whole[group] = { ...whole[group], [field]: value }
  }
  return whole
}
