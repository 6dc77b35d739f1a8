import { chmodSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { migrate } from '../db/migrate'
import { parseEnv } from '../lib/env'
import { isPortFreeSoon } from './embedded/ports'
import { Problem } from './embedded/problem'
import { isErrno } from './embedded/processes'
import { buildIfChanged } from './launcher/build'
import { endChildren } from './launcher/children'
import { type Config, readConfig } from './launcher/config'
import { type Database, startDatabase } from './launcher/database'
import { type DemoFile, loadDemoCompany, moveDemoDatabase } from './launcher/demo'
import { type Keys, loadKeys, savePrivately } from './launcher/keys'
import { releaseLock, takeLock } from './launcher/lock'
import { Server } from './launcher/server'
import { atShutdown, endOnSignals, isShuttingDown, shutdown } from './launcher/shutdown'

/** Brings the whole service up on one machine and keeps it up until it is told to stop. */
async function start(): Promise<void> {
  const config = readConfig()
  endOnSignals(0)
  await refuseTakenPort(config.port)
  openDataDir(config.dataDir)
  atShutdown(endChildren)
  const keys = loadKeys(config.dataDir, process.env)
  checkEnvironment(childEnvironment(config, keys, config.databaseUrl ?? 'postgres://built-in'))
  const [{ database, demo }] = await Promise.all([prepareData(config, keys), buildIfChanged(say)])
  await startServer(config, keys, database)
  announce(config, demo)
}

async function refuseTakenPort(port: number): Promise<void> {
  if (await isPortFreeSoon(port)) return
  throw new Problem(
    `Port ${port} is taken by another program. Stop it, or choose another: PORT=3001 npm start`,
  )
}

/** Others may pass through (PostgreSQL runs as another user when we are root) but not look around. */
function openDataDir(dataDir: string): void {
  try {
    mkdirSync(path.join(dataDir, 'mail'), { recursive: true })
    chmodSync(dataDir, 0o711)
    chmodSync(path.join(dataDir, 'mail'), 0o700)
  } catch (error) {
    if (!isErrno(error, 'EACCES') && !isErrno(error, 'EPERM') && !isErrno(error, 'EROFS')) throw error
    throw new Problem(`DATA_DIR ${dataDir} is not this user's to write to.`)
  }
  const lock = path.join(dataDir, 'launcher.lock')
  const holder = takeLock(lock)
  if (holder !== undefined)
    throw new Problem(
      `Another copy (process ${holder}) already works with ${dataDir}. Choose another DATA_DIR.`,
    )
  atShutdown(() => releaseLock(lock))
}

/** Before anything is made or built: a wrong setting should cost a second, not a minute. */
function checkEnvironment(environment: NodeJS.ProcessEnv): void {
  try {
    parseEnv(environment)
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : 'The environment is not complete.')
  }
}

async function prepareData(
  config: Config,
  keys: Keys,
): Promise<{ database: Database; demo?: DemoFile | undefined }> {
  say(config.databaseUrl ? 'Preparing the database …' : 'Starting PostgreSQL …')
  const database = await startDatabase(config)
  await bringUpToDate(config, database)
  if (!config.demo) return { database }
  say('Loading the demo company …')
  return {
    database,
    demo: await loadDemoCompany(config.dataDir, childEnvironment(config, keys, database.url())),
  }
}

async function bringUpToDate(config: Config, database: Database): Promise<void> {
  try {
    await migrate(database.url())
  } catch (error) {
    if (!config.databaseUrl || !(error instanceof Error) || !('code' in error)) throw error
    throw new Problem(`The database of DATABASE_URL cannot be used: ${error.message || error.code}`)
  }
}

async function startServer(config: Config, keys: Keys, database: Database): Promise<void> {
  const server = new Server(
    () => childEnvironment(config, keys, database.url()),
    (pid) => savePrivately(path.join(config.dataDir, 'run.json'), { launcher: process.pid, server: pid }),
  )
  atShutdown(() => server.stop())
  await server.start()
  database.watch(async () => {
    moveDemoDatabase(config.dataDir, database.url())
    await server.stop()
  })
}

function childEnvironment(config: Config, keys: Keys, databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...keys,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    DATA_DIR: config.dataDir,
    PUBLIC_URL: config.publicUrl,
    PORT: String(config.port),
    PAYMENTS: process.env.PAYMENTS || (config.demo ? 'demo' : 'off'),
  }
}

function announce({ publicUrl, dataDir }: Config, demo: DemoFile | undefined): void {
  say(`\nReady: ${publicUrl}`)
  if (demo) {
    say(`  staff:      ${demo.staff.login}  ${demo.staff.password}`)
    say(`  auditor:    ${demo.auditor.login}  ${demo.auditor.password}`)
    say('              the code of the second step is told on its page, in the demo only')
    say(
      `  subscriber: ${demo.subscriber.login}  ${demo.subscriber.password}  (account ${demo.subscriber.account})`,
    )
  }
  const { MAIL_TRANSPORT } = process.env
  say(
    `  letters:    ${!MAIL_TRANSPORT || MAIL_TRANSPORT === 'file' ? path.join(dataDir, 'mail') : MAIL_TRANSPORT}`,
  )
  say('Stop with Ctrl-C.')
}

function say(line: string): void {
  console.log(line)
}

start().catch(async (error: unknown) => {
  if (isShuttingDown()) return
  console.error(error instanceof Problem ? error.message : error)
  await shutdown(1)
})
