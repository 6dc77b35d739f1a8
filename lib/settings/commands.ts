import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { settings as table } from '@/db/schema'
import { type Actor, record } from '@/lib/audit/record'
import { readSettings } from './queries'
import { type Settings, settingsSchema } from './schema'

/** Until the transaction ends nobody else changes the settings: what is read now is what a change is made of. */
export async function lockSettings(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet settings'))`)
}

/** Changes some settings and keeps the rest. @throws ZodError when the result is not valid. */
export async function changeSettings(tx: Tx, actor: Actor, change: Partial<Settings>): Promise<void> {
  await lockSettings(tx)
  const before = await readSettings(tx)
  const value = settingsSchema.parse({ ...before, ...change })
  await tx
    .insert(table)
    .values({ value })
    .onConflictDoUpdate({ target: table.id, set: { value, updatedAt: sql`now()` } })
  await record(tx, actor, {
    action: 'settings.changed',
    subject: { kind: 'settings', id: '1', label: Object.keys(change).join(', ') },
    before: shown(before, change),
    after: shown(value, change),
  })
}

/** The changed settings as text. */
function shown(settings: Settings, change: Partial<Settings>): Record<string, string> {
  const entries = Object.entries(settings).filter(([name]) => name in change)
  return Object.fromEntries(entries.map(([name, value]) => [name, JSON.stringify(value)]))
}
