import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { sessions } from '@/db/schema'
import { warningAddresses } from '@/lib/mail/mailboxes'
import { owe } from '@/lib/mail/owe'
import { deviceWords } from './device'

/**
 * Owes the letter «Вход с нового устройства», unless the person signs in for the first time ever. To be called before the new
 * session is stored. `device` is the browser's account of itself.
 */
export async function oweNewDevice(
  tx: Tx,
  userId: string,
  { device, now }: { device: string; now: Date },
): Promise<void> {
  const [before] = await tx
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .limit(1)
  if (!before) return
  const words = deviceWords(device)
  for (const address of await warningAddresses(tx, userId, now))
    await owe(tx, 'new-device', address, { at: now.toISOString(), device: words })
}
