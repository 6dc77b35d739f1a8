import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { letters, textMessages } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { canText, oweText } from '@/lib/mail/owe-text'
import { ok, type Result, refused, Shown } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { inMinutes, take } from '@/lib/session/throttle'
import { currentSettings } from '@/lib/settings/queries'
import { type Attempt, outcomeOf } from './outcome'

const LOOK_EVERY_MS = 250
const PATIENCE_MS = 8_000

/** «Отправить пробное письмо»: owes it like any letter and tells what became of it within a few seconds. Refused: `often`. */
export async function sendTestLetter(staff: Staff, email: string): Promise<Result<Shown, 'often'>> {
  const often = await tooOften(staff)
  if (often) return often
  const id = await db().transaction(async (tx) => {
    await recordTest(tx, staff, 'почта')
    return owe(tx, 'test', email, {})
  })
  return tell(async () => {
    const [row] = await db().select(attempt(letters)).from(letters).where(eq(letters.id, id))
    return row
  })
}

/** «Отправить пробное SMS», in the same way. Refused: `often`, `off` (nobody sends SMS). */
export async function sendTestText(staff: Staff, toPhone: string): Promise<Result<Shown, 'often' | 'off'>> {
  if (!canText()) return refused('off', 'SMS не подключены: на сервере не задана переменная SMS.')
  const often = await tooOften(staff)
  if (often) return often
  const { name } = (await currentSettings()).company
  const id = await db().transaction(async (tx) => {
    await recordTest(tx, staff, 'SMS')
    return oweText(tx, { kind: 'test', toPhone, body: `${name}: пробное SMS из личного кабинета` })
  })
  return tell(async () => {
    const [row] = await db().select(attempt(textMessages)).from(textMessages).where(eq(textMessages.id, id))
    return row
  })
}

function attempt<Table extends typeof letters | typeof textMessages>({ sentAt, lastError }: Table) {
  return { sentAt, lastError }
}

async function tooOften(staff: Staff) {
  const free = await take([['test-message', staff.userId]])
  return free === 'free'
    ? undefined
    : refused('often' as const, `Пробных сообщений уже много. Попробуйте ${inMinutes(free.minutes)}.`)
}

function recordTest(tx: Parameters<typeof record>[0], staff: Staff, channel: string): Promise<void> {
  return record(tx, staff, {
    action: 'channel.tested',
    subject: { kind: 'settings', id: '1', label: channel },
  })
}

/** Waits for the job that sends it, as long as a person will. */
async function tell(look: () => Promise<Attempt | undefined>): Promise<Result<Shown, never>> {
  const until = Date.now() + PATIENCE_MS
  let outcome = outcomeOf(await look())
  while (outcome.state === 'waiting' && Date.now() < until) {
    await pause(LOOK_EVERY_MS)
    outcome = outcomeOf(await look())
  }
  return ok(new Shown({ state: outcome.state, words: outcome.words }))
}
