import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { dataDir } from './the-demo'

/** The plain text of the newest letter to an address whose subject holds these words; waited for. */
export async function letterTo(email: string, subject: string): Promise<string> {
  const find = () => lettersTo(email).find((text) => text.includes(subject))
  await expect.poll(find, { message: `letter «${subject}»`, timeout: 20_000 }).toBeTruthy()
  return find() ?? ''
}

/** Every letter to an address, the newest first. */
export function lettersTo(email: string): string[] {
  const folder = path.join(dataDir(), 'mail')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .reverse()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .filter((text) => text.includes(`Кому: ${email}\n`))
}

/** The link in a letter to what lies under a path: the one-time link, unless said otherwise. */
export function linkIn(letter: string, under = '/personal/credentials/'): string {
  const link = new RegExp(`http\\S+${under}[\\w-]+`).exec(letter)?.[0]
  if (!link) throw new Error(`the letter holds no link to ${under}`)
  return link
}

/** The login a letter names. */
export function loginIn(letter: string): string {
  const login = /логин:\s+([a-z2-9]{6})\s/i.exec(letter)?.[1]
  if (!login) throw new Error('the letter names no login')
  return login
}
