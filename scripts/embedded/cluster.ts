import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type Account, asAccount, chooseAccount } from './account'
import { type Binaries, findBinaries } from './binaries'
import { chooseFreePort } from './ports'

const settings = z.object({
  port: z.number().int(),
  /** Of the superuser. */
  adminPassword: z.string(),
  /** Of the role the service connects as: owns its database, nothing more. */
  password: z.string(),
  /** Stands in the command line of every process of this cluster, to know them from others. */
  name: z.string(),
})

export type Settings = z.infer<typeof settings>

export interface Cluster {
  directory: string
  data: string
  log: string
  binaries: Binaries
  account: Account
  settings: Settings
}

/**
 * The cluster in a directory, made first if it is not there (once: an interrupted attempt is thrown away).
 * The directory keeps `data`, `cluster.json` (port and passwords, mode 600) and `postgres.log`.
 */
export async function openCluster(directory: string): Promise<Cluster> {
  const data = path.join(directory, 'data')
  const binaries = await findBinaries()
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const account = chooseAccount({ program: binaries.postgres, directory: path.dirname(directory), data })
  giveTo(account, directory)
  const log = path.join(directory, 'postgres.log')
  const cluster = { directory, data, log, binaries, account, settings: await readSettings(directory) }
  if (!existsSync(data)) initialise(cluster)
  return cluster
}

async function readSettings(directory: string): Promise<Settings> {
  const file = path.join(directory, 'cluster.json')
  if (existsSync(file)) return settings.parse(JSON.parse(readFileSync(file, 'utf8')))
  const fresh = {
    port: await chooseFreePort('127.0.0.1'),
    adminPassword: randomBytes(24).toString('hex'),
    password: randomBytes(24).toString('hex'),
    name: `kabinet_${randomBytes(6).toString('hex')}`,
  }
  saveSettings(directory, fresh)
  return fresh
}

export function saveSettings(directory: string, value: Settings): void {
  const file = path.join(directory, 'cluster.json')
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The built-in C.UTF-8 knows Cyrillic letters on every system; Russian order is COLLATE "ru-x-icu". */
const INITDB_OPTIONS = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
]

function initialise(cluster: Cluster): void {
  const unfinished = `${cluster.data}.new`
  const passwordFile = path.join(cluster.directory, 'password')
  rmSync(unfinished, { recursive: true, force: true })
  writeFileSync(passwordFile, cluster.settings.adminPassword, { mode: 0o600 })
  giveTo(cluster.account, passwordFile)
  try {
    const options = [`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, ...INITDB_OPTIONS]
    const { command, args, ids } = asAccount(cluster.account, cluster.binaries.initdb, options)
    const { status, stderr, error } = spawnSync(command, args, {
      ...ids,
      cwd: cluster.directory,
      env: postgresEnvironment(),
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`)
    renameSync(unfinished, cluster.data)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function giveTo({ owner }: Account, file: string): void {
  if (owner) chownSync(file, owner.uid, owner.gid)
}

/** PostgreSQL sees none of our secrets, and none of the caller's PG* variables. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: process.env.PATH, LANG: 'C', TZ: 'UTC' }
}
