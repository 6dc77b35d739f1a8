import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import { closeDb } from '@/db/client'
import { migrate } from '@/db/migrate'
import { EmbeddedPostgres } from '../../scripts/embedded'
import { isErrno, waitUntil } from '../../scripts/embedded/processes'
import { Service, statusOf } from './launcher'
import { FROM_PROVIDER, takeMoneyThrough } from './payments'
import { type Operation, TestProvider } from './provider'

/** Everybody must be answered within. */
const LONGEST = 10_000
/** The service must answer again this soon after the database does. */
const BACK_WITHIN = 5_000
const DISK = '1g'
const LOOK_EVERY = 100
/** This process is late when it does not look in time by so much, ms; the provider is in it, and so is whoever waits. */
const LATE = 300
const MEGABYTE = Buffer.alloc(1024 * 1024)

/** Two copies of the service on one PostgreSQL, each kept up by a launcher of its own, and a provider on loopback. */
export class Pair {
  /** How long the copies took to answer again after the database was back, at most, ms. */
  slowestReturn = 0

  /** The longest anybody waited for an answer, ms. */
  slowestAnswer = 0

  readonly copies: Service[] = []
  private late = ''
  private readonly watch = this.watchOurselves()

  private constructor(
    readonly bank: TestProvider,
    readonly postgres: EmbeddedPostgres,
    readonly disk: string,
    /** Whether the database lives on a small disk of its own, which can be filled. */
    readonly hasOwnDisk: boolean,
  ) {}

  /** `ownDisk`: with the database on a small disk, where this user may make one. */
  static async start(dataDir: string, ownDisk: boolean): Promise<Pair> {
    const disk = path.join(dataDir, 'disk')
    mkdirSync(disk, { recursive: true })
    const mount = ['-t', 'tmpfs', '-o', `size=${DISK}`, 'kabinet', disk]
    const mounted = ownDisk && spawnSync('mount', mount).status === 0
    // It waits for its disk: a kill must lose nothing that was acknowledged.
    const postgres = await EmbeddedPostgres.start(path.join(disk, 'postgres'))
    const pair = new Pair(await TestProvider.start(), postgres, disk, mounted)
    await pair.begin(dataDir).catch(async (error: unknown) => {
      await pair.stop()
      throw error
    })
    return pair
  }

  private async begin(dataDir: string): Promise<void> {
    process.env.DATABASE_URL = this.postgres.url
    await migrate(this.postgres.url)
    await takeMoneyThrough(this.bank)
    const settings = settingsOf(this.bank, this.postgres.url)
    for (const copy of ['first', 'second'])
      this.copies.push(await Service.start(path.join(dataDir, copy), settings))
    // What a process does for the first time takes longer than anything that is measured here.
    for (const place of [0, 1]) await this.tell(place, '{}')
    await this.backAgain()
  }

  async stop(): Promise<void> {
    clearInterval(this.watch)
    await Promise.all(this.copies.map((copy) => copy.stop()))
    await closeDb()
    await this.postgres.stop()
    await this.bank.stop()
    if (this.hasOwnDisk) spawnSync('umount', [this.disk])
  }

  copy(place: number): Service {
    const found = this.copies[place % this.copies.length]
    if (!found) throw new Error('no such copy')
    return found
  }

  /** When the next request of that kind comes to the provider. */
  reached(operation: Operation): Promise<void> {
    return new Promise((resolve) => {
      this.bank.reached = (one) => {
        if (one === operation) resolve()
      }
    })
  }

  /** One notification to one copy. @returns the status; 0 when nobody answered. @throws when it hangs */
  tell(place: number, body: string, from = FROM_PROVIDER): Promise<number> {
    const address = `${this.copy(place).url}/api/payments/notify/yookassa`
    const headers = { 'x-forwarded-for': from }
    return this.answered(async () => {
      const signal = AbortSignal.timeout(LONGEST + 500)
      return (await fetch(address, { method: 'POST', body, headers, signal })).status
    })
  }

  /** A request by somebody who waits. @returns what it came to; 0 when nobody answered. @throws when it hangs */
  async answered(request: () => Promise<number>): Promise<number> {
    const since = Date.now()
    const status = await request().catch(() => 0)
    const waited = Date.now() - since
    this.slowestAnswer = Math.max(this.slowestAnswer, waited)
    if (waited > LONGEST) throw new Error(`somebody waited ${waited} ms${this.late}`)
    return status
  }

  /** Brings the database back, should it be down, and expects both copies to answer soon after. */
  async backAgain(): Promise<void> {
    await this.postgres.repair()
    const since = Date.now()
    const pages = this.copies.flatMap(({ url }) => [`${url}/api/health`, `${url}/personal/pay`])
    const good = async () => (await Promise.all(pages.map(statusOf))).every((status) => status === 200)
    if (!(await waitUntil(good, BACK_WITHIN))) throw new Error('the service does not answer again')
    this.slowestReturn = Math.max(this.slowestReturn, Date.now() - since)
  }

  /** Leaves the database not a byte of its disk. @returns how to give it back */
  async fillDisk(): Promise<() => Promise<void>> {
    const ballast = path.join(this.disk, 'ballast')
    const file = await open(ballast, 'w')
    try {
      for (;;) await file.write(MEGABYTE)
    } catch (error) {
      if (!isErrno(error, 'ENOSPC')) throw error
    } finally {
      await file.close()
    }
    return () => rm(ballast)
  }

  private watchOurselves(): NodeJS.Timeout {
    let last = Date.now()
    const look = () => {
      const by = Date.now() - last - LOOK_EVERY
      if (by > LATE) this.late = `; this process stood still for ${by} ms until ${new Date().toISOString()}`
      last = Date.now()
    }
    return setInterval(look, LOOK_EVERY).unref()
  }
}

function settingsOf(bank: TestProvider, url: string): Record<string, string> {
  const { AUTH_SECRET = '', PASSPORT_KEY = '', INDEX_KEY = '', LINK_KEY = '' } = process.env
  return {
    ...{ AUTH_SECRET, PASSPORT_KEY, INDEX_KEY, LINK_KEY },
    DEMO: 'off',
    DATABASE_URL: url,
    TRUSTED_PROXIES: '1',
    PAYMENTS: 'yookassa',
    YOOKASSA_SHOP_ID: bank.shop.shopId,
    YOOKASSA_SECRET_KEY: bank.shop.secretKey,
    YOOKASSA_URL: bank.shop.url,
  }
}
