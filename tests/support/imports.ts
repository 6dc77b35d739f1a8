import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, charges, imports, services, statedCharges } from '@/db/schema'
import type { Actor } from '@/lib/audit/record'
import { checkImport, loadImport, receiveFile } from '@/lib/exchange/commands'
import { importReport } from '@/lib/exchange/queries'
import type { ImportKind } from '@/lib/exchange/schema'
import type { Staff } from '@/lib/session/require'
import { billingFile, type Row } from './billing-file'
import { makeStaff } from './people'

let made = 500_000
/** An account number no other test uses. */
export const freshNumber = () => `09${++made}`

/** Bytes as an upload brings them. */
export async function* inPieces(bytes: Buffer, size = 100_000): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

/** An upload of these bytes. @throws Error when it is not taken */
export async function receive(actor: Actor, bytes: Buffer, fileName = 'file.csv'): Promise<string> {
  const received = await receiveFile(actor, { fileName, bytes: inPieces(bytes) })
  if (received.status !== 'ok') throw new Error(`not received: ${received.status}`)
  return received.value.id
}

/** The page of an upload. */
export async function viewOf(staff: Staff, id: string) {
  const view = await importReport(staff, id)
  if (!view?.report) throw new Error(`no report: ${view?.problem}`)
  return { ...view, report: view.report, staff }
}

/** A file of those rows, received and checked by a new employee. */
export async function check(kind: ImportKind, rows: Row[], total?: Record<number, string>) {
  const staff = await makeStaff()
  const id = await receive(staff, billingFile(kind, rows, total), `${kind}.csv`)
  const checked = await checkImport(id)
  if (checked.status !== 'ok') throw new Error(`not checked: ${checked.status}`)
  return viewOf(staff, id)
}

/** The same, loaded. */
export async function load(kind: ImportKind, rows: Row[], asOf?: string) {
  const { staff, id } = await check(kind, rows)
  if (asOf) await setAsOf(id, asOf)
  const loaded = await loadImport(staff, id)
  if (loaded.status !== 'ok') throw new Error(`not loaded: ${JSON.stringify(loaded)}`)
  return viewOf(staff, id)
}

async function setAsOf(id: string, asOf: string): Promise<void> {
  await db()
    .update(imports)
    .set({ asOf: new Date(asOf) })
    .where(eq(imports.id, id))
}

/** What billing states of an account now, by month and service. */
export async function statedOf(accountNumber: string) {
  return db()
    .select({
      service: services.name,
      period: statedCharges.period,
      version: statedCharges.version,
      closing: statedCharges.closing,
      charged: statedCharges.charged,
    })
    .from(statedCharges)
    .innerJoin(accounts, eq(accounts.id, statedCharges.accountId))
    .innerJoin(services, eq(services.id, statedCharges.serviceId))
    .where(eq(accounts.accountNumber, accountNumber))
    .orderBy(statedCharges.period, services.name)
}

/** How many rows of charges an import wrote for an account. */
export async function writtenBy(importId: string, accountId: number): Promise<number> {
  return db().$count(charges, and(eq(charges.importId, importId), eq(charges.accountId, accountId)))
}
