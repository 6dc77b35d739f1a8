import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { and, eq, isNotNull, max } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, charges, imports, users } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { publishFirstVersions } from '@/lib/documents/commands'
import { checkImport, loadImport, receiveFile } from '@/lib/exchange/commands'
import { reckonTypicalUse } from '@/lib/readings/typical'
import { changeSettings } from '@/lib/settings/commands'
import { readSettings } from '@/lib/settings/queries'
import { startOfMoscowDay } from '@/lib/units/day'
import { addMonths, dayOfPeriod } from '@/lib/units/period'
import { findApplicant } from './applicant'
import { type DemoFile, readDemoFile } from './demo-file'
import { generate } from './generate'
import {
  ensureAcceptance,
  ensureDemoUser,
  ensurePassword,
  ensureSecret,
  findDemoUser,
  grantBothAccounts,
} from './people'
import { demoRequisites } from './requisites'
import { ONE_HOLDER } from './town'

export type { DemoFile } from './demo-file'

/** What the loader works with; `now` decides which 24 periods the demo has, at the first start only. */
interface Options {
  dataDir: string
  publicUrl: string
  databaseUrl: string
  now?: Date
}

/**
 * Makes the database of this process the demo company, by the service's own import, and tells how to try it. Safe to
 * repeat, also after a start that was cut short. Undefined, with nothing done, when the database holds something else.
 * @throws Error when a file of the demo is refused: the generator and the import disagree
 */
export async function loadDemo(options: Options): Promise<DemoFile | undefined> {
  const { dataDir, publicUrl, databaseUrl, now = new Date() } = options
  if (await belongsToOthers()) return undefined
  const complete = await isComplete()
  const files = billingFiles(path.join(dataDir, 'billing'), complete ? await monthAfterCharges(now) : now)
  if (!complete) await loadCompany(files, now)
  await sayDemo()
  const earlier = readDemoFile(dataDir)
  const { applicant = earlier?.applicant, ...people } = await signIns(earlier)
  if (!applicant) throw new Error('the demo has no account left that nobody has access to')
  return {
    url: publicUrl,
    databaseUrl,
    staff: people.staff,
    auditor: people.auditor,
    subscriber: { ...people.subscriber, account: ONE_HOLDER.first },
    applicant,
    billingFiles: files,
  }
}

async function belongsToOthers(): Promise<boolean> {
  if (await db().transaction((tx) => findDemoUser(tx, 'staff'))) return false
  return (await db().$count(accounts)) + (await db().$count(users)) > 0
}

/** Lets the bank of the demo stand in for a real one; a demo made by an earlier version gets it too. */
async function sayDemo(): Promise<void> {
  await db().transaction(async (tx) => {
    if (!(await readSettings(tx)).demo) await changeSettings(tx, SERVICE, { demo: true })
  })
}

/** The subscriber is made last: with them there, everything is. */
async function isComplete(): Promise<boolean> {
  return (await db().transaction((tx) => findDemoUser(tx, 'subscriber'))) !== undefined
}

/** A moment in the month the loaded files were made in, so that lost files are made again as they were. */
async function monthAfterCharges(now: Date): Promise<Date> {
  const [newest] = await db()
    .select({ period: max(charges.period) })
    .from(charges)
  return newest?.period ? startOfMoscowDay(dayOfPeriod(addMonths(newest.period, 1), 15)) : now
}

/** The files of the demo in the order they are loaded in, written first if they are not there; whole or not at all. */
function billingFiles(directory: string, now: Date): string[] {
  if (!existsSync(directory)) {
    const unfinished = `${directory}.new`
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { recursive: true })
    for (const { name, bytes } of generate(now)) writeFileSync(path.join(unfinished, name), bytes)
    renameSync(unfinished, directory)
  }
  const charges = readdirSync(directory).filter((name) => name.startsWith('charges-'))
  const order = ['accounts.csv', 'meters.csv', 'tariffs.csv', ...charges.toSorted(), 'payments-register.csv']
  return order.map((name) => path.join(directory, name)).filter((file) => existsSync(file))
}

async function loadCompany(files: readonly string[], now: Date): Promise<void> {
  await db().transaction(async (tx) => {
    await ensureDemoUser(tx, 'staff')
    await changeSettings(tx, SERVICE, { readingWindow: { from: 1, to: 31 }, requisites: demoRequisites })
    await publishFirstVersions(tx)
  })
  for (const file of files) await loadFile(path.basename(file), readFileSync(file))
  await reckonTypicalUse(now)
  await db().transaction(async (tx) => {
    await grantBothAccounts(tx, await ensureDemoUser(tx, 'subscriber'), await ensureDemoUser(tx, 'staff'))
  })
}

/** Loads one file as staff would; not again when an earlier start came so far. */
async function loadFile(fileName: string, bytes: Buffer): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (await db().$count(imports, and(eq(imports.sha256, sha256), isNotNull(imports.loadedAt)))) return
  const received = await receiveFile(SERVICE, { fileName, bytes: Readable.from([bytes]) })
  if (received.status !== 'ok') throw new Error(`the demo's ${fileName} was not received`)
  const { id } = received.value
  const checked = await checkImport(id)
  const loaded = checked.status === 'ok' ? await loadImport(SERVICE, id) : checked
  if (loaded.status !== 'ok') throw new Error(`the demo's ${fileName} was refused`)
}

async function signIns(earlier: DemoFile | undefined) {
  return db().transaction(async (tx) => {
    const subscriber = await ensureDemoUser(tx, 'subscriber')
    await ensureAcceptance(tx, subscriber)
    return {
      staff: await staffSignIn(tx, 'staff', earlier?.staff),
      auditor: await staffSignIn(tx, 'auditor', earlier?.auditor),
      subscriber: await ensurePassword(tx, subscriber, earlier?.subscriber),
      applicant: await findApplicant(tx, earlier?.applicant.accountNumber),
    }
  })
}

/** Nobody has an authenticator at hand for a demo: the secret is told with the password. */
async function staffSignIn(tx: Tx, role: 'staff' | 'auditor', earlier: DemoFile['staff'] | undefined) {
  const user = await ensureDemoUser(tx, role)
  const { login, password } = await ensurePassword(tx, user, earlier)
  return { login, password, totpSecret: await ensureSecret(tx, user, earlier?.totpSecret) }
}
