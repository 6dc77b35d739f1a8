import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, openSync, renameSync } from 'node:fs'
import { migrate } from '../../db/migrate'
import { withClient } from '../embedded/connect'
import { Problem } from '../embedded/problem'
import { breachesOf, readInvariants } from '../invariants/invariants'
import { findPrograms, type Programs, runProgram, serverVersion } from './programs'

/**
 * Writes a whole database into a file only its owner may read, and restores it into a database beside, which is dropped
 * again, to see that it can be restored and that what must hold does. The file has its name only once that went well.
 * @throws Problem when any of it does not
 */
export async function backUp(databaseUrl: string, file: string, { check = true } = {}): Promise<void> {
  if (existsSync(file)) throw new Problem(`${file} is there already.`)
  const programs = findPrograms(await serverVersion(databaseUrl))
  const unfinished = `${file}.part`
  closeSync(openSync(unfinished, 'w', 0o600))
  chmodSync(unfinished, 0o600)
  const args = ['--format=custom', '--no-owner', '--no-privileges', '--no-comments', `--file=${unfinished}`]
  await runProgram(programs, 'pg_dump', args, databaseUrl)
  if (check) await tryOut(programs, unfinished, databaseUrl)
  renameSync(unfinished, file)
}

/**
 * Fills an empty database from a file of `backUp`, brings it to the newest shape and sees that what must hold does.
 * @throws Problem when the database is not empty, the file cannot be restored, or something does not hold
 */
export async function restore(file: string, databaseUrl: string): Promise<void> {
  if (!existsSync(file)) throw new Problem(`There is no file ${file}.`)
  if (await hasTables(databaseUrl))
    throw new Problem('The database of DATABASE_URL is not empty. Make a new one and name it there.')
  const programs = findPrograms(await serverVersion(databaseUrl))
  await fill(programs, file, databaseUrl)
  await migrate(databaseUrl)
  await refuseBreaches(databaseUrl)
}

async function tryOut(programs: Programs, file: string, databaseUrl: string): Promise<void> {
  const scratch = `kabinet_check_${randomBytes(6).toString('hex')}`
  const inServer = (sql: string) => withClient(databaseUrl, (client) => client.query(sql))
  await inServer(`CREATE DATABASE ${scratch} TEMPLATE template0`)
  try {
    const url = new URL(databaseUrl)
    url.pathname = `/${scratch}`
    await fill(programs, file, url.href)
    await refuseBreaches(url.href)
  } finally {
    await inServer(`DROP DATABASE ${scratch} WITH (FORCE)`)
  }
}

async function fill(programs: Programs, file: string, databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl)
  const args = ['--exit-on-error', '--single-transaction', '--no-owner', '--no-privileges']
  await runProgram(programs, 'pg_restore', [...args, `--dbname=${url.pathname.slice(1)}`, file], databaseUrl)
}

function hasTables(databaseUrl: string): Promise<boolean> {
  return withClient(databaseUrl, async (client) => {
    const { rowCount } = await client.query(
      "select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') limit 1",
    )
    return rowCount !== 0
  })
}

async function refuseBreaches(databaseUrl: string): Promise<void> {
  const broken = await withClient(databaseUrl, async (client) => {
    const found: string[] = []
    for (const invariant of readInvariants()) {
      const { count } = await breachesOf(client, invariant)
      if (count > 0) found.push(`  ${invariant.number} ${invariant.words}: ${count}`)
    }
    return found
  })
  if (broken.length > 0) throw new Problem(`What must hold does not:\n${broken.join('\n')}`)
}
