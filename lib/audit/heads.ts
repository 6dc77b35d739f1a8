import { appendFile, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Reader } from '@/db/client'
import { env } from '@/lib/env'
import { logEvent } from '@/lib/log'
import { headOf, type Seal, sealsFrom } from './chain'

/** A head of the chain as it was kept outside the database. */
export interface KeptHead {
  id: number
  toId: number
  hash: string
}

/** «2026-11-25T03:30:00.000Z seal 12 to 3456 sha256 9f86…»: what is kept of a head, on one line. */
export function headLine({ id, toId, hash }: KeptHead, at: Date): string {
  return `${at.toISOString()} seal ${id} to ${toId} sha256 ${hash}`
}

/** The heads in a text of such lines; other lines are passed over. */
export function readHeads(text: string): KeptHead[] {
  return [...text.matchAll(/\bseal (\d+) to (\d+) sha256 ([0-9a-f]{64})\b/g)].map(
    ([, id, toId, hash = '']) => ({
      id: Number(id),
      toId: Number(toId),
      hash,
    }),
  )
}

/** Where the heads are kept on this machine: a copy of it elsewhere shows a chain that was made anew as a whole. */
export function headsFile(): string {
  return path.join(env().DATA_DIR, 'audit-heads.txt')
}

/** Writes the head of the chain to the file and the log; nothing when it stands there already. */
export async function keepHead(reader: Reader, now: Date): Promise<void> {
  const head = await headOf(reader)
  if (!head) return
  const file = headsFile()
  const kept = readHeads(await readFile(file, 'utf8').catch(() => ''))
  if (kept.at(-1)?.hash === head.hash) return
  await mkdir(path.dirname(file), { recursive: true })
  await appendFile(file, `${headLine(head, now)}\n`)
  logEvent('audit head', { seal: head.id, hash: head.hash })
}

/** The first of the kept heads that the chain does not hold; undefined when it holds them all. */
export async function lostHead(reader: Reader, kept: readonly KeptHead[]): Promise<KeptHead | undefined> {
  for (const head of kept) {
    const [seal]: (Seal | undefined)[] = await sealsFrom(reader, head.id, 1)
    if (seal?.id !== head.id || seal.hash !== head.hash || seal.toId !== head.toId) return head
  }
  return undefined
}
