import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db, type Tx } from '@/db/client'
import { staffRoles, users } from '@/db/schema'
import { type Actor, record } from '@/lib/audit/record'
import { type OwnTexts, publishFirstVersions } from '@/lib/documents/commands'
import { invalid, ok, type Result, refused } from '@/lib/result'
import { passwordProblem } from '@/lib/session/password-rules'
import { BusyError, hashPassword } from '@/lib/session/passwords'
import { type Count, giveBack, inMinutes, take } from '@/lib/session/throttle'
import { changeSettings } from '@/lib/settings/commands'
import { isSetUpCode } from './code'
import { hasAdministrator, needsSetUp } from './queries'
import type { SetUp, setUpForm } from './schema'

/**
 * Makes an empty service a working company: its settings, the first administrator with every role but the auditor's, the
 * first versions of the documents; all or nothing, once. Invalid for a weak password or a login that is taken.
 * Refused: `done` (there is an administrator), `busy`.
 */
export async function setUp(input: SetUp, address: string): Promise<Result<undefined, 'done' | 'busy'>> {
  const { company, requisites, administrator, documents } = input
  const { login, password } = administrator
  const problem = passwordProblem(password, [login])
  if (problem) return invalid({ 'administrator.password': problem })
  try {
    const passwordHash = await hashPassword(password)
    return await db().transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet set-up'))`)
      if (await hasAdministrator(tx)) return DONE
      const actor = { userId: null, login: 'установка', address }
      if (!(await makeAdministrator(tx, actor, administrator, passwordHash)))
        return invalid({ 'administrator.login': 'Такой логин уже есть' })
      await changeSettings(tx, actor, { company, requisites })
      await publishFirstVersions(tx, ownOf(documents))
      await record(tx, actor, {
        action: 'company.set-up',
        subject: { kind: 'settings', id: '1', label: company.name },
      })
      return ok()
    })
  } catch (error) {
    if (error instanceof BusyError) return refused('busy', 'Сервер занят. Попробуйте через минуту.')
    throw error
  }
}

const DONE = refused('done' as const, 'Сервис уже настроен: у него есть администратор.')

async function makeAdministrator(
  tx: Tx,
  actor: Actor,
  { lastName, firstName, patronymic, email, login }: SetUp['administrator'],
  passwordHash: string,
): Promise<boolean> {
  const roles = staffRoles.filter((role) => role !== 'auditor')
  const [made] = await tx
    .insert(users)
    .values({ kind: 'staff', roles, login, lastName, firstName, patronymic, email, passwordHash })
    .onConflictDoNothing({ target: users.login })
    .returning({ id: users.id })
  if (!made) return false
  await record(tx, actor, {
    action: 'user.created',
    subject: { kind: 'user', id: made.id, label: login },
    after: { kind: 'staff' },
  })
  return true
}

function ownOf(documents: SetUp['documents']): OwnTexts {
  return Object.fromEntries(Object.entries(documents).filter(([, text]) => text.trim() !== ''))
}

/**
 * The set-up of the first-run page: only with the code the server has printed, and only so many tries. Refused also:
 * `code`, `throttled`.
 */
export async function setUpByCode(
  { code, files, ...input }: z.output<typeof setUpForm>,
  { address }: { address: string },
): Promise<Result<undefined, 'done' | 'busy' | 'throttled'>> {
  if (!(await needsSetUp())) return DONE
  const counts: Count[] = [
    ['setup-address', address],
    ['setup-all', 'all'],
  ]
  const free = await take(counts)
  if (free !== 'free')
    return refused('throttled', `Слишком много попыток. Попробуйте ${inMinutes(free.minutes)}.`)
  if (!isSetUpCode(code))
    return invalid({ code: 'Код не подошёл: сервер печатает его при запуске, в терминале или журнале' })
  await giveBack(counts)
  const uploaded = await textsOf(files)
  if (uploaded.status !== 'ok') return uploaded
  return setUp({ ...input, documents: { ...input.documents, ...uploaded.value } }, address)
}

/** The texts of the files chosen. Invalid for a file that is no text in UTF-8. */
async function textsOf(files: z.output<typeof setUpForm>['files']): Promise<Result<OwnTexts, never>> {
  const texts: Record<string, string> = {}
  for (const [kind, file] of Object.entries(files)) {
    if (!file) continue
    const text = readText(await file.arrayBuffer())
    if (text === undefined) return invalid({ [`files.${kind}`]: 'Это не текст в кодировке UTF-8' })
    texts[kind] = text
  }
  return ok(texts)
}

function readText(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
