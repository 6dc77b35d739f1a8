import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { withClient } from '../embedded/connect'
import { Problem } from '../embedded/problem'

const DEBIAN = '/usr/lib/postgresql'

/** Where pg_dump and pg_restore lie that fit a server; the ones of its own version before newer ones. */
export interface Programs {
  directory: string
  version: number
}

/** The major version of the server behind an address. */
export function serverVersion(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    )
    return Math.floor(Number(rows[0]?.version) / 10_000)
  })
}

/**
 * Programs that can dump and restore databases of a server: in PG_BIN, on the PATH, or where Debian keeps them.
 * @throws Problem in words when there are none, or older ones only
 */
export function findPrograms(server: number): Programs {
  const found = places().flatMap((directory) => {
    const version = versionIn(directory)
    return version === undefined ? [] : [{ directory, version }]
  })
  const [best] = found.filter(({ version }) => version >= server).sort((a, b) => a.version - b.version)
  if (best) return best
  const others = found.map(({ version, directory }) => `${version} in ${directory}`).join(', ')
  throw new Problem(
    `pg_dump and pg_restore of PostgreSQL ${server} are needed${others ? ` (found: ${others})` : ' (none found)'}.\n` +
      `Install them (Debian: postgresql-client-${server}), or name their directory in PG_BIN.`,
  )
}

function places(): string[] {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((name) => path.join(DEBIAN, name, 'bin')) : []
  const onPath = (process.env.PATH ?? '').split(path.delimiter)
  return [...(process.env.PG_BIN ? [process.env.PG_BIN] : []), ...debian, ...onPath].filter(
    (directory) =>
      existsSync(path.join(directory, 'pg_dump')) && existsSync(path.join(directory, 'pg_restore')),
  )
}

function versionIn(directory: string): number | undefined {
  const { stdout } = spawnSync(path.join(directory, 'pg_dump'), ['--version'], { encoding: 'utf8' })
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1]
  return major ? Number(major) : undefined
}

/** Runs one of them on a database, the password kept out of the process list. @throws Problem with its own words */
export async function runProgram(
  { directory }: Programs,
  name: 'pg_dump' | 'pg_restore',
  args: string[],
  databaseUrl: string,
): Promise<void> {
  const child = spawn(path.join(directory, name), args, {
    env: { ...process.env, ...connectionOf(databaseUrl) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000)
  })
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Problem(`${name} ended with ${code}.\n${said.trim()}`)
}

function connectionOf(databaseUrl: string): Record<string, string> {
  const url = new URL(databaseUrl)
  const ssl = url.searchParams.get('sslmode')
  return {
    PGHOST: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
    PGPORT: url.port || '5432',
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    ...(ssl ? { PGSSLMODE: ssl } : {}),
  }
}
