import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { imports } from '@/db/schema'
import { logProblem } from '@/lib/log'
import type { Result } from '@/lib/result'
import { DamagedFileError } from './receive'
import { isOutage, StoppedError } from './work'

/** The state an upload is in while it is worked on → the one it goes back to. */
const back = { checking: 'received', loading: 'checked', undoing: 'loaded' } as const
type AtWork = keyof typeof back
const words = {
  stopped: 'Остановлено. В базе ничего не изменилось.',
  damaged: 'Сохранённый файл повреждён: он не совпадает с тем, что был отправлен. Отправьте его ещё раз.',
  failed: 'Не получилось из-за ошибки в сервисе. В базе ничего не изменилось; попробуйте ещё раз.',
}

/**
 * Does work on an upload and, when it comes to nothing, puts the upload back into the state it came from with the
 * reason. After an outage it stays at work: whoever runs it tries again.
 * @throws what the work threw
 */
export async function settling<T, Code extends string>(
  importId: string,
  atWork: AtWork,
  task: () => Promise<Result<T, Code>>,
): Promise<Result<T, Code>> {
  try {
    const result = await task()
    if (result.status === 'refused') await settle(importId, atWork, result.message)
    return result
  } catch (error) {
    if (isOutage(error)) throw error
    if (!(error instanceof StoppedError)) logProblem('import failed', error)
    await settle(importId, atWork, reasonOf(error))
    throw error
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof StoppedError) return words.stopped
  return error instanceof DamagedFileError ? words.damaged : words.failed
}

async function settle(importId: string, atWork: AtWork, problem: string): Promise<void> {
  await db()
    .update(imports)
    .set({ state: back[atWork], problem, stopRequestedAt: null })
    .where(and(eq(imports.id, importId), eq(imports.state, atWork)))
}
