import { isDeepStrictEqual } from 'node:util'
import { db } from '@/db/client'
import { ok, type Result, Shown } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { changeSettings, lockSettings } from '@/lib/settings/commands'
import { readSettings } from '@/lib/settings/queries'
import type { Settings } from '@/lib/settings/schema'
import { windowChanges } from './windows-preview'
import { type WindowsInput, windowKinds } from './windows-schema'

const NAMES = ['readingWindow', 'readingWindows', 'windowWaitsForWorkday', 'remindDaysBefore'] as const
type Windows = Pick<Settings, (typeof NAMES)[number]>

/**
 * «Приём показаний» of the settings. Until what would change was shown and said yes to, nothing is saved: the answer shows
 * it. `saved` is whether the settings are as asked now.
 */
export function changeWindows(
  staff: Staff,
  input: WindowsInput,
  now: Date,
): Promise<Result<Shown | 'saved', never>> {
  return db().transaction(async (tx) => {
    await lockSettings(tx)
    const before = await readSettings(tx)
    const after = windowsOf(input)
    const names = NAMES.filter((name) => !isDeepStrictEqual(before[name], after[name]))
    if (names.length === 0) return ok('saved' as const)
    // Of what was before too: when a colleague has changed it meanwhile, what would change is shown anew.
    const mark = JSON.stringify({ before: names.map((name) => before[name]), after })
    if (input.confirmed !== mark)
      return ok(new Shown({ ...typedOf(input), confirmed: mark, words: wordsOf(before, after, now) }))
    const change: Partial<Settings> = Object.fromEntries(names.map((name) => [name, after[name]]))
    await changeSettings(tx, staff, change)
    return ok('saved' as const)
  })
}

function windowsOf(input: WindowsInput): Windows {
  const own = windowKinds.flatMap((kind) => {
    const [from, to] = [input[`from_${kind}`], input[`to_${kind}`]]
    return from === undefined || to === undefined ? [] : [[kind, { from, to }] as const]
  })
  return {
    readingWindow: { from: input.from, to: input.to },
    readingWindows: Object.fromEntries(own),
    windowWaitsForWorkday: input.waits,
    remindDaysBefore: input.remind,
  }
}

/** The form as it was sent, so that it stands there again beside what it would change. */
function typedOf({ waits, confirmed: _, ...numbers }: WindowsInput): Record<string, string> {
  const typed = Object.entries(numbers).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(typed.map(([name, value]) => [name, String(value)])),
    ...(waits ? { waits: 'on' } : {}),
  }
}

function wordsOf(before: Windows, after: Windows, now: Date): string {
  const lines = windowChanges(before, after, now)
  if (before.remindDaysBefore !== after.remindDaysBefore)
    lines.push(
      `Напоминания: за ${after.remindDaysBefore} дн. до закрытия (было: ${before.remindDaysBefore}).`,
    )
  return (lines.length > 0 ? lines : ['Для текущего окна ничего не изменится, только для следующих.']).join(
    '\n',
  )
}
