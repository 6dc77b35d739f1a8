import { createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'
import { needsSetUp } from './queries'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12

/**
 * The code of the first-run page: whoever reads the server's log may set it up, a stranger who finds the address first may
 * not. The same on every instance, since it follows from AUTH_SECRET; worthless once there is an administrator.
 */
export function setUpCode(): string {
  const bytes = createHmac('sha256', env().AUTH_SECRET).update('kabinet set-up').digest()
  const letters = [...bytes.subarray(0, LENGTH)].map((byte) => LETTERS.charAt(byte % LETTERS.length))
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** Whether what was typed is the code, however its letters and dashes were typed. */
export function isSetUpCode(typed: string): boolean {
  const plain = (text: string) => Buffer.from(text.toUpperCase().replace(/[^0-9A-Z]/g, ''))
  const [given, right] = [plain(typed), plain(setUpCode())]
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Prints where and with which code an empty service is set up; nothing when it has an administrator. */
export async function sayHowToSetUp(): Promise<void> {
  if (!(await needsSetUp())) return
  process.stdout.write(
    `\nThe service is empty. Set it up: ${env().PUBLIC_URL}/setup\n  one-time code: ${setUpCode()}\n  or in the terminal: npm run setup\n\n`,
  )
}
