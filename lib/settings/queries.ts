import { cache } from 'react'
import { db, type Reader } from '@/db/client'
import { settings as table } from '@/db/schema'
import { logProblem } from '@/lib/log'
import { takeCalendars } from '@/lib/units/production-calendar'
import { type Settings, settingsSchema } from './schema'

/**
 * The settings in force, for what a page shows; asked once per request. When the database is away, those last read:
 * a form sent in that moment can still say so and give back what was typed.
 */
export const currentSettings = cache(async (): Promise<Settings> => {
  try {
    return await readSettings(db())
  } catch (error) {
    logProblem('settings: the last known ones are shown', error)
    return lastKnownSettings()
  }
})

let lastRead: Settings | undefined

/** The settings as this process last read them, else the defaults: for pages that must not ask the database. */
export function lastKnownSettings(): Settings {
  return lastRead ?? settingsSchema.parse({})
}

/** The settings in force, read within the caller's transaction; this process reckons working days by their calendars from then on. */
export async function readSettings(reader: Reader): Promise<Settings> {
  const [row] = await reader.select({ value: table.value }).from(table)
  lastRead = settingsSchema.parse(row?.value ?? {})
  takeCalendars(lastRead.calendars)
  return lastRead
}
