import { env } from '@/lib/env'

/** Runs with SMS that can be sent; the parsed environment is one object, so it is put back after. */
export async function withTexts(work: () => Promise<void>): Promise<void> {
  Object.assign(env(), { SMS: 'smsru' })
  try {
    await work()
  } finally {
    Object.assign(env(), { SMS: 'off' })
  }
}
